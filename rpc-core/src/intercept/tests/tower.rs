use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use ::tower::limit::{ConcurrencyLimitLayer, GlobalConcurrencyLimitLayer};
use ::tower::load_shed::LoadShedLayer;
use ::tower::timeout::TimeoutLayer;
use ::tower::{Service, ServiceBuilder};
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, yield_now};

use super::{Chain, request};
use crate::intercept::{Request, Response, TowerLayer};
use crate::{Code, Executed, RpcError};

const SECOND: Duration = Duration::from_secs(1);

/// A call whose handler waits for `gate`.
async fn call(chain: Chain, gate: Arc<Semaphore>) -> Result<Response, RpcError> {
    let handler = move |request: Request| async move {
        gate.acquire().await.unwrap().forget();
        Ok(Response::value(request.body))
    };
    chain.call(request(), handler).await
}

async fn settle() {
    for _ in 0..100 {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn towers_timeout_ends_a_call() {
    let chain = Chain::of(TowerLayer::new(TimeoutLayer::new(SECOND)));
    assert_eq!(&chain.echo(request()).await.unwrap().body[..], b"arguments");
    let before = tokio::time::Instant::now();
    let error = call(chain, Arc::new(Semaphore::new(0))).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    assert!(before.elapsed() < 2 * SECOND);
}

#[tokio::test]
async fn towers_concurrency_limit_is_one_for_all_calls() {
    let chain = Chain::of(TowerLayer::new(ConcurrencyLimitLayer::new(2)));
    let gate = Arc::new(Semaphore::new(0));
    let inside = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        let (chain, gate, inside) = (chain.clone(), Arc::clone(&gate), Arc::clone(&inside));
        calls.spawn(async move {
            let handler = move |_| async move {
                inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                gate.acquire().await.unwrap().forget();
                Ok(Response::value(""))
            };
            chain.call(request(), handler).await
        });
    }
    settle().await;
    assert_eq!(inside.load(std::sync::atomic::Ordering::SeqCst), 2);
    gate.add_permits(10);
    while let Some(ended) = calls.join_next().await {
        ended.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_call_that_stops_waiting_leaves_no_permit_behind() {
    let permits = Arc::new(Semaphore::new(1));
    let layer = GlobalConcurrencyLimitLayer::with_semaphore(Arc::clone(&permits));
    let chain = Chain::of(TowerLayer::new(layer));
    let gate = Arc::new(Semaphore::new(0));
    let running = tokio::spawn(call(chain.clone(), Arc::clone(&gate)));
    settle().await;
    let waiting = tokio::spawn(call(chain.clone(), Arc::clone(&gate)));
    settle().await;
    waiting.abort();
    running.abort();
    assert!(waiting.await.is_err() && running.await.is_err());
    settle().await;
    assert_eq!(permits.available_permits(), 1);
    chain.echo(request()).await.unwrap();
}

#[tokio::test]
async fn several_layers_are_one_and_what_they_refuse_did_not_run() {
    let layers = ServiceBuilder::new()
        .layer(LoadShedLayer::new())
        .layer(ConcurrencyLimitLayer::new(1))
        .layer(TimeoutLayer::new(60 * SECOND));
    let chain = Chain::of(TowerLayer::new(layers));
    let gate = Arc::new(Semaphore::new(0));
    let first = tokio::spawn(call(chain.clone(), Arc::clone(&gate)));
    settle().await;
    let error = call(chain.clone(), Arc::clone(&gate)).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    gate.add_permits(1);
    first.await.unwrap().unwrap();
    chain.echo(request()).await.unwrap();
}

#[tokio::test]
async fn an_error_from_further_in_comes_out_as_it_was() {
    let chain = Chain::of(TowerLayer::new(TimeoutLayer::new(60 * SECOND)));
    let inner = RpcError::new(Code::NotFound, "no account 7").with_detail("id", vec![7]);
    let error = inner.clone();
    let seen = chain.call(request(), |_| async { Err(error) }).await.unwrap_err();
    assert_eq!(seen, inner);
}

/// A layer that calls what is further in with a request of its own.
#[derive(Clone)]
struct Forger<S>(S);

impl<S: Service<Request>> Service<Request> for Forger<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, _: Request) -> S::Future {
        self.0.call(request())
    }
}

#[tokio::test]
async fn a_request_that_a_layer_made_up_is_an_error() {
    let chain = Chain::of(TowerLayer::new(::tower::layer::layer_fn(Forger)));
    let error = chain.echo(request()).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::No));
    assert!(error.message().contains("Work.add"), "{error}");
}
