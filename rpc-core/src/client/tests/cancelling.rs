//! Calls that end because nobody wants them any more.

use std::sync::Mutex;
use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::sync::oneshot;

use super::kit::*;
use crate::client::{Channel, call_value, open_value, stream as call_stream};
use crate::stream::{Uploads, upload};
use crate::{CallOptions, Code, Context, Executed, MethodDescriptor};

/// Never answers, and tells when its handler is dropped and that its context was cancelled before.
fn endless() -> (Test, oneshot::Receiver<()>) {
    let (guard, dropped) = guard();
    let guard = Mutex::new(Some(guard));
    let service = test(move |incoming| {
        let guard = guard.lock().unwrap().take();
        let context = incoming.context().clone();
        async move {
            let _told = CancelledFirst(context, guard);
            let kind = incoming.method().kind;
            let _numbers = kind.has_argument_streams().then(|| incoming.argument_stream(0, numbers()));
            if kind.has_result_stream() {
                incoming.reply_stream(numbers(), stream::iter([1]).chain(stream::pending())).await
            } else {
                std::future::pending().await
            }
        }
    });
    (service, dropped)
}

struct CancelledFirst(Context, Option<Guard>);

impl Drop for CancelledFirst {
    fn drop(&mut self) {
        assert!(self.0.is_cancelled(), "the handler was dropped before its context was cancelled");
        self.1.take();
    }
}

/// Runs a test on both kinds of client, with a service for each.
async fn each(run: impl AsyncFn(Channel, oneshot::Receiver<()>)) {
    let (service, dropped) = endless();
    run(local(&service), dropped).await;
    let (service, dropped) = endless();
    run(remote(&service).0, dropped).await;
}

#[tokio::test]
async fn dropping_a_result_stream_drops_the_handler() {
    each(async |channel, dropped| {
        let uploads = Uploads::new([upload(stream::pending(), numbers())]);
        let mut stream = call_stream(channel, Ask(&CHAT, 0), uploads, numbers());
        assert_eq!(stream.next().await, Some(Ok(1)));
        drop(stream);
        dropped.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn dropping_a_call_with_an_argument_stream_drops_the_handler() {
    each(async |channel, dropped| {
        let uploads = Uploads::new([upload(stream::iter(0..10).chain(stream::pending()), numbers())]);
        let call = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE);
        tokio::select! {
            biased;
            _ = call => panic!("answered"),
            () = settle() => {}
        }
        dropped.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stream_that_was_never_polled_makes_no_call() {
    let (service, dropped) = endless();
    let (channel, net) = remote(&service);
    drop(call_stream(channel, Ask(&DOWN, 0), Uploads::none(), numbers()));
    settle().await;
    assert!(net.connections().is_empty());
    drop(service);
    drop(net);
    assert!(dropped.await.is_ok());
}

/// The context of a call that is served, and what cancels it.
async fn parent(method: &'static MethodDescriptor) -> (Context, impl Future<Output = ()>) {
    let (tell, told) = oneshot::channel();
    let tell = Mutex::new(Some(tell));
    let outer = local(&test(move |incoming| {
        let tell = tell.lock().unwrap().take().unwrap();
        async move {
            tell.send(incoming.context().clone()).unwrap();
            std::future::pending().await
        }
    }));
    let call = tokio::spawn(call_value::<_, u64, _>(outer, Ask(method, 0), Uploads::none(), SERDE));
    (told.await.unwrap(), async move {
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    })
}

#[tokio::test]
async fn a_call_is_cancelled_with_the_context_that_it_was_given() {
    each(async |channel, dropped| {
        let (context, cancel) = parent(&ADD).await;
        let channel = channel.with(CallOptions::new().with_parent(&context));
        let uploads = Uploads::new([upload(stream::pending(), numbers())]);
        let call = call_value::<_, u64, _>(channel, Ask(&UP, 0), uploads, SERDE);
        let cancel = async {
            settle().await;
            cancel.await;
        };
        let error = tokio::join!(call, cancel).0.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Cancelled, Executed::Maybe), "{error}");
        dropped.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_call_in_another_task_is_cancelled_with_the_context_of_its_scope() {
    each(async |channel, dropped| {
        let (context, cancel) = parent(&ADD).await;
        let call = tokio::spawn(Context::scope(context, async move {
            let mut stream = open_value(channel, Ask(&DOWN, 0), Uploads::none(), numbers()).await.unwrap();
            assert_eq!(stream.next().await, Some(Ok(1)));
            stream.next().await
        }));
        settle().await;
        cancel.await;
        let error = call.await.unwrap().unwrap().unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Cancelled, Executed::Maybe), "{error}");
        dropped.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_call_for_a_context_that_was_cancelled_is_not_made() {
    let (context, cancel) = parent(&ADD).await;
    cancel.await;
    let (service, _dropped) = endless();
    let (channel, net) = remote(&service);
    let call = call_value::<_, u64, _>(channel.with_parent(&context), Ask(&ADD, 0), Uploads::none(), SERDE);
    let error = call.await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Cancelled, Executed::No));
    assert!(net.connections().is_empty());
    // The service was never called: its guard is dropped here, and has nothing to say.
    std::mem::forget(service);
}

#[tokio::test]
async fn what_a_detached_handler_calls_goes_on_without_its_caller() {
    let (context, cancel) = parent(&JOB).await;
    cancel.await;
    assert!(context.is_cancelled());
    let service = test(|incoming| async move { incoming.reply_value(SERDE, 5_u64) });
    both(service, async |channel| {
        let channel = channel.with_parent(&context);
        assert_eq!(call_value(channel, Ask(&ADD, 0), Uploads::none(), SERDE).await, Ok(5_u64));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_a_detached_handler_calls_goes_on_after_its_deadline() {
    let (tell, told) = oneshot::channel();
    let tell = Mutex::new(Some(tell));
    let outer = local(&test(move |incoming| {
        let tell = tell.lock().unwrap().take().unwrap();
        async move {
            tell.send(incoming.context().clone()).unwrap();
            std::future::pending().await
        }
    }));
    let outer = outer.with(CallOptions::new().with_timeout(Duration::from_secs(1)));
    let error = call_value::<_, u64, _>(outer, Ask(&JOB, 0), Uploads::none(), SERDE).await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded);
    let context = told.await.unwrap();
    assert_eq!(context.remaining(), Some(Duration::ZERO));
    let service = test(|incoming| async move { incoming.reply_value(SERDE, 5_u64) });
    both(service, async |channel| {
        let call = call_value(channel.with_parent(&context), Ask(&ADD, 0), Uploads::none(), SERDE);
        assert_eq!(call.await, Ok(5_u64));
        let call = call_value(channel, Ask(&ADD, 0), Uploads::none(), SERDE);
        assert_eq!(Context::scope(context.clone(), call).await, Ok(5_u64));
    })
    .await;
}
