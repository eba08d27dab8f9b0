use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// A thread of the blocking pool, as the interceptors around a handler that blocks see it.
///
/// They run as those of any other method, and are dropped when the call is cancelled; but once the handler has begun,
/// which nothing can stop, only when it has ended. So whatever they hold for a call (its place, a permit) stays taken for
/// as long as it keeps a thread busy.
#[derive(Default)]
pub(crate) struct PoolThread {
    state: Mutex<State>,
    left: Notify,
}

#[derive(Default)]
enum State {
    /// The handler waits for interceptors, or for a thread.
    #[default]
    NotYet,
    /// The handler is at work. `stop`: what was to be stopped meanwhile.
    Busy { stop: Option<AbortHandle> },
    /// It has ended, or will not begin.
    Over,
}

/// The handler is on its thread until this is dropped.
pub(super) struct Busy(Arc<PoolThread>);

impl PoolThread {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The handler has a thread; `None` if it is not wanted any more.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Busy> {
        let mut state = self.lock();
        if !matches!(*state, State::NotYet) {
            return None;
        }
        *state = State::Busy { stop: None };
        Some(Busy(Arc::clone(self)))
    }

    /// Stops `task`, which runs the interceptors: at once, or when the handler has ended if that has begun.
    pub(crate) fn stop(&self, task: AbortHandle) {
        {
            let mut state = self.lock();
            if let State::Busy { stop } = &mut *state {
                *stop = Some(task);
                return;
            }
            *state = State::Over;
        }
        task.abort();
    }

    /// The handler is not to begin any more. False if it has begun.
    pub(crate) fn give_up(&self) -> bool {
        let mut state = self.lock();
        let has_not_begun = matches!(*state, State::NotYet);
        if has_not_begun {
            *state = State::Over;
        }
        has_not_begun
    }

    /// Waits until the handler is on no thread, and will not be.
    pub(crate) async fn left(&self) {
        let mut left = std::pin::pin!(self.left.notified());
        // Before the look, so that an end in between is not missed.
        left.as_mut().enable();
        self.give_up();
        if matches!(*self.lock(), State::Busy { .. }) {
            left.await;
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let before = std::mem::replace(&mut *self.0.lock(), State::Over);
        if let State::Busy { stop: Some(task) } = before {
            task.abort();
        }
        self.0.left.notify_waiters();
    }
}
