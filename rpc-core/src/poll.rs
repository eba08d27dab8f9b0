//! Futures polled by hand: the few combinators that are needed here, without the crate that has them all.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures_core::future::BoxFuture;

/// What `future` gives if it is ready at once; else it is dropped.
pub(crate) fn now_or_never<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// What `future` gives; `None` if `stop` is ready before it.
pub(crate) async fn unless<T>(future: impl Future<Output = T>, stop: impl Future) -> Option<T> {
    let mut future = pin!(future);
    let mut stop = pin!(stop);
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => stop.as_mut().poll(cx).map(|_stopped| None),
    })
    .await
}

/// What `future` gives, or what it panicked with.
pub(crate) async fn caught<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// Runs `futures` beside each other up to the end of the last one. They are few: each is polled when one wakes the task.
pub(crate) async fn all(mut futures: Vec<BoxFuture<'_, ()>>) {
    poll_fn(|cx| {
        futures.retain_mut(|future| future.as_mut().poll(cx).is_pending());
        if futures.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::{all, caught, now_or_never, unless};

    #[test]
    fn only_what_is_ready_is_given() {
        assert_eq!(now_or_never(ready(1)), Some(1));
        assert_eq!(now_or_never(pending::<u8>()), None);
    }

    #[test]
    fn a_future_that_is_ready_goes_before_what_stops_it() {
        assert_eq!(now_or_never(unless(ready(1), ready(()))), Some(Some(1)));
        assert_eq!(now_or_never(unless(pending::<u8>(), ready(()))), Some(None));
        assert_eq!(now_or_never(unless(pending::<u8>(), pending::<()>())), None);
    }

    #[test]
    fn all_have_to_end() {
        assert_eq!(now_or_never(all(Vec::new())), Some(()));
        assert_eq!(now_or_never(all(vec![Box::pin(ready(())), Box::pin(pending())])), None);
        assert_eq!(now_or_never(all(vec![Box::pin(ready(())), Box::pin(ready(()))])), Some(()));
    }

    #[test]
    fn a_panic_is_given_like_an_output() {
        assert!(matches!(now_or_never(caught(ready(1))), Some(Ok(1))));
        let panics = caught(async { std::panic::panic_any("so it goes") });
        let panic = now_or_never(panics).unwrap().unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"so it goes"));
    }
}
