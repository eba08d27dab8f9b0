use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};

use super::handler_slot::{self, HandlerSlot};
use super::panicked::panicked;
use super::pool_thread::PoolThread;
use super::reply_metadata;
use super::service::Reply;
use crate::context::Entered;
use crate::generated::MethodDescriptor;
use crate::stream::Broken;
use crate::{Code, Context, RpcError};

/// A handler at work.
#[doc(hidden)]
pub struct HandlerFuture {
    method: &'static MethodDescriptor,
    context: Context,
    broken: Option<Arc<Broken>>,
    /// Of interceptors around a handler that blocks.
    thread: Option<Arc<PoolThread>>,
    slot: Option<HandlerSlot>,
}

impl HandlerFuture {
    pub(super) fn new(
        method: &'static MethodDescriptor,
        context: Context,
        broken: Option<Arc<Broken>>,
        handler: impl Future<Output = Reply> + Send + 'static,
    ) -> Self {
        Self { method, context, broken, thread: None, slot: Some(handler_slot::put(handler)) }
    }

    /// Interceptors stand around what this serves, and they do not block: the handler is on `thread`.
    pub(super) fn around(mut self, thread: Option<Arc<PoolThread>>) -> Self {
        self.thread = thread;
        self
    }

    /// The context of the call.
    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    /// The context of the call, which has ended.
    pub(crate) fn into_context(mut self) -> Context {
        std::mem::take(&mut self.context)
    }

    /// The method that is served.
    pub(crate) fn method(&self) -> &'static MethodDescriptor {
        self.method
    }

    /// True if polling it blocks, so that it needs a thread of its own.
    pub(crate) fn blocks(&self) -> bool {
        self.method.blocking && self.thread.is_none()
    }

    /// What decides, of interceptors around a handler that blocks, when they can be stopped.
    pub(crate) fn thread(&self) -> Option<&Arc<PoolThread>> {
        self.thread.as_ref()
    }
}

/// Ends with the handler's reply, with `Internal` if it panicked (the panic goes no further, and its text not to the
/// caller), or with why one of its argument streams broke.
impl Future for HandlerFuture {
    type Output = Reply;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Reply> {
        let method = self.method;
        let this = &mut *self;
        let Some(slot) = this.slot.as_mut() else {
            return Poll::Ready(polled_after_its_end(method));
        };
        let entered = Entered::new(std::mem::take(&mut this.context));
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| slot.as_mut().poll(cx)));
        if let Ok(Poll::Ready(_)) = &polled {
            discard(method, this.slot.take());
        }
        this.context = entered.leave();
        match polled {
            Ok(Poll::Pending) => match self.poll_broken(cx) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(error) => {
                    self.break_off();
                    Poll::Ready(Reply::failed(&error))
                }
            },
            Ok(Poll::Ready(reply)) => {
                self.context.answered();
                Poll::Ready(reply_metadata::add(method, &self.context, reply))
            }
            Err(panic) => {
                self.break_off();
                Poll::Ready(panicked(method, panic))
            }
        }
    }
}

impl HandlerFuture {
    /// Whether an argument stream broke: the handler waits for it, and would for ever.
    fn poll_broken(&self, cx: &mut task::Context<'_>) -> Poll<RpcError> {
        self.broken.as_ref().map_or(Poll::Pending, |broken| broken.poll(cx))
    }

    /// Ends the call before its handler does, and with it what the handler has handed to other tasks.
    fn break_off(&mut self) {
        // First, so that destructors see it.
        self.context.cancel();
        self.discard();
    }

    /// Drops the handler with its context as the current one.
    fn discard(&mut self) {
        let entered = Entered::new(std::mem::take(&mut self.context));
        discard(self.method, self.slot.take());
        self.context = entered.leave();
    }
}

/// Drops a handler where a panic of one of its destructors can do no harm.
fn discard(method: &'static MethodDescriptor, slot: Option<HandlerSlot>) {
    let Some(mut slot) = slot else { return };
    match std::panic::catch_unwind(AssertUnwindSafe(|| slot.as_mut().clear())) {
        Ok(()) => handler_slot::give_back(slot),
        Err(panic) => {
            let _logged = panicked(method, panic);
        }
    }
}

impl Drop for HandlerFuture {
    fn drop(&mut self) {
        if self.slot.is_some() {
            self.discard();
        }
    }
}

fn polled_after_its_end(method: &'static MethodDescriptor) -> Reply {
    Reply::failed(&RpcError::new(Code::Internal, format!("`{method}` was polled after its end")))
}
