use super::{Reader, WireError, WireErrorKind, varint};

/// A value of metadata (`docs/wire.md` §10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetadataRef<'a> {
    /// Kind 0.
    Text(&'a str),
    /// Kind 1.
    Binary(&'a [u8]),
}

/// All metadata of a frame together has so many bytes at most.
pub const MAX_METADATA: usize = 8 << 10;

/// The metadata of a frame has so many entries at most: the smallest has four bytes, and would take many times that as
/// a value of its own.
pub const MAX_METADATA_ENTRIES: usize = 128;

const SUBJECT: &str = "the metadata";
const TEXT: u8 = 0;
const BINARY: u8 = 1;

/// The entries of metadata that was checked, in order.
#[derive(Debug, Clone)]
pub struct MetadataEntries<'a> {
    reader: Reader<'a>,
    left: usize,
}

/// Checks the metadata of a call or a reply, which may have `max` bytes, and gives its entries. Empty bytes are no
/// metadata. Nothing is allocated.
///
/// # Errors
///
/// For what is longer than `max`, has more than [`MAX_METADATA_ENTRIES`] entries or is not as the wire has it.
pub fn check_metadata(bytes: &[u8], max: usize) -> Result<MetadataEntries<'_>, WireError> {
    if bytes.len() > max {
        let (value, max) = (bytes.len() as u64, max as u64);
        let kind = WireErrorKind::TooLarge { subject: "a frame", what: "length of the metadata", value, max };
        return Err(WireError::malformed(kind));
    }
    if bytes.is_empty() {
        return Ok(MetadataEntries::of_checked(bytes));
    }
    let mut reader = Reader::new(bytes, SUBJECT);
    let count = reader.varint_max(MAX_METADATA_ENTRIES as u64, "number of entries")?;
    for _ in 0..count {
        let (key, _) = entry(&mut reader, max)?;
        if !is_metadata_key(key) {
            let rule = "made of lower case letters, digits, `-`, `_` and `.`";
            return Err(WireError::malformed(WireErrorKind::Text { subject: SUBJECT, what: "key", rule }));
        }
    }
    reader.finish()?;
    Ok(MetadataEntries::of_checked(bytes))
}

/// Reads the metadata of a call or a reply, as [`check_metadata`] does, into a list.
///
/// # Errors
///
/// As [`check_metadata`].
pub fn decode_metadata(bytes: &[u8], max: usize) -> Result<Vec<(&str, MetadataRef<'_>)>, WireError> {
    check_metadata(bytes, max).map(Iterator::collect)
}

impl<'a> MetadataEntries<'a> {
    /// Those of bytes that [`check_metadata`] took before. Of others it gives what can be read.
    pub(crate) fn of_checked(bytes: &'a [u8]) -> Self {
        let mut reader = Reader::new(bytes, SUBJECT);
        let left = reader.varint().ok().and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
        Self { reader, left }
    }
}

impl<'a> Iterator for MetadataEntries<'a> {
    type Item = (&'a str, MetadataRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let entry = entry(&mut self.reader, usize::MAX).ok();
        if entry.is_none() {
            self.left = 0;
        }
        entry
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for MetadataEntries<'_> {}

/// An entry, whatever its key.
fn entry<'a>(reader: &mut Reader<'a>, max: usize) -> Result<(&'a str, MetadataRef<'a>), WireError> {
    let key = reader.text(max, "key")?;
    let value = match reader.u8()? {
        TEXT => MetadataRef::Text(reader.text(max, "value")?),
        BINARY => MetadataRef::Binary(reader.bytes(max, "value")?),
        other => return Err(reader.unknown("kind of a value", other)),
    };
    Ok((key, value))
}

/// Whether a peer takes `key`: one or more lower case letters, digits, `-`, `_` and `.`.
pub fn is_metadata_key(key: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
    !key.is_empty() && key.bytes().all(allowed)
}

/// Appends the entries as they stand in [`Call::metadata`](super::Call::metadata). The keys have to satisfy
/// [`is_metadata_key`], and there may be [`MAX_METADATA_ENTRIES`] at most.
pub fn encode_metadata<'a, I>(entries: I, out: &mut Vec<u8>)
where
    I: IntoIterator<Item = (&'a str, MetadataRef<'a>), IntoIter: ExactSizeIterator>,
{
    let entries = entries.into_iter();
    varint::encode(entries.len() as u64, out);
    for (key, value) in entries {
        let (kind, value) = match value {
            MetadataRef::Text(text) => (TEXT, text.as_bytes()),
            MetadataRef::Binary(bytes) => (BINARY, bytes),
        };
        varint::encode(key.len() as u64, out);
        out.extend_from_slice(key.as_bytes());
        out.push(kind);
        varint::encode(value.len() as u64, out);
        out.extend_from_slice(value);
    }
}
