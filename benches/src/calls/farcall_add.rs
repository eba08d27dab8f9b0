use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use farcall::{RunningServer, rpc_service};

#[rpc_service]
pub trait Calculator {
    async fn add(&self, a: i64, b: i64) -> i64;
}

struct Adds;

impl Calculator for Adds {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
}

pub struct Pair {
    client: CalculatorClient,
    _server: RunningServer,
}

pub async fn start() -> Pair {
    let server = farcall::serve("tcp://127.0.0.1:0", CalculatorServer::new(Adds)).await.expect("a free port");
    let client = CalculatorClient::connect(server.endpoints()).await.expect("a connection");
    Pair { client, _server: server }
}

/// Calls per second with so many callers, each making one call after the other.
pub async fn rate(pair: &Pair, in_flight: usize, slice: Duration) -> f64 {
    let done = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let callers: Vec<_> = (0..in_flight)
        .map(|caller| {
            let (client, done) = (pair.client.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                let mut calls = 0;
                while calls % 16 != 0 || start.elapsed() < slice {
                    let (a, b) = (caller as i64, calls as i64);
                    assert_eq!(client.add(a, b).await.expect("an answer"), a + b);
                    calls += 1;
                }
                done.fetch_add(calls, Ordering::Relaxed);
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("a caller");
    }
    done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}
