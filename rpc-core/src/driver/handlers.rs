use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

use super::connection::Connection;
use crate::Metadata;
use crate::clock;
use crate::codec::CodecLimits;
use crate::context::{CallParts, Caller, Canceller};
use crate::generated::{MethodDescriptor, MethodKind};
use crate::proto::StartCall;
use crate::server::{HandlerFuture, Incoming, PoolThread, Reply, SlowPolls, Streams, run};
use crate::spawn::spawn_blocking;
use crate::wire::RefusalReason;

/// The handlers of one connection.
pub(super) struct Handlers {
    connection: Arc<Connection>,
    limits: CodecLimits,
    /// Taken from the protocol and not started yet.
    starts: VecDeque<StartCall>,
    /// By place; an entry may be of a task that has ended.
    running: Vec<Option<Running>>,
    /// Places whose tasks have ended, with the contexts of their calls. No later call is on them yet: its start would be taken
    /// from the protocol after this.
    ended: Vec<(u32, crate::Context)>,
    /// Of a call that is over, for the next one.
    context: Option<crate::Context>,
    /// A run of first polls took long: it is to be seen which of them.
    times_each: bool,
}

/// A handler with a task of its own.
struct Running {
    call: Canceller,
    /// `None` for a detached one, which runs to its end whatever becomes of the connection.
    task: Option<AbortHandle>,
    /// Of interceptors around a handler that blocks.
    thread: Option<Arc<PoolThread>>,
}

/// So many are started before their answers are queued.
const AT_ONCE: usize = 64;

impl Handlers {
    pub(super) fn new(connection: Arc<Connection>) -> Self {
        let limits = CodecLimits::from(&*connection.limits);
        Self {
            connection,
            limits,
            starts: VecDeque::new(),
            running: Vec::new(),
            ended: Vec::new(),
            context: None,
            times_each: false,
        }
    }

    /// Calls that are to be started.
    pub(super) fn starts(&mut self) -> &mut VecDeque<StartCall> {
        &mut self.starts
    }

    pub(super) fn has_starts(&self) -> bool {
        !self.starts.is_empty()
    }

    /// Drops the handler of a cancelled call. Its reply follows when it is gone.
    pub(super) fn cancel(&mut self, place: u32, replies: &mut Vec<(u32, Reply)>) {
        if let Some(at) = self.starts.iter().position(|start| start.call.place == place) {
            let deadline = self.starts.remove(at).and_then(|start| start.deadline);
            let expired = deadline.is_some_and(|deadline| deadline <= clock::now());
            let reason = if expired { RefusalReason::Expired } else { RefusalReason::Cancelled };
            replies.push((place, Reply::refused(reason, "")));
        } else if let Some(running) = self.running.get_mut(place as usize).and_then(Option::take) {
            running.stop();
        }
    }

    /// The connection is lost: nobody waits for any of the results.
    pub(super) fn stop_all(&mut self) {
        self.running.drain(..).flatten().for_each(Running::stop);
    }

    /// Starts some handlers, until `room` bytes of replies are there, and gives their number. Those that are ready at once go
    /// to `replies`, the others to tasks of their own.
    ///
    /// `now`: the time at which this begins; then it is that of its end.
    pub(super) fn start(&mut self, room: usize, now: &mut Instant, replies: &mut Vec<(u32, Reply)>) -> usize {
        let begun = *now;
        let times_each = std::mem::take(&mut self.times_each);
        let (mut left, mut started) = (Some(room), 0_usize);
        while let Some(room) = left.filter(|_| started < AT_ONCE)
            && let Some(start) = self.starts.front_mut()
        {
            // Field by field: as a whole it would be copied twice.
            let StartCall { call, target, deadline, detached, .. } = *start;
            let (metadata, body) = (start.metadata.take(), std::mem::take(&mut start.body));
            drop(self.starts.pop_front());
            started = started.saturating_add(1);
            if deadline.is_some_and(|deadline| deadline <= begun) {
                // Others were started before it since it was taken.
                replies.push((call.place, Reply::refused(RefusalReason::Expired, "")));
                continue;
            }
            let start = StartCall { call, target, deadline, detached, metadata, body };
            if let Some((place, reply)) = self.start_one(start, times_each.then_some(&mut *now)) {
                left = room.checked_sub(reply.length());
                if replies.capacity() == 0 {
                    // As above: by itself it would grow to four, which an idle connection does not keep.
                    replies.reserve_exact(1);
                }
                replies.push((place, reply));
            }
        }
        // Asking for the time costs as much as a short handler: one look for all of them.
        *now = clock::now();
        self.times_each |= SlowPolls::is_long(now.saturating_duration_since(begun));
        started
    }

    /// `timed`: the time at which this begins, if its first poll is to be timed, and then that of its end.
    #[inline]
    fn start_one(&mut self, start: StartCall, timed: Option<&mut Instant>) -> Option<(u32, Reply)> {
        let StartCall { call, target, deadline, detached, metadata, body } = start;
        let (place, method) = (call.place, target.route.method);
        let context = self.context(method, deadline, metadata);
        let incoming = Incoming {
            method,
            codec: target.codec,
            limits: self.limits,
            body,
            context,
            streams: Streams::remote(method, &self.connection, call),
            thread: None,
        };
        let Some(mut handler) = self.connection.router.dispatch(target.route, incoming) else {
            return Some((place, Reply::refused(RefusalReason::NoService, "")));
        };
        if handler.blocks() {
            let canceller = handler.context().canceller();
            let spawned = Spawned { handler, ended: Ended::new(&self.connection, place, false) };
            let task = spawn_blocking(move || {
                // As a whole: taken apart, it would be dropped in another order.
                let Spawned { handler, mut ended } = { spawned };
                ended.begun = true;
                ended.with(run::block_on(handler), crate::Context::new());
            });
            // One that has begun is not stopped by that: the place is taken until it has run to its end.
            let task = (!detached).then(|| task.abort_handle());
            self.keep(place, Running { call: canceller, task, thread: None });
            return None;
        }
        let mut begun = false;
        let thread = handler.thread().map(Arc::clone);
        // A stream is long work even where it never waits.
        let own_task = method.spawn || thread.is_some() || method.kind != MethodKind::Unary;
        let polls = self.connection.router.slow_polls(target.route).filter(|polls| !polls.is_slow());
        if let Some(polls) = polls.filter(|_| !own_task) {
            begun = true;
            // Nobody may be woken by this poll: if it is not ready, its task polls it again and is.
            let polled = std::pin::Pin::new(&mut handler).poll(&mut Context::from_waker(Waker::noop()));
            let took = timed.map_or(Duration::ZERO, |now| {
                let before = std::mem::replace(now, clock::now());
                now.saturating_duration_since(before)
            });
            if polls.count(took) {
                tracing::warn!(%method, "first polls of this handler take over 1 ms and hold up its connection: it gets tasks of its own from now on");
            }
            if let Poll::Ready(reply) = polled {
                self.context = handler.into_context().spent();
                return Some((place, reply));
            }
        }
        let canceller = handler.context().canceller();
        let task = Some(self.spawn(place, handler, begun)).filter(|_| !detached);
        self.keep(place, Running { call: canceller, task, thread });
        None
    }

    fn context(
        &mut self,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
        metadata: Option<Arc<Metadata>>,
    ) -> crate::Context {
        // Most calls have none; the others pay for a copy of the reference.
        let renewed =
            self.context.take().and_then(|context| context.of_next_call(method, deadline, metadata.clone()));
        renewed.unwrap_or_else(|| {
            let caller = Caller::Remote(Arc::clone(&self.connection));
            crate::Context::of_call(CallParts { method, deadline, caller, metadata })
        })
    }

    fn spawn(&self, place: u32, handler: HandlerFuture, begun: bool) -> AbortHandle {
        let spawned = Spawned { handler, ended: Ended::new(&self.connection, place, begun) };
        let task = tokio::spawn(async move {
            // As a whole: taken apart, it would be dropped in another order.
            let mut spawned = spawned;
            spawned.ended.begun = true;
            let reply = (&mut spawned.handler).await;
            let Spawned { handler, ended } = spawned;
            ended.with(reply, handler.into_context());
        });
        task.abort_handle()
    }

    /// Keeps what stops the handler on `place`.
    fn keep(&mut self, place: u32, running: Running) {
        let index = place as usize;
        if index >= self.running.len() {
            if self.running.capacity() == 0 {
                // By itself it would grow to four, which an idle connection does not keep.
                self.running.reserve_exact(index.saturating_add(1));
            }
            self.running.resize_with(index.saturating_add(1), || None);
        }
        if let Some(entry) = self.running.get_mut(index) {
            *entry = Some(running);
        }
    }

    /// Takes over which tasks have ended.
    pub(super) fn note_ended(&mut self, ended: &mut Vec<(u32, crate::Context)>) {
        if self.ended.is_empty() {
            std::mem::swap(&mut self.ended, ended);
        } else {
            self.ended.append(ended);
        }
    }

    /// Forgets about the tasks that have ended.
    pub(super) fn forget_ended(&mut self) {
        for (place, context) in self.ended.drain(..) {
            // First, so that nobody else has the context.
            if let Some(entry) = self.running.get_mut(place as usize) {
                *entry = None;
            }
            context.recycle();
        }
    }

    /// Forgets about tasks of the past when no call is in flight.
    pub(super) fn release(&mut self) {
        self.forget_ended();
        if self.running.capacity() > 1 {
            self.running = Vec::new();
        }
        if self.ended.capacity() > 1 {
            self.ended = Vec::new();
        }
        self.starts.shrink_to(1);
    }
}

impl Running {
    fn stop(self) {
        // First, so that destructors see it, and so do those that an abort does not reach.
        self.call.cancel();
        match (self.task, self.thread) {
            (Some(task), Some(thread)) => thread.stop(task),
            (Some(task), None) => task.abort(),
            (None, _) => {}
        }
    }
}

impl Drop for Handlers {
    fn drop(&mut self) {
        self.stop_all();
    }
}

/// A handler in a task of its own. Dropped in this order: the place is free when the handler is gone, and no sooner.
struct Spawned {
    handler: HandlerFuture,
    ended: Ended,
}

/// Frees the place of a call when its handler is gone, however that comes about.
struct Ended {
    connection: Arc<Connection>,
    place: u32,
    /// The handler may have been polled.
    begun: bool,
    told: bool,
}

impl Ended {
    fn new(connection: &Arc<Connection>, place: u32, begun: bool) -> Self {
        Self { connection: Arc::clone(connection), place, begun, told: false }
    }

    fn with(mut self, reply: Reply, context: crate::Context) {
        self.told = true;
        self.connection.finish(self.place, context, reply);
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        if !self.told {
            self.connection.finish_dropped(self.place, self.begun);
        }
    }
}
