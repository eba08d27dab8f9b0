use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::task::AtomicWaker;

use crate::RpcError;

/// Why a handler cannot go on: one of its argument streams broke. The stream itself stays pending, so that no handler
/// takes a break for an end; what drives the handler looks here.
#[derive(Debug, Default)]
pub(crate) struct Broken {
    error: Mutex<Option<RpcError>>,
    /// Of the handler, which may run on another task than the stream is polled on.
    waker: AtomicWaker,
}

impl Broken {
    /// The handler is to be dropped, and its call to end with `error`. The first one counts.
    pub(crate) fn fail(&self, error: RpcError) {
        self.lock().get_or_insert(error);
        self.waker.wake();
    }

    /// Ready when that has happened.
    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Poll<RpcError> {
        // Before the look, so that a break in between is not missed.
        self.waker.register(cx.waker());
        self.lock().take().map_or(Poll::Pending, Poll::Ready)
    }

    fn lock(&self) -> MutexGuard<'_, Option<RpcError>> {
        self.error.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
