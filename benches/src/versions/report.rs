use std::time::{Duration, Instant};

use farcall::{Client, RunningServer};
use tokio::task::JoinSet;

use super::services::{fifty_methods, later, one_method};
use crate::run::Threads;

const ROUNDS: usize = 9;
const CONNECTIONS: usize = 100;
const CALLERS: usize = 64;
const SLICE: Duration = Duration::from_millis(300);

/// Measures and prints. An error if a call fails.
pub fn run() -> Result<(), String> {
    // First, while nothing is known.
    let begun = Instant::now();
    let described =
        fifty_methods::OrdersClient::descriptor().methods.iter().filter(|it| it.signature().is_some());
    let (methods, probing) = (described.count(), begun.elapsed());
    println!("finding the types of {methods} methods, once in a process: {probing:.1?}\n");
    let done = Threads::Multi.runtime().block_on(async { tokio::spawn(report()).await });
    done.map_err(|error| format!("the report came to no end: {error}"))
}

async fn report() {
    let one_server = serve(one_method::OrdersServer::new(one_method::Store)).await;
    let fifty_server = serve(fifty_methods::OrdersServer::new(fifty_methods::Store)).await;
    let (one, fifty) = (one_server.endpoints().to_vec(), fifty_server.endpoints().to_vec());

    let (mut connects, mut calls) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let endpoints = one.clone();
        let few = connect(move || {
            let endpoints = endpoints.clone();
            async move { one_method::OrdersClient::connect(endpoints).await?.count(1, 3).await }
        });
        let endpoints = fifty.clone();
        let many = connect(move || {
            let endpoints = endpoints.clone();
            async move { fifty_methods::OrdersClient::connect(endpoints).await?.count(1, 3).await }
        });
        let (few, many) = (few.await, many.await);
        connects.push([few, many]);
        let client = one_method::OrdersClient::connect(one.clone()).await.unwrap();
        let equal = throughput(move || {
            let client = client.clone();
            async move { client.count(1, 3).await }
        });
        let equal = equal.await;
        let client = later::OrdersClient::connect(one.clone()).await.unwrap();
        let named = throughput(move || {
            let client = client.clone();
            async move { client.count(1, 3).await }
        });
        calls.push([named.await, equal]);
    }
    println!("connect and first call, one method: {:.1} µs", median(connects.iter().map(|pair| pair[0])));
    println!("connect and first call, {} methods: {:.1} µs", 50, median(connects.iter().map(|pair| pair[1])));
    println!("ratio within a round: {:.3}\n", median(connects.iter().map(|pair| pair[1] / pair[0])));
    println!(
        "{CALLERS} callers, different versions: {:.0} calls/s",
        median(calls.iter().map(|pair| pair[0]))
    );
    println!("{CALLERS} callers, equal versions: {:.0} calls/s", median(calls.iter().map(|pair| pair[1])));
    println!("ratio within a round: {:.3}", median(calls.iter().map(|pair| pair[1] / pair[0])));
}

async fn serve(service: impl farcall::Service) -> RunningServer {
    farcall::serve("tcp://127.0.0.1:0", service).await.unwrap()
}

/// The time from no connection to the first reply, in microseconds: the median of many.
async fn connect<F: Future<Output = farcall::Result<u64>> + Send>(call: impl Fn() -> F) -> f64 {
    let mut times = Vec::new();
    for _ in 0..CONNECTIONS {
        let begun = Instant::now();
        assert_eq!(call().await.unwrap(), 2);
        times.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    median(times)
}

/// Calls per second.
async fn throughput<F>(call: impl Fn() -> F + Clone + Send + 'static) -> f64
where
    F: Future<Output = farcall::Result<u64>> + Send,
{
    let begun = Instant::now();
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let call = call.clone();
        callers.spawn(async move {
            let mut calls = 0_u64;
            while begun.elapsed() < SLICE {
                assert_eq!(call().await.unwrap(), 2);
                calls += 1;
            }
            calls
        });
    }
    let calls: u64 = callers.join_all().await.into_iter().sum();
    calls as f64 / begun.elapsed().as_secs_f64()
}

fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
