use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{ADD, Chain, DIVIDE, request, request_of};
use crate::intercept::{Interceptor, Next, Request, Response};
use crate::{Code, Executed, RpcError, clock};

type Notes = Arc<Mutex<Vec<String>>>;

fn note(name: &'static str, notes: &Notes) -> impl Interceptor {
    let notes = Arc::clone(notes);
    move |request: Request, next: Next| {
        let notes = Arc::clone(&notes);
        async move {
            notes.lock().unwrap().push(format!("> {name}"));
            let result = next.run(request).await;
            notes.lock().unwrap().push(format!("< {name}"));
            result
        }
    }
}

#[tokio::test]
async fn the_first_one_is_the_outermost() {
    let notes = Notes::default();
    let chain =
        ["a", "b", "c"].into_iter().fold(Chain::default(), |chain, name| chain.with(note(name, &notes)));
    let response = chain.echo(request()).await.unwrap();
    assert_eq!(&response.body[..], b"arguments");
    assert_eq!(*notes.lock().unwrap(), ["> a", "> b", "> c", "< c", "< b", "< a"]);
}

#[tokio::test]
async fn without_interceptors_the_call_goes_straight_through() {
    let error = Chain::default().call(request(), |_| async { Err(RpcError::new(Code::Aborted, "")) }).await;
    assert_eq!(error.unwrap_err().executed(), Executed::Yes);
}

#[tokio::test]
async fn an_answer_without_next_ends_the_call_there() {
    async fn answer(request: Request, _: Next) -> Result<Response, RpcError> {
        request.parts.answer(&7_i64)
    }
    let notes = Notes::default();
    let chain = Chain::of(note("out", &notes)).with(answer).with(note("in", &notes));
    let response = chain.call(request(), |_| async { panic!("it went on") }).await.unwrap();
    assert_eq!(response.decode::<i64>().unwrap(), 7);
    assert_eq!(*notes.lock().unwrap(), ["> out", "< out"]);
    assert_eq!(response.decode::<String>().unwrap_err().code(), Code::DataLoss);
}

#[tokio::test]
async fn an_error_of_the_method_is_a_response() {
    let chain =
        Chain::of(
            |request: Request, _: Next| async move { request.parts.answer_app_error(&"no".to_owned()) },
        );
    let response = chain.echo(request()).await.unwrap();
    assert!(response.is_app_error() && !response.is_stream());
    assert_eq!(response.decode::<String>().unwrap(), "no");
}

#[tokio::test]
async fn who_does_not_run_the_rest_is_not_believed_that_it_ran() {
    let refuse = |_: Request, _: Next| async { Err(RpcError::new(Code::PermissionDenied, "")) };
    let notes = Notes::default();
    for chain in [Chain::of(refuse), Chain::of(note("out", &notes)).with(refuse)] {
        let error = chain.echo(request()).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::PermissionDenied, Executed::No));
    }
    let late = |request: Request, next: Next| async {
        next.run(request).await?;
        Err(RpcError::new(Code::PermissionDenied, ""))
    };
    assert_eq!(Chain::of(late).echo(request()).await.unwrap_err().executed(), Executed::Yes);
}

#[tokio::test]
async fn who_maps_an_error_does_not_change_whether_the_call_ran() {
    let says = |executed| {
        Chain::of(move |request: Request, next: Next| async move {
            let error = next.run(request).await.unwrap_err();
            Err(RpcError::new(Code::Aborted, error.message()).with_executed(executed))
        })
    };
    for (inner, outer, seen) in [
        (Executed::No, Executed::Yes, Executed::No),
        (Executed::Maybe, Executed::Yes, Executed::Maybe),
        (Executed::Maybe, Executed::No, Executed::Maybe),
        (Executed::Yes, Executed::Yes, Executed::Yes),
        (Executed::Yes, Executed::No, Executed::Yes),
        (Executed::Yes, Executed::Maybe, Executed::Yes),
    ] {
        let fail = move |_| async move { Err(RpcError::new(Code::Unavailable, "").with_executed(inner)) };
        let error = says(outer).call(request(), fail).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Aborted, seen), "{inner:?}, {outer:?}");
    }
}

#[tokio::test]
async fn everything_that_may_be_changed_is_changed_for_those_further_in() {
    let chain = Chain::of(|mut request: Request, next: Next| async {
        request.parts.metadata.push("tenant", "blue");
        request.body = request.body.slice(..4);
        let mut response = next.run(request).await?;
        response.metadata.push("served-by", "b2");
        response.body = [&response.body[..], b"!"].concat().into();
        Ok(response)
    });
    let response = chain
        .call(request(), |request| async move {
            assert_eq!(request.parts.metadata.text("tenant"), Some("blue"));
            Ok(Response::value(request.body))
        })
        .await
        .unwrap();
    assert_eq!(&response.body[..], b"argu!");
    assert_eq!(response.metadata.text("served-by"), Some("b2"));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_comes_closer_and_never_goes_away() {
    let second = Duration::from_secs(1);
    let given = clock::now() + 5 * second;
    for (wanted, seen) in [
        (Some(given - second), Some(given - second)),
        (Some(given + second), Some(given)),
        (None, Some(given)),
    ] {
        let chain = Chain::of(move |mut request: Request, next: Next| {
            request.parts.deadline = wanted;
            async { next.run(request).await }
        });
        let mut request = request();
        request.parts.deadline = Some(given);
        request.parts.tighten();
        let handler = move |request: Request| async move {
            assert_eq!(request.parts.deadline, seen);
            Ok(Response::value(request.body))
        };
        chain.call(request, handler).await.unwrap();
    }
    let mut request = request();
    request.parts.limit_time(2 * second);
    request.parts.limit_time(3 * second);
    assert_eq!(request.parts.remaining(), Some(2 * second));
}

#[tokio::test]
async fn a_request_of_another_call_is_not_passed_on() {
    let chain = Chain::of(|_: Request, next: Next| next.run(request_of(&DIVIDE)));
    let error = chain.echo(request()).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::No));
    assert!(error.message().contains("Work.add") && error.message().contains("Work.divide"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn dropping_the_rest_of_the_call_cancels_it() {
    let impatient = |request: Request, next: Next| async {
        tokio::time::timeout(Duration::from_secs(1), next.run(request))
            .await
            .unwrap_or_else(|_| Err(RpcError::new(Code::Unavailable, "too slow")))
    };
    let (held, dropped) = tokio::sync::oneshot::channel::<()>();
    let error = Chain::of(impatient)
        .call(request(), |_| async {
            let _held = held;
            std::future::pending().await
        })
        .await
        .unwrap_err();
    // Nobody knows how far it came.
    assert_eq!((error.message(), error.executed()), ("too slow", Executed::Maybe));
    assert!(dropped.await.is_err(), "nobody sent");
}

#[tokio::test]
async fn what_is_printed_tells_no_secrets() {
    let mut request = request();
    request.parts.metadata.push("token", "secret");
    request.body = b"password".as_slice().into();
    let mut response = Response::value("password");
    response.metadata.push("token", "secret");
    for text in [format!("{request:?}"), format!("{response:?}")] {
        assert!(text.contains("token") && !text.contains("secret") && !text.contains("password"), "{text}");
        assert!(text.contains("8 bytes"), "{text}");
    }
    assert!(format!("{request:?}").contains(&ADD.to_string()));
}

#[tokio::test]
async fn nothing_runs_before_the_rest_is_polled() {
    let chain = Chain::of(|request: Request, next: Next| async {
        drop(next.run(request));
        Err(RpcError::new(Code::Aborted, "changed its mind"))
    });
    let error = chain.call(request(), |_| async { panic!("it ran") }).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Aborted, Executed::No));
}
