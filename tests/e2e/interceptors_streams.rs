//! Interceptors around calls with streams.

use std::sync::{Arc, Mutex};

use farcall::intercept::{ConcurrencyLimit, Interceptor, Next, Outcome, Request, Response, Timing};
use farcall::{CallError, CallOptions, Code, Executed, ReplyMetadata, RpcError};
use futures::{StreamExt, stream};

use crate::support::{Place, ProbeError, drain, pass, places, whole, within};

places! {
    all_shapes_pass_through;
    the_client_sees_the_opening_and_the_server_the_end;
    a_stream_is_not_answered_with_a_value;
    a_refused_stream_did_not_run;
    errors_of_items_are_answers_at_the_server;
    metadata_goes_with_the_opening;
    a_limit_holds_a_place_until_the_stream_has_ended;
    arguments_of_a_refused_call_are_not_waited_for;
}

async fn all_shapes_pass_through(place: Place) {
    let probing = place.probing(pass, pass).await;
    let client = probing.client.with_interceptor(pass);
    assert_eq!(whole(client.numbers(1_000)).await, (0..1_000).collect::<Vec<_>>());
    assert_eq!(client.sum(stream::iter(0..1_000)).await.unwrap(), 499_500);
    let doubled = whole(client.double(stream::iter(1..1_000))).await;
    assert_eq!(doubled, (1..1_000).map(|number| 2 * number).collect::<Vec<_>>());
}

type Notes = Arc<Mutex<Vec<&'static str>>>;

fn note(name: &'static str, notes: &Notes) -> impl Interceptor {
    let notes = Arc::clone(notes);
    move |request: Request, next: Next| {
        let notes = Arc::clone(&notes);
        async move {
            let response = next.run(request).await?;
            assert!(response.is_stream() && !response.is_app_error() && response.body.is_empty());
            notes.lock().unwrap().push(name);
            Ok(response)
        }
    }
}

async fn the_client_sees_the_opening_and_the_server_the_end(place: Place) {
    let notes = Notes::default();
    let probing = place.probing(note("ended", &notes), note("opened", &notes)).await;
    let mut numbers = probing.client.endless();
    assert_eq!(numbers.next().await.unwrap().unwrap(), 1);
    assert_eq!(*notes.lock().unwrap(), ["opened"]);
    drop(numbers);
    probing.prober.running(0).await;
    assert_eq!(*notes.lock().unwrap(), ["opened"], "it did not end, it was dropped");
    notes.lock().unwrap().clear();
    assert_eq!(whole(probing.client.numbers(3)).await, [0, 1, 2]);
    let mut seen = notes.lock().unwrap().clone();
    // In one process the end may be there before anybody looks for the opening.
    seen.sort_unstable();
    assert_eq!(seen, ["ended", "opened"]);
}

async fn a_stream_is_not_answered_with_a_value(place: Place) {
    async fn value(request: Request, _: Next) -> Result<Response, RpcError> {
        request.parts.answer(&7_u64)
    }
    for probing in [place.at_server(value).await, place.at_client(value).await] {
        let (items, error) = drain(probing.client.numbers(3)).await;
        assert_eq!(items, Vec::<u64>::new());
        let error = error.unwrap();
        assert!(error.message().contains("Probe.numbers"), "{error}");
        assert_eq!(probing.prober.calls(), 0);
        let (items, error) = drain(probing.client.double(stream::iter(1..3))).await;
        assert!(items.is_empty() && matches!(error, Some(CallError::Rpc(_))), "{error:?}");
    }
    // After the handler's stream has ended, in place of its end.
    async fn late(request: Request, next: Next) -> Result<Response, RpcError> {
        let value = request.parts.answer(&7_u64)?;
        next.run(request).await?;
        Ok(value)
    }
    let probing = place.at_server(late).await;
    let (items, error) = drain(probing.client.numbers(3)).await;
    assert_eq!((items, error.unwrap().code()), (vec![0, 1, 2], Code::Internal));
    let probing = place.at_client(late).await;
    assert!(drain(probing.client.numbers(3)).await.1.is_some());
}

async fn a_refused_stream_did_not_run(place: Place) {
    async fn refuse(_: Request, _: Next) -> Result<Response, RpcError> {
        Err(RpcError::new(Code::PermissionDenied, "not for you"))
    }
    for probing in [place.at_server(refuse).await, place.at_client(refuse).await] {
        let (items, error) = drain(probing.client.numbers(3)).await;
        let error = error.unwrap();
        assert_eq!((items.len(), error.code(), error.executed()), (0, Code::PermissionDenied, Executed::No));
        let error = probing.client.sum(stream::iter(0..3)).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, Executed::No));
        assert_eq!(probing.prober.calls(), 0);
    }
}

async fn errors_of_items_are_answers_at_the_server(place: Place) {
    let outcomes = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&outcomes);
    let timing = Timing::new(move |_, _, outcome| told.lock().unwrap().push(outcome));
    let probing = place.at_server(timing).await;
    let (items, error) = drain(probing.client.double(stream::iter([3, 2, 0, 1]))).await;
    assert_eq!((items, error), (vec![6, 4], Some(CallError::App(ProbeError::DivideByZero))));
    assert_eq!(*outcomes.lock().unwrap(), [Outcome::AppError]);
}

async fn metadata_goes_with_the_opening(place: Place) {
    let tag = |request: Request, next: Next| async {
        farcall::Context::current().set_reply_metadata("served-by", "b2");
        let mut response = next.run(request).await?;
        response.metadata.push("too", "late");
        Ok(response)
    };
    let more = |request: Request, next: Next| async {
        let mut response = next.run(request).await?;
        response.metadata.push("seen-by", "client");
        Ok(response)
    };
    let probing = place.probing(tag, more).await;
    let reply = ReplyMetadata::new();
    let client = probing.client.with(CallOptions::new().with_reply_metadata(&reply));
    assert_eq!(whole(client.numbers(3)).await, [0, 1, 2]);
    let came = reply.get().unwrap();
    assert_eq!((came.text("served-by"), came.text("seen-by")), (Some("b2"), Some("client")));
    assert_eq!(came.text("too"), None);
}

async fn a_limit_holds_a_place_until_the_stream_has_ended(place: Place) {
    let probing = place.at_server(ConcurrencyLimit::new(1).max_waiting(0)).await;
    let mut numbers = probing.client.endless();
    assert_eq!(numbers.next().await.unwrap().unwrap(), 1);
    let error = probing.client.add(1, 2).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    drop(numbers);
    probing.prober.running(0).await;
    // The handler is gone a moment before its place is.
    while let Err(error) = probing.client.add(1, 2).await {
        assert_eq!(error.code(), Code::ResourceExhausted);
        tokio::task::yield_now().await;
    }
}

async fn arguments_of_a_refused_call_are_not_waited_for(place: Place) {
    async fn refuse(_: Request, _: Next) -> Result<Response, RpcError> {
        Err(RpcError::new(Code::PermissionDenied, "not for you"))
    }
    let probing = place.at_server(refuse).await;
    let endless = stream::repeat(1_u64);
    let error = within(probing.client.sum(endless)).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, Executed::No));
    let silent = stream::pending::<u64>();
    let error = within(probing.client.sum(silent)).await.unwrap_err();
    assert_eq!(error.code(), Code::PermissionDenied);
}
