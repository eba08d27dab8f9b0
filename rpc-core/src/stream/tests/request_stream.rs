use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures::stream::FusedStream;
use futures::{FutureExt, Stream, StreamExt};

use super::counting;
use crate::codec::{Codec, CodecLimits};
use crate::proto::SendRoom;
use crate::stream::{
    Batch, Broken, CallOfStream, DecodeItems, EncodeItems, ItemSource, PipeSink, RequestStream,
    encode_rpc_error, items_result, items_rpc, items_value, pipe,
};
use crate::wire::EndStatus;
use crate::{Code, Limits, MethodDescriptor, MethodKind, RpcError};

static METHOD: MethodDescriptor = MethodDescriptor::new(("Sums", 1), ("add", 2), "")
    .with_streams(MethodKind::ClientStreaming, &["numbers"]);

/// A stream with its other end, and where its breaks are told.
pub(super) fn stream<P: DecodeItems>(items: P) -> (PipeSink, RequestStream<P::Item>, Arc<Broken>) {
    let (sink, source) = pipe();
    let broken = Arc::new(Broken::default());
    let call = CallOfStream {
        method: &METHOD,
        number: 0,
        codec: Codec::Postcard,
        limits: CodecLimits::default(),
        broken: Arc::clone(&broken),
        deadline: None,
    };
    (sink, RequestStream::new(Some(ItemSource::Pipe(source)), call, items), broken)
}

fn numbers() -> (PipeSink, RequestStream<u32>, Arc<Broken>) {
    stream(items_value::<u32, _>(crate::__payload!(u32)))
}

fn encoded<P: EncodeItems>(payload: P, all: impl IntoIterator<Item = P::Item>) -> Batch {
    Batch::of(all.into_iter().map(|item| {
        let mut encoded = Vec::new();
        let limits = CodecLimits::default();
        payload.encode(item, &mut Codec::Postcard.encode_run(&limits, &mut encoded)).unwrap();
        encoded
    }))
}

fn of(all: impl IntoIterator<Item = u32>) -> Batch {
    encoded(items_value::<u32, _>(crate::__payload!(u32)), all)
}

fn poll<T>(stream: &mut RequestStream<T>) -> Poll<Option<T>> {
    Pin::new(stream).poll_next(&mut Context::from_waker(Waker::noop()))
}

/// Asserts that the stream broke, and never yields again. Gives why.
pub(super) fn broke<T: std::fmt::Debug>(mut stream: RequestStream<T>, broken: &Broken) -> RpcError {
    for _ in 0..3 {
        assert!(poll(&mut stream).is_pending(), "no break looks like an end");
    }
    match broken.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(error) => error,
        Poll::Pending => panic!("nobody was told that the stream broke"),
    }
}

fn is_whole(broken: &Broken) -> bool {
    broken.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}

#[test]
fn items_come_in_order_up_to_a_clean_end() {
    let (sink, stream, broken) = numbers();
    sink.send(&mut of(0..100));
    sink.send(&mut of(100..300));
    sink.end(EndStatus::Clean, &[]);
    let all: Vec<u32> = stream.collect().now_or_never().unwrap();
    assert!(all.into_iter().eq(0..300) && is_whole(&broken));
}

#[test]
fn a_waiting_stream_is_woken_by_what_comes() {
    let (sink, mut stream, _broken) = numbers();
    let (waker, woken) = counting();
    let mut cx = Context::from_waker(&waker);
    assert!(stream.poll_next_unpin(&mut cx).is_pending());
    sink.send(&mut of([1]));
    assert_eq!((woken(), stream.poll_next_unpin(&mut cx)), (1, Poll::Ready(Some(1))));
    assert!(stream.poll_next_unpin(&mut cx).is_pending());
    sink.end(EndStatus::Clean, &[]);
    assert_eq!((woken(), stream.poll_next_unpin(&mut cx)), (2, Poll::Ready(None)));
    assert_eq!(stream.poll_next_unpin(&mut cx), Poll::Ready(None), "an end stays one");
    assert!(stream.is_terminated());
}

#[test]
fn what_the_handler_takes_makes_room_before_all_is_taken() {
    let window = Limits::default().max_stream_items as u32;
    let (sink, mut stream, _broken) = numbers();
    sink.send(&mut of(0..window));
    assert_eq!(poll(&mut stream), Poll::Ready(Some(0)));
    assert_eq!(sink.poll_room(Waker::noop()), SendRoom::Wait);
    let mut next = 1;
    while next < window / 2 {
        match poll(&mut stream) {
            Poll::Ready(number) => assert_eq!(number, Some(next)),
            // Others have their turn.
            Poll::Pending => continue,
        }
        next += 1;
    }
    assert!(matches!(sink.poll_room(Waker::noop()), SendRoom::Ready(_)));
    sink.send(&mut of(window..window + 10));
    sink.end(EndStatus::Clean, &[]);
    let mut rest = || stream.next().now_or_never();
    while let Some(number) = rest().or_else(&mut rest).expect("it waits for nothing") {
        assert_eq!(number, next);
        next += 1;
    }
    assert!(next > window / 2);
}

#[test]
fn a_stream_without_pauses_lets_others_have_their_turn() {
    let (sink, mut stream, _broken) = numbers();
    let (waker, woken) = counting();
    let mut cx = Context::from_waker(&waker);
    let (mut sent, mut taken) = (0, 0);
    while woken() == 0 {
        sink.send(&mut of(sent..sent + 50));
        sent += 50;
        while let Poll::Ready(Some(_)) = stream.poll_next_unpin(&mut cx) {
            taken += 1;
            if taken == sent {
                break;
            }
        }
        assert!(taken < 5_000);
    }
    assert!(stream.poll_next_unpin(&mut cx).is_ready(), "after its turn it goes on");
}

#[test]
fn a_stream_of_results_ends_behind_its_error() {
    let payload = items_result::<u32, String, _, _>(crate::__payload!(u32), crate::__payload!(error String));
    let (sink, stream, broken) = stream(payload);
    sink.send(&mut encoded(payload, [Ok(1), Ok(2)]));
    let mut error = Vec::new();
    let limits = CodecLimits::default();
    payload.encode(Err("enough".to_owned()), &mut Codec::Postcard.encode_run(&limits, &mut error)).unwrap();
    sink.end(EndStatus::AppError, &error);
    let all: Vec<_> = stream.collect().now_or_never().unwrap();
    assert_eq!(all, [Ok(1), Ok(2), Err("enough".to_owned())]);
    assert!(is_whole(&broken));
}

#[test]
fn a_stream_with_rpc_errors_ends_behind_one() {
    let payload = items_rpc::<u32, _>(crate::__payload!(u32));
    let (sink, stream, broken) = stream(payload);
    let error = RpcError::new(Code::NotFound, "no more");
    sink.send(&mut encoded(payload, [Ok(1)]));
    sink.end(EndStatus::Failed, &encode_rpc_error(&error));
    let all: Vec<_> = stream.collect().now_or_never().unwrap();
    assert_eq!(all, [Ok(1), Err(error)]);
    assert!(is_whole(&broken));
}

#[test]
fn an_item_that_cannot_be_decoded_breaks_the_call() {
    let (sink, mut stream, broken) = numbers();
    sink.send(&mut of([1]));
    sink.send(&mut Batch::of([[0x80]]));
    sink.send(&mut of([2]));
    sink.end(EndStatus::Clean, &[]);
    assert_eq!(poll(&mut stream), Poll::Ready(Some(1)));
    let error = broke(stream, &broken);
    assert_eq!(error.code(), Code::InvalidArgument);
    assert!(
        error.message().starts_with("the argument stream `numbers` of `Sums.add` has an item"),
        "{error}"
    );
}

#[test]
fn an_item_that_cannot_be_decoded_is_found_behind_all_before_it() {
    for before in [0, 1, 2, 31, 32, 33, 34, 100] {
        let (sink, mut stream, broken) = numbers();
        let all = (0..before).map(|_| vec![7]).chain([vec![0x80], vec![8]]);
        sink.send(&mut Batch::of(all));
        for _ in 0..before {
            assert_eq!(poll(&mut stream), Poll::Ready(Some(7)), "{before}");
        }
        assert_eq!(broke(stream, &broken).code(), Code::InvalidArgument);
    }
}

#[test]
fn items_of_any_length_come_in_order() {
    type Numbers = [u64; 16];
    let items = |count| (0..count).map(|n| [n << (n % 64); 16]);
    let payload = items_value::<Numbers, _>(crate::__payload!(Numbers));
    let (sink, stream, _broken) = stream(payload);
    sink.send(&mut encoded(payload, items(300)));
    sink.end(EndStatus::Clean, &[]);
    let all: Vec<_> = stream.collect().now_or_never().unwrap();
    assert!(all.into_iter().eq(items(300)));
}

#[test]
fn what_is_decoded_ahead_counts_as_taken_once() {
    let window = Limits::default().max_stream_items as u32;
    let (sink, mut stream, _broken) = numbers();
    for sent in 0..3 {
        sink.send(&mut of(0..window));
        assert_eq!(sink.poll_room(Waker::noop()), SendRoom::Wait);
        for next in 0..window {
            // Others may have their turn.
            let item = std::iter::repeat_with(|| poll(&mut stream)).find(Poll::is_ready);
            assert_eq!(item, Some(Poll::Ready(Some(next))), "{sent}");
        }
        assert!(poll(&mut stream).is_pending());
    }
    let bytes = Limits::default().max_stream_bytes as u64;
    let room = SendRoom::Ready(crate::stream::Credit { items: window.into(), bytes });
    assert_eq!(sink.poll_room(Waker::noop()), room);
}

#[test]
fn a_stream_that_its_caller_dropped_breaks_the_call() {
    let (sink, mut stream, broken) = numbers();
    sink.send(&mut of([1]));
    drop(sink);
    assert_eq!(poll(&mut stream), Poll::Ready(Some(1)));
    let error = broke(stream, &broken);
    assert_eq!(error.code(), Code::Cancelled);
    assert!(error.message().contains("dropped by the caller"), "{error}");
}

#[test]
fn a_failure_that_the_items_cannot_hold_breaks_the_call_with_its_code() {
    let (sink, stream, broken) = numbers();
    sink.end(EndStatus::Failed, &encode_rpc_error(&RpcError::new(Code::ResourceExhausted, "too large")));
    let error = broke(stream, &broken);
    assert_eq!(error.code(), Code::ResourceExhausted);
    assert!(error.message().ends_with("failed at the caller: too large"), "{error}");
}

#[test]
fn an_error_of_a_type_that_the_items_do_not_have_breaks_the_call() {
    let (sink, stream, broken) = numbers();
    sink.end(EndStatus::AppError, &[1]);
    assert_eq!(broke(stream, &broken).code(), Code::InvalidArgument);
    let payload = items_result::<u32, String, _, _>(crate::__payload!(u32), crate::__payload!(error String));
    let (sink, stream, broken) = self::stream(payload);
    sink.end(EndStatus::AppError, &[200]);
    let error = broke(stream, &broken);
    assert!(error.message().contains("ended with an error that cannot be decoded"), "{error}");
}

#[test]
fn a_dropped_stream_frees_what_waits_and_takes_no_more() {
    let (sink, mut stream, broken) = numbers();
    sink.send(&mut of(0..1_000));
    assert_eq!(poll(&mut stream), Poll::Ready(Some(0)));
    drop(stream);
    assert_eq!(sink.poll_room(Waker::noop()), SendRoom::Over);
    assert!(is_whole(&broken), "a handler may stop listening");
}

#[test]
fn a_stream_may_go_to_any_task_or_thread() {
    fn check<T: Send + Sync + Unpin + 'static>(_: &T) {}
    struct NotSync(std::cell::Cell<u32>);
    impl serde::Serialize for NotSync {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.get().serialize(serializer)
        }
    }
    impl<'de> serde::Deserialize<'de> for NotSync {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            u32::deserialize(deserializer).map(|number| Self(number.into()))
        }
    }
    let (_sink, stream, _broken) = stream(items_value::<NotSync, _>(crate::__payload!(NotSync)));
    check(&stream);
}
