use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::RpcError;

/// Why a handler cannot go on: one of its argument streams broke. The stream itself stays pending, so that no handler
/// takes a break for an end; what drives the handler looks here.
#[derive(Debug, Default)]
pub(crate) struct Broken(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    error: Option<RpcError>,
    /// Of the handler, which may run on another task than the stream is polled on.
    waker: Option<Waker>,
}

impl Broken {
    /// The handler is to be dropped, and its call to end with `error`. The first one counts.
    pub(crate) fn fail(&self, error: RpcError) {
        let mut state = self.lock();
        state.error.get_or_insert(error);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Ready when that has happened.
    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Poll<RpcError> {
        let mut state = self.lock();
        if let Some(error) = state.error.take() {
            return Poll::Ready(error);
        }
        let known = state.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker()));
        let replaced = if known { None } else { state.waker.replace(cx.waker().clone()) };
        drop(state);
        // Outside of the lock: its last reference may drop a task, and that the stream.
        drop(replaced);
        Poll::Pending
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
