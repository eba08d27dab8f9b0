//! Layers of tower around clients and servers, and a client as a service of tower.

use std::time::Duration;

use farcall::intercept::{Request, TowerLayer};
use farcall::{Channel, Client, Code, Executed, RpcError};
use futures::{StreamExt, stream};
use tokio::task::JoinSet;
use tower::limit::ConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower::timeout::TimeoutLayer;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

use crate::support::{Place, ProbeError, ProbeRequest, Probing, pass, places, whole};

places! {
    towers_concurrency_limit_holds_on_either_side;
    towers_timeout_ends_calls_on_either_side;
    towers_load_shedding_refuses;
    streams_pass_through_layers;
    a_client_is_a_service;
    a_client_behind_layers;
    a_client_as_a_service_takes_no_streams;
}

const LONG: Duration = Duration::from_secs(3_600);

fn limits() -> TowerLayer<
    impl Service<Request, Response = farcall::intercept::Response, Error = BoxError, Future: Send>
    + Clone
    + Send
    + 'static,
> {
    TowerLayer::new(ServiceBuilder::new().layer(TimeoutLayer::new(LONG)).layer(ConcurrencyLimitLayer::new(3)))
}

async fn burst(probing: &Probing) {
    let mut calls = JoinSet::new();
    for _ in 0..30 {
        let client = probing.client.clone();
        calls.spawn(async move { client.hold().await });
    }
    probing.prober.running(3).await;
    probing.prober.open_gate();
    while let Some(ended) = calls.join_next().await {
        assert_eq!(ended.unwrap().unwrap(), 7);
    }
    assert_eq!((probing.prober.most(), probing.prober.calls()), (3, 30));
}

async fn towers_concurrency_limit_holds_on_either_side(place: Place) {
    burst(&place.at_server(limits()).await).await;
    burst(&place.at_client(limits()).await).await;
}

async fn towers_timeout_ends_calls_on_either_side(place: Place) {
    let timeout = || TowerLayer::new(TimeoutLayer::new(Duration::from_millis(30)));
    let probing = place.at_server(timeout()).await;
    let error = probing.client.stay().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Yes));
    probing.prober.running(0).await;
    let probing = place.at_client(timeout()).await;
    let error = probing.client.stay().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    probing.prober.running(0).await;
}

async fn towers_load_shedding_refuses(place: Place) {
    let shed = || {
        let layers = ServiceBuilder::new().layer(LoadShedLayer::new()).layer(ConcurrencyLimitLayer::new(1));
        TowerLayer::new(layers)
    };
    for probing in [place.at_server(shed()).await, place.at_client(shed()).await] {
        let client = probing.client.clone();
        let first = tokio::spawn(async move { client.hold().await });
        probing.prober.running(1).await;
        let error = probing.client.add(1, 2).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
        probing.prober.open_gate();
        first.await.unwrap().unwrap();
        assert_eq!(probing.prober.calls(), 1);
    }
}

async fn streams_pass_through_layers(place: Place) {
    let probing = place.probing(limits(), limits()).await;
    assert_eq!(whole(probing.client.numbers(100)).await, (0..100).collect::<Vec<_>>());
    assert_eq!(probing.client.sum(stream::iter(0..100)).await.unwrap(), 4_950);
    let doubled = probing.client.double(stream::iter(1..4)).map(Result::unwrap).collect::<Vec<_>>().await;
    assert_eq!(doubled, [2, 4, 6]);
}

fn add(a: i64, b: i64) -> Request {
    Request::new(&ProbeRequest::Add { a, b }).unwrap()
}

async fn a_client_is_a_service(place: Place) {
    let probing = place.probing(pass, pass).await;
    let mut channel: Channel = probing.client.channel().clone();
    let response = channel.ready().await.unwrap().call(add(1, 2)).await.unwrap();
    assert_eq!(response.decode::<i64>().unwrap(), 3);
    let divide = Request::new(&ProbeRequest::Divide { a: 1, b: 0 }).unwrap();
    let response = channel.call(divide).await.unwrap();
    assert!(response.is_app_error());
    assert_eq!(response.decode::<ProbeError>().unwrap(), ProbeError::DivideByZero);
    let fail = Request::new(&ProbeRequest::Fail {}).unwrap();
    let error: RpcError = channel.call(fail).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::NotFound, Executed::Yes));
    // Its options, and what the request says, both hold.
    let mut channel = probing.client.with_metadata("tenant", "blue").channel().clone();
    let mut sight = Request::new(&ProbeRequest::Sight {}).unwrap();
    sight.parts.metadata.push("tenant", "red");
    sight.parts.limit_time(Duration::from_secs(3));
    let seen: crate::support::Sight = channel.call(sight).await.unwrap().decode().unwrap();
    assert_eq!(seen.tenants, ["blue", "red"]);
    assert!(seen.remaining.unwrap() <= 3_000);
}

async fn a_client_behind_layers(place: Place) {
    let probing = place.probing(pass, pass).await;
    let service = ServiceBuilder::new()
        .concurrency_limit(3)
        .timeout(Duration::from_millis(200))
        .service(probing.client.channel().clone());
    let mut calls = JoinSet::new();
    for number in 0..20 {
        calls.spawn(service.clone().oneshot(add(number, 1)));
    }
    let mut sums = Vec::new();
    while let Some(ended) = calls.join_next().await {
        // A machine that stalls may be late; then it is the layer that says so.
        match ended.unwrap() {
            Ok(response) => sums.push(response.decode::<i64>().unwrap()),
            Err(error) => assert!(error.is::<tower::timeout::error::Elapsed>(), "{error}"),
        }
    }
    sums.sort_unstable();
    assert!(sums.iter().all(|sum| (1..=20).contains(sum)));
    let stay = Request::new(&ProbeRequest::Stay {}).unwrap();
    let error = service.oneshot(stay).await.unwrap_err();
    assert!(error.is::<tower::timeout::error::Elapsed>(), "{error}");
    probing.prober.running(0).await;
}

async fn a_client_as_a_service_takes_no_streams(place: Place) {
    let probing = place.probing(pass, pass).await;
    let numbers = Request::new(&ProbeRequest::Numbers { count: 3 }).unwrap();
    let error = probing.client.channel().clone().call(numbers).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No));
    assert_eq!(probing.prober.calls(), 0);
}
