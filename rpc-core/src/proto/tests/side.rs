//! One end of a connection, with callers and handlers that do what a schedule says, and that keep account.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};
use std::time::Instant;

use super::flow::{Download, Log, RESULT, Upload};
use super::service::router;
use crate::clock;
use crate::codec::Codec;
use crate::generated::MethodKind;
use crate::proto::{self, Connection, Ending, Form, OutgoingCall, ServedCall, StartError};
use crate::server::Reply;
use crate::wire::{Decoder, EndStatus, ReplyStatus};
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
    /// What went into streams here, by call and number of the stream.
    pub(super) sent: BTreeMap<(u64, u32), Log>,
    /// What came out of streams here.
    pub(super) got: BTreeMap<(u64, u32), Log>,
}

pub(super) struct Caller {
    pub(super) entry: u32,
    pub(super) woken: Arc<Woken>,
    pub(super) uploads: Vec<Upload>,
    /// None if the result is no stream.
    pub(super) download: Option<Download>,
}

pub(super) struct Handler {
    pub(super) id: u64,
    pub(super) call: ServedCall,
    pub(super) detached: bool,
    pub(super) stopped: bool,
    pub(super) opened: bool,
    pub(super) result: Option<(Upload, Arc<Woken>)>,
    pub(super) arguments: Vec<(Download, Arc<Woken>)>,
}

#[derive(Default)]
pub(super) struct Woken(AtomicBool);

impl Woken {
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

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
            proto: Connection::new(now, side, Codec::Postcard, Arc::clone(&limits), router()),
            decoder: Decoder::new(limits.max_frame),
            limits,
            callers: BTreeMap::new(),
            told: BTreeMap::new(),
            handlers: BTreeMap::new(),
            executed: BTreeSet::new(),
            answered: BTreeMap::new(),
            sent: BTreeMap::new(),
            got: BTreeMap::new(),
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
        let mut call = OutgoingCall {
            method,
            form: Form::of(Codec::Postcard),
            deadline,
            timeout: deadline.map(|deadline| clock::millis_left(now, deadline)),
            metadata: &[],
            body: &mut body,
            block: None,
        };
        let woken = Arc::new(Woken::default());
        let entry = self.proto.start_call(now, &mut call, &Waker::from(Arc::clone(&woken)))?;
        let uploads = method.argument_streams.iter().map(|_| Upload::default()).collect();
        let download = method.kind.has_result_stream().then(Download::default);
        self.callers.insert(id, Caller { entry, woken, uploads, download });
        Ok(entry)
    }

    /// Looks what has come of a call. Whoever was not woken must find nothing.
    pub(super) fn poll(&mut self, id: u64) {
        self.wake();
        let Some(caller) = self.callers.get(&id) else { return };
        if caller.has_streams() {
            return self.poll_streams(id);
        }
        let was_woken = caller.woken.take();
        let ending = self.proto.poll_call(caller.entry, &Waker::from(Arc::clone(&caller.woken)), &mut None);
        assert_eq!(ending.is_some(), was_woken, "the caller of {id}: woken {was_woken}, found {ending:?}");
        if let Some(ending) = ending {
            self.tell(id, ending);
        }
    }

    pub(super) fn tell(&mut self, id: u64, ending: Ending) {
        self.callers.remove(&id);
        let before = self.told.insert(id, ending);
        assert!(before.is_none(), "call {id} ended twice");
    }

    pub(super) fn poll_all(&mut self) {
        for id in self.callers.keys().copied().collect::<Vec<_>>() {
            self.poll(id);
        }
    }

    pub(super) fn cancel(&mut self, id: u64) {
        if let Some(caller) = self.callers.remove(&id) {
            self.proto.cancel_call(caller.entry);
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
        self.wake();
        let mut starts = VecDeque::new();
        if most > 0 {
            self.proto.take_starts(now, most, &mut starts);
        }
        for start in starts {
            let id = id_of(&start.body);
            assert_eq!(
                &start.body[..],
                &body(id, start.body.len())[..],
                "the body of call {id} came changed"
            );
            let method = start.target.route.method;
            assert!(start.deadline.is_some() || method.kind != MethodKind::Unary);
            assert!(
                start.deadline.is_none_or(|deadline| deadline > now),
                "call {id} began after its deadline"
            );
            assert!(self.executed.insert(id), "call {id} was executed twice");
            let place = start.call.place;
            let before = self.handlers.insert(place, Handler::new(id, &start));
            assert!(before.is_none(), "two handlers on place {place}");
        }
        assert!(self.handlers.len() <= self.limits.max_calls);
    }

    /// The handler on `place` ends: with an answer of `length` bytes, or because it was dropped.
    pub(super) fn finish(&mut self, place: u32, length: usize) {
        let handler = self.handlers.remove(&place).unwrap();
        if handler.stopped && length.is_multiple_of(2) {
            self.proto.finish_dropped(place, true);
            return;
        }
        let body = body(handler.id, length);
        let mut status = ReplyStatus::Value;
        if let Some((upload, _)) = handler.result.filter(|_| handler.opened) {
            // Only who has sent all items may say that these were all.
            let clean = upload.is_done() && !upload.over;
            status = if clean { ReplyStatus::Value } else { ReplyStatus::AppError };
            let end = if clean { EndStatus::Clean } else { EndStatus::AppError };
            self.sent.entry((handler.id, RESULT)).or_default().end = Some(end);
        } else {
            self.answered.insert(handler.id, body.len());
        }
        self.proto.finish(place, Reply { status, metadata: Vec::new(), body, block: None });
    }

    /// Writes up to `most` bytes, of an even number as the task does and else as a caller does; gives them.
    pub(super) fn write(&mut self, now: Instant, most: usize) -> Vec<u8> {
        if most.is_multiple_of(2) {
            let Some(lent) = self.proto.lend_transmit(now) else { return Vec::new() };
            let written = lent.bytes()[..lent.bytes().len().min(most)].to_vec();
            self.proto.handle_lent(now, lent, written.len());
            return written;
        }
        let bytes = self.proto.poll_ready(now);
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
