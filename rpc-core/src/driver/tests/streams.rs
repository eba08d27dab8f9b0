use std::future::poll_fn;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Duration;

use futures::{StreamExt, stream};

use super::{Pair, connect};
use crate::codec::Codec;
use crate::proto::{Ending, ResultEvent};
use crate::server::{HandlerFuture, Incoming};
use crate::stream::{Batch, Credit, ItemSink, decode_rpc_error, items_value};
use crate::wire::{EndStatus, ReplyStatus};
use crate::{Code, MethodDescriptor, MethodKind, ServiceDescriptor};

const SERVICE: (&str, u64) = ("Numbers", 1);
static COUNT: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("count", 2), "").with_streams(MethodKind::ServerStreaming, &[]);
static SUM: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("sum", 3), "").with_streams(MethodKind::ClientStreaming, &["numbers"]);
static SLOW: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("slow", 4), "").with_streams(MethodKind::ServerStreaming, &[]);
static BLOCKING: MethodDescriptor = MethodDescriptor::new(SERVICE, ("blocking", 5), "")
    .with_streams(MethodKind::ClientStreaming, &["numbers"])
    .with_blocking();
static DESCRIPTOR: ServiceDescriptor =
    ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&COUNT, &SUM, &SLOW, &BLOCKING]);

const COUNTED: u32 = 50_000;

fn dispatch(incoming: Incoming) -> HandlerFuture {
    let method = incoming.method();
    incoming.run(move |incoming| async move {
        let numbers = items_value::<u32, _>(crate::__payload!(u32));
        if std::ptr::eq(method, &COUNT) {
            return incoming.reply_stream(numbers, stream::iter(0..COUNTED)).await;
        }
        if std::ptr::eq(method, &SLOW) {
            // Each item waits for its task's next turn.
            let (mut waits, mut all) = (false, 0..COUNTED);
            let slow = stream::poll_fn(move |cx| {
                waits = !waits;
                if waits {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(all.next())
            });
            return incoming.reply_stream(numbers, slow).await;
        }
        let sum = incoming
            .argument_stream(0, numbers)
            .fold(0_u64, |sum, number| async move { sum + u64::from(number) })
            .await;
        incoming.reply_value(crate::__payload!(u64), sum)
    })
}

/// Takes all items of a result stream: how many, and how it ended.
async fn take_all(pair: &Pair, call: u32) -> (u32, Ending) {
    let (mut count, mut consumed) = (0, Credit::default());
    loop {
        let taken = std::mem::take(&mut consumed);
        let mut taken = Some(taken);
        let event =
            poll_fn(|cx| pair.client.poll_result(call, cx.waker(), taken.take().unwrap_or_default())).await;
        match event {
            ResultEvent::Opened(_) => {}
            ResultEvent::Items(mut items) => {
                while let Some(item) = items.pop() {
                    let number: u32 =
                        Codec::Postcard.decode(&item, &crate::codec::CodecLimits::default()).unwrap();
                    assert_eq!(number, count);
                    count += 1;
                    consumed = consumed.plus(Credit::of(item.len()));
                }
            }
            ResultEvent::Ended(ending) => return (count, ending),
        }
    }
}

fn is_clean(ending: &Ending) -> bool {
    matches!(ending, Ending::StreamEnded { status: EndStatus::Clean, .. })
}

async fn send_all(pair: &Pair, call: u32, items: Batch) {
    let mut sink = ItemSink::Remote { connection: pair.client.clone(), call, stream: 0 };
    let mut items = items;
    poll_fn(|cx| {
        while !items.is_empty() {
            match sink.poll_room(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(_)) => sink.send(&mut items),
                Poll::Ready(None) => panic!("nobody wants them"),
            }
        }
        Poll::Ready(())
    })
    .await;
}

fn encoded(numbers: impl Iterator<Item = u32>) -> Batch {
    Batch::of(numbers.map(|number| {
        let mut item = Vec::new();
        Codec::Postcard.encode(&number, &crate::codec::CodecLimits::default(), &mut item).unwrap();
        item
    }))
}

#[tokio::test]
async fn a_result_stream_comes_whole_and_costs_few_writes() {
    let pair = connect(&DESCRIPTOR, dispatch).await;
    let call = pair.start(&COUNT).await;
    let (count, ending) = take_all(&pair, call).await;
    assert!(count == COUNTED && is_clean(&ending), "{count}: {ending:?}");
    let (near, far) =
        (pair.client_writes.load(Ordering::Relaxed), pair.server_writes.load(Ordering::Relaxed));
    eprintln!("{COUNTED} items down: {near} writes of credit, {far} of items");
    assert!(near + far < COUNTED as usize / 20, "{near} writes of credit, {far} of items");
}

#[tokio::test]
async fn items_that_come_one_by_one_do_not_cost_a_write_each() {
    let pair = connect(&DESCRIPTOR, dispatch).await;
    let call = pair.start(&SLOW).await;
    let (count, ending) = take_all(&pair, call).await;
    assert!(count == COUNTED && is_clean(&ending), "{count}: {ending:?}");
    let far = pair.server_writes.load(Ordering::Relaxed);
    eprintln!("{COUNTED} items one by one: {far} writes");
    assert!(far < COUNTED as usize / 3, "{far} writes");
}

#[tokio::test]
async fn an_argument_stream_comes_whole_and_costs_few_writes() {
    let pair = connect(&DESCRIPTOR, dispatch).await;
    let call = pair.start(&SUM).await;
    for start in (0..COUNTED).step_by(100) {
        send_all(&pair, call, encoded(start..start + 100)).await;
    }
    pair.client.end_argument(call, 0, EndStatus::Clean, &[]);
    let Ending::Replied { status, body, .. } = pair.end(call).await else { panic!("no reply") };
    let sum: u64 = Codec::Postcard.decode(&body, &crate::codec::CodecLimits::default()).unwrap();
    assert_eq!((status, sum), (ReplyStatus::Value, (0..u64::from(COUNTED)).sum()));
    let near = pair.client_writes.load(Ordering::Relaxed);
    eprintln!("{COUNTED} items up: {near} writes");
    assert!(near < COUNTED as usize / 20, "{near} writes");
}

#[tokio::test]
async fn an_argument_stream_that_breaks_fails_its_call() {
    let pair = connect(&DESCRIPTOR, dispatch).await;
    for (broken, code) in [(Batch::of([[0x80]]), Code::InvalidArgument), (Batch::default(), Code::Cancelled)]
    {
        let call = pair.start(&SUM).await;
        send_all(&pair, call, encoded(0..10)).await;
        if broken.is_empty() {
            pair.client.end_argument(call, 0, EndStatus::Dropped, &[]);
        } else {
            send_all(&pair, call, broken).await;
        }
        let ending = tokio::time::timeout(Duration::from_secs(20), pair.end(call)).await.unwrap();
        let Ending::Replied { status: ReplyStatus::Failed, body, .. } = ending else { panic!("{ending:?}") };
        assert_eq!(decode_rpc_error(&body).unwrap().code(), code);
    }
    assert!(pair.client.accepts_calls());
}

#[tokio::test]
async fn a_server_that_drains_lets_a_stream_end() {
    let pair = connect(&DESCRIPTOR, dispatch).await;
    let call = pair.start(&SUM).await;
    send_all(&pair, call, encoded(0..10)).await;
    pair.server.drain();
    assert!(tokio::time::timeout(Duration::from_millis(20), pair.server.quiet()).await.is_err());
    assert!(!pair.client.accepts_calls());
    send_all(&pair, call, encoded(10..20)).await;
    pair.client.end_argument(call, 0, EndStatus::Clean, &[]);
    let Ending::Replied { status, .. } = pair.end(call).await else { panic!("no reply") };
    assert_eq!(status, ReplyStatus::Value);
    tokio::time::timeout(Duration::from_secs(20), pair.server.quiet()).await.unwrap();
}

#[tokio::test]
async fn a_blocking_handler_takes_streams_and_ends_when_they_break() {
    let pair = connect(&DESCRIPTOR, dispatch).await;
    let call = pair.start(&BLOCKING).await;
    send_all(&pair, call, encoded(1..4)).await;
    pair.client.end_argument(call, 0, EndStatus::Clean, &[]);
    let Ending::Replied { body, .. } = pair.end(call).await else { panic!("no reply") };
    assert_eq!(*body, [6][..]);
    let call = pair.start(&BLOCKING).await;
    send_all(&pair, call, encoded(1..4)).await;
    pair.client.cancel_call(call);
    tokio::time::timeout(Duration::from_secs(20), pair.server.quiet()).await.unwrap();
}
