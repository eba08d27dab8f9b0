//! One end of a connection, with callers and handlers that do what a schedule says, and that keep account.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};
use std::time::Instant;

use super::service::router;
use crate::codec::Codec;
use crate::proto::{self, Connection, Ending, OutgoingCall, StartError};
use crate::server::Reply;
use crate::wire::{Decoder, ReplyStatus};
use crate::{Limits, MethodDescriptor};

pub(super) struct Side {
    pub(super) proto: Connection,
    decoder: Decoder,
    pub(super) limits: Arc<Limits>,
    /// Calls whose callers wait.
    pub(super) callers: BTreeMap<u64, Caller>,
    /// What callers were told.
    pub(super) told: BTreeMap<u64, Ending>,
    /// Handlers at work, by place.
    pub(super) handlers: BTreeMap<u32, Handler>,
    /// Calls whose handler was started here.
    pub(super) executed: BTreeSet<u64>,
    /// Lengths of the answers that handlers gave here.
    pub(super) answered: BTreeMap<u64, usize>,
}

pub(super) struct Caller {
    place: u32,
    woken: Arc<Woken>,
}

pub(super) struct Handler {
    pub(super) id: u64,
    detached: bool,
    pub(super) stopped: bool,
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Side {
    pub(super) fn new(now: Instant, side: proto::Side, limits: Limits) -> Self {
        let limits = Arc::new(limits);
        limits.validate().unwrap();
        Self {
            proto: Connection::new(now, side, Arc::clone(&limits), router()),
            decoder: Decoder::new(limits.max_frame),
            limits,
            callers: BTreeMap::new(),
            told: BTreeMap::new(),
            handlers: BTreeMap::new(),
            executed: BTreeSet::new(),
            answered: BTreeMap::new(),
        }
    }

    /// Begins call number `id`; its body says so and has `length` bytes, 8 at least.
    pub(super) fn start(
        &mut self,
        now: Instant,
        id: u64,
        method: &'static MethodDescriptor,
        length: usize,
        deadline: Option<Instant>,
    ) -> Result<u32, StartError> {
        let mut body = body(id, length);
        let call = OutgoingCall { method, codec: Codec::Postcard, deadline, metadata: &[], body: &mut body };
        let woken = Arc::new(Woken::default());
        let place = self.proto.start_call(now, call, &Waker::from(Arc::clone(&woken)))?;
        self.callers.insert(id, Caller { place, woken });
        Ok(place)
    }

    /// Looks whether a call has ended. Whoever was not woken must find nothing.
    pub(super) fn poll(&mut self, id: u64) {
        self.wake();
        let Some(caller) = self.callers.get(&id) else { return };
        let was_woken = caller.woken.0.swap(false, Ordering::Relaxed);
        let ending = self.proto.poll_call(caller.place, &Waker::from(Arc::clone(&caller.woken)), &mut None);
        assert_eq!(ending.is_some(), was_woken, "the caller of {id}: woken {was_woken}, found {ending:?}");
        if let Some(ending) = ending {
            self.callers.remove(&id);
            let before = self.told.insert(id, ending);
            assert!(before.is_none(), "call {id} ended twice");
        }
    }

    pub(super) fn poll_all(&mut self) {
        for id in self.callers.keys().copied().collect::<Vec<_>>() {
            self.poll(id);
        }
    }

    pub(super) fn cancel(&mut self, id: u64) {
        if let Some(caller) = self.callers.remove(&id) {
            self.proto.cancel_call(caller.place);
        }
        self.wake();
    }

    /// Drops the handlers that have to be, and starts up to `most`.
    pub(super) fn serve(&mut self, now: Instant, most: usize) {
        for place in self.proto.take_cancelled() {
            let handler = self.handlers.get_mut(&place).expect("only what runs can be stopped");
            assert!(!handler.detached, "a detached handler was stopped");
            assert!(!handler.stopped, "a handler was stopped twice");
            handler.stopped = true;
        }
        for _ in 0..most {
            let Some(start) = self.proto.poll_start(now) else { break };
            let id = id_of(&start.body);
            assert_eq!(
                &start.body[..],
                &body(id, start.body.len())[..],
                "the body of call {id} came changed"
            );
            assert!(
                start.deadline.is_some_and(|deadline| deadline > now),
                "call {id} began after its deadline"
            );
            assert!(self.executed.insert(id), "call {id} was executed twice");
            let handler = Handler { id, detached: start.detached, stopped: false };
            assert!(
                self.handlers.insert(start.place, handler).is_none(),
                "two handlers on place {}",
                start.place
            );
        }
        assert!(self.handlers.len() <= self.limits.max_calls);
    }

    /// The handler on `place` ends: with an answer of `length` bytes, or because it was dropped.
    pub(super) fn finish(&mut self, place: u32, length: usize) {
        let handler = self.handlers.remove(&place).unwrap();
        if handler.stopped && length.is_multiple_of(2) {
            self.proto.finish_dropped(place, true);
        } else {
            let body = body(handler.id, length);
            self.answered.insert(handler.id, body.len());
            self.proto.finish(place, Reply { status: ReplyStatus::Value, body });
        }
    }

    /// Writes up to `most` bytes; gives them.
    pub(super) fn write(&mut self, now: Instant, most: usize) -> Vec<u8> {
        let bytes = self.proto.poll_transmit(now);
        let written = bytes[..bytes.len().min(most)].to_vec();
        if !written.is_empty() {
            self.proto.handle_written(now, written.len());
        }
        written
    }

    pub(super) fn read(&mut self, now: Instant, bytes: &[u8]) {
        self.proto.handle_bytes(now, &mut self.decoder, bytes);
        self.wake();
    }

    /// The link ends.
    pub(super) fn end(&mut self, error: Option<&std::io::Error>) {
        self.proto.handle_end(self.decoder.is_mid_frame(), error);
        self.wake();
    }

    pub(super) fn tick(&mut self, now: Instant) {
        if self.proto.poll_timeout().is_some_and(|at| at <= now) {
            self.proto.handle_timeout(now);
            let next = self.proto.poll_timeout();
            assert!(next.is_none_or(|at| at > now), "a timeout that is due again at once");
        }
        self.wake();
    }

    pub(super) fn wake(&mut self) {
        let mut wakers = Vec::new();
        self.proto.take_wakers(&mut wakers);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// What holds at every moment.
    pub(super) fn check(&mut self) {
        self.wake();
        assert!(self.proto.bytes_served() <= self.limits.max_call_bytes);
        let (running, served) = (self.handlers.len(), self.proto.calls_served());
        assert!(running <= served && served <= self.limits.max_calls, "{running} of {served} calls run");
    }

    /// What holds when nothing goes on any more.
    pub(super) fn check_rest(&mut self) {
        self.check();
        assert!(self.callers.is_empty(), "callers wait for ever: {:?}", self.callers.keys());
        assert_eq!(self.proto.calls_in_flight(), 0);
        assert_eq!(self.proto.calls_served(), 0);
        assert!(self.proto.is_quiet());
        self.proto.check_idle();
    }
}

pub(super) fn body(id: u64, length: usize) -> Vec<u8> {
    let mut body = id.to_le_bytes().repeat(length.div_ceil(8).max(1));
    body.truncate(length.max(8));
    body
}

pub(super) fn id_of(body: &[u8]) -> u64 {
    u64::from_le_bytes(body[..8].try_into().unwrap())
}
