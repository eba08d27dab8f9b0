use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use super::Closed;
use super::answer::SendLimits;
use super::bind::{OurBinds, PeerBinds, Target};
use super::call::{Ending, OutgoingCall, Room, StartCall, StartError};
use super::handshake::{self, Peer};
use super::inbound::Inbound;
use super::outbound::Outbound;
use super::send_queue::{Direction, SendQueue};
use super::timers::Timers;
use crate::Limits;
use crate::clock::earlier;
use crate::codec::Codec;
use crate::server::{Reply, Router};
use crate::wire::{self, CloseCode, Decoder, Event, Frame, Hello, MethodRef, RefusalReason};

/// Who opened the connection. Decides about the order of the hellos and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

/// One connection as a value; both ends may call and serve.
///
/// Order of use: `handle_bytes` or `handle_timeout` or a call of the application; then `poll_start` until it is empty;
/// then `poll_transmit` and `handle_written` until it is empty; then `poll_timeout`. `take_wakers` at any time.
pub(crate) struct Connection {
    side: Side,
    limits: Arc<Limits>,
    router: Arc<Router>,
    hello: Hello,
    /// Our hello is sent.
    greeted: bool,
    peer: Option<Peer>,
    our_binds: OurBinds,
    peer_binds: PeerBinds,
    outbound: Outbound,
    inbound: Inbound,
    send: SendQueue,
    timers: Timers,
    draining: Draining,
    closed: Option<Arc<Closed>>,
}

#[derive(Default)]
struct Draining {
    /// We take no new calls.
    ours: bool,
    /// The peer knows: what it sent before is here.
    known: bool,
    /// The peer takes no new calls.
    peers: bool,
}

impl Connection {
    pub(crate) fn new(now: Instant, side: Side, limits: Arc<Limits>, router: Arc<Router>) -> Self {
        let hello = handshake::hello(&limits, &router);
        let mut send = SendQueue::new();
        if side == Side::Client {
            send.greet(&hello);
        }
        Self {
            side,
            timers: Timers::new(now, &limits),
            limits,
            router,
            hello,
            greeted: side == Side::Client,
            peer: None,
            our_binds: OurBinds::default(),
            peer_binds: PeerBinds::default(),
            outbound: Outbound::default(),
            inbound: Inbound::new(),
            send,
            draining: Draining::default(),
            closed: None,
        }
    }

    /// Bytes came from the peer. `decoder` is that of this connection.
    pub(crate) fn handle_bytes(&mut self, now: Instant, decoder: &mut Decoder, mut input: &[u8]) {
        let mut complete = false;
        while self.closed.is_none() {
            match decoder.next(&mut input) {
                Ok(None) => break,
                Ok(Some(event)) => {
                    complete = true;
                    if let Err(closed) = self.handle_event(now, event) {
                        self.close(closed);
                    }
                }
                Err(error) => self.close(error.into()),
            }
        }
        self.timers.heard(now, complete, decoder.is_mid_frame(), &self.limits);
    }

    /// The peer sends nothing more, or the link failed.
    pub(crate) fn handle_end(&mut self, mid_frame: bool, error: Option<&std::io::Error>) {
        let text = match (error, mid_frame) {
            (Some(error), _) => format!("the connection failed: {error}"),
            (None, true) => "the peer closed the connection in the middle of a frame".to_owned(),
            (None, false) => "the peer closed the connection".to_owned(),
        };
        self.abandon(Closed::new(CloseCode::GoingAway, text));
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        if self.closed.is_some() {
            return;
        }
        let busy = self.is_busy();
        if let Err(closed) = self.timers.check(now, busy, &self.limits) {
            return self.close(closed);
        }
        if self.timers.ping_due(now, busy, &self.limits) {
            // A Pong may be left out for a later one, so that also this one has to say the Drain was read.
            Frame::Ping(if self.draining.ours { DRAINED } else { PING }).encode(self.send.buffer());
        }
        if self.timers.calls_due(now) {
            let ours = self.outbound.handle_deadlines(now, &self.limits, &mut self.send);
            let theirs = self.inbound.handle_deadlines(now, &self.limits);
            match ours.and_then(|ours| theirs.map(|theirs| earlier(ours, theirs))) {
                Ok(Some(next)) => self.timers.watch_calls_again(now, next),
                Ok(None) => {}
                Err(closed) => self.close(closed),
            }
        }
    }

    fn handle_event(&mut self, now: Instant, event: Event<'_>) -> Result<(), Closed> {
        match event {
            Event::Magic if self.side == Side::Server => {
                self.send.greet(&self.hello);
                self.greeted = true;
            }
            Event::Magic => {}
            Event::Stranger(first) => {
                if self.side == Side::Server {
                    self.send.buffer().extend_from_slice(&wire::refusal_for_stranger(&first));
                }
                let text = "the peer does not speak farcall: its first bytes are not the magic";
                self.end(Closed::new(CloseCode::Hello, text), 0);
            }
            Event::Hello(hello) => {
                self.peer = Some(Peer::negotiate(&self.hello, &hello, &self.limits)?);
                self.timers.greeted();
                if self.draining.ours {
                    self.say_drain();
                }
            }
            Event::Frame(frame) => self.handle_frame(now, frame)?,
        }
        Ok(())
    }

    fn handle_frame(&mut self, now: Instant, frame: Frame<'_>) -> Result<(), Closed> {
        match frame {
            Frame::Call(call) => {
                let target = self.target(call.method)?;
                let target = if self.draining.ours { Err(RefusalReason::Draining) } else { target };
                let watch = self.inbound.handle_call(now, &call, target, &self.limits)?;
                if let Some(at) = watch {
                    self.timers.watch_call(at);
                }
            }
            Frame::CallChunk(chunk) => self.inbound.handle_chunk(now, &chunk)?,
            Frame::Cancel { place } => self.inbound.handle_cancel(place, &mut self.send),
            Frame::Bind(bind) => {
                let bound = self.peer_binds.bind(&bind, &self.router, &self.limits)?;
                Frame::Bound(bound).encode(self.send.buffer());
            }
            Frame::Reply(reply) => {
                self.outbound.handle_reply(now, &reply, &self.limits, &mut self.send)?;
                if reply.total.is_some() {
                    self.timers.watch_call(crate::clock::later(now, self.limits.frame_timeout));
                }
            }
            Frame::ReplyChunk(chunk) => self.outbound.handle_chunk(now, &chunk)?,
            Frame::ReplyReset { place, code } => self.outbound.handle_reset(place, code, &mut self.send)?,
            Frame::Bound(bound) => self.our_binds.bound(&bound)?,
            Frame::Ping(token) => self.send.set_pong(token),
            Frame::Pong(token) => self.draining.known |= token == DRAINED,
            Frame::Optional { .. } => {}
            Frame::Drain { .. } => {
                self.draining.peers = true;
                self.outbound.take_back(&mut self.send);
            }
            Frame::Close(close) => {
                let text =
                    format!("the peer closed the connection ({}): {}", close.reason(), quoted(close.text));
                self.abandon(Closed::new(close.reason(), text));
            }
            Frame::CallItem { .. }
            | Frame::CallEnd { .. }
            | Frame::CallCredit { .. }
            | Frame::ReplyItem { .. }
            | Frame::ReplyEnd { .. }
            | Frame::ReplyCredit { .. } => {
                let text =
                    format!("a stream frame (kind {:02x}), but streams are not switched on", frame.kind());
                return Err(Closed::new(CloseCode::Feature, text));
            }
        }
        Ok(())
    }

    fn target(&self, method: MethodRef) -> Result<Result<Target, RefusalReason>, Closed> {
        match method {
            MethodRef::Index(index) => self.peer_binds.target(index),
            MethodRef::Id(id) => Ok(self
                .router
                .route_by_id(id)
                .map(|route| Target { route, codec: Codec::Postcard })
                .ok_or(RefusalReason::NoMethod)),
        }
    }

    /// Begins a call. On success what to know it by, until `poll_call` has given its end or it is cancelled; what is in
    /// `body` is then gone or copied.
    pub(crate) fn start_call(
        &mut self,
        now: Instant,
        call: OutgoingCall<'_>,
        waker: &Waker,
    ) -> Result<u32, StartError> {
        let Some(peer) = self.peer.as_ref().filter(|_| self.accepts_calls()) else {
            return Err(StartError::Closed);
        };
        if !peer.speaks(call.codec) {
            return Err(StartError::Refused(RefusalReason::Codec));
        }
        // Before anything is queued: a call that cannot be begun leaves nothing behind.
        self.outbound.check(call.body.len(), peer)?;
        let bound = self.our_binds.index(call.method, call.codec, &self.limits, &mut self.send);
        let index = bound.map_err(StartError::Refused)?;
        if !self.is_busy() {
            self.timers.busy(now);
        }
        if let Some(deadline) = call.deadline {
            self.timers.watch_call(deadline);
        }
        self.outbound.start(now, call, index, peer, &mut self.send, waker)
    }

    /// How a call ended, if it has; else `waker` is woken when it does. The one that is `replaced` is not to be dropped
    /// under a lock: it may own a future, and that a call.
    pub(crate) fn poll_call(
        &mut self,
        call: u32,
        waker: &Waker,
        replaced: &mut Option<Waker>,
    ) -> Option<Ending> {
        self.outbound.poll(call, waker, replaced)
    }

    /// The caller waits no longer. Gives its waker, which is not to be dropped under a lock either.
    pub(crate) fn cancel_call(&mut self, call: u32) -> Option<Waker> {
        self.outbound.cancel(call, &mut self.send)
    }

    /// The next call to start a handler for; none while the peer does not take what waits for it.
    pub(crate) fn poll_start(&mut self, now: Instant) -> Option<StartCall> {
        if self.send.queued() > self.limits.max_outbound {
            return None;
        }
        self.inbound.poll_start(now, &mut self.send)
    }

    /// Calls whose handlers have to be dropped. To be taken before `poll_start`: a place may be used again.
    pub(crate) fn take_cancelled(&mut self) -> Vec<u32> {
        self.inbound.take_stopped()
    }

    /// The handler of a call has ended.
    pub(crate) fn finish(&mut self, place: u32, reply: Reply) {
        self.answer(place, Ok(reply));
    }

    /// The handler of a call was dropped before its end. `begun`: it may have been polled.
    pub(crate) fn finish_dropped(&mut self, place: u32, begun: bool) {
        self.answer(place, Err(begun));
    }

    fn answer(&mut self, place: u32, reply: Result<Reply, bool>) {
        match &self.peer {
            Some(peer) if self.closed.is_none() => {
                let limits = SendLimits {
                    max_frame: peer.max_frame,
                    max_message: peer.max_message,
                    max_reply_bytes: self.limits.max_reply_bytes,
                };
                self.inbound.finish(place, reply, limits, &mut self.send);
            }
            // Nothing may follow a Close.
            _ => self.inbound.forget(place),
        }
    }

    /// What to write next; empty if nothing.
    pub(crate) fn poll_transmit(&mut self, now: Instant) -> &[u8] {
        let mut done = Vec::new();
        let (max_frame, max_active) =
            self.peer.as_ref().map_or((Limits::FLOOR_FRAME, 1), |peer| (peer.max_frame, peer.max_assembling));
        self.send.fill(max_frame, max_active, &mut done);
        for whole in done {
            match whole.direction {
                Direction::Call => self.outbound.written_whole(whole.place, whole.end),
                Direction::Reply => self.inbound.written_whole(whole.place),
            }
        }
        self.timers.wrote(now, false, self.send.written(), self.send.pending(), &self.limits);
        self.send.ready()
    }

    /// So many bytes of `poll_transmit` are written.
    pub(crate) fn handle_written(&mut self, now: Instant, count: usize) {
        self.send.advance(count);
        self.timers.wrote(now, count > 0, self.send.written(), self.send.pending(), &self.limits);
    }

    /// When to call `handle_timeout`; never again once closed, however long ago that was due.
    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        if self.closed.is_some() {
            return None;
        }
        self.timers.next(self.is_busy(), &self.limits)
    }

    /// Callers to wake, when the lock is released.
    pub(crate) fn take_wakers(&mut self, into: &mut Vec<Waker>) {
        self.outbound.take_wakers(into);
    }

    /// Takes no new calls from now on, and says so to the peer.
    pub(crate) fn drain(&mut self) {
        if !self.draining.ours && self.closed.is_none() {
            self.draining.ours = true;
            if self.peer.is_some() {
                self.say_drain();
            }
        }
    }

    /// A Pong comes back when the peer has read the Drain.
    fn say_drain(&mut self) {
        DRAIN.encode(self.send.buffer());
        Frame::Ping(DRAINED).encode(self.send.buffer());
    }

    /// Ends the connection for a reason that the peer is told.
    pub(crate) fn close(&mut self, why: Closed) {
        if self.closed.is_none() {
            // Calls that are still here are lost for their callers now, so they must not leave any more.
            let sent = self.send.drop_calls();
            // Before our hello the peer could not read a Close.
            if self.greeted {
                Frame::Close(wire::Close::new(why.code, &why.text)).encode(self.send.buffer());
            }
            self.end(why, sent);
        }
    }

    /// Ends the connection without a word.
    fn abandon(&mut self, why: Closed) {
        if self.closed.is_none() {
            let sent = self.send.drop_all();
            self.end(why, sent);
        }
    }

    fn end(&mut self, why: Closed, sent: u64) {
        let why = Arc::new(why);
        self.outbound.lose_all(&why, sent);
        self.inbound.lose_all();
        self.closed = Some(why);
    }

    pub(crate) fn closed(&self) -> Option<&Arc<Closed>> {
        self.closed.as_ref()
    }

    /// True when the peer has said hello.
    pub(crate) fn is_established(&self) -> bool {
        self.peer.is_some()
    }

    /// True if calls may be started here.
    pub(crate) fn accepts_calls(&self) -> bool {
        self.closed.is_none() && !self.draining.peers && !self.draining.ours
    }

    /// An error if the peer never takes a body of this length.
    pub(crate) fn may_fit(&self, length: usize) -> Result<(), StartError> {
        self.peer.as_ref().map_or(Ok(()), |peer| Outbound::may_fit(length, peer))
    }

    /// What may be begun now.
    pub(crate) fn room(&self) -> Room {
        let peer = self.peer.as_ref().filter(|_| self.accepts_calls());
        peer.map_or(Room::default(), |peer| self.outbound.room(peer))
    }

    /// True if there is nothing left to do for calls in either direction. While draining, calls may be on the way that
    /// the peer made before it knew, if there is anything here that it may call.
    pub(crate) fn is_quiet(&self) -> bool {
        let serves = self.greeted && !self.hello.services.is_empty() && self.closed.is_none();
        let more_may_come = serves && self.draining.ours && !self.draining.known;
        !more_may_come
            && self.inbound.in_flight() == 0
            && self.outbound.in_flight() == 0
            && self.send.is_empty()
    }

    /// Calls that this side made and the peer has not ended.
    pub(crate) fn calls_in_flight(&self) -> usize {
        self.outbound.in_flight()
    }

    /// Calls that the peer made and this side has not answered.
    pub(crate) fn calls_served(&self) -> usize {
        self.inbound.in_flight()
    }

    /// True if calls wait for `poll_start`.
    pub(crate) fn has_waiting(&self) -> bool {
        self.inbound.has_waiting()
    }

    /// Bytes that wait to be written.
    pub(crate) fn queued(&self) -> usize {
        self.send.queued()
    }

    /// True if nothing waits to be written.
    pub(crate) fn nothing_to_send(&self) -> bool {
        self.send.is_empty()
    }

    fn is_busy(&self) -> bool {
        self.outbound.in_flight() > 0
    }

    /// The bytes of all bodies of calls that this side serves.
    #[cfg(test)]
    pub(super) fn bytes_served(&self) -> usize {
        self.inbound.bytes()
    }

    /// Asserts that nothing is held for calls that are over.
    #[cfg(test)]
    pub(super) fn check_idle(&mut self) {
        let (calls, load, entries) = self.outbound.held();
        assert_eq!((calls, load), (0, 0), "calls of this side are left over");
        assert!(entries <= 24, "{entries} entries are kept for calls of this side");
        let (places, load, entries) = self.inbound.held();
        assert_eq!((places, load), (0, 0), "calls of the peer are left over");
        assert!(entries <= 80, "{entries} entries are kept for calls of the peer");
        assert_eq!(self.send.heap(), 0, "the send queue holds memory");
    }
}

/// A text from the peer as it may stand in a message or a log: short, and without control characters.
fn quoted(text: &str) -> String {
    text.chars().take(128).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

const PING: [u8; 8] = *b"farcall?";

/// Answered by who has read the Drain before it.
const DRAINED: [u8; 8] = *b"drained?";

const DRAIN: Frame<'static> = Frame::Drain { step: 1, last: 0 };
