use super::any::kind;
use super::framing::{ShortHead, frame};
use crate::wire::{Reader, WireError, WireErrorKind, varint};

/// A call, or its beginning (`docs/wire.md` §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call<'a> {
    /// Names the call until it has ended.
    pub place: u32,
    /// What is called.
    pub method: MethodRef,
    /// The caller does not cancel this call when it loses interest.
    pub detached: bool,
    /// Milliseconds that remain; 0 is expired, `None` is no limit.
    pub timeout: Option<u64>,
    /// As it stands on the wire; [`decode_metadata`](crate::wire::decode_metadata) reads it. Empty: none.
    pub metadata: &'a [u8],
    /// Length of the whole body, if `body` is only its beginning.
    pub total: Option<u64>,
    /// The arguments, or their beginning.
    pub body: &'a [u8],
}

/// How a call names its method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MethodRef {
    /// Index among the methods bound on this connection.
    Index(u32),
    /// Id of the method, without a bind.
    Id(u64),
}

pub(super) const TIMEOUT: u8 = 1;
const METADATA: u8 = 1 << 1;
const CHUNKED: u8 = 1 << 2;
const LONG_ID: u8 = 1 << 3;
const DETACHED: u8 = 1 << 4;

impl<'a> Call<'a> {
    pub(super) fn decode(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let place = reader.index("place")?;
        let flags = reader.flags(TIMEOUT | METADATA | CHUNKED | LONG_ID | DETACHED)?;
        let has = |flag| flags & flag != 0;
        let method = if has(LONG_ID) {
            MethodRef::Id(reader.u64le()?)
        } else {
            MethodRef::Index(reader.index("method")?)
        };
        let timeout = if has(TIMEOUT) { Some(reader.varint()?) } else { None };
        let metadata = if has(METADATA) { reader.bytes(usize::MAX, "metadata")? } else { &[] };
        let total = if has(CHUNKED) { Some(reader.varint()?) } else { None };
        let body = reader.rest();
        total_is_longer(reader, total, body)?;
        Ok(Self { place, method, detached: has(DETACHED), timeout, metadata, total, body })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        encode_call_head(self, self.body.len(), out);
        out.extend_from_slice(self.body);
    }
}

/// Appends a Call frame without its body, of which `body_len` bytes have to follow. `head.body` is not looked at.
///
/// So a large body can be queued behind the head by reference.
#[inline]
pub fn encode_call_head(head: &Call<'_>, body_len: usize, out: &mut Vec<u8>) {
    if let Call { method: MethodRef::Index(index), metadata: [], total: None, .. } = *head {
        let mut short = ShortHead::new(kind::CALL);
        short.varint(head.place.into());
        let detached = if head.detached { DETACHED } else { 0 };
        short.push(detached | if head.timeout.is_some() { TIMEOUT } else { 0 });
        short.varint(index.into());
        if let Some(timeout) = head.timeout {
            short.varint(timeout);
        }
        if short.append(body_len, out) {
            return;
        }
    }
    frame(out, body_len, |out| {
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        out.push(kind::CALL);
        varint::encode(head.place.into(), out);
        out.push(
            flag(head.timeout.is_some(), TIMEOUT)
                | flag(!head.metadata.is_empty(), METADATA)
                | flag(head.total.is_some(), CHUNKED)
                | flag(matches!(head.method, MethodRef::Id(_)), LONG_ID)
                | flag(head.detached, DETACHED),
        );
        match head.method {
            MethodRef::Index(index) => varint::encode(index.into(), out),
            MethodRef::Id(id) => out.extend_from_slice(&id.to_le_bytes()),
        }
        if let Some(timeout) = head.timeout {
            varint::encode(timeout, out);
        }
        if !head.metadata.is_empty() {
            varint::encode(head.metadata.len() as u64, out);
            out.extend_from_slice(head.metadata);
        }
        if let Some(total) = head.total {
            varint::encode(total, out);
        }
    });
}

/// A body in chunks has to have something left for a chunk.
pub(super) fn total_is_longer(reader: &Reader<'_>, total: Option<u64>, body: &[u8]) -> Result<(), WireError> {
    let here = body.len() as u64;
    match total {
        Some(total) if total <= here => Err(WireError::malformed(WireErrorKind::TooSmall {
            subject: reader.subject(),
            what: "total",
            value: total,
            min: here.saturating_add(1),
        })),
        _ => Ok(()),
    }
}
