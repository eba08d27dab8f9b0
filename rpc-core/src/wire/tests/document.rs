//! Reads the golden blocks of `docs/wire.md`.

const DOCUMENT: &str = include_str!("../../../../docs/wire.md");
const FENCE: &str = "```golden ";

pub(crate) struct Block {
    pub(crate) kind: &'static str,
    pub(crate) lines: Vec<&'static str>,
}

/// One vector of a block: the bytes and what they mean.
pub(crate) struct Vector {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) meaning: String,
}

/// Every golden block, in order.
pub(crate) fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = DOCUMENT.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix(FENCE) {
            let lines = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block { kind, lines });
        }
    }
    assert_eq!(
        blocks.len(),
        DOCUMENT.matches("```golden").count(),
        "a golden block is indented or has no kind"
    );
    blocks
}

/// The vectors of all blocks of this kind, of which there has to be one at least.
pub(crate) fn vectors(kind: &str) -> Vec<Vector> {
    let vectors: Vec<_> =
        blocks().iter().filter(|block| block.kind == kind).flat_map(Block::vectors).collect();
    assert!(!vectors.is_empty(), "the document has no block `golden {kind}`");
    vectors
}

/// As [`vectors`], of text that stands there as it is.
#[cfg(any(feature = "json", feature = "xml"))]
pub(super) fn texts(kind: &str) -> Vec<Vector> {
    let texts: Vec<_> = blocks().iter().filter(|block| block.kind == kind).flat_map(Block::texts).collect();
    assert!(!texts.is_empty(), "the document has no block `golden {kind}`");
    texts
}

/// The lines `left = right` of all blocks of this kind.
pub(crate) fn pairs(kind: &str) -> Vec<(&'static str, &'static str)> {
    let lines = blocks().into_iter().filter(|block| block.kind == kind).flat_map(|block| block.lines);
    let pairs: Vec<_> = lines
        .map(|line| line.split_once(" = ").unwrap_or_else(|| panic!("`{line}` has no ` = `")))
        .map(|(left, right)| (left.trim(), right.trim()))
        .collect();
    assert!(!pairs.is_empty(), "the document has no block `golden {kind}`");
    pairs
}

impl Block {
    fn vectors(&self) -> Vec<Vector> {
        self.read(|lines| hex(&lines.join(" ")))
    }

    #[cfg(any(feature = "json", feature = "xml"))]
    fn texts(&self) -> Vec<Vector> {
        self.read(|lines| lines.join("\n").into_bytes())
    }

    fn read(&self, bytes: impl Fn(&[&'static str]) -> Vec<u8>) -> Vec<Vector> {
        self.lines.split(|line| line.is_empty()).map(|lines| Vector::read(lines, &bytes)).collect()
    }
}

impl Vector {
    fn read(lines: &[&'static str], bytes: impl Fn(&[&'static str]) -> Vec<u8>) -> Self {
        let (name, lines) = lines.split_first().expect("an empty vector");
        let name = name.strip_prefix("# ").unwrap_or_else(|| panic!("`{name}` should begin with `# `"));
        let meaning = lines.iter().position(|line| line.starts_with("= "));
        let (left, meaning) = lines.split_at(meaning.unwrap_or_else(|| panic!("`{name}` has no meaning")));
        let meaning = meaning.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        Self { name, bytes: bytes(left), meaning: meaning["= ".len()..].to_owned() }
    }
}

/// `"0a ff"` as bytes.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    text.split_whitespace()
        .map(|byte| {
            assert_eq!(byte.len(), 2, "`{byte}` in `{text}` is not a byte in hex");
            u8::from_str_radix(byte, 16)
                .unwrap_or_else(|_| panic!("`{byte}` in `{text}` is not a byte in hex"))
        })
        .collect()
}
