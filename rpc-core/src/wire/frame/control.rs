use crate::wire::{CloseCode, Reader, WireError, varint};

/// The last frame of a connection (`docs/wire.md` §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close<'a> {
    /// Why, as a number; [`Close::reason`] is its meaning.
    pub code: u64,
    /// Why, for people. At most 1,024 bytes.
    pub text: &'a str,
}

impl<'a> Close<'a> {
    /// Longest text, in bytes.
    pub const MAX_TEXT: usize = 1_024;

    /// A close with this code. A text that is too long is cut.
    pub fn new(code: CloseCode, text: &'a str) -> Self {
        Self { code: code.number(), text: cut(text) }
    }

    /// What the code means.
    pub fn reason(&self) -> CloseCode {
        CloseCode::from_number(self.code)
    }

    pub(super) fn decode(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        Ok(Self { code: reader.varint()?, text: reader.text(Self::MAX_TEXT, "text")? })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        let text = cut(self.text);
        varint::encode(self.code, out);
        varint::encode(text.len() as u64, out);
        out.extend_from_slice(text.as_bytes());
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(Close::MAX_TEXT)).unwrap_or(text)
}

/// The step and the last sequence number of a Drain.
pub(super) fn decode_drain(reader: &mut Reader<'_>) -> Result<(u8, u64), WireError> {
    let step = match reader.varint()? {
        1 => 1,
        2 => 2,
        other => return Err(reader.unknown("step", other)),
    };
    Ok((step, reader.varint()?))
}
