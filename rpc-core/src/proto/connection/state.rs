use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::drain::Draining;
use crate::Limits;
use crate::clock::{earlier, later};
use crate::codec::Codec;
use crate::proto::Closed;
use crate::proto::bind::{OurBinds, PeerBinds};
use crate::proto::handshake::{self, Peer};
use crate::proto::inbound::Inbound;
use crate::proto::outbound::Outbound;
use crate::proto::send_queue::SendQueue;
use crate::proto::stream::{Pool, RoomQueue};
use crate::proto::timers::Timers;
use crate::server::Router;
use crate::wire::{self, CloseCode, Decoder, Event, Frame, Hello};

/// Who opened the connection. Decides about the order of the hellos and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

/// One connection as a value; both ends may call and serve.
///
/// Order of use: `handle_bytes` or `handle_timeout` or a call of the application; then `take_starts`;
/// then `poll_transmit` and `handle_written` until it is empty; then `poll_timeout`. `take_wakers` at any time.
pub(crate) struct Connection {
    pub(super) side: Side,
    /// Of the calls that this side makes.
    codec: Codec,
    pub(super) limits: Arc<Limits>,
    pub(super) router: Arc<Router>,
    /// What we say of ourselves, until both have; an idle connection holds little memory.
    hello: Option<Box<Hello>>,
    /// There is something here that the peer may call.
    pub(super) serves: bool,
    /// Our hello is sent.
    pub(super) greeted: bool,
    pub(super) peer: Option<Peer>,
    pub(super) our_binds: OurBinds,
    pub(super) peer_binds: PeerBinds,
    pub(super) outbound: Outbound,
    pub(super) inbound: Inbound,
    /// Of streams that wait until the buffer is less full.
    pub(super) room: RoomQueue,
    pub(super) send: SendQueue,
    pub(super) timers: Timers,
    /// When bytes were last taken from the buffer.
    pub(super) wrote_at: Instant,
    pub(super) draining: Draining,
    pub(super) closed: Option<Arc<Closed>>,
}

impl Connection {
    /// `codec`: of the calls that this side makes.
    pub(crate) fn new(
        now: Instant,
        side: Side,
        codec: Codec,
        limits: Arc<Limits>,
        router: Arc<Router>,
    ) -> Self {
        let hello = handshake::hello(&limits, &router, codec);
        let (mut send, pool) = (SendQueue::new(), Pool::default());
        if side == Side::Client {
            send.greet(&hello);
        }
        Self {
            side,
            codec,
            timers: Timers::new(now, &limits),
            wrote_at: now,
            outbound: Outbound::new(Arc::clone(&limits), pool.clone()),
            inbound: Inbound::new(Arc::clone(&limits), pool),
            room: RoomQueue::default(),
            limits,
            router,
            serves: !hello.services.is_empty(),
            hello: Some(Box::new(hello)),
            greeted: side == Side::Client,
            peer: None,
            our_binds: OurBinds::default(),
            peer_binds: PeerBinds::default(),
            send,
            draining: Draining::default(),
            closed: None,
        }
    }

    /// Bytes came from the peer. `decoder` is that of this connection.
    pub(crate) fn handle_bytes(&mut self, now: Instant, decoder: &mut Decoder, mut input: &[u8]) {
        let mut complete = false;
        while self.closed.is_none() {
            if let Some(frame) = decoder.next_short(&mut input) {
                complete = true;
                if let Err(closed) = self.handle_short(now, frame) {
                    self.close(closed);
                }
                continue;
            }
            match decoder.next_shared(&mut input) {
                Ok(None) => break,
                Ok(Some((event, shared))) => {
                    complete = true;
                    if let Err(closed) = self.handle_event(now, event, shared) {
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
        if self.unread_until().is_some_and(|until| until <= now) {
            let text = "the peer did not say that it has read chunks within six times the write_timeout";
            return self.close(Closed::new(CloseCode::TimedOut, text));
        }
        if self.draining.unanswered_until(self.patience()).is_some_and(|until| until <= now) {
            // Whatever it has not sent by now is refused, and is not waited for.
            self.say_last_call();
        }
        if self.timers.ping_due(now, busy, &self.limits) {
            self.send.ping();
        }
        if self.timers.calls_due(now) {
            let ours = self.outbound.handle_deadlines(now, &mut self.send);
            let theirs = self.inbound.handle_deadlines(now);
            match ours.and_then(|ours| theirs.map(|theirs| earlier(ours, theirs))) {
                Ok(Some(next)) => self.timers.watch_calls_again(now, next),
                Ok(None) => {}
                Err(closed) => self.close(closed),
            }
        }
    }

    /// When a peer that takes chunks, and does not say that it reads them, has had its time: what waits for that is
    /// memory. The slowest peer that is suffered reads a window of them in that time.
    pub(super) fn unread_until(&self) -> Option<Instant> {
        self.send.is_unanswered().then(|| later(self.wrote_at, self.patience()))
    }

    /// How long a peer may take to read what is written.
    pub(super) fn patience(&self) -> Duration {
        self.limits.write_timeout.saturating_mul(PATIENCE)
    }

    fn handle_event(&mut self, now: Instant, event: Event<'_>, shared: &Bytes) -> Result<(), Closed> {
        match event {
            Event::Magic if self.side == Side::Server => {
                if let Some(hello) = &self.hello {
                    self.send.greet(hello);
                }
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
                let wanted = (self.side == Side::Client).then_some(self.codec);
                if let Some(ours) = self.hello.take() {
                    self.peer = Some(Peer::negotiate(&ours, &hello, wanted, &self.limits)?);
                }
                self.timers.greeted();
                if self.draining.is_ours() {
                    self.ask_for_no_calls();
                }
            }
            Event::Frame(frame) => self.handle_frame(now, frame, shared)?,
        }
        Ok(())
    }

    /// Ends the connection for a reason that the peer is told.
    pub(crate) fn close(&mut self, why: Closed) {
        if self.closed.is_none() {
            // Calls that are still here are lost for their callers now, so they must not leave any more.
            let sent = self.send.drop_calls();
            self.say_last_call();
            // Before our hello the peer could not read a Close.
            if self.greeted {
                Frame::Close(wire::Close::new(why.code, &why.text)).encode(self.send.buffer());
            }
            self.end(why, sent);
        }
    }

    /// Ends the connection without a word.
    pub(super) fn abandon(&mut self, why: Closed) {
        if self.closed.is_none() {
            let sent = self.send.drop_all();
            self.end(why, sent);
        }
    }

    fn end(&mut self, why: Closed, sent: u64) {
        let why = Arc::new(why);
        self.outbound.lose_all(&why, sent);
        self.inbound.lose_all();
        self.room.clear();
        self.closed = Some(why);
    }
}

/// Of `write_timeout`s, for chunks or a Drain that nobody says to have read.
const PATIENCE: u32 = 6;
