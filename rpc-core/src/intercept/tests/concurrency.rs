use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, yield_now};

use super::{Chain, request};
use crate::intercept::{ConcurrencyLimit, Response};
use crate::{Code, Executed, RpcError};

/// Handlers that run until they are let go, and how many there are.
#[derive(Clone)]
struct Gate {
    chain: Chain,
    running: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    let_go: Arc<Semaphore>,
}

impl Gate {
    fn behind(limit: &ConcurrencyLimit) -> Self {
        let chain = Chain::of(limit.clone());
        let let_go = Arc::new(Semaphore::new(0));
        Self { chain, running: Arc::default(), most: Arc::default(), let_go }
    }

    async fn call(self, timeout: Option<Duration>) -> Result<Response, RpcError> {
        let mut request = request();
        if let Some(timeout) = timeout {
            request.parts.limit_time(timeout);
        }
        let Self { chain, running, most, let_go } = self;
        let handler = move |_| async move {
            let now = running.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
            let_go.acquire().await.unwrap().forget();
            running.fetch_sub(1, Ordering::SeqCst);
            Ok(Response::value(""))
        };
        chain.call(request, handler).await
    }

    fn running(&self) -> usize {
        self.running.load(Ordering::SeqCst)
    }
}

async fn settle() {
    for _ in 0..100 {
        yield_now().await;
    }
}

#[tokio::test]
async fn a_burst_runs_as_many_at_a_time_as_it_may_and_loses_none() {
    let gate = Gate::behind(&ConcurrencyLimit::new(3));
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        calls.spawn(gate.clone().call(None));
    }
    settle().await;
    assert_eq!(gate.running(), 3);
    gate.let_go.add_permits(100);
    while let Some(ended) = calls.join_next().await {
        ended.unwrap().unwrap();
    }
    assert_eq!((gate.running(), gate.most.load(Ordering::SeqCst)), (0, 3));
}

#[tokio::test]
async fn those_beyond_the_queue_are_refused_at_once() {
    let gate = Gate::behind(&ConcurrencyLimit::new(1).max_waiting(2));
    let mut calls = JoinSet::new();
    for _ in 0..3 {
        calls.spawn(gate.clone().call(None));
    }
    settle().await;
    let error = gate.clone().call(None).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    assert!(error.is_retryable() && error.message().contains("Work.add"), "{error}");
    gate.let_go.add_permits(3);
    while let Some(ended) = calls.join_next().await {
        ended.unwrap().unwrap();
    }
    gate.let_go.add_permits(1);
    gate.clone().call(None).await.unwrap();
}

#[tokio::test]
async fn with_a_queue_of_nothing_and_a_limit_of_nothing_nobody_waits() {
    let gate = Gate::behind(&ConcurrencyLimit::new(1).max_waiting(0));
    let first = tokio::spawn(gate.clone().call(None));
    settle().await;
    assert_eq!(gate.clone().call(None).await.unwrap_err().code(), Code::ResourceExhausted);
    gate.let_go.add_permits(1);
    first.await.unwrap().unwrap();
    let closed = Gate::behind(&ConcurrencyLimit::new(0));
    let error = closed.call(None).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
}

#[tokio::test]
async fn turns_come_in_the_order_of_arrival() {
    let chain = Chain::of(ConcurrencyLimit::new(1));
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let gate = Arc::new(Semaphore::new(0));
    let mut calls = JoinSet::new();
    for number in 0..20 {
        let (chain, order, gate) = (chain.clone(), Arc::clone(&order), Arc::clone(&gate));
        calls.spawn(async move {
            let handler = move |_| async move {
                let _permit = gate.acquire().await.unwrap();
                order.lock().unwrap().push(number);
                Ok(Response::value(""))
            };
            chain.call(request(), handler).await
        });
        settle().await;
    }
    gate.add_permits(1);
    while let Some(ended) = calls.join_next().await {
        ended.unwrap().unwrap();
    }
    assert_eq!(*order.lock().unwrap(), (0..20).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_at_the_deadline() {
    let gate = Gate::behind(&ConcurrencyLimit::new(1));
    let first = tokio::spawn(gate.clone().call(None));
    settle().await;
    let before = tokio::time::Instant::now();
    let error = gate.clone().call(Some(Duration::from_millis(50))).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
    let waited = before.elapsed();
    assert!((50..60).contains(&waited.as_millis()), "{waited:?}");
    gate.let_go.add_permits(2);
    first.await.unwrap().unwrap();
    gate.call(Some(Duration::from_millis(50))).await.unwrap();
}

#[tokio::test]
async fn whoever_stops_waiting_or_running_leaves_no_permit_behind() {
    let limit = ConcurrencyLimit::new(2).max_waiting(5);
    let gate = Gate::behind(&limit);
    for cancelled_first in [0, 3, 6] {
        let mut calls: Vec<_> = (0..7).map(|_| tokio::spawn(gate.clone().call(None))).collect();
        settle().await;
        assert_eq!(gate.running(), 2);
        // In every order: those that run, those that wait, and those between.
        calls.rotate_left(cancelled_first);
        for call in calls {
            call.abort();
            assert!(call.await.unwrap_err().is_cancelled());
            settle().await;
        }
        gate.running.store(0, Ordering::SeqCst);
        let text = format!("{limit:?}");
        assert!(text.contains("free: 2, waiting: 0"), "{text}");
    }
    gate.let_go.add_permits(1);
    gate.call(None).await.unwrap();
}

#[tokio::test]
async fn copies_are_one_limit() {
    let limit = ConcurrencyLimit::new(1).max_waiting(0);
    let one = Gate::behind(&limit);
    let other = Gate::behind(&limit);
    let first = tokio::spawn(one.clone().call(None));
    settle().await;
    assert_eq!(other.clone().call(None).await.unwrap_err().code(), Code::ResourceExhausted);
    one.let_go.add_permits(1);
    first.await.unwrap().unwrap();
    other.let_go.add_permits(1);
    other.call(None).await.unwrap();
}

/// A client may be polled outside of any runtime.
#[test]
fn waiting_needs_no_runtime() {
    let chain = Chain::of(ConcurrencyLimit::new(1));
    let mut request = request();
    request.parts.limit_time(Duration::from_secs(60));
    let first = chain.call(super::request(), |_| std::future::pending());
    let mut first = Box::pin(first);
    assert!((&mut first).now_or_never().is_none());
    let mut second = Box::pin(chain.echo(request));
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    second.now_or_never().unwrap().unwrap();
}
