use std::collections::VecDeque;

use bytes::Bytes;

use crate::pool;
use crate::wire;

/// What waits to be written: small frames in one buffer, long bodies beside it until there is room for their next
/// chunk, so that a small frame never waits behind more than about [`FILL`] bytes.
pub(super) struct SendQueue {
    buffer: Vec<u8>,
    /// Bytes of `buffer` that are written.
    start: usize,
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

/// How far a long body had come when it was taken back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TakenBack {
    NotBegun,
    Begun,
    NotThere,
}

/// No more chunks are put into the buffer above so many bytes.
const FILL: usize = 64 << 10;

impl SendQueue {
    pub(super) fn new() -> Self {
        Self { buffer: Vec::new(), start: 0, written: 0, waiting: VecDeque::new(), active: VecDeque::new(), long_bytes: 0, pong: None }
    }

    /// Where small frames are appended.
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

    /// Stops sending a long body.
    pub(super) fn take_back(&mut self, direction: Direction, place: u32) -> TakenBack {
        let of_call = |body: &LongBody| body.direction == direction && body.place == place;
        let (found, answer) = if let Some(at) = self.waiting.iter().position(of_call) {
            (self.waiting.remove(at), TakenBack::NotBegun)
        } else if let Some(at) = self.active.iter().position(of_call) {
            (self.active.remove(at), TakenBack::Begun)
        } else {
            (None, TakenBack::NotThere)
        };
        let left = found.map_or(0, |body| body.body.len());
        self.long_bytes = self.long_bytes.saturating_sub(left);
        answer
    }

    /// Moves chunks into the buffer while there is room; gives the bodies that went in to their end.
    pub(super) fn fill(&mut self, max_frame: usize, max_active: usize, done: &mut Vec<(Direction, u32)>) {
        if let Some(pong) = self.pong.take() {
            wire::Frame::Pong(pong).encode(self.buffer());
        }
        while self.pending() < FILL {
            if self.active.len() < max_active
                && let Some(next) = self.waiting.pop_front()
            {
                self.buffer().extend_from_slice(&next.head);
                self.active.push_back(next);
            }
            let Some(mut body) = self.active.pop_front() else {
                return;
            };
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
                done.push((body.direction, body.place));
            } else {
                // To the back: long bodies take turns.
                self.active.push_back(body);
            }
        }
    }

    /// What to write next.
    pub(super) fn ready(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// So many bytes of [`ready`](Self::ready) are written.
    pub(super) fn advance(&mut self, count: usize) {
        self.start = self.start.saturating_add(count);
        self.written = self.written.saturating_add(count as u64);
        if self.start >= self.buffer.len() {
            self.start = 0;
            // An idle connection holds no buffer.
            pool::give_back(std::mem::take(&mut self.buffer));
        } else if self.start >= FILL {
            // Else a writer that never catches up would let the written part grow for ever.
            self.buffer.drain(..self.start);
            self.start = 0;
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

    /// Where the last byte of the buffer stands in all that this side ever writes.
    pub(super) fn end(&self) -> u64 {
        self.written.saturating_add(self.pending() as u64)
    }

    /// Where the last written byte stands.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Forgets what cannot be sent any more but the buffer, which ends in a `Close`.
    pub(super) fn drop_long_bodies(&mut self) {
        self.waiting.clear();
        self.active.clear();
        self.long_bytes = 0;
        self.pong = None;
    }
}

impl Drop for SendQueue {
    fn drop(&mut self) {
        pool::give_back(std::mem::take(&mut self.buffer));
    }
}

/// Kind and place of a chunk; the length before them is not part of the frame's length.
const CHUNK_HEAD: usize = 1 + 5;
