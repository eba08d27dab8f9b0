//! The rest of a long frame is read to where it stays, not through a buffer that all frames share.

use bytes::buf::Limit;
use bytes::{BufMut, Bytes};

use super::{Decoder, FIRST_ROOM, Part, State, kind};
use crate::pool;
use crate::wire::{ChunkOf, Reader, varint};

/// A frame from this length on is long.
const LONG: usize = 16 << 10;

/// So much is read behind a long frame: the beginning of the next one, which may be long as well.
pub(crate) const BEHIND: usize = 64;

/// The head of a chunk that is worth reading to where its message is.
pub(crate) struct LongChunk {
    pub(crate) of: ChunkOf,
    pub(crate) place: u32,
    /// Bytes before the data.
    head: usize,
    /// Of the data.
    pub(crate) length: usize,
}

/// What was read behind a long frame.
pub(crate) struct Behind {
    bytes: [u8; BEHIND],
    length: usize,
}

impl Behind {
    /// Takes it off the end of `data`, from this length on.
    pub(crate) fn cut_off(data: &mut Vec<u8>, length: usize) -> Self {
        let mut behind = Self { bytes: [0; BEHIND], length: 0 };
        if let Some(more) = data.get(length..)
            && let Some(room) = behind.bytes.get_mut(..more.len())
        {
            room.copy_from_slice(more);
            behind.length = more.len();
            data.truncate(length);
        }
        behind
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Decoder {
    /// True if the rest of a long frame comes next.
    #[inline]
    pub(crate) fn is_in_long_frame(&self) -> bool {
        matches!(self.state, State::Body(Part::Frame, length) if length >= LONG)
    }

    /// Where what comes next is to be read to, if it is the rest of a long frame. After that,
    /// [`take_behind`](Self::take_behind), and [`settle`](Self::settle) when nothing more is there.
    pub(crate) fn rest(&mut self) -> Option<Limit<&mut Vec<u8>>> {
        let State::Body(Part::Frame, length) = self.state else { return None };
        if length < LONG {
            return None;
        }
        let whole = length.saturating_add(BEHIND);
        let full = self.buffer.len() == self.buffer.capacity();
        if self.buffer.capacity() < whole && (full || !self.settled) {
            self.settled = false;
            if !(pool::BUFFER / 2..=pool::BUFFER).contains(&whole) {
                self.buffer.reserve_exact(whole.saturating_sub(self.buffer.len()));
            } else {
                let begun = std::mem::replace(&mut self.buffer, pool::take());
                self.buffer.extend_from_slice(&begun);
            }
        }
        let room = self.buffer.capacity().min(whole).saturating_sub(self.buffer.len());
        Some((&mut self.buffer).limit(room))
    }

    /// Takes out what was read behind the frame.
    pub(crate) fn take_behind(&mut self) -> Behind {
        let State::Body(_, length) = self.state else { return Behind { bytes: [0; BEHIND], length: 0 } };
        Behind::cut_off(&mut self.buffer, length)
    }

    /// Nothing more is there now: what has arrived of a frame stays, in at most twice as much room.
    #[inline]
    pub(crate) fn settle(&mut self) {
        if self.buffer.capacity() > FIRST_ROOM {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        let room = self.buffer.len().saturating_mul(2).max(FIRST_ROOM);
        if self.buffer.capacity() <= room {
            return;
        }
        self.settled = true;
        let mut little = Vec::with_capacity(room);
        little.extend_from_slice(&self.buffer);
        pool::give_back(std::mem::replace(&mut self.buffer, little));
    }

    /// The head of the long chunk of which a part is in the buffer.
    pub(crate) fn long_chunk(&self) -> Option<LongChunk> {
        let State::Body(Part::Frame, length) = self.state else { return None };
        if length < LONG {
            return None;
        }
        let (of, fields) = match self.buffer.split_first()? {
            (&kind::CALL_CHUNK, fields) => (ChunkOf::Call, fields),
            (&kind::REPLY_CHUNK, fields) => (ChunkOf::Reply, fields),
            _ => return None,
        };
        let mut reader = Reader::new(fields, "a chunk");
        let place = reader.index("place").ok()?;
        let head = self.buffer.len().saturating_sub(reader.remaining());
        Some(LongChunk { of, place, head, length: length.saturating_sub(head) })
    }

    /// Moves what has come of a chunk behind `data`. The rest is read there, and then the frame [ends](Self::end_chunk).
    pub(crate) fn begin_chunk(&mut self, chunk: &LongChunk, data: &mut Vec<u8>) {
        data.extend_from_slice(self.buffer.get(chunk.head..).unwrap_or_default());
        pool::give_back(std::mem::take(&mut self.buffer));
        self.state = State::Apart;
    }

    /// All of the chunk has been read.
    pub(crate) fn end_chunk(&mut self) {
        self.state = State::Length(Part::Frame, varint::Partial::default());
    }

    /// Whether the frame in the buffer has a body that somebody will keep.
    pub(super) fn is_worth_sharing(&self) -> bool {
        self.buffer.len() >= LONG && matches!(self.buffer.first(), Some(&(kind::CALL | kind::REPLY)))
    }

    pub(super) fn share(&mut self) {
        self.shared = pool::into_bytes(std::mem::take(&mut self.buffer));
    }
}

/// Bodies are counted as they are long, and a slice of a shared frame keeps all of it.
pub(crate) fn slice_of(shared: &Bytes, part: &[u8]) -> Option<Bytes> {
    let (outer, inner) = (shared.as_ptr_range(), part.as_ptr_range());
    let lies_within = outer.start <= inner.start && inner.end <= outer.end && !part.is_empty();
    (lies_within && part.len() >= shared.len() / 2).then(|| shared.slice_ref(part))
}
