//! Interceptors at clients and at servers, around calls without streams.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use farcall::intercept::{Interceptor, Next, Request, Response};
use farcall::{
    CallError, CallOptions, Client, Code, Context, Executed, Identity, ReplyMetadata, RpcError, Service,
};

use crate::support::{
    Net, Place, ProbeClient, ProbeError, ProbeRequest, ProbeServer, Prober, over, pass, places, within,
};

over! {[mem tcp unix] {
    first_added_is_outermost;
}}

places! {
    an_answer_in_place_of_the_handlers;
    a_refusal_did_not_run;
    a_failure_after_the_handler_did_run;
    metadata_goes_both_ways;
    a_deadline_can_be_moved_closer_and_no_further_away;
    time_that_a_server_gives_is_over;
    time_that_a_client_gives_is_over;
    arguments_are_seen_and_changed;
    arguments_that_are_spoilt_are_refused;
    errors_of_the_method_are_answers;
    errors_of_the_handler_come_through_as_they_are;
    the_identity_of_the_caller;
    a_panic_ends_one_call;
    an_answer_of_another_type_is_an_error;
    dropping_a_call_drops_its_interceptors;
    a_hook_behind_interceptors_refuses_what_did_not_run;
}

type Notes = Arc<Mutex<Vec<&'static str>>>;

fn note(name: &'static str, notes: &Notes) -> impl Interceptor {
    let notes = Arc::clone(notes);
    move |request: Request, next: Next| {
        let notes = Arc::clone(&notes);
        async move {
            notes.lock().unwrap().push(name);
            let result = next.run(request).await;
            notes.lock().unwrap().push(name);
            result
        }
    }
}

async fn first_added_is_outermost(net: Net) {
    let notes = Notes::default();
    let note = |name| note(name, &notes);
    let service = ProbeServer::new(Prober::default()).intercept(note("s3")).intercept(note("s4"));
    let server =
        net.server().intercept(note("s1")).service(service).intercept(note("s2")).start().await.unwrap();
    let channel =
        net.client(server.endpoints()).intercept(note("c1")).intercept(note("c2")).connect().await.unwrap();
    let client = ProbeClient::from_channel(channel);
    let copy = client.with_interceptor(note("c3"));
    assert_eq!(copy.add(1, 2).await.unwrap(), 3);
    let order = ["c1", "c2", "c3", "s1", "s2", "s3", "s4", "s4", "s3", "s2", "s1", "c3", "c2", "c1"];
    assert_eq!(*notes.lock().unwrap(), order);
    notes.lock().unwrap().clear();
    // A copy changes nothing at the client.
    assert_eq!(client.add(1, 2).await.unwrap(), 3);
    assert!(!notes.lock().unwrap().contains(&"c3"));
}

async fn an_answer_in_place_of_the_handlers(place: Place) {
    async fn seven(request: Request, _: Next) -> Result<Response, RpcError> {
        request.parts.answer(&7_i64)
    }
    for probing in [place.at_server(seven).await, place.at_client(seven).await] {
        assert_eq!(probing.client.add(1, 2).await.unwrap(), 7);
        assert_eq!(probing.prober.calls(), 0);
    }
}

async fn a_refusal_did_not_run(place: Place) {
    async fn refuse(request: Request, _: Next) -> Result<Response, RpcError> {
        let text = format!("`{}` is not for you", request.parts.method().name);
        // Whatever it says: nothing ran.
        Err(RpcError::new(Code::PermissionDenied, text).with_executed(Executed::Yes))
    }
    for probing in [place.at_server(refuse).await, place.at_client(refuse).await] {
        let error = probing.client.add(1, 2).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, Executed::No));
        assert_eq!(error.message(), "`add` is not for you");
        assert_eq!(probing.prober.calls(), 0);
    }
}

async fn a_failure_after_the_handler_did_run(place: Place) {
    async fn spoil(request: Request, next: Next) -> Result<Response, RpcError> {
        next.run(request).await?;
        Err(RpcError::new(Code::DataLoss, "the answer is not to be trusted").with_executed(Executed::No))
    }
    let probing = place.at_server(spoil).await;
    let error = probing.client.add(1, 2).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DataLoss, Executed::Yes));
    assert_eq!(probing.prober.calls(), 1);
}

async fn metadata_goes_both_ways(place: Place) {
    fn tag(tenant: &'static str) -> impl Interceptor {
        move |mut request: Request, next: Next| {
            request.parts.metadata.push("tenant", tenant);
            async move {
                let mut response = next.run(request).await?;
                response.metadata.push("served-by", tenant);
                Ok(response)
            }
        }
    }
    let probing = place.probing(tag("server"), tag("client")).await;
    let seen = probing.client.with_metadata("tenant", "caller").sight().await.unwrap();
    assert_eq!(seen.tenants, ["caller", "client", "server"]);
    let reply = ReplyMetadata::new();
    let client = probing.client.with(CallOptions::new().with_reply_metadata(&reply));
    assert_eq!(client.signed().await.unwrap(), 7);
    let came = reply.get().unwrap();
    let values: Vec<_> = came.values("served-by").map(|value| format!("{value:?}")).collect();
    assert_eq!(values, [r#"Text("handler")"#, r#"Text("server")"#, r#"Text("client")"#]);
    // A handler's context shows what is sent by way of the context of an interceptor, too.
    let by_context = |request: Request, next: Next| async {
        assert_eq!(Context::current().method().unwrap().name, "signed");
        let response = next.run(request).await;
        Context::current().set_reply_metadata("late", "yes");
        response
    };
    let probing = place.at_server(by_context).await;
    let client = probing.client.with(CallOptions::new().with_reply_metadata(&reply));
    assert_eq!(client.signed().await.unwrap(), 7);
    let came = reply.get().unwrap();
    assert_eq!((came.text("served-by"), came.text("late")), (Some("handler"), Some("yes")));
}

async fn a_deadline_can_be_moved_closer_and_no_further_away(place: Place) {
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let limit = move |time| {
        move |mut request: Request, next: Next| {
            request.parts.limit_time(time);
            async move { next.run(request).await }
        }
    };
    let remaining = async |probing: &crate::support::Probing| {
        let client = probing.client.with_timeout(minutes(30));
        Duration::from_millis(client.sight().await.unwrap().remaining.unwrap())
    };
    let probing = place.probing(limit(minutes(10)), limit(minutes(20))).await;
    assert!((minutes(9)..=minutes(10)).contains(&remaining(&probing).await));
    let probing = place.probing(pass, limit(minutes(20))).await;
    assert!((minutes(19)..=minutes(20)).contains(&remaining(&probing).await));
    let extend = |mut request: Request, next: Next| {
        request.parts.deadline = None;
        next.run(request)
    };
    let probing = place.probing(extend, extend).await;
    assert!((minutes(29)..=minutes(30)).contains(&remaining(&probing).await));
}

fn hurry(mut request: Request, next: Next) -> impl Future<Output = Result<Response, RpcError>> + Send {
    request.parts.limit_time(Duration::from_millis(30));
    next.run(request)
}

async fn time_that_a_server_gives_is_over(place: Place) {
    let probing = place.at_server(hurry).await;
    let error = probing.client.stay().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Yes));
    probing.prober.running(0).await;
    assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
}

async fn time_that_a_client_gives_is_over(place: Place) {
    let probing = place.at_client(hurry).await;
    let error = probing.client.stay().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    probing.prober.running(0).await;
    assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
}

async fn arguments_are_seen_and_changed(place: Place) {
    async fn double(mut request: Request, next: Next) -> Result<Response, RpcError> {
        let ProbeRequest::Add { a, b } = request.decode::<ProbeRequest<'_>>()? else {
            return next.run(request).await;
        };
        request.body = Request::new(&ProbeRequest::Add { a: 2 * a, b: 2 * b })?.body;
        let sum = next.run(request).await?.decode::<i64>()?;
        Ok(Response::value(vec![u8::try_from(sum).unwrap() * 2]))
    }
    for probing in [place.at_server(double).await, place.at_client(double).await] {
        // 2 × 1 + 2 × 2 = 6 is the byte 12 on the wire; twice that is 24, which is 12.
        assert_eq!(probing.client.add(1, 2).await.unwrap(), 6);
        assert_eq!(probing.client.divide(7, 2).await.unwrap(), 3);
    }
}

async fn arguments_that_are_spoilt_are_refused(place: Place) {
    async fn spoil(mut request: Request, next: Next) -> Result<Response, RpcError> {
        request.body = request.body.slice(1..);
        let result = next.run(request).await;
        assert_eq!(result.as_ref().unwrap_err().code(), Code::InvalidArgument);
        result
    }
    for probing in [place.probing(spoil, pass).await, place.probing(pass, spoil).await] {
        let error = probing.client.add(1, 2).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No));
        assert!(error.message().contains("arguments"), "{error}");
        assert_eq!(probing.prober.calls(), 0);
    }
}

async fn errors_of_the_method_are_answers(place: Place) {
    async fn forgive(request: Request, next: Next) -> Result<Response, RpcError> {
        let is_divide = request.parts.method().name == "divide";
        let nothing = is_divide.then(|| request.parts.answer(&0_i64)).transpose()?;
        let response = next.run(request).await?;
        match nothing {
            Some(nothing) if response.is_app_error() => {
                assert_eq!(response.decode::<ProbeError>()?, ProbeError::DivideByZero);
                Ok(nothing)
            }
            _ => Ok(response),
        }
    }
    async fn deny(request: Request, _: Next) -> Result<Response, RpcError> {
        request.parts.answer_app_error(&ProbeError::DivideByZero)
    }
    for probing in [place.at_server(forgive).await, place.at_client(forgive).await] {
        assert_eq!(probing.client.divide(1, 0).await.unwrap(), 0);
        assert_eq!(probing.client.divide(6, 2).await.unwrap(), 3);
    }
    for probing in [place.at_server(deny).await, place.at_client(deny).await] {
        assert_eq!(probing.client.divide(6, 2).await, Err(CallError::App(ProbeError::DivideByZero)));
    }
    let probing = place.probing(pass, pass).await;
    assert_eq!(probing.client.divide(1, 0).await, Err(CallError::App(ProbeError::DivideByZero)));
}

async fn errors_of_the_handler_come_through_as_they_are(place: Place) {
    let probing = place.probing(pass, pass).await;
    let error = probing.client.fail().await.unwrap_err();
    assert_eq!(error, RpcError::new(Code::NotFound, "no account 7").with_detail("id", vec![7]));
}

async fn the_identity_of_the_caller(place: Place) {
    async fn check_token(mut request: Request, next: Next) -> Result<Response, RpcError> {
        let user = match request.parts.metadata.text("token") {
            Some("secret of ann") => "ann",
            _ => return Err(RpcError::new(Code::Unauthenticated, "no valid token")),
        };
        request.parts.metadata.remove("token");
        request.parts.set_peer_identity(Identity::new("token", user));
        assert_eq!(request.parts.peer_identity().unwrap().name(), "ann");
        next.run(request).await
    }
    let probing = place.at_server(check_token).await;
    let error = probing.client.sight().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unauthenticated, Executed::No));
    let seen = probing.client.with_metadata("token", "secret of ann").sight().await.unwrap();
    assert_eq!(seen.identity.as_deref(), Some("token:ann"));
}

async fn a_panic_ends_one_call(place: Place) {
    async fn fragile(request: Request, next: Next) -> Result<Response, RpcError> {
        assert_ne!(request.parts.method().name, "stay", "the secret of the interceptor");
        next.run(request).await
    }
    let probing = place.at_server(fragile).await;
    let error = probing.client.stay().await.unwrap_err();
    assert_eq!(error.code(), Code::Internal);
    assert!(!error.message().contains("secret"), "{error}");
    assert_eq!(probing.client.add(1, 2).await.unwrap(), 3);
}

async fn an_answer_of_another_type_is_an_error(place: Place) {
    async fn confuse(request: Request, _: Next) -> Result<Response, RpcError> {
        request.parts.answer("a text that is no number")
    }
    for probing in [place.at_server(confuse).await, place.at_client(confuse).await] {
        assert_eq!(probing.client.add(1, 2).await.unwrap_err().code(), Code::DataLoss);
    }
}

async fn dropping_a_call_drops_its_interceptors(place: Place) {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel::<()>();
    let waits = move |request: Request, next: Next| {
        let held = tell.clone();
        async move {
            let _held = held;
            next.run(request).await
        }
    };
    let probing = place.probing(waits, pass).await;
    let client = probing.client.clone();
    let call = tokio::spawn(async move { client.stay().await });
    probing.prober.running(1).await;
    call.abort();
    probing.prober.running(0).await;
    drop(probing);
    // The last copies are gone with the service and the call.
    assert!(within(told.recv()).await.is_none());
}

async fn a_hook_behind_interceptors_refuses_what_did_not_run(place: Place) {
    let service = ProbeServer::new(Prober::default())
        .with_hook(|request: &ProbeRequest<'_>, context: &Context| match request {
            ProbeRequest::Add { a: 0, .. } => {
                assert_eq!(context.metadata().text("tenant"), Some("blue"));
                Err(RpcError::new(Code::OutOfRange, "nothing to add to"))
            }
            _ => Ok(()),
        })
        .intercept(|mut request: Request, next: Next| {
            request.parts.metadata.set("tenant", "blue");
            next.run(request)
        });
    let (client, _server) = place.client_of(service).await;
    let error = client.add(0, 1).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::OutOfRange, Executed::No));
    assert_eq!(error.message(), "nothing to add to");
    assert_eq!(client.add(1, 1).await.unwrap(), 2);
}
