use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};
use tokio::time::Sleep;

use super::busy_polls::{BusyPolls, yield_now};
use super::chunk::ChunkInPlace;
use super::connection::{Connection, State};
use super::handlers::Handlers;
use super::lingering::Lingering;
use super::locked::Locked;
use super::writing::write_out;
use crate::clock;
use crate::proto::{Closed, Spent};
use crate::server::Reply;
use crate::spawn::spawn_blocking;
use crate::wire::{CloseCode, Decoder};
use crate::{LinkReader, pool};

/// Drives one connection: reads, starts handlers, writes, watches the time. Ends with the connection.
pub(super) struct Task {
    connection: Arc<Connection>,
    reader: LinkReader,
    decoder: Decoder,
    /// A chunk of which the head has come, and the rest is read elsewhere.
    chunk: Option<Box<ChunkInPlace>>,
    /// The last frame was long, and so may be the next.
    long_frames: bool,
    handlers: Handlers,
    timer: Option<Pin<Box<Sleep>>>,
    replies: Vec<(u32, Reply)>,
    wakers: Vec<Waker>,
    /// Turns for which a write was put off, and the bytes that waited then.
    put_off: (u8, usize),
    /// The connection's `awaited`, for a look without its lock.
    awaited: Arc<AtomicBool>,
    busy_polls: BusyPolls,
    /// Taken out of the queue while this turn writes.
    spent: Spent,
    end: End,
}

enum End {
    NotYet,
    Lingering(Lingering),
}

/// Bytes read in a row, and a read more, before others get their turn: they may hold forty thousand small frames.
const READS: usize = 256 << 10;

/// After a long frame so much is read to see what comes: of another long frame little more than its head, so that the
/// rest can be read to where it stays.
const BEGINNING: usize = 4 << 10;

/// Calls taken from the protocol at once. One that is cancelled then is searched for among them.
const STARTS: usize = 1_024;

/// Bytes written in a row before others get their turn.
const WRITES: usize = 1 << 20;

/// While the queue grows, a write is put off for so many turns of the scheduler: frames that pile up go out
/// together, which is worth several times the throughput on a runtime of many threads.
const PUT_OFF: u8 = 8;

/// From so many callers on, a group is not kept together: halves of it share the price of a write well enough, and while one
/// is on its way the other gives the second processor something to do.
const LARGE_GROUP: usize = 32;

/// So much of streams goes out at once: their windows are not large, and the peer is to be at work meanwhile.
const STREAMED: usize = 8 << 10;

impl Task {
    pub(super) fn new(connection: Arc<Connection>, reader: LinkReader, awaited: Arc<AtomicBool>) -> Self {
        Self {
            reader,
            decoder: Decoder::new(connection.limits.max_frame),
            chunk: None,
            long_frames: false,
            handlers: Handlers::new(Arc::clone(&connection)),
            busy_polls: BusyPolls::new(connection.limits.busy_polls),
            connection,
            timer: None,
            replies: Vec::new(),
            wakers: Vec::new(),
            put_off: (0, 0),
            awaited,
            spent: Spent::default(),
            end: End::NotYet,
        }
    }

    /// Reads what is there. True if anything came.
    fn read(&mut self, cx: &mut Context<'_>) -> bool {
        let mut buffer = Vec::new();
        let (mut left, mut came) = (READS, false);
        while left > 0 {
            if self.chunk.is_some() || self.decoder.is_in_long_frame() {
                let Poll::Ready(result) = self.read_rest(cx) else { break };
                came = true;
                left = left.saturating_sub(*result.as_ref().unwrap_or(&0));
                if !self.received_rest(result) {
                    break;
                }
                continue;
            }
            if buffer.capacity() == 0 {
                buffer = pool::take();
            }
            let room = buffer.spare_capacity_mut();
            let most = if self.long_frames { BEGINNING.min(room.len()) } else { room.len() };
            let mut space = ReadBuf::uninit(room.get_mut(..most).unwrap_or_default());
            let Poll::Ready(result) = Pin::new(&mut self.reader).poll_read(cx, &mut space) else { break };
            came = true;
            let bytes = space.filled();
            left = left.saturating_sub(bytes.len());
            self.long_frames &= bytes.len() < BEGINNING;
            if !self.received(result.map(|()| bytes)) {
                break;
            }
        }
        if left == 0 {
            cx.waker().wake_by_ref();
        }
        self.decoder.settle();
        pool::give_back(buffer);
        came
    }

    /// Reads what is missing of a long frame to where it stays.
    fn read_rest(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.long_frames = true;
        if self.chunk.is_none() {
            self.chunk = ChunkInPlace::begin(&mut self.decoder, &self.connection).map(Box::new);
        }
        let rest = match &mut self.chunk {
            Some(chunk) => Some(chunk.rest()),
            None => self.decoder.rest(),
        };
        rest.map_or(Poll::Pending, |mut rest| pin!(self.reader.read_buf(&mut rest)).poll(cx))
    }

    /// Hands what was read of a long frame to the protocol, and what was read behind it; false if no more is to be read
    /// now.
    fn received_rest(&mut self, result: io::Result<usize>) -> bool {
        let Self { connection, decoder, chunk, wakers, .. } = self;
        if !matches!(result, Ok(1..)) {
            return self.received(result.map(|_| &[][..]));
        }
        let behind = chunk.as_mut().map_or_else(|| decoder.take_behind(), |chunk| chunk.take_behind());
        let now = clock::now();
        let mut state = connection.lock();
        if let Some(chunk) = chunk.take_if(|chunk| chunk.is_whole()) {
            chunk.end(now, decoder, &mut state.proto);
        }
        // Apart from what is behind, where another frame begins: the time for this one is over.
        state.proto.handle_bytes(now, decoder, &[]);
        if !behind.bytes().is_empty() {
            state.proto.handle_bytes(now, decoder, behind.bytes());
        }
        let more = state.proto.closed().is_none();
        state.collect_wakers(wakers);
        drop(state);
        wakers.drain(..).for_each(Waker::wake);
        more
    }

    /// Hands bytes to the protocol; false if no more is to be read now.
    fn received(&mut self, result: io::Result<&[u8]>) -> bool {
        let now = clock::now();
        let Self { connection, decoder, wakers, .. } = self;
        let mut state = connection.lock();
        let more = match result {
            Ok([]) => {
                state.proto.handle_end(decoder.is_mid_frame(), None);
                false
            }
            Ok(bytes) => {
                state.proto.handle_bytes(now, decoder, bytes);
                state.proto.closed().is_none()
            }
            Err(error) => {
                state.proto.handle_end(decoder.is_mid_frame(), Some(&error));
                false
            }
        };
        state.collect_wakers(wakers);
        state.expected = if wakers.len() < LARGE_GROUP { wakers.len() } else { 0 };
        drop(state);
        wakers.drain(..).for_each(Waker::wake);
        more
    }

    /// Starts handlers for what has arrived, writes, and looks after the time. True if the connection goes on.
    fn turn(&mut self, cx: &mut Context<'_>, came: bool) -> bool {
        let mut now = clock::now();
        let connection = Arc::clone(&self.connection);
        let (mut state, served) = self.serve(&connection, &mut now);
        if self.puts_off(&mut state, cx, came && served > 0) {
            let goes_on = state.proto.closed().is_none();
            state.collect_wakers(&mut self.wakers);
            drop(state);
            self.wakers.drain(..).for_each(Waker::wake);
            cx.waker().wake_by_ref();
            return goes_on;
        }
        let (mut state, wrote, mut again) = self.write(&connection, state, cx, now);
        state.waiting.handle_timeout(now, &mut self.wakers);
        let mut timeout = state.proto.poll_timeout();
        if timeout.is_some_and(|next| next <= now) {
            state.proto.handle_timeout(now);
            timeout = state.proto.poll_timeout();
            // There may be something to write, and handlers to drop.
            again = true;
        }
        // Before the next time is asked for: whoever is called up has a time to come.
        state.collect_wakers(&mut self.wakers);
        let next = clock::earlier(timeout, state.waiting.next_timeout());
        // A timer that goes off before that is left as it is: see `poll_timer`.
        let set = self.timer.as_ref().filter(|timer| !timer.is_elapsed());
        let set = set.map(|timer| timer.deadline().into_std());
        state.armed = next.map(|next| set.map_or(next, |set| set.min(next)));
        // Nothing is left to do but to wait for frames. One call at a time is the faster if its caller's thread finds
        // nothing else to do.
        if again || state.needs_flush || !state.proto.nothing_to_send() {
            self.busy_polls.end();
        } else if (came || wrote) && state.proto.unary_calls().max(served) > 1 {
            self.busy_polls.begin();
        }
        self.spent.append(state.proto.take_spent());
        let spent = std::mem::take(&mut self.spent);
        let (goes_on, quiet) = (state.proto.closed().is_none(), state.proto.is_quiet());
        let bound = state.proto.take_bound();
        drop(state);
        self.wakers.drain(..).for_each(Waker::wake);
        if spent.is_slow() {
            // Neither other calls of this connection nor other tasks of this thread wait for that.
            drop(spawn_blocking(move || drop(spent)));
        }
        if again || next.is_some_and(|next| self.poll_timer(cx, next).is_ready()) {
            cx.waker().wake_by_ref();
        }
        if quiet || came || bound {
            self.connection.notify_changed();
        }
        goes_on
    }

    /// Starts handlers for what has arrived, as long as the peer takes their replies. Gives the lock under which there
    /// is nothing more to start, and how many there were.
    fn serve<'c>(&mut self, connection: &'c Connection, now: &mut Instant) -> (Locked<'c>, usize) {
        let mut served: usize = 0;
        loop {
            let mut state = connection.lock();
            state.proto.finish_all(self.replies.drain(..));
            self.handlers.note_ended(&mut state.ended);
            let cancelled = state.proto.take_cancelled();
            state.proto.take_starts(*now, STARTS, self.handlers.starts());
            // Behind that, as some may have been answered there.
            let room = connection.limits.max_outbound.checked_sub(state.proto.queued());
            let room = room.filter(|_| self.handlers.has_starts());
            if cancelled.is_empty() && room.is_none() {
                return (state, served);
            }
            drop(state);
            self.handlers.forget_ended();
            // Wakes whoever watches the contexts, and so not under the lock.
            for place in cancelled {
                self.handlers.cancel(place, &mut self.replies);
            }
            if let Some(room) = room {
                let started = self.handlers.start(room, now, &mut self.replies);
                served = served.saturating_add(started);
            }
        }
    }

    /// Whether the write has to wait for a turn, since the queue grows.
    fn puts_off(&mut self, state: &mut State, cx: &mut Context<'_>, at_once: bool) -> bool {
        state.task.get_or_insert_with(|| cx.waker().clone()).clone_from(cx.waker());
        let queued = state.proto.queued();
        let (turns, before) = self.put_off;
        // A stream of small items is a crowd of its own, and one that rests is none.
        let streamed = std::mem::take(&mut state.streamed);
        let calls = state.proto.unary_calls().saturating_add(state.expected);
        let crowded = streamed && queued < STREAMED || calls > 1;
        let puts_off = !at_once && crowded && turns < PUT_OFF && queued > before;
        self.put_off = if puts_off { (turns.saturating_add(1), queued) } else { (0, 0) };
        state.awaited.store(puts_off, Ordering::Relaxed);
        puts_off
    }

    /// Writes, and takes no lock meanwhile: callers would wait for the system. Gives the lock back, whether anything was
    /// written, and whether there is more to do at once.
    fn write<'c>(
        &mut self,
        connection: &'c Connection,
        mut state: Locked<'c>,
        cx: &mut Context<'_>,
        now: Instant,
    ) -> (Locked<'c>, bool, bool) {
        let (mut written, mut again) = (0_usize, false);
        // While the writer is out, no caller writes.
        while let Some(mut writer) = state.writer.take() {
            let lent = state.proto.lend_transmit(now);
            if lent.is_none() && !state.needs_flush {
                state.writer = Some(writer);
                self.settle(&mut state);
                break;
            }
            self.spent.append(state.proto.take_spent());
            drop(state);
            let (count, done) = write_out(&mut writer, cx, lent.as_ref());
            state = connection.lock();
            if let Some(lent) = lent {
                state.proto.handle_lent(now, lent, count);
            }
            state.needs_flush = !matches!(done, Poll::Ready(Ok(())));
            if let Poll::Ready(Err(error)) = done {
                state.proto.handle_end(false, Some(&error));
                break;
            }
            state.writer = Some(writer);
            written = written.saturating_add(count);
            again = written >= WRITES;
            if again || done.is_pending() {
                break;
            }
        }
        // Room for more replies: the calls that wait for it are started with the next turn.
        let waiting = state.proto.has_waiting() || self.handlers.has_starts();
        again |= waiting && state.proto.queued() <= connection.limits.max_outbound;
        (state, written > 0, again)
    }

    /// All is written.
    fn settle(&mut self, state: &mut State) {
        if state.proto.calls_served() == 0 {
            self.handlers.release();
            if state.ended.is_empty() && state.ended.capacity() > 1 {
                state.ended = Vec::new();
            }
            if self.replies.capacity() > 1 {
                self.replies = Vec::new();
            }
        }
        if self.wakers.capacity() > 4 {
            self.wakers = Vec::new();
        }
    }

    /// Ready when `at` has come.
    fn poll_timer(&mut self, cx: &mut Context<'_>, at: Instant) -> Poll<()> {
        let at = tokio::time::Instant::from_std(at);
        match &mut self.timer {
            // Set for earlier: it goes off for nothing once, which costs less than setting it for every call.
            Some(timer) if timer.deadline() <= at && !timer.is_elapsed() => {}
            Some(timer) => timer.as_mut().reset(at),
            None => self.timer = Some(Box::pin(tokio::time::sleep_until(at))),
        }
        match &mut self.timer {
            Some(timer) => timer.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }

    /// True if this turn is none of those that somebody, or the timer, has asked for.
    fn is_for_nothing(&self) -> bool {
        let is_due = self.timer.as_ref().is_some_and(|timer| timer.is_elapsed());
        !is_due && !self.awaited.load(Ordering::Relaxed)
    }

    fn begin_end(&mut self) {
        let connection = Arc::clone(&self.connection);
        drop(self.serve(&connection, &mut clock::now()));
        self.handlers.stop_all();
        self.end = End::Lingering(Lingering::new(clock::now()));
        self.connection.notify_changed();
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if let End::NotYet = this.end {
            let came = this.read(cx);
            if came {
                this.busy_polls.hit();
            } else if this.is_for_nothing() && this.busy_polls.again() {
                yield_now(cx);
                return Poll::Pending;
            }
            if this.turn(cx, came) {
                if this.busy_polls.again() {
                    yield_now(cx);
                }
                return Poll::Pending;
            }
            this.begin_end();
        }
        match &mut this.end {
            End::Lingering(lingering) => {
                if lingering.poll(cx, &this.connection, &mut this.reader).is_ready() {
                    return Poll::Ready(());
                }
                let until = lingering.until();
                this.poll_timer(cx, until)
            }
            End::NotYet => Poll::Pending,
        }
    }
}

/// Also when the runtime goes away: whoever waits for an answer is told that there will be none.
impl Drop for Task {
    fn drop(&mut self) {
        let mut wakers = Vec::new();
        let mut state = self.connection.lock();
        state
            .proto
            .close(Closed::new(CloseCode::GoingAway, "the runtime that drove the connection has shut down"));
        let (writer, task) = (state.writer.take(), state.task.take());
        let ended = std::mem::take(&mut state.ended);
        state.collect_wakers(&mut wakers);
        drop(state);
        drop((writer, task, ended));
        wakers.into_iter().for_each(Waker::wake);
        self.connection.notify_changed();
    }
}
