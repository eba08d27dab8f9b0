use std::ops::{Deref, DerefMut};
use std::sync::MutexGuard;

use super::connection::State;
use crate::proto::Spent;

/// The state of a connection under its lock.
///
/// What was taken out of the queue meanwhile is dropped behind the lock, whoever has it: blocks that an application gave are
/// its own, and their destructors may make or drop calls on this connection.
pub(super) struct Locked<'c> {
    state: MutexGuard<'c, State>,
    // Behind `state`: the fields are dropped in this order.
    spent: Spent,
}

impl<'c> Locked<'c> {
    #[inline]
    pub(super) fn new(state: MutexGuard<'c, State>) -> Self {
        Self { state, spent: Spent::default() }
    }
}

impl Deref for Locked<'_> {
    type Target = State;

    #[inline]
    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for Locked<'_> {
    #[inline]
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl Drop for Locked<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.state.proto.has_spent() {
            self.spent = self.state.proto.take_spent();
        }
    }
}
