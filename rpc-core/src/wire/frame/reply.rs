use super::any::kind;
use super::call::total_is_longer;
use super::framing::{ShortHead, frame};
use crate::Code;
use crate::wire::{Reader, WireError, varint};

/// The answer to a call, or its beginning (`docs/wire.md` §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    /// That of the call.
    pub place: u32,
    /// What the body is.
    pub status: ReplyStatus,
    /// As it stands on the wire; [`decode_metadata`](crate::wire::decode_metadata) reads it. Empty: none.
    pub metadata: &'a [u8],
    /// Length of the whole body, if `body` is only its beginning.
    pub total: Option<u64>,
    /// What `status` says, or its beginning.
    pub body: &'a [u8],
}

/// What the body of a [`Reply`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ReplyStatus {
    /// The result.
    Value = 0,
    /// The method's own error.
    AppError = 1,
    /// An `RpcError`, always in postcard.
    Failed = 2,
    /// A [`RefusalReason`] and a text for people: the handler did not and will not run.
    Refused = 3,
    /// Nothing: the result is a stream.
    Opened = 4,
}

const STATUS: u8 = 0x0f;
const METADATA: u8 = 1 << 4;
const CHUNKED: u8 = 1 << 5;

impl<'a> Reply<'a> {
    pub(super) fn decode(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let place = reader.index("place")?;
        let flags = reader.flags(STATUS | METADATA | CHUNKED)?;
        let status = match flags & STATUS {
            0 => ReplyStatus::Value,
            1 => ReplyStatus::AppError,
            2 => ReplyStatus::Failed,
            3 => ReplyStatus::Refused,
            4 => ReplyStatus::Opened,
            other => return Err(reader.unknown("status", other)),
        };
        let metadata = if flags & METADATA != 0 { reader.bytes(usize::MAX, "metadata")? } else { &[] };
        let total = if flags & CHUNKED != 0 { Some(reader.varint()?) } else { None };
        let body = reader.rest();
        total_is_longer(reader, total, body)?;
        Ok(Self { place, status, metadata, total, body })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        encode_reply_head(self, self.body.len(), out);
        out.extend_from_slice(self.body);
    }
}

/// Appends a Reply frame without its body, of which `body_len` bytes have to follow. `head.body` is not looked at.
///
/// So a large body can be queued behind the head by reference.
#[inline]
pub fn encode_reply_head(head: &Reply<'_>, body_len: usize, out: &mut Vec<u8>) {
    if let Reply { place, status, metadata: [], total: None, .. } = *head {
        let mut short = ShortHead::new(kind::REPLY);
        short.varint(place.into());
        short.push(status as u8);
        if short.append(body_len, out) {
            return;
        }
    }
    frame(out, body_len, |out| {
        out.push(kind::REPLY);
        varint::encode(head.place.into(), out);
        let mut flags = head.status as u8;
        if !head.metadata.is_empty() {
            flags |= METADATA;
        }
        if head.total.is_some() {
            flags |= CHUNKED;
        }
        out.push(flags);
        if !head.metadata.is_empty() {
            varint::encode(head.metadata.len() as u64, out);
            out.extend_from_slice(head.metadata);
        }
        if let Some(total) = head.total {
            varint::encode(total, out);
        }
    });
}

/// Why a callee did not run a call: the first byte of a [`Reply`] with [`ReplyStatus::Refused`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RefusalReason {
    /// It does not serve that service.
    NoService = 1,
    /// The service does not have that method.
    NoMethod = 2,
    /// It does not speak that codec.
    Codec = 3,
    /// The signature of the method differs.
    Signature = 4,
    /// It takes no new calls.
    Draining = 5,
    /// It has too much to do.
    Overloaded = 6,
    /// The deadline passed before the handler began.
    Expired = 7,
    /// The body is longer than `max_message`.
    TooLarge = 8,
    /// The arguments cannot be decoded.
    Undecodable = 9,
    /// The caller cancelled before the handler began.
    Cancelled = 10,
    /// A reason of a later version.
    Other = 255,
}

impl RefusalReason {
    /// Every reason that this version knows, in the order of the bytes.
    pub const ALL: [Self; 10] = [
        Self::NoService,
        Self::NoMethod,
        Self::Codec,
        Self::Signature,
        Self::Draining,
        Self::Overloaded,
        Self::Expired,
        Self::TooLarge,
        Self::Undecodable,
        Self::Cancelled,
    ];

    /// The reason with this byte; [`RefusalReason::Other`] if this version has none.
    pub fn from_byte(byte: u8) -> Self {
        Self::ALL.into_iter().find(|reason| reason.as_byte() == byte).unwrap_or(Self::Other)
    }

    /// The byte on the wire.
    pub fn as_byte(self) -> u8 {
        self as u8
    }

    /// The code that the caller sees.
    pub fn code(self) -> Code {
        match self {
            Self::NoService | Self::NoMethod | Self::Codec | Self::Signature => Code::Unimplemented,
            Self::Draining | Self::Other => Code::Unavailable,
            Self::Overloaded | Self::TooLarge => Code::ResourceExhausted,
            Self::Expired => Code::DeadlineExceeded,
            Self::Undecodable => Code::InvalidArgument,
            Self::Cancelled => Code::Cancelled,
        }
    }
}
