use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{self, Poll, Wake, Waker};

use futures::{Stream, StreamExt, stream};

use super::{ReplyStatus, error, poll, ready, with_result};
use crate::proto::ResultEvent;
use crate::server::HandlerFuture;
use crate::stream::{Credit, EncodeItems, PipeSource, items_result, items_rpc, items_value};
use crate::{Code, Executed, Limits, RpcError};

fn serve<P, S>(items: P, stream: S) -> (HandlerFuture, PipeSource)
where
    P: EncodeItems,
    S: Stream<Item = P::Item> + Send + 'static,
{
    let (incoming, source) = with_result();
    (incoming.run(move |incoming| async move { incoming.reply_stream(items, stream).await }), source)
}

fn bytes(stream: impl Stream<Item = u8> + Send + 'static) -> (HandlerFuture, PipeSource) {
    serve(items_value::<u8, _>(crate::__payload!(u8)), stream)
}

/// Takes all that has come. Gives the lengths of the batches.
fn take(source: &PipeSource, consumed: &mut Credit) -> Vec<usize> {
    let mut batches = Vec::new();
    while let Some(event) = source.poll_result(Waker::noop(), std::mem::take(consumed)) {
        if let ResultEvent::Items(items) = event {
            let (count, bytes) = items.count();
            *consumed = Credit { items: count as u64, bytes: bytes as u64 };
            batches.push(count);
        }
    }
    batches
}

#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn all_items_come_and_the_end_is_the_answer() {
    let (mut handler, source) = bytes(stream::iter(0..100));
    let reply = ready(&mut handler);
    assert_eq!((reply.status, reply.body.len()), (ReplyStatus::Value, 0));
    let opened = source.poll_result(Waker::noop(), Credit::default());
    assert!(matches!(opened, Some(ResultEvent::Opened(None))));
    let Some(ResultEvent::Items(mut items)) = source.poll_result(Waker::noop(), Credit::default()) else {
        panic!("no items")
    };
    for expected in 0..100 {
        assert_eq!(items.pop().as_deref(), Some(&[expected][..]));
    }
    assert_eq!(items.left(), 0);
}

#[test]
fn a_stream_without_an_end_gives_others_their_turn_after_each_batch() {
    let (mut handler, source) = bytes(stream::repeat(7));
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut cx = task::Context::from_waker(&waker);
    let mut consumed = Credit::default();
    for turn in 1..=20 {
        assert!(Pin::new(&mut handler).poll(&mut cx).is_pending());
        assert_eq!(woken.0.load(Ordering::Relaxed), turn, "it asks for another turn");
        let batches = take(&source, &mut consumed);
        assert!(matches!(batches[..], [12..=8_192]), "{batches:?}");
    }
}

#[test]
fn large_items_make_short_batches() {
    let payload = items_value::<Vec<u8>, _>(crate::__payload!(Vec<u8>));
    let (mut handler, source) = serve(payload, stream::repeat(vec![1; 10_000]));
    assert!(poll(&mut handler).is_pending());
    assert_eq!(take(&source, &mut Credit::default()), [2], "the second goes over 16 KiB");
}

#[test]
fn a_stream_is_not_polled_while_its_receiver_takes_no_more() {
    let polled = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&polled);
    let (mut handler, source) = bytes(stream::repeat_with(move || {
        counter.fetch_add(1, Ordering::Relaxed);
        7
    }));
    let window = Limits::default().max_stream_items;
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut cx = task::Context::from_waker(&waker);
    let mut turns = 0;
    loop {
        assert!(Pin::new(&mut handler).poll(&mut cx).is_pending());
        turns += 1;
        if woken.0.load(Ordering::Relaxed) < turns {
            break;
        }
        assert!(turns < 100, "it never waits");
    }
    assert_eq!(polled.load(Ordering::Relaxed), window);
    assert!(Pin::new(&mut handler).poll(&mut cx).is_pending());
    assert_eq!(polled.load(Ordering::Relaxed), window);
    let mut consumed = Credit::default();
    take(&source, &mut consumed);
    assert!(source.poll_result(Waker::noop(), Credit { items: 1, bytes: 1 }).is_none());
    assert_eq!(woken.0.load(Ordering::Relaxed), turns, "there is room again");
    assert!(Pin::new(&mut handler).poll(&mut cx).is_pending());
    assert!(polled.load(Ordering::Relaxed) > window);
}

#[test]
fn what_a_stream_has_is_sent_as_soon_as_it_waits() {
    let (mut sender, receiver) = futures::channel::mpsc::unbounded();
    let (mut handler, source) = bytes(receiver);
    assert!(poll(&mut handler).is_pending());
    for _ in 0..3 {
        sender.start_send(1).unwrap();
        assert!(poll(&mut handler).is_pending());
        assert_eq!(take(&source, &mut Credit::default()), [1]);
    }
    drop(sender);
    assert_eq!(ready(&mut handler).status, ReplyStatus::Value);
}

#[test]
fn a_stream_ends_with_its_first_error() {
    let payload = items_result::<u8, u8, _, _>(crate::__payload!(u8), crate::__payload!(error u8));
    let items = [Ok(1), Ok(2), Err(9), Ok(3)];
    let (mut handler, source) = serve(payload, stream::iter(items));
    let reply = ready(&mut handler);
    assert_eq!((reply.status, &reply.body[..]), (ReplyStatus::AppError, &[9][..]));
    assert_eq!(take(&source, &mut Credit::default()), [2]);
}

#[test]
fn what_another_service_said_of_its_handler_is_not_said_of_this_one() {
    let other = RpcError::new(Code::NotFound, "elsewhere").with_executed(Executed::No);
    let payload = items_rpc::<u8, _>(crate::__payload!(u8));
    let (mut handler, _source) = serve(payload, stream::iter([Err(other)]));
    let error = error(&ready(&mut handler));
    assert_eq!((error.code(), error.executed()), (Code::NotFound, Executed::Yes));
}

#[test]
fn an_item_that_cannot_be_encoded_ends_the_stream() {
    struct Bad;
    impl serde::Serialize for Bad {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no"))
        }
    }
    impl<'de> serde::Deserialize<'de> for Bad {
        fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Ok(Self)
        }
    }
    let payload = items_value::<Bad, _>(crate::__payload!(Bad));
    let (mut handler, _source) = serve(payload, stream::iter([Bad]));
    assert_eq!(error(&ready(&mut handler)).code(), Code::Internal);
    let payload = items_value::<Vec<u8>, _>(crate::__payload!(Vec<u8>));
    let (mut handler, source) = serve(payload, stream::iter([vec![], vec![0; 5 << 20], vec![]]));
    assert_eq!(error(&ready(&mut handler)).code(), Code::ResourceExhausted);
    assert_eq!(take(&source, &mut Credit::default()), [1], "those before it were sent");
}

#[test]
fn a_panic_in_the_stream_ends_it() {
    let (mut handler, source) = bytes(stream::iter(0..3).map(|n| if n < 2 { n } else { panic!("secret") }));
    let error = error(&ready(&mut handler));
    assert_eq!(error.code(), Code::Internal);
    assert!(!error.message().contains("secret"));
    assert!(source.poll_result(Waker::noop(), Credit::default()).is_some(), "it was opened");
}

#[test]
fn a_stream_that_nobody_wants_is_dropped() {
    let (mut handler, source) = bytes(stream::repeat(7));
    assert!(poll(&mut handler).is_pending());
    drop(source);
    assert_eq!(error(&ready(&mut handler)).code(), Code::Cancelled);
}

#[test]
fn a_stream_may_borrow_from_its_service() {
    let (incoming, source) = with_result();
    let service = Arc::new(vec![1, 2, 3]);
    let mut handler = incoming.run(|incoming| async move {
        let stream = stream::iter(service.iter().copied());
        incoming.reply_stream(items_value::<u8, _>(crate::__payload!(u8)), stream).await
    });
    assert_eq!(ready(&mut handler).status, ReplyStatus::Value);
    assert_eq!(take(&source, &mut Credit::default()), [3]);
}

#[test]
fn an_opening_may_fail() {
    let (incoming, source) = with_result();
    let mut handler = incoming.run(|incoming| async move {
        let items = items_value::<u8, _>(crate::__payload!(u8));
        let refused: Result<stream::Empty<u8>, u8> = Err(4);
        incoming.reply_stream_result(crate::__payload!(error u8), items, refused).await
    });
    let reply = ready(&mut handler);
    assert_eq!((reply.status, &reply.body[..]), (ReplyStatus::AppError, &[4][..]));
    assert!(source.poll_result(Waker::noop(), Credit::default()).is_none(), "nothing was opened");

    let (incoming, _source) = with_result();
    let mut handler = incoming.run(|incoming| async move {
        let items = items_value::<u8, _>(crate::__payload!(u8));
        let refused: Result<stream::Empty<u8>, _> = Err(RpcError::new(Code::NotFound, "no such list"));
        incoming.reply_stream_rpc(items, refused).await
    });
    assert_eq!(error(&ready(&mut handler)).code(), Code::NotFound);
}

/// Whoever polls a stream again behind its end breaks its rules.
#[test]
fn a_stream_is_not_polled_behind_its_end() {
    struct Once(bool);
    impl Stream for Once {
        type Item = u8;
        fn poll_next(mut self: Pin<&mut Self>, _: &mut task::Context<'_>) -> Poll<Option<u8>> {
            assert!(!self.0, "polled behind its end");
            self.0 = true;
            Poll::Ready(None)
        }
    }
    let (mut handler, _source) = bytes(Once(false));
    assert_eq!(ready(&mut handler).status, ReplyStatus::Value);
}

#[test]
fn a_stream_that_nobody_takes_any_more_ends_as_cancelled() {
    let (incoming, source) = with_result();
    let context = incoming.context().clone();
    let items = items_value::<u8, _>(crate::__payload!(u8));
    let mut handler =
        incoming.run(move |incoming| async move { incoming.reply_stream(items, stream::repeat(7)).await });
    assert!(poll(&mut handler).is_pending());
    assert!(!context.is_cancelled());
    drop(source);
    assert_eq!(error(&ready(&mut handler)).code(), Code::Cancelled);
    assert!(context.is_cancelled(), "what was spawned with it");
}
