use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Instant;

/// Callers that wait for a place, in the order in which they came.
#[derive(Default)]
pub(super) struct Waiting {
    callers: BTreeMap<u64, Caller>,
    next: u64,
    /// No deadline lies before this; only ever too early, so that callers come and go without a search.
    earliest: Option<Instant>,
}

struct Caller {
    waker: Waker,
    deadline: Option<Instant>,
}

impl Waiting {
    /// Puts a caller in the queue; a turn that it had before is kept. `None`: the queue is full.
    pub(super) fn join(
        &mut self,
        turn: Option<u64>,
        waker: &Waker,
        deadline: Option<Instant>,
        max: usize,
    ) -> Option<u64> {
        let turn = match turn {
            Some(turn) => turn,
            None if self.callers.len() >= max => return None,
            None => {
                self.next = self.next.wrapping_add(1);
                self.next
            }
        };
        self.callers.insert(turn, Caller { waker: waker.clone(), deadline });
        self.earliest = earlier(self.earliest, deadline);
        Some(turn)
    }

    /// Takes a caller out. False if it was not there: it had been woken, so its turn goes to the next.
    pub(super) fn leave(&mut self, turn: u64) -> bool {
        self.callers.remove(&turn).is_some()
    }

    /// The next `count` callers, to be woken.
    pub(super) fn wake(&mut self, count: usize, wakers: &mut Vec<Waker>) {
        for _ in 0..count {
            let Some((_, caller)) = self.callers.pop_first() else { return };
            wakers.push(caller.waker);
        }
    }

    /// Wakes those whose deadline passed; gives the time before which this need not be called again.
    pub(super) fn wake_expired(&mut self, now: Instant, wakers: &mut Vec<Waker>) -> Option<Instant> {
        if self.earliest.is_some_and(|earliest| earliest <= now) {
            let expired =
                |_: &u64, caller: &mut Caller| caller.deadline.is_some_and(|deadline| deadline <= now);
            wakers.extend(self.callers.extract_if(.., expired).map(|(_, caller)| caller.waker));
            self.earliest = self.callers.values().filter_map(|caller| caller.deadline).min();
        }
        self.earliest
    }

    pub(super) fn len(&self) -> usize {
        self.callers.len()
    }
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    [one, other].into_iter().flatten().min()
}
