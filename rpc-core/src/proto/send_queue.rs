use std::collections::VecDeque;
use std::time::Instant;

use bytes::Bytes;

mod lending;

pub(crate) use self::lending::Lent;
use super::chunk_window::ChunkWindow;
use super::long_body::{Direction, LongBody, Queued, TakenBack};
use super::pings::Pings;
use crate::pool;
use crate::wire::{self, Hello};

/// What waits to be written: small frames in one buffer, large frames and long bodies beside it until there is room for
/// the next frame or chunk, so that a small frame never waits behind more than [`FILL`] bytes and one frame of them.
pub(super) struct SendQueue {
    buffer: Vec<u8>,
    /// Bytes of `buffer` that are written.
    start: usize,
    /// Somewhere in `buffer` a frame begins, or would; before `start` or behind it.
    boundary: usize,
    /// Bytes that are lent out to be written, and stand before those of `buffer`.
    lent: usize,
    /// Bytes written since the connection began.
    written: u64,
    /// Frames that are too large for the buffer while it is full.
    large: VecDeque<LongBody>,
    /// Bodies that go out in chunks and have not begun.
    waiting: VecDeque<LongBody>,
    active: VecDeque<LongBody>,
    /// The next turn is that of a chunk, if there are any.
    chunk_is_next: bool,
    /// Bytes of all these bodies with their heads, and of what a callee sends among them.
    long_bytes: usize,
    reply_bytes: usize,
    item_bytes: usize,
    pong: Option<[u8; 8]>,
    pings: Pings,
    /// Made with the first chunk.
    window: Option<Box<ChunkWindow>>,
    /// Bodies that are sent and take long to free, which is not to be done under a lock.
    spent: Vec<Bytes>,
    /// Call frames that are in the buffer or written.
    calls: u64,
    /// Streams wait for room in the buffer.
    streams_wait: bool,
}

/// No more large frames and chunks are put into the buffer above so many bytes.
pub(super) const FILL: usize = 64 << 10;

/// So much of long items waits beside the buffer, and one item more, whatever the number of streams.
const ITEMS: usize = 8 << 20;

/// A body above this makes a frame large: it may not go ahead of its turn.
pub(super) const SMALL: usize = 8 << 10;

/// To free so much is milliseconds of work for the system.
const SLOW_TO_FREE: usize = 1 << 20;

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
            lent: 0,
            written: 0,
            large: VecDeque::new(),
            waiting: VecDeque::new(),
            active: VecDeque::new(),
            chunk_is_next: false,
            long_bytes: 0,
            reply_bytes: 0,
            item_bytes: 0,
            pong: None,
            pings: Pings::default(),
            window: None,
            spent: Vec::new(),
            calls: 0,
            streams_wait: false,
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

    /// The number of the Call frame that is appended to the buffer now.
    pub(super) fn count_call(&mut self) -> u64 {
        self.calls = self.calls.saturating_add(1);
        self.calls
    }

    /// True if items of streams may be appended to the buffer.
    pub(super) fn has_room(&self) -> bool {
        self.pending() < FILL && self.item_bytes < ITEMS
    }

    /// While streams wait for room, large frames and chunks leave them half of it.
    pub(super) fn share_room(&mut self, streams_wait: bool) {
        self.streams_wait = streams_wait;
    }

    /// True if a frame with a body of this length may be appended to the buffer at once.
    pub(super) fn takes(&self, length: usize) -> bool {
        length <= SMALL || (self.pending() < FILL && self.large.is_empty())
    }

    /// Queues a frame that the buffer does not take now.
    pub(super) fn push_large(&mut self, body: LongBody) {
        self.count(&body);
        self.large.push_back(body);
    }

    /// Queues a body that goes out in chunks.
    pub(super) fn push_long(&mut self, body: LongBody) {
        self.count(&body);
        self.waiting.push_back(body);
    }

    fn count(&mut self, body: &LongBody) {
        let held = body.held();
        self.long_bytes = self.long_bytes.saturating_add(held);
        if body.direction.is_reply() {
            self.reply_bytes = self.reply_bytes.saturating_add(held);
        }
        if matches!(body.direction, Direction::Item(_)) {
            self.item_bytes = self.item_bytes.saturating_add(held);
        }
    }

    fn uncount(&mut self, direction: Direction, length: usize) {
        self.long_bytes = self.long_bytes.saturating_sub(length);
        if direction.is_reply() {
            self.reply_bytes = self.reply_bytes.saturating_sub(length);
        }
        if matches!(direction, Direction::Item(_)) {
            self.item_bytes = self.item_bytes.saturating_sub(length);
        }
    }

    /// Answers all pings up to now; replaces a pong that is not written yet.
    pub(super) fn set_pong(&mut self, pong: [u8; 8]) {
        self.pong = Some(pong);
    }

    /// Asks the peer how far it has read; gives the number of the Ping.
    pub(super) fn ping(&mut self) -> u32 {
        let (number, token) = self.pings.next();
        wire::Frame::Ping(token).encode(self.buffer());
        number
    }

    /// The peer has read all that stood before the Ping with this number.
    pub(super) fn handle_pong(&mut self, now: Instant, number: u32) {
        if let Some(window) = &mut self.window {
            window.heard(now, number);
            if window.is_idle() && self.has_no_bodies() {
                self.window = None;
            }
        }
    }

    /// True if all is written that may be, and the peer has not said that it has read the chunks in it.
    pub(super) fn is_unanswered(&self) -> bool {
        self.pending() == 0 && self.window.as_ref().is_some_and(|window| !window.is_idle())
    }

    /// Bodies that are to be freed elsewhere.
    pub(super) fn take_spent(&mut self) -> Vec<Bytes> {
        std::mem::take(&mut self.spent)
    }

    /// Takes out the calls of which nothing is in the buffer; gives their places.
    pub(super) fn take_back_calls(&mut self) -> Vec<u32> {
        let mut places = Vec::new();
        let mut bytes: usize = 0;
        for queue in [&mut self.large, &mut self.waiting] {
            queue.retain(|body| {
                let stays = body.direction != Direction::Call;
                if !stays {
                    places.push(body.place);
                    bytes = bytes.saturating_add(body.held());
                }
                stays
            });
        }
        self.uncount(Direction::Call, bytes);
        self.release_queues();
        places
    }

    /// Stops sending a long body. What is in the buffer are whole frames, and stays there. The search is short beside
    /// the copying of the bodies that it passes.
    pub(super) fn take_back(&mut self, direction: Direction, place: u32) -> TakenBack {
        let same = |body: &LongBody| body.direction == direction && body.place == place;
        let (mut found, answer) = if let Some(at) = self.large.iter().position(same) {
            (self.large.remove(at), TakenBack::NotBegun)
        } else if let Some(at) = self.waiting.iter().position(same) {
            (self.waiting.remove(at), TakenBack::NotBegun)
        } else if let Some(at) = self.active.iter().position(same) {
            (self.active.remove(at), TakenBack::Begun)
        } else {
            (None, TakenBack::NotThere)
        };
        self.uncount(direction, found.as_ref().map_or(0, LongBody::held));
        self.spent.extend(found.take_if(|body| body.whole >= SLOW_TO_FREE).map(|body| body.body));
        self.release_queues();
        answer
    }

    /// Moves large frames and chunks into the buffer by turns while there is room; tells what went in.
    pub(super) fn fill(&mut self, now: Instant, max_frame: usize, max_active: usize, done: &mut Vec<Queued>) {
        // A peer that asks and never reads gets no further answer: it costs no more than this buffer.
        if self.pending() < FILL
            && let Some(pong) = self.pong.take()
        {
            wire::Frame::Pong(pong).encode(self.buffer());
        }
        let fill = if self.streams_wait { FILL / 2 } else { FILL };
        while self.pending() < fill {
            let open = self.window.as_ref().is_none_or(|window| window.is_open());
            let chunks = open && (!self.active.is_empty() || !self.waiting.is_empty());
            if !(self.chunk_is_next && chunks)
                && let Some(mut large) = self.large.pop_front()
            {
                self.chunk_is_next = true;
                let LongBody { direction, place, .. } = large;
                self.uncount(direction, large.body.len());
                self.begin(&mut large, done);
                self.buffer().extend_from_slice(&large.body);
                done.push(Queued::Whole { direction, place, end: self.end() });
                continue;
            }
            if !chunks {
                break;
            }
            self.chunk_is_next = false;
            if self.active.len() < max_active
                && let Some(mut next) = self.waiting.pop_front()
            {
                self.begin(&mut next, done);
                self.active.push_back(next);
            }
            let Some(mut body) = self.active.pop_front() else { break };
            let LongBody { direction, place, .. } = body;
            let room = max_frame.saturating_sub(CHUNK_HEAD);
            let part = body.body.split_to(room.min(body.body.len()));
            self.uncount(direction, part.len());
            let more = !body.body.is_empty();
            let out = self.buffer();
            match direction {
                Direction::Call => wire::encode_chunk_head(wire::ChunkOf::Call, place, part.len(), out),
                Direction::Reply => wire::encode_chunk_head(wire::ChunkOf::Reply, place, part.len(), out),
                Direction::Item(of) => wire::encode_item_head(of, place, more, part.len(), out),
            }
            out.extend_from_slice(&part);
            let window = self.window.get_or_insert_default();
            if let Some(token) = window.sent(now, part.len(), &mut self.pings) {
                wire::Frame::Ping(token).encode(self.buffer());
            }
            if more {
                // To the back: long bodies take turns.
                self.active.push_back(body);
                continue;
            }
            done.push(Queued::Whole { direction, place, end: self.end() });
            if body.whole >= SLOW_TO_FREE {
                self.spent.push(part);
            }
        }
        self.release_queues();
    }

    /// Appends what goes before a body.
    fn begin(&mut self, body: &mut LongBody, done: &mut Vec<Queued>) {
        let head = std::mem::take(&mut body.head);
        self.uncount(body.direction, head.len());
        self.buffer().extend_from_slice(&head);
        if body.direction == Direction::Call {
            done.push(Queued::Begun { place: body.place, sequence: self.count_call() });
        }
    }

    /// What to write next.
    pub(super) fn ready(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// So many bytes of [`ready`](Self::ready) are written.
    pub(super) fn advance(&mut self, count: usize) {
        let count = count.min(self.ready().len());
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

    /// Bytes of frames that are not written.
    pub(super) fn pending(&self) -> usize {
        self.lent.saturating_add(self.buffer.len().saturating_sub(self.start))
    }

    /// All bytes that wait, long bodies included.
    pub(super) fn queued(&self) -> usize {
        self.pending().saturating_add(self.long_bytes)
    }

    /// The bytes that wait, without the long bodies of calls.
    pub(super) fn queued_for_replies(&self) -> usize {
        self.pending().saturating_add(self.reply_bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pending() == 0 && self.has_no_bodies() && self.pong.is_none()
    }

    fn has_no_bodies(&self) -> bool {
        self.large.is_empty() && self.waiting.is_empty() && self.active.is_empty()
    }

    /// Bytes written since the connection began.
    pub(super) fn written(&self) -> u64 {
        self.written
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
        let before = self.lent.saturating_add(kept.saturating_sub(self.start));
        let begun = self.written.saturating_add(before as u64);
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
        if self.ready().is_empty() {
            self.clear();
        }
        begun
    }

    /// Forgets everything: nothing is written any more. Gives the end of what has been written.
    pub(super) fn drop_all(&mut self) -> u64 {
        self.drop_long_bodies();
        self.clear();
        let lent = std::mem::take(&mut self.lent);
        self.written.saturating_add(lent as u64)
    }

    fn drop_long_bodies(&mut self) {
        self.large = VecDeque::new();
        self.waiting = VecDeque::new();
        self.active = VecDeque::new();
        (self.long_bytes, self.reply_bytes, self.item_bytes) = (0, 0, 0);
        (self.pong, self.window) = (None, None);
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
        if self.ready().len() <= LITTLE {
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
        if self.has_no_bodies() && self.bodies_held() > 0 {
            self.large = VecDeque::new();
            self.waiting = VecDeque::new();
            self.active = VecDeque::new();
        }
    }

    fn bodies_held(&self) -> usize {
        self.large.capacity().max(self.waiting.capacity()).max(self.active.capacity())
    }

    /// Heap that is held, in bytes.
    #[cfg(test)]
    pub(super) fn heap(&self) -> usize {
        [self.buffer.capacity(), self.bodies_held().saturating_mul(size_of::<LongBody>()), self.long_bytes]
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

/// Kind, place, stream and flags of an item, which has the most of all that goes out in parts; the length before them is
/// not part of the frame's length.
pub(super) const CHUNK_HEAD: usize = 1 + 5 + 5 + 1;

/// The kinds below this are sent by callers alone.
const FIRST_OF_CALLEE: u8 = 0x11;
