//! Who may begin a call, when not all can: those who came first.

use std::task::Waker;
use std::time::{Duration, Instant};

use crate::clock::{earlier, later};
use crate::proto::Room;
use crate::sorted_queue::SortedQueue;

#[cfg(test)]
mod tests;

/// Callers that wait for room, in the order in which they came.
///
/// Whoever is called up (woken because there is room) has that room kept for a moment, so that nobody who came later takes
/// it first. Nor does anybody overtake the first in the queue, who may have a large body: small ones would keep the bytes
/// that it needs from ever being free.
#[derive(Default)]
pub(super) struct Waiting {
    callers: SortedQueue<u64, Caller>,
    next: u64,
    /// No deadline lies before this; only ever too early, so that callers come and go without a search.
    earliest: Option<Instant>,
    /// Those that were called up and have not come: the lengths of their bodies.
    called: SortedQueue<u64, usize>,
    /// The sum of these.
    called_bytes: usize,
    /// Until then they may come.
    lapse: Option<Instant>,
}

struct Caller {
    waker: Waker,
    deadline: Option<Instant>,
    length: usize,
}

/// Room is kept for so long. A caller that is woken comes within microseconds, unless it is one of many futures of which
/// its task polls another first, or never polls again.
const KEPT_FOR: Duration = Duration::from_millis(20);

impl Waiting {
    /// True if a caller with this turn, or none, and a body of `length` bytes may begin where there is so much `room`.
    pub(super) fn admits(&self, turn: Option<u64>, length: usize, room: Room) -> bool {
        if turn.is_some_and(|turn| self.called.get(turn).is_some()) {
            return true;
        }
        let first = self.callers.first();
        let is_behind = first.is_some_and(|(first, _)| turn.is_none_or(|turn| first < turn));
        !is_behind && self.fits(length, room)
    }

    /// True if there is room beside what is kept for those who were called up.
    fn fits(&self, length: usize, room: Room) -> bool {
        self.called.len() < room.calls && self.called_bytes.saturating_add(length) <= room.bytes
    }

    /// Puts a caller in the queue; a turn that it had before is kept, and its waker from then goes to `replaced`.
    /// `None`: the queue is full.
    pub(super) fn join(
        &mut self,
        turn: Option<u64>,
        caller: (&Waker, Option<Instant>, usize),
        max: usize,
        replaced: &mut Option<Waker>,
    ) -> Option<u64> {
        let turn = match turn {
            Some(turn) => turn,
            None if self.callers.len() >= max => return None,
            None => {
                self.next = self.next.wrapping_add(1);
                self.next
            }
        };
        *replaced = self.leave(turn);
        let (waker, deadline, length) = caller;
        self.callers.insert(turn, Caller { waker: waker.clone(), deadline, length });
        self.earliest = earlier(self.earliest, deadline);
        Some(turn)
    }

    /// Takes a caller out, whether it waits or was called up. Gives its waker.
    pub(super) fn leave(&mut self, turn: u64) -> Option<Waker> {
        if let Some(length) = self.called.remove(turn) {
            self.called_bytes = self.called_bytes.saturating_sub(length);
        }
        self.callers.remove(turn).map(|caller| caller.waker)
    }

    /// Calls up as many as there is room for. They are to be woken.
    pub(super) fn call_up(&mut self, now: Instant, room: Room, wakers: &mut Vec<Waker>) {
        while let Some((turn, first)) = self.callers.first() {
            let length = first.length;
            if self.called.len() >= room.calls || self.called_bytes.saturating_add(length) > room.bytes {
                return;
            }
            wakers.extend(self.callers.remove(turn).map(|caller| caller.waker));
            self.called.insert(turn, length);
            self.called_bytes = self.called_bytes.saturating_add(length);
            self.lapse = Some(later(now, KEPT_FOR));
        }
    }

    /// Lets all go. They are to be woken.
    pub(super) fn dismiss(&mut self, wakers: &mut Vec<Waker>) {
        std::mem::take(&mut self.callers).extract(|_, _| true, |caller| wakers.push(caller.waker));
        self.forget_called();
    }

    /// Wakes those whose deadline passed, and keeps no room any longer for those who do not come.
    pub(super) fn handle_timeout(&mut self, now: Instant, wakers: &mut Vec<Waker>) {
        if self.earliest.is_some_and(|earliest| earliest <= now) {
            let expired = |_, caller: &Caller| caller.deadline.is_some_and(|deadline| deadline <= now);
            self.callers.extract(expired, |caller| wakers.push(caller.waker));
            self.earliest = self.callers.values().filter_map(|caller| caller.deadline).min();
        }
        if self.lapse.is_some_and(|lapse| lapse <= now) {
            self.forget_called();
        }
    }

    /// The time before which `handle_timeout` need not be called.
    pub(super) fn next_timeout(&self) -> Option<Instant> {
        earlier(self.earliest, self.lapse.filter(|_| !self.called.is_empty()))
    }

    /// True if nobody waits, and no room is kept for anybody: a call begins wherever there is room.
    pub(super) fn is_idle(&self) -> bool {
        self.callers.is_empty() && self.called.is_empty()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.callers.is_empty()
    }

    fn forget_called(&mut self) {
        self.called = SortedQueue::default();
        (self.called_bytes, self.lapse) = (0, None);
    }
}
