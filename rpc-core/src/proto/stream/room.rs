use std::collections::{HashSet, VecDeque};

use crate::proto::call::ServedCall;

/// What is done for streams when the buffer has room again, in turn.
#[derive(Default)]
pub(in crate::proto) struct RoomQueue {
    queue: VecDeque<Later>,
    /// What was found to be worth keeping, the last time that was looked at.
    kept: usize,
}

/// One thing to do; of a call that is over by then there is nothing to do.
#[derive(Clone, Copy, Debug)]
pub(in crate::proto) enum Later {
    /// Wake who wants to send.
    Wake(Who),
    /// Give credit.
    Credit(Who),
}

/// A stream.
#[derive(Clone, Copy, Debug)]
pub(in crate::proto) enum Who {
    /// Of a call that this side makes; its argument stream, or for credit its result.
    Caller { entry: u32, stream: u32 },
    /// Of a call that this side serves; its argument stream for credit, or its result.
    Callee { call: ServedCall, stream: u32 },
}

/// So many are served at a time while the buffer is not empty: each can fill it.
const AT_ONCE: usize = 16;

/// Entries that are kept without a look at what they are worth.
const FEW: usize = 64;

impl RoomQueue {
    /// Entries of calls that are over stay where they are, so that a peer could add to them for ever with calls that it
    /// cancels: of those of one stream on one place only the last is worth anything.
    pub(in crate::proto) fn push(&mut self, later: Later) {
        self.queue.push_back(later);
        if self.queue.len() > self.kept.saturating_mul(2).max(FEW) {
            let mut seen = HashSet::new();
            let mut kept: VecDeque<_> =
                self.queue.iter().rev().filter(|later| seen.insert(later.place())).copied().collect();
            kept.make_contiguous().reverse();
            self.kept = kept.len();
            self.queue = kept;
        }
    }

    /// What is to be done when so many bytes are still to be written. Once the buffer is empty nobody would ask again,
    /// so then it is all.
    pub(in crate::proto) fn due(&mut self, pending: usize) -> VecDeque<Later> {
        if pending == 0 {
            self.kept = 0;
            return std::mem::take(&mut self.queue);
        }
        self.queue.drain(..AT_ONCE.min(self.queue.len())).collect()
    }

    pub(in crate::proto) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    pub(in crate::proto) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Later {
    /// What it is for, whichever call is there.
    fn place(&self) -> (bool, bool, u32, u32) {
        let (credit, who) = match self {
            Self::Wake(who) => (false, who),
            Self::Credit(who) => (true, who),
        };
        match who {
            Who::Caller { entry, stream } => (credit, true, *entry, *stream),
            Who::Callee { call, stream } => (credit, false, call.place, *stream),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, Later, RoomQueue, Who};
    use crate::proto::call::ServedCall;

    #[test]
    fn calls_that_are_over_do_not_pile_up() {
        let mut room = RoomQueue::default();
        for number in 0..100_000 {
            let call = ServedCall { place: (number % 3) as u32, number };
            room.push(Later::Wake(Who::Callee { call, stream: 0 }));
            assert!(room.queue.len() <= FEW + 1);
        }
        let last = room.due(0).pop_back();
        assert!(matches!(last, Some(Later::Wake(Who::Callee { call, .. })) if call.number == 99_999));
    }
}
