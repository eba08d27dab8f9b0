use std::sync::Arc;
use std::time::Instant;

use super::table::Outbound;
use crate::clock::{earlier, later};
use crate::proto::Closed;
use crate::proto::call::Ending;
use crate::proto::send_queue::SendQueue;
use crate::wire::CloseCode;

impl Outbound {
    /// The peer takes no new calls: those of which it has seen nothing are made elsewhere.
    pub(in crate::proto) fn take_back(&mut self, send: &mut SendQueue) {
        let why = Arc::new(Closed::new(CloseCode::GoingAway, "the peer takes no new calls"));
        for place in send.take_back_calls() {
            let Some(entry) = self.on_place(place) else { continue };
            self.close(entry);
            self.end(entry, Ending::Lost { sent: false, why: Arc::clone(&why) });
        }
    }

    /// The peer executes no call above this number. It still answers them, so their places stay taken. Gives the highest
    /// number of those that are still awaited.
    pub(in crate::proto) fn give_up_above(&mut self, last: u64, send: &mut SendQueue) -> u64 {
        let mut highest = 0;
        let why = Arc::new(Closed::new(CloseCode::GoingAway, "the peer had stopped taking calls"));
        for entry in self.entries() {
            let Some(call) = self.call(entry) else { continue };
            let Some(sequence) = call.sequence.filter(|_| call.open && call.is_awaited()) else { continue };
            let sequence = sequence.get();
            if sequence <= last {
                highest = highest.max(sequence);
                continue;
            }
            let place = call.place;
            if let Some(streams) = &mut call.streams {
                streams.stop_arguments(place, send);
            }
            self.end(entry, Ending::Lost { sent: false, why: Arc::clone(&why) });
        }
        highest
    }

    /// Ends calls whose deadline passed; gives the earliest of the others, and of replies and items in parts that stand
    /// still.
    pub(in crate::proto) fn handle_deadlines(
        &mut self,
        now: Instant,
        send: &mut SendQueue,
    ) -> Result<Option<Instant>, Closed> {
        let mut next = None;
        let mut expired = Vec::new();
        for (entry, call) in (0_u32..).zip(&self.calls) {
            let Some(call) = call.as_ref().filter(|call| call.open) else { continue };
            match call.deadline.filter(|_| call.is_awaited()) {
                Some(deadline) if deadline <= now => expired.push(entry),
                deadline => next = earlier(next, deadline),
            }
            let reply = call.reply.as_ref().map(|reply| ("a reply in chunks", reply.assembly.heard));
            let item = call.streams.as_ref().and_then(|streams| streams.result.as_ref()?.heard());
            let item = item.map(|heard| ("an item in parts", heard));
            for (what, heard) in reply.into_iter().chain(item) {
                let stalled = later(heard, self.limits.frame_timeout);
                if stalled <= now {
                    let text = format!("{what} stood still for the frame_timeout");
                    return Err(Closed::new(CloseCode::TimedOut, text));
                }
                next = earlier(next, Some(stalled));
            }
        }
        for entry in expired {
            let Some(call) = self.call(entry) else { continue };
            let detached = call.detached;
            call.keep_no_more();
            let sent = detached || self.stop(entry, send);
            self.end(entry, Ending::Expired { sent });
        }
        Ok(next)
    }

    /// The connection is over: every call ends. What stands behind `sent` was never written.
    pub(in crate::proto) fn lose_all(&mut self, why: &Arc<Closed>, sent: u64) {
        for entry in self.entries() {
            let Some(call) = self.call(entry).filter(|call| call.open) else { continue };
            let sent = call.is_answered() || call.end.is_some_and(|end| end <= sent);
            self.close(entry);
            self.end(entry, Ending::Lost { sent, why: Arc::clone(why) });
        }
    }

    fn entries(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.calls.len()).unwrap_or(u32::MAX)
    }
}
