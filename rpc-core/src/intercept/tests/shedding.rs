use std::time::Duration;

use tokio::task::JoinSet;

use super::{Chain, request};
use crate::intercept::{ConcurrencyLimit, LoadShed, RateLimit, Response, retry_after};
use crate::{Code, Executed, RpcError};

const MILLISECOND: Duration = Duration::from_millis(1);

/// A call whose handler takes so long.
async fn call(chain: Chain, took: Duration) -> Result<Response, RpcError> {
    let handler = move |_| async move {
        tokio::time::sleep(took).await;
        Ok(Response::value(""))
    };
    chain.call(request(), handler).await
}

/// Calls come in the given time apart, each takes 10 ms of one worker: how many were refused?
async fn refused_of(calls: u32, apart: Duration) -> u32 {
    let chain =
        Chain::of(ConcurrencyLimit::new(1).max_waiting(usize::MAX)).with(LoadShed::new(40 * MILLISECOND));
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        tasks.spawn(call(chain.clone(), 10 * MILLISECOND));
        tokio::time::sleep(apart).await;
    }
    let mut refused = 0;
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended.unwrap() {
            assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
            assert!(error.is_retryable() && error.message().contains("40ms"), "{error}");
            refused += 1;
        }
    }
    refused
}

#[tokio::test(start_paused = true)]
async fn what_can_be_done_is_done_and_the_excess_is_shed() {
    assert_eq!(refused_of(200, 12 * MILLISECOND).await, 0, "less than there is time for");
    let refused = refused_of(400, 5 * MILLISECOND).await;
    // Twice as much as there is time for: about half, after the time that it takes to see it.
    assert!((140..=200).contains(&refused), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn a_burst_after_which_nothing_comes_is_served() {
    assert_eq!(refused_of(10, Duration::ZERO).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_burst_above_the_rate_is_refused_with_the_time_to_come_again() {
    let chain = Chain::of(RateLimit::per_second(10).burst(5));
    let mut refused = Vec::new();
    for _ in 0..20 {
        if let Err(error) = chain.echo(request()).await {
            refused.push(error);
        }
    }
    assert_eq!(refused.len(), 15);
    let error = refused.pop().unwrap();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    assert!(error.is_retryable() && error.message().contains("Work.add"), "{error}");
    let wait = retry_after(&error).unwrap();
    assert_eq!(wait, 100 * MILLISECOND);
    tokio::time::sleep(wait - MILLISECOND).await;
    assert!(chain.echo(request()).await.is_err());
    tokio::time::sleep(MILLISECOND).await;
    chain.echo(request()).await.unwrap();
    let error = Chain::of(RateLimit::per_second(0)).echo(request()).await.unwrap_err();
    assert_eq!(retry_after(&error), None);
}
