//! Streams of a client behind the trait's signature, which does not say how long the streams that they send live.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;

/// What a future gives to the stream around it.
enum Given<T, E> {
    Opened(Result<(), E>),
    Item(T),
}

type Slot<T, E> = Arc<Mutex<Option<Given<T, E>>>>;

/// The inner end of a stream that a future drives: hands items out.
pub struct Forward<T, E = Infallible> {
    slot: Slot<T, E>,
}

impl<T, E> Forward<T, E> {
    /// Hands out every item of `stream`.
    pub async fn items<S: Stream<Item = T>>(self, stream: S) {
        let mut stream = pin!(stream);
        while let Some(item) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            self.give(Given::Item(item)).await;
        }
    }

    /// Says whether the stream could be opened, then hands out its items.
    pub async fn opened<S: Stream<Item = T>>(self, opened: Result<S, E>) {
        match opened {
            Ok(stream) => {
                self.give(Given::Opened(Ok(()))).await;
                self.items(stream).await;
            }
            Err(error) => self.give(Given::Opened(Err(error))).await,
        }
    }

    /// Pending once without a wake-up: whoever polls takes what was given and polls again when more is wanted.
    async fn give(&self, given: Given<T, E>) {
        let mut given = Some(given);
        poll_fn(|_| match given.take() {
            Some(given) => {
                *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(given);
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
    }
}

/// A stream whose items come from a future, which may hold what the stream's type does not name.
struct Forwarded<T, E, F> {
    slot: Slot<T, E>,
    /// Gone when it has ended.
    future: Option<Pin<Box<F>>>,
}

impl<T, E, F: Future<Output = ()>> Forwarded<T, E, F> {
    fn new(make: impl FnOnce(Forward<T, E>) -> F) -> Self {
        let slot = Slot::default();
        let future = make(Forward { slot: Arc::clone(&slot) });
        Self { slot, future: Some(Box::pin(future)) }
    }

    fn poll_given(&mut self, cx: &mut Context<'_>) -> Poll<Option<Given<T, E>>> {
        let Some(future) = &mut self.future else {
            return Poll::Ready(None);
        };
        if future.as_mut().poll(cx).is_ready() {
            self.future = None;
            return Poll::Ready(None);
        }
        match self.slot.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(given) => Poll::Ready(Some(given)),
            None => Poll::Pending,
        }
    }
}

impl<T, E, F: Future<Output = ()>> Stream for Forwarded<T, E, F> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        loop {
            match std::task::ready!(self.poll_given(cx)) {
                Some(Given::Item(item)) => return Poll::Ready(Some(item)),
                Some(Given::Opened(_)) => {}
                None => return Poll::Ready(None),
            }
        }
    }
}

/// A stream of what the future that `make` returns hands out. Does nothing before it is polled.
pub fn forward<T, F>(make: impl FnOnce(Forward<T>) -> F) -> impl Stream<Item = T> + Send + Unpin
where
    T: Send,
    F: Future<Output = ()> + Send,
{
    Forwarded::new(make)
}

/// The same where the stream has to be opened first.
pub async fn forward_opened<T, E, F>(
    make: impl FnOnce(Forward<T, E>) -> F,
) -> Result<impl Stream<Item = T> + Send + Unpin, E>
where
    T: Send,
    E: Send,
    F: Future<Output = ()> + Send,
{
    let mut forwarded = Forwarded::new(make);
    match poll_fn(|cx| forwarded.poll_given(cx)).await {
        Some(Given::Opened(Err(error))) => Err(error),
        _ => Ok(forwarded),
    }
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt, stream};

    use super::{Forward, forward, forward_opened};

    #[tokio::test]
    async fn items_come_out_as_they_went_in() {
        let lent = [1, 2, 3];
        let mut stream =
            forward::<&u8, _>(|items| async { Forward::items(items, stream::iter(&lent)).await });
        let all: Vec<&u8> = stream.by_ref().collect().await;
        assert_eq!(all, [&1, &2, &3]);
        assert_eq!(stream.next().await, None);
    }

    #[tokio::test]
    async fn what_waits_is_waited_for() {
        let slow = stream::iter([1, 2]).then(async |item| {
            tokio::task::yield_now().await;
            item
        });
        let mut stream = forward::<u8, _>(|items| async { Forward::items(items, slow).await });
        assert_eq!((stream.next().await, stream.next().await, stream.next().await), (Some(1), Some(2), None));
    }

    #[tokio::test]
    async fn opening_comes_before_the_items() {
        let good = |items| async { Forward::<_, u8>::opened(items, Ok(stream::iter([1, 2]))).await };
        let stream = forward_opened(good).await.unwrap();
        assert_eq!(stream.collect::<Vec<_>>().await, [1, 2]);
        let bad = |items| async { Forward::opened(items, Err::<stream::Empty<u8>, _>(7)).await };
        assert_eq!(forward_opened(bad).await.err(), Some(7));
    }
}
