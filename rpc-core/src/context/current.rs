use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{self, Poll};

use super::Context;

thread_local! {
    static CURRENT: Cell<Context> = const { Cell::new(Context::new()) };
}

/// A context is the current one of this thread until this is dropped.
pub(crate) struct Entered {
    before: Context,
}

impl Entered {
    pub(crate) fn new(context: Context) -> Self {
        Self { before: replace(context) }
    }

    /// Ends it, and gives the context back.
    pub(crate) fn leave(mut self) -> Context {
        let before = std::mem::take(&mut self.before);
        let entered = replace(before);
        std::mem::forget(self);
        entered
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        drop(replace(std::mem::take(&mut self.before)));
    }
}

/// On a thread that ends, no context is current.
fn replace(context: Context) -> Context {
    let mut context = Some(context);
    let before = CURRENT.try_with(|current| current.replace(context.take().unwrap_or_default()));
    before.unwrap_or_else(|_| context.unwrap_or_default())
}

impl Context {
    /// The context of the handler in which this is called; [`Context::new`] outside of one.
    pub fn current() -> Self {
        let look = |current: &Cell<Self>| {
            let context = current.take();
            let copy = context.clone();
            current.set(context);
            copy
        };
        CURRENT.try_with(look).unwrap_or_default()
    }

    /// True inside of a handler, and of what was given a context.
    pub(crate) fn is_any_current() -> bool {
        let look = |current: &Cell<Self>| {
            let context = current.take();
            let is_any = context.inner.is_some();
            current.set(context);
            is_any
        };
        CURRENT.try_with(look).unwrap_or_default()
    }

    /// Runs `future` with `context` as the current one, and drops it so. Cancel-safe as `future` is.
    pub async fn scope<F: Future>(context: Self, future: F) -> F::Output {
        Scope { context, future: Some(Box::pin(future)) }.await
    }

    /// Runs `work` with `context` as the current one.
    pub fn scope_sync<T>(context: Self, work: impl FnOnce() -> T) -> T {
        let _entered = Entered::new(context);
        work()
    }
}

struct Scope<F> {
    context: Context,
    /// `None` once it has ended.
    future: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for Scope<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let Self { context, future } = &mut *self;
        let entered = Entered::new(context.clone());
        // Only `scope` makes one, and does not poll it beyond its end.
        let Some(running) = future else { return Poll::Pending };
        let polled = running.as_mut().poll(cx);
        if polled.is_ready() {
            *future = None;
        }
        drop(entered);
        polled
    }
}

impl<F> Drop for Scope<F> {
    fn drop(&mut self) {
        let _entered = Entered::new(std::mem::take(&mut self.context));
        self.future = None;
    }
}
