use std::time::Instant;

use super::{Bench, Figure, Metric};
use crate::peers::{Client, Peer};

/// Each leaves a port behind that is not free for a minute.
const MOST: usize = 500;
const WARM_UP: usize = 5;

/// From no connection to the first reply.
pub(super) async fn run<P: Peer>(bench: Bench) -> Vec<Figure> {
    let mut times = Vec::new();
    let begun = Instant::now();
    while times.len() < MOST && begun.elapsed() < bench.slice.warm_up + bench.slice.measured {
        let start = Instant::now();
        let client = P::connect(bench.address.clone()).await;
        assert_eq!(client.add(20, 22).await, 42, "the first sum");
        times.push(start.elapsed());
    }
    let mut times = times.split_off(WARM_UP.min(times.len() - 1));
    times.sort();
    vec![Figure { metric: Metric::P50, value: times[times.len() / 2].as_secs_f64() * 1e6 }]
}
