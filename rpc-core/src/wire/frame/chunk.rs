use super::any::kind;
use super::framing::frame;
use crate::wire::{Reader, WireError, varint};

/// The next part of a body (`docs/wire.md` §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// That of the call.
    pub place: u32,
    /// The part.
    pub data: &'a [u8],
}

/// Of which body a chunk is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChunkOf {
    /// Of the arguments: a CallChunk.
    Call,
    /// Of the answer: a ReplyChunk.
    Reply,
}

impl<'a> Chunk<'a> {
    pub(super) fn decode(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        Ok(Self { place: reader.index("place")?, data: reader.rest() })
    }

    pub(super) fn encode(&self, of: ChunkOf, out: &mut Vec<u8>) {
        encode_chunk_head(of, self.place, self.data.len(), out);
        out.extend_from_slice(self.data);
    }
}

/// Appends a CallChunk or ReplyChunk frame without its data, of which `data_len` bytes have to follow.
pub fn encode_chunk_head(of: ChunkOf, place: u32, data_len: usize, out: &mut Vec<u8>) {
    frame(out, data_len, |out| {
        out.push(match of {
            ChunkOf::Call => kind::CALL_CHUNK,
            ChunkOf::Reply => kind::REPLY_CHUNK,
        });
        varint::encode(place.into(), out);
    });
}
