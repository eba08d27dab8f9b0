//! Streams that end before their time: panics, and callers who have had enough.

use farcall::{Code, Executed, Fault, RpcError};
use futures::{StreamExt, stream};

use crate::support::{FlowPair, asked, drain, flows, hesitant};

flows! {
    a_stream_that_panics_is_told_without_its_text;
    a_panic_while_opening_is_told_without_its_text;
    a_handler_that_panics_over_an_argument_stream;
    a_caller_that_has_had_enough_ends_an_endless_stream;
    a_stream_that_was_never_polled_does_nothing;
    dropping_an_opened_stream_drops_that_of_the_handler;
    dropping_an_upload_drops_its_handler;
    dropping_both_ways_drops_both_streams;
    a_stream_that_panics_at_the_caller_drops_the_handler;
    nothing_is_asked_of_an_argument_stream_behind_its_end;
}

fn assert_panicked(error: &RpcError, method: &str) {
    let kind = (error.code(), error.executed(), error.fault());
    assert_eq!(kind, (Code::Internal, Executed::Yes, Fault::Handler), "{error}");
    assert!(error.message().starts_with(&format!("the handler of `Flow.{method}` panicked (id ")), "{error}");
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
}

async fn a_stream_that_panics_is_told_without_its_text(flow: FlowPair) {
    for good in [0, 1, 100] {
        let (items, error) = drain(flow.client.panics(good)).await;
        assert_eq!(items, Vec::from_iter(0..good), "what came before the panic");
        assert_panicked(&error.unwrap(), "panics");
        flow.is_sound().await;
    }
}

async fn a_panic_while_opening_is_told_without_its_text(flow: FlowPair) {
    match flow.client.open_panics().await {
        Err(farcall::CallError::Rpc(error)) => assert_panicked(&error, "open_panics"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("opened"),
    }
    flow.is_sound().await;
}

async fn a_handler_that_panics_over_an_argument_stream(flow: FlowPair) {
    for good in [0, 3] {
        let error = flow.client.panics_after(good, hesitant(10)).await.unwrap_err();
        assert_panicked(&error, "panics_after");
        // It does not wait for a stream that never ends.
        let error = flow.client.panics_after(good, stream::iter(0..)).await.unwrap_err();
        assert_panicked(&error, "panics_after");
    }
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new());
}

async fn a_caller_that_has_had_enough_ends_an_endless_stream(flow: FlowPair) {
    for enough in [1, 10, 5_000] {
        let enough = if flow.is_slow() { enough / 5 + 1 } else { enough };
        let items: Vec<_> = flow.client.endless().take(enough).collect().await;
        assert!(items.iter().zip(0..).all(|(item, number)| item.as_ref() == Ok(&number)));
        assert_eq!(items.len(), enough);
        flow.is_sound().await;
        let context = flow.mill.gauge.context().unwrap();
        context.cancelled().await;
        assert!(context.is_cancelled());
    }
}

async fn a_stream_that_was_never_polled_does_nothing(flow: FlowPair) {
    drop(flow.client.endless());
    let (items, count) = asked(stream::iter(0..));
    drop(flow.client.sum(items));
    let (items, count_of_echo) = asked(stream::repeat(String::new()));
    drop(flow.client.echo(items));
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.begun(), 0);
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 0);
    assert_eq!(count_of_echo.load(std::sync::atomic::Ordering::SeqCst), 0);
}

async fn dropping_an_opened_stream_drops_that_of_the_handler(flow: FlowPair) {
    let opened = flow.client.open("numbers", u64::MAX).await.unwrap();
    flow.mill.gauge.alive(1).await;
    drop(opened);
    flow.is_sound().await;
    let mut opened = flow.client.open("numbers", u64::MAX).await.unwrap();
    assert_eq!(opened.next().await, Some(Ok(0)));
    drop(opened);
    flow.is_sound().await;
    // One that says nothing, too.
    let mut gated = flow.client.gated();
    assert_eq!(gated.next().await, Some(Ok(1)));
    drop(gated);
    flow.is_sound().await;
}

async fn dropping_an_upload_drops_its_handler(flow: FlowPair) {
    for items in [0, 1, 500] {
        let taken = flow.mill.gauge.taken();
        let stuck = stream::iter(0..items).chain(stream::pending());
        let mut call = Box::pin(flow.client.sum(stuck));
        tokio::select! {
            sum = &mut call => panic!("{sum:?}"),
            () = async {
                flow.mill.gauge.alive(1).await;
                flow.mill.gauge.until_taken(taken + items).await;
            } => {}
        }
        let context = flow.mill.gauge.context().unwrap();
        assert!(!context.is_cancelled());
        drop(call);
        flow.is_sound().await;
        context.cancelled().await;
    }
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

async fn dropping_both_ways_drops_both_streams(flow: FlowPair) {
    let texts = stream::iter(0..).map(|number| format!("{number}"));
    let (texts, _) = asked(texts);
    let back: Vec<_> = flow.client.echo(texts).take(10).collect().await;
    assert_eq!(back.len(), 10);
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

async fn a_stream_that_panics_at_the_caller_drops_the_handler(flow: FlowPair) {
    let panics = || hesitant(10).inspect(|number| assert!(*number < 5, "the secret of the caller"));
    let both = panics().map(|number| number.to_string()).boxed();
    let (items, error) = drain(flow.client.echo(both)).await;
    assert!(items.len() <= 5, "{items:?}");
    for error in [error.unwrap(), flow.client.sum(panics()).await.unwrap_err()] {
        assert_eq!((error.code(), error.fault()), (Code::Internal, Fault::Caller), "{error}");
    }
    flow.is_sound().await;
    assert_eq!(flow.mill.gauge.ends(), Vec::<u64>::new(), "no false end");
}

async fn nothing_is_asked_of_an_argument_stream_behind_its_end(flow: FlowPair) {
    // Such a stream need not be fused: it would panic.
    let mut left = 3_u64;
    let strict = stream::poll_fn(move |_| {
        left = left.checked_sub(1).expect("asked behind the end");
        std::task::Poll::Ready((left > 0).then_some(left))
    });
    assert_eq!(flow.client.sum(strict).await.unwrap(), 3);
    let mut ended = false;
    let strict = stream::poll_fn(move |_| {
        assert!(!std::mem::replace(&mut ended, true), "asked behind the error");
        std::task::Poll::Ready(Some(Err(crate::support::FlowError::Broken(0))))
    });
    assert!(flow.client.total(strict).await.is_err());
    flow.is_sound().await;
}
