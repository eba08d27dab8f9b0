use std::collections::VecDeque;

use bytes::Bytes;

use crate::pool;
use crate::wire::{self, Hello};

/// What waits to be written: small frames in one buffer, long bodies beside it until there is room for their next
/// chunk, so that a small frame never waits behind more than [`FILL`] bytes and one chunk of them.
pub(super) struct SendQueue {
    buffer: Vec<u8>,
    /// Bytes of `buffer` that are written.
    start: usize,
    /// Somewhere in `buffer` a frame begins, or would; before `start` or behind it.
    boundary: usize,
    /// Bytes written since the connection began.
    written: u64,
    waiting: VecDeque<LongBody>,
    active: VecDeque<LongBody>,
    long_bytes: usize,
    pong: Option<[u8; 8]>,
}

/// A body that goes out in chunks.
pub(super) struct LongBody {
    pub(super) direction: Direction,
    pub(super) place: u32,
    /// The first frame, which announces the body and carries none of it.
    pub(super) head: Vec<u8>,
    pub(super) body: Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Call,
    Reply,
}

/// A long body of which the last chunk is in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) direction: Direction,
    pub(super) place: u32,
    /// Where its last byte stands in all that is ever written.
    pub(super) end: u64,
}

/// How far a long body had come when it was taken back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TakenBack {
    /// Nothing of it will ever be written.
    NotBegun,
    /// Its end will never be written.
    Begun,
    /// It is not here: written or in the buffer to its end, or never was.
    NotThere,
}

/// No more chunks are put into the buffer above so many bytes.
pub(super) const FILL: usize = 64 << 10;

/// What is left of a buffer when the link takes no more is moved to one of its own size up to this, and the large
/// buffer is lent to others: a peer that does not read pins none.
const LITTLE: usize = 4 << 10;

/// A buffer above this is worth that.
const LARGE: usize = 4 * LITTLE;

impl SendQueue {
    pub(super) fn new() -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            boundary: 0,
            written: 0,
            waiting: VecDeque::new(),
            active: VecDeque::new(),
            long_bytes: 0,
            pong: None,
        }
    }

    /// Says hello, before all frames.
    pub(super) fn greet(&mut self, hello: &Hello) {
        hello.encode(self.buffer());
        self.boundary = self.buffer.len();
    }

    /// Where small frames are appended, each as a whole. To be asked for only when there is one.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        if self.buffer.capacity() == 0 {
            self.buffer = pool::take();
        }
        &mut self.buffer
    }

    pub(super) fn push_long(&mut self, body: LongBody) {
        self.long_bytes = self.long_bytes.saturating_add(body.body.len());
        self.waiting.push_back(body);
    }

    /// Answers all pings up to now; replaces a pong that is not written yet.
    pub(super) fn set_pong(&mut self, pong: [u8; 8]) {
        self.pong = Some(pong);
    }

    /// Stops sending a long body. What is in the buffer are whole frames, and stays there. The search is short beside
    /// the copying of the bodies that it passes.
    pub(super) fn take_back(&mut self, direction: Direction, place: u32) -> TakenBack {
        let same = |body: &LongBody| body.direction == direction && body.place == place;
        let (found, answer) = if let Some(at) = self.waiting.iter().position(same) {
            (self.waiting.remove(at), TakenBack::NotBegun)
        } else if let Some(at) = self.active.iter().position(same) {
            (self.active.remove(at), TakenBack::Begun)
        } else {
            (None, TakenBack::NotThere)
        };
        let left = found.map_or(0, |body| body.body.len());
        self.long_bytes = self.long_bytes.saturating_sub(left);
        self.release_queues();
        answer
    }

    /// Moves chunks into the buffer while there is room; gives the bodies that went in to their end.
    pub(super) fn fill(&mut self, max_frame: usize, max_active: usize, done: &mut Vec<Whole>) {
        // A peer that asks and never reads gets no further answer: it costs no more than this buffer.
        if self.pending() < FILL
            && let Some(pong) = self.pong.take()
        {
            wire::Frame::Pong(pong).encode(self.buffer());
        }
        while self.pending() < FILL {
            if self.active.len() < max_active
                && let Some(next) = self.waiting.pop_front()
            {
                self.buffer().extend_from_slice(&next.head);
                self.active.push_back(next);
            }
            let Some(mut body) = self.active.pop_front() else { break };
            let room = max_frame.saturating_sub(CHUNK_HEAD);
            let part = body.body.split_to(room.min(body.body.len()));
            self.long_bytes = self.long_bytes.saturating_sub(part.len());
            let of = match body.direction {
                Direction::Call => wire::ChunkOf::Call,
                Direction::Reply => wire::ChunkOf::Reply,
            };
            wire::encode_chunk_head(of, body.place, part.len(), self.buffer());
            self.buffer().extend_from_slice(&part);
            if body.body.is_empty() {
                done.push(Whole { direction: body.direction, place: body.place, end: self.end() });
            } else {
                // To the back: long bodies take turns.
                self.active.push_back(body);
            }
        }
        self.release_queues();
    }

    /// What to write next.
    pub(super) fn ready(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// So many bytes of [`ready`](Self::ready) are written.
    pub(super) fn advance(&mut self, count: usize) {
        let count = count.min(self.pending());
        self.start = self.start.saturating_add(count);
        self.written = self.written.saturating_add(count as u64);
        let pending = self.pending();
        if pending == 0 {
            // An idle connection holds no buffer.
            self.clear();
        } else if pending <= LITTLE && self.buffer.capacity() > LARGE {
            self.drop_written();
        } else if self.start >= FILL.max(pending) {
            // What is moved is no more than what has been written since the last time, so this is linear.
            self.drop_written();
        }
    }

    /// Bytes in the buffer that are not written.
    pub(super) fn pending(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// All bytes that wait, long bodies included.
    pub(super) fn queued(&self) -> usize {
        self.pending().saturating_add(self.long_bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pending() == 0 && self.waiting.is_empty() && self.active.is_empty() && self.pong.is_none()
    }

    /// Where the last byte of the buffer stands in all that is ever written.
    pub(super) fn end(&self) -> u64 {
        self.written.saturating_add(self.pending() as u64)
    }

    /// Takes out what a caller has queued, so that only a `Close` may follow. Gives the end of what has been written or
    /// cannot be taken out, because a part of its frame is written.
    pub(super) fn drop_calls(&mut self) -> u64 {
        self.drop_long_bodies();
        self.skip_written_frames();
        let mut kept = self.boundary;
        let begun = self.written.saturating_add(kept.saturating_sub(self.start) as u64);
        let mut at = kept;
        while let Some((kind, length)) = self.buffer.get(at..).and_then(first_frame) {
            let end = at.saturating_add(length);
            if kind >= FIRST_OF_CALLEE {
                self.buffer.copy_within(at..end, kept);
                kept = kept.saturating_add(length);
            }
            at = end;
        }
        self.buffer.truncate(kept);
        if self.pending() == 0 {
            self.clear();
        }
        begun
    }

    /// Forgets everything: nothing is written any more. Gives the end of what has been written.
    pub(super) fn drop_all(&mut self) -> u64 {
        self.drop_long_bodies();
        self.clear();
        self.written
    }

    fn drop_long_bodies(&mut self) {
        self.waiting = VecDeque::new();
        self.active = VecDeque::new();
        self.long_bytes = 0;
        self.pong = None;
    }

    fn clear(&mut self) {
        self.start = 0;
        self.boundary = 0;
        pool::give_back(std::mem::take(&mut self.buffer));
    }

    /// Moves what is not written to the front, of a buffer of its own size if it is little.
    fn drop_written(&mut self) {
        self.skip_written_frames();
        self.boundary = self.boundary.saturating_sub(self.start);
        if self.pending() <= LITTLE {
            let rest = self.ready().to_vec();
            pool::give_back(std::mem::replace(&mut self.buffer, rest));
        } else {
            self.buffer.drain(..self.start);
        }
        self.start = 0;
    }

    /// Moves `boundary` to the first frame of which nothing is written.
    fn skip_written_frames(&mut self) {
        while self.boundary < self.start
            && let Some((_, length)) = self.buffer.get(self.boundary..).and_then(first_frame)
        {
            self.boundary = self.boundary.saturating_add(length);
        }
    }

    fn release_queues(&mut self) {
        if self.waiting.is_empty()
            && self.active.is_empty()
            && self.waiting.capacity().max(self.active.capacity()) > 0
        {
            self.waiting = VecDeque::new();
            self.active = VecDeque::new();
        }
    }

    /// Heap that is held, in bytes.
    #[cfg(test)]
    pub(super) fn heap(&self) -> usize {
        let bodies = self.waiting.capacity().max(self.active.capacity());
        [self.buffer.capacity(), bodies.saturating_mul(size_of::<LongBody>()), self.long_bytes]
            .into_iter()
            .sum()
    }
}

impl Drop for SendQueue {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The kind of the frame that begins here, and all its bytes. The buffer holds whole frames of our own.
fn first_frame(bytes: &[u8]) -> Option<(u8, usize)> {
    let mut reader = wire::Reader::new(bytes, "a queued frame");
    let length = usize::try_from(reader.varint().ok()?).ok()?;
    let head = bytes.len().saturating_sub(reader.remaining());
    Some((reader.u8().ok()?, head.saturating_add(length)))
}

/// Kind and place of a chunk; the length before them is not part of the frame's length.
const CHUNK_HEAD: usize = 1 + 5;

/// The kinds below this are sent by callers alone.
const FIRST_OF_CALLEE: u8 = 0x11;
