use super::{Reader, WireError, WireErrorKind, varint};

/// A value of metadata (`docs/wire.md` §10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetadataRef<'a> {
    /// Kind 0.
    Text(&'a str),
    /// Kind 1.
    Binary(&'a [u8]),
}

const SUBJECT: &str = "the metadata";
const TEXT: u8 = 0;
const BINARY: u8 = 1;
/// An entry has at least the length of its key, one letter, the kind and the length of its value.
const SMALLEST_ENTRY: usize = 4;

/// Reads the metadata of a call or a reply, which may have `max` bytes. Empty bytes are no metadata.
pub fn decode_metadata(bytes: &[u8], max: usize) -> Result<Vec<(&str, MetadataRef<'_>)>, WireError> {
    if bytes.len() > max {
        let (value, max) = (bytes.len() as u64, max as u64);
        let kind = WireErrorKind::TooLarge { subject: "a frame", what: "length of the metadata", value, max };
        return Err(WireError::malformed(kind));
    }
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(bytes, SUBJECT);
    let count = reader.count(SMALLEST_ENTRY)?;
    let entries = (0..count).map(|_| entry(&mut reader, max)).collect::<Result<_, _>>()?;
    reader.finish()?;
    Ok(entries)
}

fn entry<'a>(reader: &mut Reader<'a>, max: usize) -> Result<(&'a str, MetadataRef<'a>), WireError> {
    let key = reader.text(max, "key")?;
    if !is_metadata_key(key) {
        let rule = "made of lower case letters, digits, `-`, `_` and `.`";
        return Err(WireError::malformed(WireErrorKind::Text { subject: SUBJECT, what: "key", rule }));
    }
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
/// [`is_metadata_key`].
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
