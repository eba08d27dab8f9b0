use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use tokio::io::AsyncWrite;
use tokio::sync::Notify;

use super::task::Task;
use super::waiting::Waiting;
use crate::clock;
use crate::proto::{self, Closed, Ending, OutgoingCall, Side, StartError};
use crate::server::{Reply, Router};
use crate::wire::CloseCode;
use crate::{Limits, Link, LinkWriter};

/// A connection at work, as callers, handlers and servers hold it. Its task ends when the connection does.
pub(crate) struct Connection {
    pub(super) state: Mutex<State>,
    /// Hello, close, drain, and the end of the last call.
    changed: Notify,
    pub(super) peer: Arc<str>,
    pub(super) limits: Arc<Limits>,
    pub(super) router: Arc<Router>,
}

pub(super) struct State {
    pub(super) proto: proto::Connection,
    /// `None` when the task has ended.
    pub(super) writer: Option<LinkWriter>,
    pub(super) waiting: Waiting,
    /// The task's waker: whoever writes does so with this one, so that no wake-up is lost with a caller.
    pub(super) task: Option<Waker>,
    /// The task has been woken to write and has not yet done so.
    pub(super) write_wanted: bool,
    /// When the task's timer goes off.
    pub(super) armed: Option<Instant>,
    pub(super) needs_flush: bool,
}

/// What came of an attempt to begin a call.
pub(crate) enum CallStart {
    /// It is on its way, on this place.
    Begun(u32),
    /// All places are taken; the caller is woken when its turn comes.
    Waiting(u64),
    /// As many callers wait as may.
    QueueFull,
    /// It cannot be begun here.
    Not(StartError),
}

/// What a lone caller may write itself; more is left to the task, so that no caller becomes everybody's writer.
const CALLER_WRITES: usize = 64 << 10;

impl Connection {
    /// Starts to drive `link` on the current runtime. The future ends with the connection.
    pub(crate) fn new(
        link: Link,
        side: Side,
        limits: Arc<Limits>,
        router: Arc<Router>,
    ) -> (Arc<Self>, impl Future<Output = ()> + Send + use<>) {
        let proto = proto::Connection::new(clock::now(), side, Arc::clone(&limits), Arc::clone(&router));
        let state = State {
            proto,
            writer: Some(link.writer),
            waiting: Waiting::default(),
            task: None,
            write_wanted: false,
            armed: None,
            needs_flush: false,
        };
        let connection = Arc::new(Self {
            state: Mutex::new(state),
            changed: Notify::new(),
            peer: link.peer.into(),
            limits,
            router,
        });
        let task = Task::new(Arc::clone(&connection), link.reader);
        (connection, task)
    }

    /// No user code runs under this lock but a transport's `poll_write`; what that leaves behind when it panics is
    /// a connection that can still be closed.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a call, or queues for it. `turn` is what an earlier attempt was given.
    pub(crate) fn start_call(&self, call: OutgoingCall<'_>, turn: Option<u64>, waker: &Waker) -> CallStart {
        let now = clock::now();
        let deadline = call.deadline;
        let mut wakers = Vec::new();
        let mut guard = self.lock();
        let state = &mut *guard;
        let was_empty = state.proto.nothing_to_send();
        let start = match state.proto.start_call(now, call, waker) {
            Ok(place) => {
                if let Some(turn) = turn {
                    state.waiting.leave(turn);
                }
                let alone = was_empty && state.proto.calls_in_flight() == 1;
                let written = alone && state.write_as_caller(now);
                if !written || state.is_armed_too_late_for(state.proto.poll_timeout()) {
                    state.wake_to_write();
                }
                // A long call that ended may have left room for several: each lets the next one in.
                if state.proto.has_room() {
                    state.waiting.wake(1, &mut wakers);
                }
                CallStart::Begun(place)
            }
            Err(StartError::Full) => {
                match state.waiting.join(turn, waker, deadline, self.limits.max_waiting_calls) {
                    Some(turn) => {
                        if state.is_armed_too_late_for(deadline) {
                            state.wake_to_write();
                        }
                        CallStart::Waiting(turn)
                    }
                    None => CallStart::QueueFull,
                }
            }
            Err(other) => CallStart::Not(other),
        };
        drop(guard);
        wakers.into_iter().for_each(Waker::wake);
        start
    }

    /// The end of a call, if it has come; else `waker` is woken when it does.
    pub(crate) fn poll_call(&self, place: u32, waker: &Waker) -> Poll<Ending> {
        match self.lock().proto.poll_call(place, waker) {
            Some(ending) => Poll::Ready(ending),
            None => Poll::Pending,
        }
    }

    /// The caller of `place` waits no longer.
    pub(crate) fn cancel_call(&self, place: u32) {
        self.change(|state| state.proto.cancel_call(place));
    }

    /// The caller with this turn waits no longer.
    pub(crate) fn leave_queue(&self, turn: u64) {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        if !state.waiting.leave(turn) {
            state.waiting.wake(1, &mut wakers);
        }
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// The handler on `place` has ended.
    pub(super) fn finish(&self, place: u32, reply: Reply) {
        self.change(|state| state.proto.finish(place, reply));
    }

    /// The handler on `place` was dropped before its end.
    pub(super) fn finish_dropped(&self, place: u32) {
        self.change(|state| state.proto.finish_dropped(place));
    }

    /// True if calls may be begun here.
    pub(crate) fn accepts_calls(&self) -> bool {
        self.lock().proto.accepts_calls()
    }

    /// Waits for the peer's hello. The error is why there will be none.
    pub(crate) async fn established(&self) -> Result<(), Arc<Closed>> {
        self.until(|state| match state.proto.closed() {
            Some(closed) => Some(Err(Arc::clone(closed))),
            None => state.proto.is_established().then_some(Ok(())),
        })
        .await
    }

    /// True once the peer has said hello, or the connection is over.
    pub(crate) fn is_past_handshake(&self) -> bool {
        let state = self.lock();
        state.proto.is_established() || state.proto.closed().is_some()
    }

    /// Takes no new calls, and says so to the peer.
    pub(crate) fn drain(&self) {
        self.change(|state| state.proto.drain());
        self.changed.notify_waiters();
    }

    /// Waits until no call is in flight in either direction and all is written, or the connection is over.
    pub(crate) async fn quiet(&self) {
        self.until(|state| (state.proto.closed().is_some() || state.proto.is_quiet()).then_some(())).await;
    }

    /// Ends the connection; the peer is told why.
    pub(crate) fn close(&self, code: CloseCode, text: &str) {
        self.change(|state| state.proto.close(Closed::new(code, text)));
        self.changed.notify_waiters();
    }

    /// Changes the protocol's state and lets everybody know whom that concerns.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        change(&mut state);
        state.collect_wakers(&mut wakers);
        state.wake_to_write();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    pub(super) fn notify_changed(&self) {
        self.changed.notify_waiters();
    }

    async fn until<T>(&self, done: impl Fn(&State) -> Option<T>) -> T {
        let mut changed = std::pin::pin!(self.changed.notified());
        loop {
            // Registered before the look, so that a change in between is not missed.
            changed.as_mut().enable();
            if let Some(value) = done(&self.lock()) {
                return value;
            }
            changed.as_mut().await;
            changed.set(self.changed.notified());
        }
    }
}

impl State {
    /// Writes as far as it goes without waiting, at most [`CALLER_WRITES`]; true if nothing is left.
    fn write_as_caller(&mut self, now: Instant) -> bool {
        let Some(task) = self.task.clone() else { return false };
        let mut cx = Context::from_waker(&task);
        matches!(self.poll_write(now, &mut cx, CALLER_WRITES), Poll::Ready(Ok(true)))
    }

    /// Writes up to about `most` bytes. `Ready(Ok(true))`: nothing is left.
    pub(super) fn poll_write(
        &mut self,
        now: Instant,
        cx: &mut Context<'_>,
        most: usize,
    ) -> Poll<std::io::Result<bool>> {
        let Self { proto, writer, needs_flush, .. } = self;
        let Some(writer) = writer else { return Poll::Ready(Ok(true)) };
        let mut written = 0;
        loop {
            let bytes = proto.poll_transmit(now);
            if bytes.is_empty() {
                break;
            }
            if written >= most {
                return Poll::Ready(Ok(false));
            }
            let count = std::task::ready!(Pin::new(&mut *writer).poll_write(cx, bytes))?;
            if count == 0 {
                return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into()));
            }
            *needs_flush = true;
            written += count;
            proto.handle_written(now, count);
        }
        if *needs_flush {
            std::task::ready!(Pin::new(&mut *writer).poll_flush(cx))?;
            *needs_flush = false;
        }
        Poll::Ready(Ok(true))
    }

    /// True if the task's timer goes off after `at`.
    fn is_armed_too_late_for(&self, at: Option<Instant>) -> bool {
        at.is_some_and(|at| self.armed.is_none_or(|armed| at < armed))
    }

    /// Wakes the task once, however many have something to write.
    pub(super) fn wake_to_write(&mut self) {
        if !self.write_wanted
            && let Some(task) = &self.task
        {
            self.write_wanted = true;
            task.wake_by_ref();
        }
    }

    /// Who has to be woken when the lock is released.
    pub(super) fn collect_wakers(&mut self, wakers: &mut Vec<Waker>) {
        let freed = self.proto.take_wakers(wakers);
        let closed = !self.proto.accepts_calls();
        let count = if closed { self.waiting.len() } else { freed };
        if count > 0 {
            self.waiting.wake(count, wakers);
        }
    }
}
