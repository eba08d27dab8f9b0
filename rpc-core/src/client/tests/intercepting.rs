//! Interceptors at the client.

use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, stream};

use super::kit::*;
use crate::client::{Channel, call_value, open_value, stream as call_stream};
use crate::generated::Request as _;
use crate::intercept::{Next, Request, Response};
use crate::stream::{Uploads, upload};
use crate::{CallOptions, Code, Executed, ReplyMetadata, RpcError};

/// Answers with its number and one, and the metadata that came.
fn adding() -> Test {
    test(|incoming| async move {
        let tenant = incoming.context().metadata().text("tenant").unwrap_or("-");
        incoming.context().set_reply_metadata("tenant", tenant);
        let sum = asked(&incoming) + 1;
        incoming.reply_value(SERDE, sum)
    })
}

fn echoing() -> Test {
    test(|incoming| async move {
        let lines = incoming.argument_stream(0, numbers());
        incoming.reply_stream(numbers(), lines).await
    })
}

/// Notes when a call comes and when its answer goes.
fn noting(channel: &Channel, notes: &Notes, name: &'static str) -> Channel {
    let notes = notes.clone();
    channel.with_interceptor(move |request: Request, next: Next| {
        let notes = notes.clone();
        async move {
            notes.add(format!("{name} in"));
            let response = next.run(request).await;
            notes.add(format!("{name} out"));
            response
        }
    })
}

async fn add(channel: &Channel, number: u64) -> Result<u64, RpcError> {
    call_value(channel.clone(), Ask(&ADD, number), Uploads::none(), SERDE).await
}

#[tokio::test]
async fn the_first_is_the_outermost() {
    both(adding(), async |channel| {
        let notes = Notes::default();
        let channel = noting(&noting(&channel, &notes, "one"), &notes, "two");
        assert_eq!(add(&channel, 1).await, Ok(2));
        assert_eq!(notes.take(), ["one in", "two in", "two out", "one out"]);
    })
    .await;
}

#[tokio::test]
async fn those_of_the_builder_are_outside_of_those_of_a_copy() {
    let (notes, net) = (Notes::default(), Net::new(&adding()));
    let outer = notes.clone();
    let builder = net.client().intercept(move |request: Request, next: Next| {
        outer.add("builder");
        next.run(request)
    });
    let channel = noting(&builder.build().unwrap(), &notes, "copy");
    assert_eq!(add(&channel, 1).await, Ok(2));
    assert_eq!(notes.take(), ["builder", "copy in", "copy out"]);
}

#[tokio::test]
async fn metadata_arguments_and_answer_may_be_changed() {
    both(adding(), async |channel| {
        let place = ReplyMetadata::new();
        let channel = channel.with(CallOptions::new().with_reply_metadata(&place));
        let channel = channel.with_interceptor(|mut request: Request, next: Next| async move {
            request.parts.metadata.push("tenant", "blue");
            request.body = Request::new(&Ask(&ADD, 40))?.body;
            let mut response = next.run(request).await?;
            assert_eq!(response.decode::<u64>()?, 41);
            assert_eq!(response.metadata.text("tenant"), Some("blue"));
            response.metadata.set("tenant", "green");
            response.body = Bytes::from_static(&[7]);
            Ok(response)
        });
        assert_eq!(add(&channel, 1).await, Ok(7));
        assert_eq!(place.get().unwrap().text("tenant"), Some("green"));
    })
    .await;
}

#[tokio::test]
async fn one_may_answer_without_a_call() {
    let (channel, net) = remote(&adding());
    let channel = channel.with_interceptor(|request: Request, _: Next| async move {
        if Request::new(&Ask(&ADD, 0)).is_ok_and(|zero| zero.body == request.body) {
            return Err(RpcError::new(Code::PermissionDenied, "not zero"));
        }
        request.parts.answer(&5_u64)
    });
    assert_eq!(add(&channel, 1).await, Ok(5));
    let error = add(&channel, 0).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, Executed::No));
    assert!(net.connections().is_empty());
}

#[tokio::test]
async fn the_call_may_be_made_from_another_task() {
    both(echoing(), async |channel| {
        let channel = channel.with_interceptor(|request: Request, next: Next| async move {
            tokio::spawn(next.run(request)).await.unwrap()
        });
        let list: Vec<u64> = (0..3_000).collect();
        let uploads = Uploads::new([upload(stream::iter(list.iter().copied()), numbers())]);
        let stream = call_stream(channel, Ask(&CHAT, 0), uploads, numbers());
        let items: Vec<_> = stream.map(Result::unwrap).collect().await;
        assert_eq!(items, list);
    })
    .await;
}

#[tokio::test]
async fn streams_flow_past_them() {
    both(echoing(), async |channel| {
        let notes = Notes::default();
        let channel = noting(&channel, &notes, "one");
        let uploads = Uploads::new([upload(stream::iter(0..3_000), numbers())]);
        let stream = open_value(channel, Ask(&CHAT, 0), uploads, numbers()).await.unwrap();
        assert_eq!(notes.take(), ["one in", "one out"]);
        let items: Vec<_> = stream.map(Result::unwrap).collect().await;
        assert!(items.into_iter().eq(0..3_000));
    })
    .await;
}

#[tokio::test]
async fn an_upload_goes_on_while_one_works_on_the_answer() {
    let service = test(|incoming| async move {
        let lines = incoming.argument_stream(0, numbers());
        let seen = incoming.context().clone();
        incoming.reply_stream(numbers(), lines.inspect(move |_| drop(seen.clone()))).await
    });
    both(service, async |channel| {
        let channel = channel.with_interceptor(|request: Request, next: Next| async move {
            let response = next.run(request).await?;
            assert!(response.is_stream());
            settle().await;
            Ok(response)
        });
        let counted = Counted::new(stream::iter(0..10));
        let taken = std::sync::Arc::clone(&counted.taken);
        let uploads = Uploads::new([upload(counted, numbers())]);
        let stream = open_value(channel, Ask(&CHAT, 0), uploads, numbers()).await.unwrap();
        assert_eq!(*taken.lock().unwrap(), 10);
        assert_eq!(stream.count().await, 10);
    })
    .await;
}

#[tokio::test]
async fn an_argument_stream_needs_no_result_stream() {
    let service = test(|incoming| async move {
        let lines = incoming.argument_stream(0, numbers());
        let count = lines.count().await as u64;
        incoming.reply_value(SERDE, count)
    });
    both(service, async |channel| {
        let channel = noting(&channel, &Notes::default(), "one");
        let uploads = Uploads::new([upload(stream::iter(0..3_000), numbers())]);
        assert_eq!(call_value(channel, Ask(&UP, 0), uploads, SERDE).await, Ok(3_000_u64));
    })
    .await;
}

#[tokio::test]
async fn giving_up_on_the_call_cancels_it() {
    let (guard, dropped) = guard();
    let guard = std::sync::Mutex::new(Some(guard));
    let service = test(move |incoming| {
        let guard = guard.lock().unwrap().take();
        async move {
            let (_guard, _incoming) = (guard, incoming);
            std::future::pending().await
        }
    });
    let (channel, _net) = remote(&service);
    let channel = channel.with_interceptor(|request: Request, next: Next| async move {
        tokio::select! {
            biased;
            response = next.run(request) => response,
            () = settle() => Err(RpcError::new(Code::Aborted, "no patience")),
        }
    });
    let error = add(&channel, 0).await.unwrap_err();
    assert_eq!(error.code(), Code::Aborted);
    dropped.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn time_in_an_interceptor_counts() {
    both(adding(), async |channel| {
        let channel = channel.with_interceptor(|_: Request, _: Next| async move {
            std::future::pending::<Result<Response, RpcError>>().await
        });
        let begun = tokio::time::Instant::now();
        let error = add(&channel, 0).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No), "{error}");
        assert!(begun.elapsed() >= Duration::from_secs(10));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn one_may_give_the_call_less_time() {
    let service = test(|_| std::future::pending());
    both(service, async |channel| {
        let channel = channel.with_interceptor(|mut request: Request, next: Next| {
            request.parts.limit_time(Duration::from_secs(1));
            next.run(request)
        });
        let begun = tokio::time::Instant::now();
        let error = add(&channel, 0).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    })
    .await;
}

#[tokio::test]
async fn what_they_see_is_the_method_and_where_it_goes() {
    let (channel, _net) = remote(&adding());
    let channel = channel.with_interceptor(|request: Request, next: Next| {
        assert!(std::ptr::eq(request.parts.method(), Ask(&ADD, 0).method()));
        assert_eq!(request.parts.peer_address(), Some("pipe://test"));
        assert!(request.parts.remaining().is_some());
        next.run(request)
    });
    assert_eq!(add(&channel, 1).await, Ok(2));
}
