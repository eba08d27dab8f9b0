use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{ADD, Chain, request};
use crate::intercept::{Outcome, Response, Timing};
use crate::{Code, RpcError};

type Told = Arc<Mutex<Vec<(Duration, Outcome)>>>;

const SECOND: Duration = Duration::from_secs(1);

fn timing() -> (Chain, Told) {
    let told = Told::default();
    let notes = Arc::clone(&told);
    let chain = Chain::of(Timing::new(move |method, took, outcome| {
        assert!(std::ptr::eq(method, &ADD));
        notes.lock().unwrap().push((took, outcome));
    }));
    (chain, told)
}

#[tokio::test(start_paused = true)]
async fn every_end_is_told_with_its_time() {
    let (chain, told) = timing();
    let after = |result: Result<Response, RpcError>| {
        move |_| async move {
            tokio::time::sleep(SECOND).await;
            result
        }
    };
    let mut wanted = Vec::new();
    for (result, outcome) in [
        (Ok(Response::value("")), Outcome::Ok),
        (Ok(Response::app_error("")), Outcome::AppError),
        (Err(RpcError::new(Code::NotFound, "")), Outcome::Failed(Code::NotFound)),
    ] {
        let _result = chain.call(request(), after(result)).await;
        wanted.push((SECOND, outcome));
        assert_eq!(*told.lock().unwrap(), wanted);
    }
    assert_eq!(Outcome::Failed(Code::NotFound).to_string(), "not found");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_told_with_the_reason() {
    let (chain, told) = timing();
    for (timeout, outcome) in
        [(2 * SECOND, Outcome::Failed(Code::Cancelled)), (SECOND, Outcome::Failed(Code::DeadlineExceeded))]
    {
        let mut request = request();
        request.parts.limit_time(timeout);
        let call = chain.call(request, |_| std::future::pending());
        assert!(tokio::time::timeout(SECOND, call).await.is_err());
        let (took, seen) = told.lock().unwrap().pop().unwrap();
        assert_eq!(seen, outcome);
        assert!((SECOND..SECOND + Duration::from_millis(5)).contains(&took), "{took:?}");
    }
    assert!(told.lock().unwrap().is_empty());
}
