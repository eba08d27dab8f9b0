use super::{CloseCode, Reader, WireError, WireErrorKind, varint};

/// What each side says first (`docs/wire.md` §3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Lowest version that this side speaks.
    pub version_min: u64,
    /// Highest version that this side speaks.
    pub version_max: u64,
    /// Bit set of optional features; one is on if both sides set its bit.
    pub features: u64,
    /// Longest frame that this side reads, in bytes; at least 16,384.
    pub max_frame: u64,
    /// Longest body that this side reads, in bytes; at least 1,024.
    pub max_message: u64,
    /// Calls in flight that this side accepts as a callee; at least 64.
    pub max_calls: u64,
    /// Bytes of call bodies in flight that it accepts; at least 1,048,576.
    pub max_call_bytes: u64,
    /// Bodies in chunks that it accepts at the same time; at least 1.
    pub max_assembling: u64,
    /// Codecs that this side speaks, best first.
    pub codecs: Vec<u8>,
    /// Ids of the services that this side serves.
    pub services: Vec<u64>,
}

const SUBJECT: &str = "the hello";

impl Hello {
    /// The first bytes of every connection, each way. The first one is no letter and no beginning of UTF-8 text,
    /// and the line end in it shows when something on the way changes line ends.
    pub const MAGIC: [u8; 8] = *b"\xfafarc\r\n\0";
    /// The version that this code speaks.
    pub const VERSION: u64 = 1;
    /// Longest hello, in bytes behind its length.
    pub const MAX_LEN: usize = 16_384;
    /// Feature bit: the frames of streams.
    pub const STREAMS: u64 = 1;
    /// Feature bit: the fingerprints of signatures.
    pub const SIGNATURES: u64 = 1 << 1;

    /// Reads the fields, without magic and length. Extensions are skipped.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        Self::decode_fields(Reader::new(bytes, SUBJECT)).map_err(WireError::in_hello)
    }

    fn decode_fields(mut reader: Reader<'_>) -> Result<Self, WireError> {
        let version_min = reader.varint()?;
        let hello = Self {
            version_min,
            version_max: reader.varint_min(version_min, "version_max")?,
            features: reader.varint()?,
            max_frame: reader.varint_min(16_384, "max_frame")?,
            max_message: reader.varint_min(1_024, "max_message")?,
            max_calls: reader.varint_min(64, "max_calls")?,
            max_call_bytes: reader.varint_min(1_048_576, "max_call_bytes")?,
            max_assembling: reader.varint_min(1, "max_assembling")?,
            codecs: {
                let count = reader.count(1)?;
                reader.take(count)?.to_vec()
            },
            services: {
                let count = reader.count(size_of::<u64>())?;
                (0..count).map(|_| reader.u64le()).collect::<Result<_, _>>()?
            },
        };
        while reader.remaining() > 0 {
            reader.varint()?;
            reader.bytes(Self::MAX_LEN, "extension")?;
        }
        Ok(hello)
    }

    /// Appends magic, length and fields. With more than about 2,000 services the hello is longer than
    /// [`MAX_LEN`](Self::MAX_LEN), and every peer refuses it.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut fields = Vec::new();
        let numbers = [
            self.version_min,
            self.version_max,
            self.features,
            self.max_frame,
            self.max_message,
            self.max_calls,
            self.max_call_bytes,
            self.max_assembling,
        ];
        for number in numbers {
            varint::encode(number, &mut fields);
        }
        varint::encode(self.codecs.len() as u64, &mut fields);
        fields.extend_from_slice(&self.codecs);
        varint::encode(self.services.len() as u64, &mut fields);
        fields.extend(self.services.iter().flat_map(|id| id.to_le_bytes()));

        out.extend_from_slice(&Self::MAGIC);
        varint::encode(fields.len() as u64, out);
        out.extend_from_slice(&fields);
    }

    /// The version of a connection between this side and `other`: the lower of the two highest. The error has
    /// [`CloseCode::Version`] and names both ranges.
    pub fn negotiate_version(&self, other: &Self) -> Result<u64, WireError> {
        let version = self.version_max.min(other.version_max);
        if version < self.version_min || version < other.version_min {
            let kind = WireErrorKind::NoCommonVersion {
                ours_min: self.version_min,
                ours_max: self.version_max,
                theirs_min: other.version_min,
                theirs_max: other.version_max,
            };
            return Err(WireError::new(kind, CloseCode::Version));
        }
        Ok(version)
    }
}
