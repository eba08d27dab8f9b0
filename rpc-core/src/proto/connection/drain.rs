//! How a side stops taking calls, and loses none.

use std::time::{Duration, Instant};

use super::state::Connection;
use crate::clock::later;
use crate::proto::pings::Pings;
use crate::wire::Frame;

/// What each side has said of new calls.
#[derive(Default)]
pub(super) struct Draining {
    ours: Step,
    /// The peer takes no new calls.
    peers: bool,
    /// No call with a higher number is awaited, since the peer has told its last.
    highest: Option<u64>,
    /// How often all calls were looked through for the peer's sake.
    #[cfg(test)]
    scans: usize,
    /// The Ping behind that question.
    asked_by: u32,
    /// When all of it was written.
    asked_at: Option<Instant>,
    /// Call frames that were read.
    calls: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    No,
    /// To be said when the peer has said hello.
    Due,
    /// The peer is asked to make no new calls; those on the way are taken.
    Asked,
    /// The peer knows which call was the last.
    Last,
}

impl Draining {
    /// This side asks, or is about to ask, for no new calls.
    pub(super) fn is_ours(&self) -> bool {
        self.ours != Step::No
    }

    /// It does, and calls may come all the same.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.ours, Step::Due | Step::Asked)
    }

    /// One of the sides begins no new calls.
    pub(super) fn is_any(&self) -> bool {
        self.peers || self.is_ours()
    }

    /// This side may make calls. `serves_on`: it is still at work on some, and may need others for that.
    pub(super) fn allows_calls(&self, serves_on: bool) -> bool {
        !self.peers && (serves_on || !self.is_ours())
    }

    /// Nothing waits to be written.
    pub(super) fn all_written(&mut self, now: Instant) {
        if self.ours == Step::Asked {
            self.asked_at.get_or_insert(now);
        }
    }

    /// When the peer has had its time to say that it has read the question.
    pub(super) fn unanswered_until(&self, patience: Duration) -> Option<Instant> {
        self.asked_at.filter(|_| self.ours == Step::Asked).map(|asked| later(asked, patience))
    }

    /// A Call was read. False if it is one too many.
    pub(super) fn count_call(&mut self) -> bool {
        self.calls = self.calls.saturating_add(1);
        self.ours != Step::Last
    }
}

impl Connection {
    /// Takes no new calls from now on but those on the way, and says so to the peer.
    pub(crate) fn drain(&mut self) {
        if !self.draining.is_ours() && self.closed.is_none() {
            self.draining.ours = Step::Due;
            if self.peer.is_some() {
                self.ask_for_no_calls();
            }
        }
    }

    /// A Pong comes back when the peer has read the Drain: all calls that it made before are here then.
    pub(super) fn ask_for_no_calls(&mut self) {
        self.draining.ours = Step::Asked;
        Frame::Drain { step: 1, last: 0 }.encode(self.send.buffer());
        self.draining.asked_by = self.send.ping();
    }

    /// One Pong may answer several Pings.
    pub(super) fn handle_pong(&mut self, now: Instant, token: [u8; 8]) {
        let Some(number) = Pings::number(token) else { return };
        self.send.handle_pong(now, number);
        if !Pings::is_later(self.draining.asked_by, number) {
            self.say_last_call();
        }
    }

    /// Tells the peer, once, which of its calls are executed.
    pub(super) fn say_last_call(&mut self) {
        if self.draining.ours == Step::Asked {
            self.draining.ours = Step::Last;
            Frame::Drain { step: 2, last: self.draining.calls }.encode(self.send.buffer());
        }
    }

    /// However many of these a peer sends, each look through the calls but the first two ends one of them, and none is
    /// made any more.
    pub(super) fn handle_drain(&mut self, step: u8, last: u64) {
        if !std::mem::replace(&mut self.draining.peers, true) {
            #[cfg(test)]
            self.count_scan();
            self.outbound.take_back(&mut self.send);
        }
        if step == 2 && self.draining.highest.is_none_or(|highest| last < highest) {
            #[cfg(test)]
            self.count_scan();
            self.draining.highest = Some(self.outbound.give_up_above(last, &mut self.send));
        }
    }

    #[cfg(test)]
    fn count_scan(&mut self) {
        self.draining.scans = self.draining.scans.saturating_add(1);
    }

    #[cfg(test)]
    pub(crate) fn drain_scans(&self) -> usize {
        self.draining.scans
    }
}
