use std::collections::VecDeque;

use crate::proto::call::ServedCall;

/// What is done for streams when the buffer has room again, in turn.
#[derive(Default)]
pub(in crate::proto) struct RoomQueue(VecDeque<Later>);

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

impl RoomQueue {
    pub(in crate::proto) fn push(&mut self, later: Later) {
        self.0.push_back(later);
    }

    /// What is to be done when so many bytes are still to be written. Once the buffer is empty nobody would ask again,
    /// so then it is all.
    pub(in crate::proto) fn due(&mut self, pending: usize) -> VecDeque<Later> {
        if pending == 0 {
            return std::mem::take(&mut self.0);
        }
        let rest = self.0.split_off(AT_ONCE.min(self.0.len()));
        std::mem::replace(&mut self.0, rest)
    }

    pub(in crate::proto) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::proto) fn clear(&mut self) {
        self.0 = VecDeque::new();
    }
}
