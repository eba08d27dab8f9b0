use std::collections::VecDeque;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

use super::state::Connection;
use crate::Limits;
use crate::clock::earlier;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::proto::answer::SendLimits;
use crate::proto::bind::NotBound;
use crate::proto::call::{Ending, Form, OutgoingCall, StartCall, StartError};
use crate::proto::long_body::{Direction, Queued};
use crate::proto::send_queue::{FILL, FILL_LENT, Filling, Lent, Outgoing, Spent};
use crate::server::Reply;
use crate::wire::{ItemOf, RefusalReason};

impl Connection {
    /// Begins a call. On success what to know it by, until `poll_call` has given its end or it is cancelled; what is in
    /// `body` is then gone or copied.
    pub(crate) fn start_call(
        &mut self,
        now: Instant,
        call: &mut OutgoingCall<'_>,
        waker: &Waker,
    ) -> Result<u32, StartError> {
        let Some(peer) = self.peer.as_ref().filter(|_| self.accepts_calls()) else {
            return Err(StartError::Closed);
        };
        if !peer.speaks(call.form.codec) {
            return Err(StartError::Refused(RefusalReason::Codec));
        }
        if call.method.kind != MethodKind::Unary && !peer.streams {
            return Err(StartError::Refused(RefusalReason::NoMethod));
        }
        // Before anything is queued: a call that cannot be begun leaves nothing behind.
        self.outbound.check(call.length(), peer)?;
        let bound = self.our_binds.index(call.method, call.form, &self.limits, &mut self.send);
        let index = bound.map_err(StartError::from)?;
        if !self.is_busy() {
            self.timers.busy(now);
        }
        if let Some(deadline) = call.deadline {
            self.timers.watch_call(deadline);
        }
        self.outbound.start(call, index, peer, &mut self.send, waker)
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

    /// Has the peer told what becomes of calls of `method` in this form. Gives its index.
    pub(crate) fn bind(&mut self, method: &'static MethodDescriptor, form: Form) -> Result<u32, NotBound> {
        let Some(peer) = self.peer.as_ref().filter(|_| self.accepts_calls()) else {
            return Err(NotBound::Closed);
        };
        if !peer.speaks(form.codec) {
            return Err(NotBound::Refused(RefusalReason::Codec));
        }
        self.our_binds.index(method, form, &self.limits, &mut self.send)
    }

    /// Whether the peer has said that it takes calls of `method` in this form.
    pub(crate) fn is_settled(&self, method: &MethodDescriptor, form: Form) -> bool {
        self.our_binds.known(method, form).is_some_and(|index| self.is_bound(index) == Some(true))
    }

    /// Whether calls on `index` are taken; `None` while the peer has not said so.
    pub(crate) fn is_bound(&self, index: u32) -> Option<bool> {
        self.our_binds.is_answered(index).then(|| self.our_binds.is_taken(index))
    }

    /// Whether the peer has answered a bind since the last time.
    pub(crate) fn take_bound(&mut self) -> bool {
        self.our_binds.take_news()
    }

    /// What the peer has in place of a method whose signature differs, if it said so, until it is forgotten.
    pub(crate) fn peer_signature(&self, method: u64) -> Option<Vec<u8>> {
        self.our_binds.signature(method).map(<[u8]>::to_vec)
    }

    /// It is known what comes of the peer's signature of a method: it is kept no longer.
    pub(crate) fn forget_peer_signature(&mut self, method: u64) {
        self.our_binds.forget_signature(method);
    }

    /// The caller waits no longer. Gives its waker, which is not to be dropped under a lock either.
    pub(crate) fn cancel_call(&mut self, call: u32) -> Option<Waker> {
        self.outbound.cancel(call, &mut self.send)
    }

    /// Moves the calls to start handlers for to `into`, at most so many; none while there are any left in it, so that it
    /// never has more, nor while the peer does not take what waits for it.
    pub(crate) fn take_starts(&mut self, now: Instant, most: usize, into: &mut VecDeque<StartCall>) {
        let takes = into.is_empty() && self.send.queued() <= self.limits.max_outbound;
        if takes && self.inbound.has_waiting() {
            self.inbound.take_starts(now, most, &mut self.send, into);
        }
    }

    /// Calls whose handlers have to be dropped. To be taken before `take_starts`: a place may be used again.
    pub(crate) fn take_cancelled(&mut self) -> Vec<u32> {
        self.inbound.take_stopped()
    }

    /// The handler of a call has ended.
    pub(crate) fn finish(&mut self, place: u32, reply: Reply) {
        self.answer(place, Ok(reply));
    }

    /// The handlers of these calls have ended.
    pub(crate) fn finish_all(&mut self, replies: impl Iterator<Item = (u32, Reply)>) {
        let limits = self.send_limits().filter(|_| self.closed.is_none());
        for (place, reply) in replies {
            self.answer_within(limits, place, Ok(reply));
        }
    }

    /// The handler of a call was dropped before its end. `begun`: it may have been polled.
    pub(crate) fn finish_dropped(&mut self, place: u32, begun: bool) {
        self.answer(place, Err(begun));
    }

    fn answer(&mut self, place: u32, reply: Result<Reply, bool>) {
        let limits = self.send_limits().filter(|_| self.closed.is_none());
        self.answer_within(limits, place, reply);
    }

    fn answer_within(&mut self, limits: Option<SendLimits>, place: u32, reply: Result<Reply, bool>) {
        // Whatever becomes of it here.
        if let Ok(Reply { block: Some(block), .. }) = &reply {
            self.send.discard(Bytes::clone(block));
        }
        match limits {
            Some(limits) => self.inbound.finish(place, reply, limits, &mut self.send),
            // Nothing may follow a Close.
            None => self.inbound.forget(place),
        }
    }

    pub(super) fn send_limits(&self) -> Option<SendLimits> {
        self.peer.as_ref().map(|peer| SendLimits {
            max_frame: peer.max_frame,
            max_message: peer.max_message,
            max_reply_bytes: self.limits.max_reply_bytes,
        })
    }

    /// What to write next; empty if there is nothing.
    pub(crate) fn poll_transmit(&mut self, now: Instant) -> &Outgoing {
        self.prepare(now, FILL);
        self.send.outgoing()
    }

    /// All of what to write next.
    #[cfg(test)]
    pub(crate) fn poll_ready(&mut self, now: Instant) -> Vec<u8> {
        self.prepare(now, FILL);
        self.send.ready()
    }

    /// As [`poll_transmit`](Self::poll_transmit), taken out: others may queue more while it is written.
    pub(crate) fn lend_transmit(&mut self, now: Instant) -> Option<Lent> {
        self.prepare(now, FILL_LENT);
        self.send.lend()
    }

    /// So many bytes of `lent` are written.
    pub(crate) fn handle_lent(&mut self, now: Instant, lent: Lent, count: usize) {
        self.send.take_back_lent(lent, count);
        self.wrote(now, count);
    }

    fn prepare(&mut self, now: Instant, most: usize) {
        if self.send.waits() {
            self.fill(now, most);
        }
        self.timers.wrote(now, false, self.send.written(), self.send.pending(), &self.limits);
    }

    /// Moves what waits beside the buffer into it, as far as it goes.
    fn fill(&mut self, now: Instant, most: usize) {
        let mut queued = Vec::new();
        let (max_frame, max_active) =
            self.peer.as_ref().map_or((Limits::FLOOR_FRAME, 1), |peer| (peer.max_frame, peer.max_assembling));
        self.send.share_room(!self.room.is_empty());
        self.send.fill(now, Filling { max_frame, max_active, most }, &mut queued);
        for part in queued {
            self.handle_queued(part);
        }
    }

    /// Something that waited beside the buffer is in it.
    fn handle_queued(&mut self, part: Queued) {
        let Self { outbound, inbound, send, .. } = self;
        match part {
            Queued::Begun { place, sequence } => outbound.begun(place, sequence),
            Queued::Whole { direction, place, end } => match direction {
                Direction::Call => outbound.written_whole(place, end, send),
                Direction::Reply => inbound.written_whole(place),
                Direction::Item(ItemOf::Call(stream)) => outbound.item_written(place, stream, send),
                Direction::Item(ItemOf::Reply) => inbound.item_written(place, send),
            },
        }
    }

    /// So many bytes of `poll_transmit` are written.
    pub(crate) fn handle_written(&mut self, now: Instant, count: usize) {
        self.send.advance(count);
        self.wrote(now, count);
    }

    fn wrote(&mut self, now: Instant, count: usize) {
        if count > 0 {
            self.wrote_at = now;
            if self.send.is_empty() {
                self.draining.all_written(now);
            }
        }
        if !self.room.is_empty() && self.send.has_room() {
            for later in self.room.due(self.send.pending()) {
                self.outbound.has_room(later, &mut self.send);
                self.inbound.has_room(later, &mut self.send);
            }
        }
        self.timers.wrote(now, count > 0, self.send.written(), self.send.pending(), &self.limits);
    }

    /// When to call `handle_timeout`; never again once closed, however long ago that was due.
    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        if self.closed.is_some() {
            return None;
        }
        let unanswered = earlier(self.unread_until(), self.draining.unanswered_until(self.patience()));
        earlier(self.timers.next(self.is_busy(), &self.limits), unanswered)
    }

    /// True if there is something to be freed when the lock is released.
    #[inline]
    pub(crate) fn has_spent(&self) -> bool {
        self.send.has_spent()
    }

    /// What is to be freed when the lock is released.
    #[inline]
    pub(crate) fn take_spent(&mut self) -> Spent {
        self.send.take_spent()
    }

    /// True if there are callers or handlers to wake.
    #[inline]
    pub(crate) fn has_wakers(&self) -> bool {
        self.outbound.has_wakers() || self.inbound.has_wakers()
    }

    /// Callers and handlers to wake, when the lock is released.
    pub(crate) fn take_wakers(&mut self, into: &mut Vec<Waker>) {
        self.outbound.take_wakers(into);
        self.inbound.take_wakers(into);
    }
}
