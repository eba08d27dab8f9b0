use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::failure;
use crate::RpcError;
use crate::generated::MethodDescriptor;
use crate::intercept::{Request, Response};

/// Where what stands behind the last interceptor and the caller meet: one leaves the request, the other the answer.
#[derive(Default)]
pub(super) struct Slot(Mutex<State>);

#[derive(Default)]
struct State {
    request: Option<Request>,
    answer: Option<Result<Response, RpcError>>,
    /// Nobody waits for the answer any more.
    gone: bool,
    /// Nobody will answer any more.
    left: bool,
    caller: Option<Waker>,
    handoff: Option<Waker>,
}

/// What the caller finds.
pub(super) enum Seen {
    Request(Request),
    Gone,
    /// It is woken when there is something.
    Nothing,
}

impl Slot {
    pub(super) fn look(&self, waker: &Waker) -> Seen {
        let mut state = self.lock();
        if state.gone {
            return Seen::Gone;
        }
        if let Some(request) = state.request.take() {
            return Seen::Request(request);
        }
        let replaced = register(&mut state.caller, waker);
        drop(state);
        drop(replaced);
        Seen::Nothing
    }

    /// The caller, whose waker is `waker`, polls the interceptors again after this.
    pub(super) fn answer(&self, answer: Result<Response, RpcError>, waker: &Waker) {
        let mut state = self.lock();
        state.answer = Some(answer);
        let woken = state.handoff.take();
        drop(state);
        if let Some(woken) = woken.filter(|woken| !woken.will_wake(waker)) {
            woken.wake();
        }
    }

    /// The caller is gone.
    pub(super) fn leave(&self) {
        let mut state = self.lock();
        state.left = true;
        let woken = state.handoff.take();
        let (caller, request) = (state.caller.take(), state.request.take());
        drop(state);
        drop((caller, request));
        if let Some(woken) = woken {
            woken.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps `waker` and gives the one before it, which is not to be dropped under the lock: it may own a future.
fn register(slot: &mut Option<Waker>, waker: &Waker) -> Option<Waker> {
    if slot.as_ref().is_some_and(|known| known.will_wake(waker)) {
        return None;
    }
    slot.replace(waker.clone())
}

/// What stands behind the last interceptor. Dropping it cancels the call.
pub(super) struct Handoff {
    slot: Arc<Slot>,
    method: &'static MethodDescriptor,
    request: Option<Request>,
    answered: bool,
}

impl Handoff {
    pub(super) fn new(slot: Arc<Slot>, method: &'static MethodDescriptor, request: Request) -> Self {
        Self { slot, method, request: Some(request), answered: false }
    }
}

impl Future for Handoff {
    type Output = Result<Response, RpcError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut state = this.slot.lock();
        if let Some(answer) = state.answer.take() {
            this.answered = true;
            return Poll::Ready(answer);
        }
        if state.left {
            this.answered = true;
            return Poll::Ready(Err(failure::dropped(this.method)));
        }
        let mut woken = None;
        if let Some(request) = this.request.take() {
            state.request = Some(request);
            woken = state.caller.take();
        }
        let replaced = register(&mut state.handoff, cx.waker());
        drop(state);
        drop(replaced);
        if let Some(woken) = woken {
            woken.wake();
        }
        Poll::Pending
    }
}

impl Drop for Handoff {
    fn drop(&mut self) {
        if self.answered {
            return;
        }
        let mut state = self.slot.lock();
        state.gone = true;
        let (woken, request) = (state.caller.take(), state.request.take());
        drop(state);
        drop(request);
        if let Some(woken) = woken {
            woken.wake();
        }
    }
}
