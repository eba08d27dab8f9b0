use super::load::{self, Counter};
use super::{Bench, Figure, Metric};
use crate::peers::{Client, Peer};

pub(super) async fn run<P: Peer>(bench: Bench, connections: usize, callers: usize) -> Vec<Figure> {
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(P::connect(bench.address.clone()).await);
    }
    let calls = load::rate::<P, _>(bench.slice, connections * callers, |counter| {
        call(clients[counter.caller() % connections].clone(), counter)
    });
    vec![Figure { metric: Metric::Calls, value: calls.await }]
}

/// No two calls that are in flight at a time have the same answer.
async fn call(client: impl Client, counter: Counter) {
    let mut calls = 0;
    while !counter.is_over() {
        let (a, b) = ((counter.caller() as i64) << 40, calls);
        assert_eq!(client.add(a, b).await, a + b, "the sum of {a} and {b}");
        counter.add_one();
        calls += 1;
    }
}
