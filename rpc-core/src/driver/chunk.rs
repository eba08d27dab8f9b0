//! A chunk that is read to where its message is put together, and copied nowhere.

use std::time::Instant;

use bytes::BufMut;
use bytes::buf::Limit;

use super::connection::Connection;
use crate::pool::Room;
use crate::proto::{self, Part};
use crate::wire::{BEHIND, Behind, ChunkOf, Decoder};

/// A chunk of which the head has come.
pub(super) struct ChunkInPlace {
    of: ChunkOf,
    place: u32,
    /// What had come of the message before, and of this chunk behind it.
    body: Room,
    /// Of the chunk.
    length: usize,
    /// Of the body with the chunk.
    end: usize,
}

impl ChunkInPlace {
    /// The chunk that has begun, if it is long and its message wants it there.
    pub(super) fn begin(decoder: &mut Decoder, connection: &Connection) -> Option<Self> {
        let chunk = decoder.long_chunk()?;
        let mut body = connection.lock().proto.lend_assembly(chunk.of, chunk.place, chunk.length)?;
        let end = body.data().len().saturating_add(chunk.length);
        decoder.begin_chunk(&chunk, body.data());
        Some(Self { of: chunk.of, place: chunk.place, body, length: chunk.length, end })
    }

    /// Where its rest is to be read to, and what comes behind it.
    pub(super) fn rest(&mut self) -> Limit<&mut Vec<u8>> {
        let data = self.body.data();
        let most = self.end.saturating_add(BEHIND).min(data.capacity()).saturating_sub(data.len());
        data.limit(most)
    }

    /// True when all of it has been read.
    pub(super) fn is_whole(&mut self) -> bool {
        self.body.data().len() >= self.end
    }

    /// Takes out what was read behind it.
    pub(super) fn take_behind(&mut self) -> Behind {
        Behind::cut_off(self.body.data(), self.end)
    }

    /// Hands it, whole, to the protocol.
    pub(super) fn end(self, now: Instant, decoder: &mut Decoder, proto: &mut proto::Connection) {
        decoder.end_chunk();
        let part = Part::InPlace { body: self.body, length: self.length };
        proto.handle_chunk(now, self.of, self.place, part);
    }
}
