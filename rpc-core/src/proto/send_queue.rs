use std::collections::VecDeque;
use std::time::Instant;

use bytes::Bytes;

mod lending;
mod outgoing;
mod pinned;
mod spent;

pub(crate) use self::lending::Lent;
pub(crate) use self::outgoing::Outgoing;
use self::pinned::Pinned;
pub(crate) use self::spent::Spent;
use super::chunk_window::ChunkWindow;
use super::long_body::{Direction, LongBody, Queued, TakenBack};
use super::pings::Pings;
use crate::wire::{self, Hello};

/// What waits to be written: small frames in one buffer, large frames and long bodies beside it until there is room for
/// the next frame or chunk, so that a small frame never waits behind more than [`FILL`] bytes and one frame of them.
pub(super) struct SendQueue {
    out: Outgoing,
    /// Bytes that are lent out to be written, and stand before those of `out`.
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
    /// Bytes of all these bodies with their heads that have not gone into the buffer, and of items among them.
    long_bytes: usize,
    item_bytes: usize,
    /// What is held of answers and of items of theirs: all of each until the last of it that is written from where it
    /// lies is written, whether it went out whole or was taken back.
    reply_bytes: usize,
    pinned: Pinned,
    pong: Option<[u8; 8]>,
    pings: Pings,
    /// Made with the first chunk; what it knows of the path is of use to the next message.
    window: Option<Box<ChunkWindow>>,
    /// Bytes that the foremost of the active bodies has had in its turn.
    turn: u64,
    spent: Spent,
    /// Call frames that are in the buffer or written.
    calls: u64,
    /// Streams wait for room in the buffer.
    streams_wait: bool,
}

/// No more large frames and chunks are put into the buffer above so many bytes.
pub(super) const FILL: usize = 64 << 10;

/// What is put into the buffer.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    /// Of the peer.
    pub(super) max_frame: usize,
    /// Bodies that the peer puts together at a time.
    pub(super) max_active: usize,
    /// No more large frames and chunks are put in above so many bytes: at least [`FILL`].
    pub(super) most: usize,
}

/// What goes to the link at once without a lock is more, since nobody waits for that.
pub(super) const FILL_LENT: usize = FILL + FILL / 2;

/// So much of long items waits beside the buffer, and one item more, whatever the number of streams.
const ITEMS: usize = 8 << 20;

/// A body above this makes a frame large: it may not go ahead of its turn.
pub(super) const SMALL: usize = 8 << 10;

/// A body from this length on is written from where it lies: to name it to the system is less work than to copy it.
const BLOCK: usize = 8 << 10;

impl SendQueue {
    pub(super) fn new() -> Self {
        Self {
            out: Outgoing::default(),
            lent: 0,
            written: 0,
            large: VecDeque::new(),
            waiting: VecDeque::new(),
            active: VecDeque::new(),
            chunk_is_next: false,
            long_bytes: 0,
            item_bytes: 0,
            reply_bytes: 0,
            pinned: Pinned::default(),
            pong: None,
            pings: Pings::default(),
            window: None,
            turn: 0,
            spent: Spent::default(),
            calls: 0,
            streams_wait: false,
        }
    }

    /// Says hello, before all frames.
    pub(super) fn greet(&mut self, hello: &Hello) {
        hello.encode(self.buffer());
        self.out.set_boundary();
    }

    /// Where small frames are appended, each as a whole. To be asked for only when there is one.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        self.out.buffer()
    }

    /// Appends the end of the frame that was begun in the buffer.
    pub(super) fn append(&mut self, body: Bytes) {
        if Self::is_block(body.len()) {
            self.out.push_block(body, 0);
        } else {
            self.buffer().extend_from_slice(&body);
            self.discard(body);
        }
    }

    /// Frees `body` when the lock is released.
    pub(super) fn discard(&mut self, body: Bytes) {
        self.spent.add(body, 0);
    }

    /// True if a body of this length is written from where it lies.
    #[inline]
    pub(super) fn is_block(length: usize) -> bool {
        length >= BLOCK
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
        self.long_bytes = self.long_bytes.saturating_add(body.all);
        if body.direction.is_reply() {
            self.reply_bytes = self.reply_bytes.saturating_add(body.all);
        }
        if matches!(body.direction, Direction::Item(_)) {
            self.item_bytes = self.item_bytes.saturating_add(body.all);
        }
    }

    /// So much of a body waits no more.
    fn uncount(&mut self, direction: Direction, length: usize) {
        self.long_bytes = self.long_bytes.saturating_sub(length);
        if matches!(direction, Direction::Item(_)) {
            self.item_bytes = self.item_bytes.saturating_sub(length);
        }
    }

    /// A body of `all` bytes is over, and held no longer than until so much is written.
    fn let_go(&mut self, direction: Direction, all: usize, until: u64) {
        if direction.is_reply() {
            self.pinned.add(until, all);
            self.release_pinned();
        }
    }

    fn release_pinned(&mut self) {
        self.reply_bytes = self.reply_bytes.saturating_sub(self.pinned.release(self.written));
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
        }
    }

    /// True if all is written that may be, and the peer has not said that it has read the chunks in it.
    pub(super) fn is_unanswered(&self) -> bool {
        self.pending() == 0 && self.window.as_ref().is_some_and(|window| !window.is_idle())
    }

    /// True if there are any bodies that are to be freed without a lock.
    #[inline]
    pub(super) fn has_spent(&self) -> bool {
        !self.spent.is_empty()
    }

    /// Bodies that are to be freed without a lock.
    pub(super) fn take_spent(&mut self) -> Spent {
        std::mem::take(&mut self.spent)
    }

    /// Takes out the calls of which nothing is in the buffer; gives their places.
    pub(super) fn take_back_calls(&mut self) -> Vec<u32> {
        let mut places = Vec::new();
        let mut bytes: usize = 0;
        for queue in [&mut self.large, &mut self.waiting] {
            queue.retain_mut(|body| {
                let stays = body.direction != Direction::Call;
                if !stays {
                    places.push(body.place);
                    bytes = bytes.saturating_add(body.left());
                    self.spent.add(std::mem::take(&mut body.body), body.whole);
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
        let (found, answer) = if let Some(at) = self.large.iter().position(same) {
            (self.large.remove(at), TakenBack::NotBegun)
        } else if let Some(at) = self.waiting.iter().position(same) {
            (self.waiting.remove(at), TakenBack::NotBegun)
        } else if let Some(at) = self.active.iter().position(same) {
            (self.active.remove(at), TakenBack::Begun)
        } else {
            (None, TakenBack::NotThere)
        };
        if let Some(body) = found {
            self.uncount(direction, body.left());
            self.let_go(direction, body.all, body.held_until);
            self.spent.add(body.body, body.whole);
        }
        self.release_queues();
        answer
    }

    /// Moves large frames and chunks into the buffer by turns while there is room; tells what went in.
    pub(super) fn fill(&mut self, now: Instant, to: Filling, done: &mut Vec<Queued>) {
        let Filling { max_frame, max_active, most } = to;
        // A peer that asks and never reads gets no further answer: it costs no more than this buffer.
        if self.pending() < FILL
            && let Some(pong) = self.pong.take()
        {
            wire::Frame::Pong(pong).encode(self.buffer());
        }
        let fill = if self.streams_wait { FILL / 2 } else { most };
        while self.pending() < fill {
            let open = self.window.as_ref().is_none_or(|window| window.is_open());
            let chunks = open && (!self.active.is_empty() || !self.waiting.is_empty());
            if !(self.chunk_is_next && chunks)
                && let Some(mut large) = self.large.pop_front()
            {
                self.chunk_is_next = true;
                let LongBody { direction, place, all, .. } = large;
                self.uncount(direction, large.body.len());
                // As a part of the buffer it counts among what waits there.
                self.let_go(direction, all, 0);
                self.begin(&mut large, done);
                self.append(large.body);
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
            let out = self.out.buffer();
            match direction {
                Direction::Call => wire::encode_chunk_head(wire::ChunkOf::Call, place, part.len(), out),
                Direction::Reply => wire::encode_chunk_head(wire::ChunkOf::Reply, place, part.len(), out),
                Direction::Item(of) => wire::encode_item_head(of, place, more, part.len(), out),
            }
            let length = part.len();
            let spent = if more { 0 } else { body.whole };
            // A short end would keep all of its body until it is written.
            if length >= BLOCK && (more || length >= body.whole / 8) {
                self.out.push_block(part, spent);
                body.held_until = self.end();
            } else {
                out.extend_from_slice(&part);
                self.spent.add(part, spent);
            }
            let window = self.window.get_or_insert_default();
            if let Some(token) = window.sent(now, length, &mut self.pings) {
                wire::Frame::Ping(token).encode(self.out.buffer());
            }
            self.turn = self.turn.saturating_add(length as u64);
            let is_over = self.turn >= window.turn() || !more;
            if is_over {
                self.turn = 0;
            }
            if more {
                // Long bodies take turns.
                if is_over {
                    self.active.push_back(body)
                } else {
                    self.active.push_front(body)
                }
                continue;
            }
            self.let_go(direction, body.all, body.held_until);
            done.push(Queued::Whole { direction, place, end: self.end() });
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

    /// All that is to be written next.
    #[cfg(test)]
    pub(super) fn ready(&self) -> Vec<u8> {
        self.out.bytes()
    }

    /// What to write next.
    pub(super) fn outgoing(&self) -> &Outgoing {
        &self.out
    }

    /// So many bytes of what is to be written next are written.
    pub(super) fn advance(&mut self, count: usize) {
        let count = count.min(self.out.pending());
        self.written = self.written.saturating_add(count as u64);
        self.out.advance(count, &mut self.spent);
        self.release_pinned();
    }

    /// Bytes of frames that are not written.
    pub(super) fn pending(&self) -> usize {
        self.lent.saturating_add(self.out.pending())
    }

    /// All bytes that wait, long bodies included.
    pub(super) fn queued(&self) -> usize {
        self.pending().saturating_add(self.long_bytes)
    }

    /// The bytes that wait or are held, without the long bodies of calls.
    pub(super) fn queued_for_replies(&self) -> usize {
        self.pending().saturating_add(self.reply_bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pending() == 0 && self.has_no_bodies() && self.pong.is_none()
    }

    /// True if anything waits beside the buffer.
    pub(super) fn waits(&self) -> bool {
        self.pong.is_some() || !self.has_no_bodies()
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
        let before = self.lent.saturating_add(self.out.drop_calls(&mut self.spent));
        self.written.saturating_add(before as u64)
    }

    /// Forgets everything: nothing is written any more. Gives the end of what has been written.
    pub(super) fn drop_all(&mut self) -> u64 {
        self.drop_long_bodies();
        self.out.clear(&mut self.spent);
        let lent = std::mem::take(&mut self.lent);
        self.written.saturating_add(lent as u64)
    }

    fn drop_long_bodies(&mut self) {
        for queue in [&mut self.large, &mut self.waiting, &mut self.active] {
            for body in std::mem::take(queue) {
                self.spent.add(body.body, body.whole);
            }
        }
        (self.long_bytes, self.reply_bytes, self.item_bytes) = (0, 0, 0);
        (self.pong, self.window) = (None, None);
        self.pinned = Pinned::default();
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
        [self.out.heap(), self.bodies_held().saturating_mul(size_of::<LongBody>()), self.long_bytes]
            .into_iter()
            .sum()
    }
}

impl Drop for SendQueue {
    fn drop(&mut self) {
        self.out.clear(&mut self.spent);
    }
}

/// Kind, place, stream and flags of an item, which has the most of all that goes out in parts; the length before them is
/// not part of the frame's length.
pub(super) const CHUNK_HEAD: usize = 1 + 5 + 5 + 1;
