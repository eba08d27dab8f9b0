use super::any::kind;
use super::framing::frame;
use crate::wire::{Reader, WireError, varint};

/// An item of a stream, or a part of one (`docs/wire.md` §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// That of the call.
    pub place: u32,
    /// More of this item follows in the next frame of this stream.
    pub more: bool,
    /// The item or the part.
    pub data: &'a [u8],
}

/// The end of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End<'a> {
    /// That of the call.
    pub place: u32,
    /// How it ended.
    pub status: EndStatus,
    /// The error, if `status` says that there is one.
    pub body: &'a [u8],
}

/// How a stream ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum EndStatus {
    /// There are no more items.
    Clean = 0,
    /// With an error of the stream's own type.
    AppError = 1,
    /// With an `RpcError`, always in postcard.
    Failed = 2,
    /// The caller dropped the stream.
    Dropped = 3,
}

/// Of which stream of its call an item or an end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemOf {
    /// Of the argument stream with this number: a CallItem or CallEnd.
    Call(u32),
    /// Of the result stream: a ReplyItem or ReplyEnd.
    Reply,
}

/// Leave to send more of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// That of the call.
    pub place: u32,
    /// Items more, at most 2^62.
    pub items: u64,
    /// Bytes more, at most 2^62.
    pub bytes: u64,
}

const MORE: u8 = 1;
const MAX_CREDIT: u64 = 1 << 62;

/// Reads and writes a frame that names a stream behind its place (`Some`) or has only one stream (`None`).
pub(super) trait StreamFields<'a>: Sized {
    fn place(&self) -> u32;
    fn decode_behind(place: u32, reader: &mut Reader<'a>) -> Result<Self, WireError>;
    fn encode_behind(&self, out: &mut Vec<u8>);

    fn decode(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let place = reader.index("place")?;
        Self::decode_behind(place, reader)
    }

    fn decode_numbered(reader: &mut Reader<'a>) -> Result<(u32, Self), WireError> {
        let place = reader.index("place")?;
        let stream = reader.index("stream")?;
        Ok((stream, Self::decode_behind(place, reader)?))
    }

    fn encode(&self, stream: Option<u32>, out: &mut Vec<u8>) {
        varint::encode(self.place().into(), out);
        if let Some(stream) = stream {
            varint::encode(stream.into(), out);
        }
        self.encode_behind(out);
    }
}

impl<'a> StreamFields<'a> for Item<'a> {
    fn place(&self) -> u32 {
        self.place
    }

    fn decode_behind(place: u32, reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let flags = reader.flags(MORE)?;
        Ok(Self { place, more: flags & MORE != 0, data: reader.rest() })
    }

    fn encode_behind(&self, out: &mut Vec<u8>) {
        out.push(if self.more { MORE } else { 0 });
        out.extend_from_slice(self.data);
    }
}

impl<'a> StreamFields<'a> for End<'a> {
    fn place(&self) -> u32 {
        self.place
    }

    fn decode_behind(place: u32, reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let status = match reader.u8()? {
            0 => EndStatus::Clean,
            1 => EndStatus::AppError,
            2 => EndStatus::Failed,
            3 => EndStatus::Dropped,
            other => return Err(reader.unknown("status", other)),
        };
        Ok(Self { place, status, body: reader.rest() })
    }

    fn encode_behind(&self, out: &mut Vec<u8>) {
        out.push(self.status as u8);
        out.extend_from_slice(self.body);
    }
}

impl<'a> StreamFields<'a> for Credit {
    fn place(&self) -> u32 {
        self.place
    }

    fn decode_behind(place: u32, reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let items = reader.varint_max(MAX_CREDIT, "credit of items")?;
        let bytes = reader.varint_max(MAX_CREDIT, "credit of bytes")?;
        Ok(Self { place, items, bytes })
    }

    fn encode_behind(&self, out: &mut Vec<u8>) {
        varint::encode(self.items, out);
        varint::encode(self.bytes, out);
    }
}

/// Appends a CallItem or ReplyItem frame without its data, of which `data_len` bytes have to follow.
pub fn encode_item_head(of: ItemOf, place: u32, more: bool, data_len: usize, out: &mut Vec<u8>) {
    frame(out, data_len, |out| {
        begin(of, kind::CALL_ITEM, kind::REPLY_ITEM, place, out);
        out.push(if more { MORE } else { 0 });
    });
}

/// Appends a CallItems or ReplyItems frame without its items, which have to follow in `data_len` bytes.
pub fn encode_items_head(of: ItemOf, place: u32, data_len: usize, out: &mut Vec<u8>) {
    frame(out, data_len, |out| begin(of, kind::CALL_ITEMS, kind::REPLY_ITEMS, place, out));
}

/// Appends a CallEnd or ReplyEnd frame without its error, of which `body_len` bytes have to follow.
pub fn encode_end_head(of: ItemOf, place: u32, status: EndStatus, body_len: usize, out: &mut Vec<u8>) {
    frame(out, body_len, |out| {
        begin(of, kind::CALL_END, kind::REPLY_END, place, out);
        out.push(status as u8);
    });
}

/// The kind, the place and, for an argument stream, its number.
fn begin(of: ItemOf, call: u8, reply: u8, place: u32, out: &mut Vec<u8>) {
    match of {
        ItemOf::Call(stream) => {
            out.push(call);
            varint::encode(place.into(), out);
            varint::encode(stream.into(), out);
        }
        ItemOf::Reply => {
            out.push(reply);
            varint::encode(place.into(), out);
        }
    }
}
