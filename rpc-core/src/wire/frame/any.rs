use super::framing::frame;
use super::stream::StreamFields;
use super::{Bind, Bound, Call, Chunk, ChunkOf, Close, Credit, End, Item, Items, Reply, control};
use crate::wire::{Reader, WireError, WireErrorKind, varint};

/// One frame of the wire (`docs/wire.md` §4). What it borrows are the bytes that it was read from.
///
/// ```
/// use rpc_core::wire::Frame;
/// let mut bytes = Vec::new();
/// Frame::Cancel { place: 7 }.encode(&mut bytes);
/// assert_eq!(bytes, [2, 0x03, 7]);
/// assert_eq!(Frame::decode(&bytes[1..])?, Frame::Cancel { place: 7 });
/// # Ok::<(), rpc_core::wire::WireError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame<'a> {
    /// `01`: begins a call.
    Call(Call<'a>),
    /// `02`: goes on with the body of a call.
    CallChunk(Chunk<'a>),
    /// `03`: the caller no longer wants the answer.
    Cancel {
        /// That of the call.
        place: u32,
    },
    /// `04`: announces the methods of a service.
    Bind(Bind),
    /// `05`: an item of an argument stream.
    CallItem {
        /// Number of the argument stream.
        stream: u32,
        /// The item.
        item: Item<'a>,
    },
    /// `06`: the end of an argument stream.
    CallEnd {
        /// Number of the argument stream.
        stream: u32,
        /// How it ended.
        end: End<'a>,
    },
    /// `07`: the caller takes more of the result stream.
    CallCredit(Credit),
    /// `08`: several items of an argument stream.
    CallItems {
        /// Number of the argument stream.
        stream: u32,
        /// The items.
        items: Items<'a>,
    },
    /// `11`: answers a call.
    Reply(Reply<'a>),
    /// `12`: goes on with the body of a reply.
    ReplyChunk(Chunk<'a>),
    /// `13`: a reply that was begun will not be completed.
    ReplyReset {
        /// That of the call.
        place: u32,
        /// 1: cancelled; 2: internal.
        code: u8,
    },
    /// `14`: answers a bind.
    Bound(Bound),
    /// `15`: an item of the result stream.
    ReplyItem(Item<'a>),
    /// `16`: the end of the result stream.
    ReplyEnd(End<'a>),
    /// `17`: the callee takes more of an argument stream.
    ReplyCredit {
        /// Number of the argument stream.
        stream: u32,
        /// How much more.
        credit: Credit,
    },
    /// `18`: several items of the result stream.
    ReplyItems(Items<'a>),
    /// `20`: asks for a sign of life.
    Ping([u8; 8]),
    /// `21`: gives one, with the bytes of the ping.
    Pong([u8; 8]),
    /// `22`: the sender goes away.
    Drain {
        /// 1: no new calls, please; 2: calls above `last` will not be executed.
        step: u8,
        /// Sequence number of the last call that is executed; 0 in step 1.
        last: u64,
    },
    /// `23`: the end of the connection.
    Close(Close<'a>),
    /// `80` to `ff`: of a later version, and may be skipped. What stands in it is not kept.
    Optional {
        /// The kind.
        kind: u8,
    },
}

/// The bytes that tell the frames apart.
pub(in crate::wire) mod kind {
    pub(in crate::wire) const CALL: u8 = 0x01;
    pub(in crate::wire) const CALL_CHUNK: u8 = 0x02;
    pub(super) const CANCEL: u8 = 0x03;
    pub(super) const BIND: u8 = 0x04;
    pub(in super::super) const CALL_ITEM: u8 = 0x05;
    pub(in super::super) const CALL_END: u8 = 0x06;
    pub(super) const CALL_CREDIT: u8 = 0x07;
    pub(in super::super) const CALL_ITEMS: u8 = 0x08;
    pub(in crate::wire) const REPLY: u8 = 0x11;
    pub(in crate::wire) const REPLY_CHUNK: u8 = 0x12;
    pub(super) const REPLY_RESET: u8 = 0x13;
    pub(super) const BOUND: u8 = 0x14;
    pub(in super::super) const REPLY_ITEM: u8 = 0x15;
    pub(in super::super) const REPLY_END: u8 = 0x16;
    pub(super) const REPLY_CREDIT: u8 = 0x17;
    pub(in super::super) const REPLY_ITEMS: u8 = 0x18;
    pub(super) const PING: u8 = 0x20;
    pub(super) const PONG: u8 = 0x21;
    pub(super) const DRAIN: u8 = 0x22;
    pub(super) const CLOSE: u8 = 0x23;
    pub(super) const FIRST_OPTIONAL: u8 = 0x80;
}

impl<'a> Frame<'a> {
    /// Reads kind and fields of a whole frame, without the length before it.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, WireError> {
        let Some((&kind, fields)) = bytes.split_first() else {
            return Err(WireError::malformed(WireErrorKind::EmptyFrame));
        };
        let mut reader = Reader::new(fields, subject(kind));
        let reader = &mut reader;
        let frame = match kind {
            kind::CALL => Self::Call(Call::decode(reader)?),
            kind::CALL_CHUNK => Self::CallChunk(Chunk::decode(reader)?),
            kind::CANCEL => Self::Cancel { place: reader.index("place")? },
            kind::BIND => Self::Bind(Bind::decode(reader)?),
            kind::CALL_ITEM => {
                let (stream, item) = Item::decode_numbered(reader)?;
                Self::CallItem { stream, item }
            }
            kind::CALL_END => {
                let (stream, end) = End::decode_numbered(reader)?;
                Self::CallEnd { stream, end }
            }
            kind::CALL_CREDIT => Self::CallCredit(Credit::decode(reader)?),
            kind::CALL_ITEMS => {
                let (stream, items) = Items::decode_numbered(reader)?;
                Self::CallItems { stream, items }
            }
            kind::REPLY => Self::Reply(Reply::decode(reader)?),
            kind::REPLY_CHUNK => Self::ReplyChunk(Chunk::decode(reader)?),
            kind::REPLY_RESET => Self::ReplyReset { place: reader.index("place")?, code: reader.u8()? },
            kind::BOUND => Self::Bound(Bound::decode(reader)?),
            kind::REPLY_ITEM => Self::ReplyItem(Item::decode(reader)?),
            kind::REPLY_END => Self::ReplyEnd(End::decode(reader)?),
            kind::REPLY_CREDIT => {
                let (stream, credit) = Credit::decode_numbered(reader)?;
                Self::ReplyCredit { stream, credit }
            }
            kind::REPLY_ITEMS => Self::ReplyItems(Items::decode(reader)?),
            kind::PING => Self::Ping(reader.array()?),
            kind::PONG => Self::Pong(reader.array()?),
            kind::DRAIN => {
                let (step, last) = control::decode_drain(reader)?;
                Self::Drain { step, last }
            }
            kind::CLOSE => Self::Close(Close::decode(reader)?),
            kind::FIRST_OPTIONAL.. => {
                reader.rest();
                Self::Optional { kind }
            }
            other => return Err(reader.unknown("kind", other)),
        };
        reader.clone().finish()?;
        Ok(frame)
    }

    /// Appends the frame with its length.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            // Those with a large body write it once, behind a head whose length is known before.
            Self::Call(call) => call.encode(out),
            Self::CallChunk(chunk) => chunk.encode(ChunkOf::Call, out),
            Self::Reply(reply) => reply.encode(out),
            Self::ReplyChunk(chunk) => chunk.encode(ChunkOf::Reply, out),
            other => frame(out, 0, |out| other.encode_small(out)),
        }
    }

    fn encode_small(&self, out: &mut Vec<u8>) {
        out.push(self.kind());
        match self {
            Self::Cancel { place } => varint::encode((*place).into(), out),
            Self::Bind(bind) => bind.encode(out),
            Self::CallItem { stream, item } => item.encode(Some(*stream), out),
            Self::CallEnd { stream, end } => end.encode(Some(*stream), out),
            Self::CallCredit(credit) => credit.encode(None, out),
            Self::ReplyReset { place, code } => {
                varint::encode((*place).into(), out);
                out.push(*code);
            }
            Self::Bound(bound) => bound.encode(out),
            Self::CallItems { stream, items } => items.encode(Some(*stream), out),
            Self::ReplyItem(item) => item.encode(None, out),
            Self::ReplyItems(items) => items.encode(None, out),
            Self::ReplyEnd(end) => end.encode(None, out),
            Self::ReplyCredit { stream, credit } => credit.encode(Some(*stream), out),
            Self::Ping(data) | Self::Pong(data) => out.extend_from_slice(data),
            Self::Drain { step, last } => {
                varint::encode((*step).into(), out);
                varint::encode(*last, out);
            }
            Self::Close(close) => close.encode(out),
            Self::Optional { .. } => {}
            Self::Call(_) | Self::CallChunk(_) | Self::Reply(_) | Self::ReplyChunk(_) => {}
        }
    }

    /// The byte that stands for the kind.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Call(_) => kind::CALL,
            Self::CallChunk(_) => kind::CALL_CHUNK,
            Self::Cancel { .. } => kind::CANCEL,
            Self::Bind(_) => kind::BIND,
            Self::CallItem { .. } => kind::CALL_ITEM,
            Self::CallEnd { .. } => kind::CALL_END,
            Self::CallCredit(_) => kind::CALL_CREDIT,
            Self::CallItems { .. } => kind::CALL_ITEMS,
            Self::Reply(_) => kind::REPLY,
            Self::ReplyChunk(_) => kind::REPLY_CHUNK,
            Self::ReplyReset { .. } => kind::REPLY_RESET,
            Self::Bound(_) => kind::BOUND,
            Self::ReplyItem(_) => kind::REPLY_ITEM,
            Self::ReplyEnd(_) => kind::REPLY_END,
            Self::ReplyCredit { .. } => kind::REPLY_CREDIT,
            Self::ReplyItems(_) => kind::REPLY_ITEMS,
            Self::Ping(_) => kind::PING,
            Self::Pong(_) => kind::PONG,
            Self::Drain { .. } => kind::DRAIN,
            Self::Close(_) => kind::CLOSE,
            Self::Optional { kind } => *kind,
        }
    }
}

/// The frame in the words of an error.
fn subject(kind: u8) -> &'static str {
    match kind {
        kind::CALL => "a Call frame",
        kind::CALL_CHUNK => "a CallChunk frame",
        kind::CANCEL => "a Cancel frame",
        kind::BIND => "a Bind frame",
        kind::CALL_ITEM => "a CallItem frame",
        kind::CALL_END => "a CallEnd frame",
        kind::CALL_CREDIT => "a CallCredit frame",
        kind::CALL_ITEMS => "a CallItems frame",
        kind::REPLY => "a Reply frame",
        kind::REPLY_CHUNK => "a ReplyChunk frame",
        kind::REPLY_RESET => "a ReplyReset frame",
        kind::BOUND => "a Bound frame",
        kind::REPLY_ITEM => "a ReplyItem frame",
        kind::REPLY_END => "a ReplyEnd frame",
        kind::REPLY_CREDIT => "a ReplyCredit frame",
        kind::REPLY_ITEMS => "a ReplyItems frame",
        kind::PING => "a Ping frame",
        kind::PONG => "a Pong frame",
        kind::DRAIN => "a Drain frame",
        kind::CLOSE => "a Close frame",
        _ => "a frame",
    }
}
