use std::time::{Duration, Instant};

use super::{Bench, Figure, Metric};
use crate::peers::{Client, Peer};

pub(super) async fn run<P: Peer>(bench: Bench) -> Vec<Figure> {
    let client = P::connect(bench.address).await;
    call(&client, bench.slice.warm_up).await;
    let mut times = call(&client, bench.slice.measured).await;
    let took: Duration = times.iter().sum();
    times.sort();
    let calls = times.len();
    let within = |thousandths: usize| times[calls * thousandths / 1_000].as_secs_f64() * 1e6;
    vec![
        Figure { metric: Metric::Calls, value: calls as f64 / took.as_secs_f64() },
        Figure { metric: Metric::P50, value: within(500) },
        Figure { metric: Metric::P99, value: within(990) },
        Figure { metric: Metric::P999, value: within(999) },
    ]
}

/// How long each call took.
async fn call(client: &impl Client, slice: Duration) -> Vec<Duration> {
    let mut times = Vec::new();
    let begun = Instant::now();
    let mut start = begun;
    while start - begun < slice {
        let (a, b) = (times.len() as i64, 1 << 40);
        assert_eq!(client.add(a, b).await, a + b, "the sum of {a} and {b}");
        let end = Instant::now();
        times.push(end - start);
        start = end;
    }
    times
}
