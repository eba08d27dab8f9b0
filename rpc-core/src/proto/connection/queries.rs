use std::sync::Arc;

use super::state::{Connection, Side};
use crate::proto::Closed;
use crate::proto::call::{Room, StartError};
use crate::proto::outbound::Outbound;

impl Connection {
    pub(crate) fn closed(&self) -> Option<&Arc<Closed>> {
        self.closed.as_ref()
    }

    /// True when the peer has said hello.
    pub(crate) fn is_established(&self) -> bool {
        self.peer.is_some()
    }

    /// True if calls may be started here. A server that stops makes those that its last handlers need.
    pub(crate) fn accepts_calls(&self) -> bool {
        let serves_on = self.side == Side::Server && self.inbound.in_flight() > 0;
        self.closed.is_none() && self.draining.allows_calls(serves_on)
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
        let serves = self.greeted && self.serves && self.closed.is_none();
        let more_may_come = serves && self.draining.is_open();
        !more_may_come
            && self.inbound.in_flight() == 0
            && self.send.is_empty()
            && (self.outbound.in_flight() == 0 || self.has_left_its_calls())
    }

    /// True if this side waits for none of its calls, and makes no others. The peer may take for ever to end what is
    /// left, but has read all of it: a detached call is executed, and another is cancelled.
    fn has_left_its_calls(&self) -> bool {
        let all_read = !self.draining.is_open() && !self.send.is_unanswered();
        self.draining.is_any() && all_read && !self.outbound.is_awaited()
    }

    /// Calls that this side made and the peer has not ended.
    pub(crate) fn calls_in_flight(&self) -> usize {
        self.outbound.in_flight()
    }

    /// Calls that the peer made and this side has not answered.
    pub(crate) fn calls_served(&self) -> usize {
        self.inbound.in_flight()
    }

    /// Calls without streams that are in flight in either direction, whichever has more of them.
    pub(crate) fn unary_calls(&self) -> usize {
        self.outbound.unary_in_flight().max(self.inbound.unary_in_flight())
    }

    /// Calls without streams that this side made and the peer has not ended.
    pub(crate) fn unary_calls_made(&self) -> usize {
        self.outbound.unary_in_flight()
    }

    /// True if calls wait for `take_starts`.
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

    /// True if the peer has said that it serves something.
    pub(crate) fn peer_serves(&self) -> bool {
        self.peer.as_ref().is_some_and(|peer| peer.serves)
    }

    pub(super) fn is_busy(&self) -> bool {
        self.outbound.in_flight() > 0
    }

    /// The bytes of all bodies of calls that this side serves.
    #[cfg(test)]
    pub(in crate::proto) fn bytes_served(&self) -> usize {
        self.inbound.bytes()
    }

    /// Bytes of items that have come and were not taken.
    #[cfg(test)]
    pub(in crate::proto) fn buffered(&self) -> usize {
        self.outbound.buffered()
    }

    /// Items and bytes that may still be sent and come in the streams of calls of this side, and of the peer.
    #[cfg(test)]
    pub(in crate::proto) fn credits(&mut self) -> [crate::proto::stream::Credits; 2] {
        [self.outbound.credits(), self.inbound.credits()]
    }

    /// Asserts that nothing is held for calls that are over.
    #[cfg(test)]
    pub(in crate::proto) fn check_idle(&mut self) {
        let (calls, load, entries) = self.outbound.held();
        assert_eq!((calls, load), (0, 0), "calls of this side are left over");
        assert!(entries <= 24, "{entries} entries are kept for calls of this side");
        let (places, load, entries) = self.inbound.held();
        assert_eq!((places, load), (0, 0), "calls of the peer are left over");
        assert!(entries <= 80, "{entries} entries are kept for calls of the peer");
        assert!(self.room.is_empty(), "streams wait for room in an empty buffer");
        assert_eq!(self.buffered(), 0, "items of streams that are over are kept");
        assert_eq!(self.send.heap(), 0, "the send queue holds memory");
    }
}
