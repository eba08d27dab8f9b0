use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use tokio::io::AsyncWrite;
use tokio::sync::Notify;

use super::forms::Forms;
use super::locked::Locked;
use super::short_lock;
use super::task::Task;
use super::waiting::Waiting;
use super::writing::poll_write;
use crate::clock;
use crate::codec::Codec;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::proto::{self, Closed, Ending, Form, NotBound, OutgoingCall, Side, StartError};
use crate::server::{Reply, Router};
use crate::wire::CloseCode;
use crate::{Code, Executed, Identity, Limits, Link, LinkWriter, RpcError};

/// A connection at work, as callers, handlers and servers hold it. Its task ends when the connection does.
pub(crate) struct Connection {
    state: Mutex<State>,
    pub(super) forms: Forms,
    /// Hello, close, drain, and the end of the last call.
    changed: Notify,
    pub(super) peer: Arc<str>,
    identity: Option<Identity>,
    pub(crate) limits: Arc<Limits>,
    pub(super) router: Arc<Router>,
}

pub(super) struct State {
    pub(super) proto: proto::Connection,
    /// `None` when the task has ended.
    pub(super) writer: Option<LinkWriter>,
    pub(super) waiting: Waiting,
    /// Places whose handlers have ended in tasks of their own, since the task was last here.
    pub(super) ended: Vec<(u32, crate::Context)>,
    /// The task's waker: whoever writes does so with this one, so that no wake-up is lost with a caller.
    pub(super) task: Option<Waker>,
    /// The task has been woken and has not yet come. Changed under the lock only.
    pub(super) awaited: Arc<AtomicBool>,
    /// When the task's timer goes off.
    pub(super) armed: Option<Instant>,
    pub(super) needs_flush: bool,
    /// Frames of streams were queued since the last write.
    pub(super) streamed: bool,
    /// Callers who were told something together, and have not begun another call since. They are likely to: a write that
    /// does not wait for them parts them for good.
    pub(super) expected: usize,
}

/// What came of an attempt to begin a call.
pub(crate) enum CallStart {
    /// It is on its way, and known by this.
    Begun(u32),
    /// There is no room; the caller is woken when its turn comes.
    Waiting(u64),
    /// As many callers wait as may.
    QueueFull,
    /// It cannot be begun here.
    Not(StartError),
}

/// What a lone caller may write itself; more is left to the task, so that no caller becomes everybody's writer.
const CALLER_WRITES: usize = 64 << 10;

impl Connection {
    /// Starts to drive `link` on the current runtime. `codec` is that of the calls that this side makes. The future ends
    /// with the connection.
    pub(crate) fn new(
        link: Link,
        (side, codec): (Side, Codec),
        limits: Arc<Limits>,
        router: Arc<Router>,
    ) -> (Arc<Self>, impl Future<Output = ()> + Send + use<>) {
        let proto =
            proto::Connection::new(clock::now(), side, codec, Arc::clone(&limits), Arc::clone(&router));
        let awaited = Arc::new(AtomicBool::new(false));
        let state = State {
            proto,
            writer: Some(link.writer),
            waiting: Waiting::default(),
            ended: Vec::new(),
            task: None,
            awaited: Arc::clone(&awaited),
            armed: None,
            needs_flush: false,
            streamed: false,
            expected: 0,
        };
        let connection = Arc::new(Self {
            state: Mutex::new(state),
            forms: Forms::new(codec),
            changed: Notify::new(),
            peer: link.peer.into(),
            identity: link.identity,
            limits,
            router,
        });
        let task = Task::new(Arc::clone(&connection), link.reader, awaited);
        (connection, task)
    }

    /// Where the peer is.
    pub(crate) fn peer_address(&self) -> &str {
        &self.peer
    }

    /// Who the peer is, if the transport knows.
    pub(crate) fn peer_identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// No user code runs under this lock but a transport's `poll_write`; what that leaves behind when it panics is
    /// a connection that can still be closed.
    pub(super) fn lock(&self) -> Locked<'_> {
        Locked::new(short_lock::lock(&self.state))
    }

    /// Begins a call, or queues for it. `turn` is what an earlier attempt was given.
    pub(crate) fn start_call(
        &self,
        now: Instant,
        call: &mut OutgoingCall<'_>,
        turn: Option<u64>,
        waker: &Waker,
    ) -> CallStart {
        let (mut wakers, mut replaced) = (Vec::new(), None);
        let mut state = self.lock();
        let (deadline, length) = (call.deadline, call.length());
        let start = match state.begin(now, call, turn, waker, &mut replaced) {
            Err(StartError::Full) => {
                let caller = (waker, deadline, length);
                let max = self.limits.max_waiting_calls;
                let joined = state.waiting.join(turn, caller, max, &mut replaced);
                joined.map_or(CallStart::QueueFull, CallStart::Waiting)
            }
            Ok(call) => CallStart::Begun(call),
            Err(other) => CallStart::Not(other),
        };
        if state.has_wakers() {
            state.collect_wakers(&mut wakers);
        }
        // A task that has been woken looks at the time as well.
        if !state.is_awaited() && state.is_armed_too_late() {
            state.wake_task();
        }
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        start
    }

    /// Whether calls of `method` are known to be taken in this form.
    pub(crate) fn is_settled(&self, method: &'static MethodDescriptor, form: Form) -> bool {
        method.schema.is_none() || self.lock().proto.is_settled(method, form)
    }

    /// Has the peer told what becomes of calls of `method` in this form. Gives its index.
    pub(super) fn bind(&self, method: &'static MethodDescriptor, form: Form) -> Result<u32, NotBound> {
        self.change(|state| state.proto.bind(method, form))
    }

    /// Waits until it has; false if calls on `index` are refused.
    pub(super) async fn until_bound(&self, index: u32) -> Result<bool, RpcError> {
        self.until(|state| match state.proto.closed() {
            Some(closed) => {
                let text = format!("the connection has ended: {}", closed.text);
                Some(Err(RpcError::new(Code::Unavailable, text).with_executed(Executed::No)))
            }
            None => state.proto.is_bound(index).map(Ok),
        })
        .await
    }

    /// The end of a call, if it has come; else `waker` is woken when it does.
    pub(crate) fn poll_call(&self, call: u32, waker: &Waker) -> Poll<Ending> {
        let mut replaced = None;
        let ending = self.lock().proto.poll_call(call, waker, &mut replaced);
        // The lock is free again.
        drop(replaced);
        ending.map_or(Poll::Pending, Poll::Ready)
    }

    /// The caller of `call` waits no longer.
    pub(crate) fn cancel_call(&self, call: u32) {
        let waker = self.change(|state| state.proto.cancel_call(call));
        drop(waker);
    }

    /// The caller with this turn waits no longer.
    pub(crate) fn leave_queue(&self, turn: u64) {
        let waker = self.change(|state| state.waiting.leave(turn));
        drop(waker);
    }

    /// The handler on `place` has ended, in a task of its own.
    pub(super) fn finish(&self, place: u32, context: crate::Context, reply: Reply) {
        self.change(|state| {
            // Without its task nobody would take it from there, and it holds this connection.
            if state.task.is_some() {
                if state.ended.capacity() == 0 {
                    // By itself it would grow to four, which an idle connection does not keep.
                    state.ended.reserve_exact(1);
                }
                state.ended.push((place, context));
            }
            state.proto.finish(place, reply);
        });
    }

    /// The handler on `place` was dropped before its end. `begun`: it may have been polled.
    pub(super) fn finish_dropped(&self, place: u32, begun: bool) {
        self.change(|state| state.proto.finish_dropped(place, begun));
    }

    /// True if the peer has said that it serves something.
    pub(crate) fn peer_serves(&self) -> bool {
        self.lock().proto.peer_serves()
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
        self.until(|state| state.is_over_or_quiet().then_some(())).await;
    }

    /// True if that is so now.
    pub(crate) fn is_quiet(&self) -> bool {
        self.lock().is_over_or_quiet()
    }

    /// Ends the connection; the peer is told why.
    pub(crate) fn close(&self, code: CloseCode, text: &str) {
        self.change(|state| state.proto.close(Closed::new(code, text)));
        self.changed.notify_waiters();
    }

    /// Changes the protocol's state and lets everybody know whom that concerns.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut wakers = Vec::new();
        let mut state = self.lock();
        let changed = change(&mut state);
        state.collect_wakers(&mut wakers);
        state.wake_task();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        changed
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
    /// Begins a call if nobody comes before it, and writes it if nobody else has anything to write. A waker that is no
    /// longer needed goes to `replaced`, to be dropped when the lock is released: it may own a future, and that a call.
    fn begin(
        &mut self,
        now: Instant,
        call: &mut OutgoingCall<'_>,
        turn: Option<u64>,
        waker: &Waker,
        replaced: &mut Option<Waker>,
    ) -> Result<u32, StartError> {
        let begins = !self.waiting.is_idle() && self.proto.is_established() && self.proto.accepts_calls();
        if begins && !self.waiting.admits(turn, call.length(), self.proto.room()) {
            // One that is too long for ever must not wait for ever.
            self.proto.may_fit(call.length())?;
            return Err(StartError::Full);
        }
        // A stream that is open and rests does not make a crowd of those who come and go.
        let is_unary = call.method.kind == MethodKind::Unary;
        let others = if is_unary { self.proto.unary_calls_made() } else { self.proto.calls_in_flight() };
        let alone = others == 0 && self.expected <= 1 && self.proto.nothing_to_send();
        self.expected = self.expected.saturating_sub(1);
        let call = self.proto.start_call(now, call, waker)?;
        *replaced = turn.and_then(|turn| self.waiting.leave(turn));
        if !(alone && self.write_as_caller(now)) {
            self.wake_task();
        }
        Ok(call)
    }

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
            let out = proto.poll_transmit(now);
            if out.is_written(0) {
                break;
            }
            if written >= most {
                return Poll::Ready(Ok(false));
            }
            let count = std::task::ready!(poll_write(writer, cx, out, 0))?;
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

    /// True if the task's timer goes off after the time when something has to be done.
    fn is_armed_too_late(&self) -> bool {
        self.next_timeout().is_some_and(|at| self.armed.is_none_or(|armed| at < armed))
    }

    fn is_over_or_quiet(&self) -> bool {
        self.proto.closed().is_some() || self.proto.is_quiet()
    }

    /// When the task has to look after something.
    pub(super) fn next_timeout(&self) -> Option<Instant> {
        clock::earlier(self.proto.poll_timeout(), self.waiting.next_timeout())
    }

    fn is_awaited(&self) -> bool {
        self.awaited.load(Ordering::Relaxed)
    }

    /// Wakes the task to write, to start handlers and to set its timer; once, however many want it to.
    pub(super) fn wake_task(&mut self) {
        if !self.is_awaited()
            && let Some(task) = &self.task
        {
            self.awaited.store(true, Ordering::Relaxed);
            task.wake_by_ref();
        }
    }

    /// Whether anybody has to be, or may.
    #[inline]
    fn has_wakers(&self) -> bool {
        self.proto.has_wakers() || !self.waiting.is_empty()
    }

    /// Who has to be woken when the lock is released.
    pub(super) fn collect_wakers(&mut self, wakers: &mut Vec<Waker>) {
        self.proto.take_wakers(wakers);
        if self.waiting.is_empty() {
            return;
        }
        if self.proto.accepts_calls() {
            self.waiting.call_up(clock::now(), self.proto.room(), wakers);
        } else {
            self.waiting.dismiss(wakers);
        }
    }
}
