use std::time::Instant;

use super::{Bench, Figure, Metric};
use crate::peers::{Client, Peer};

const MOST: u64 = 1_000_000;
const LEAST: u64 = 10_000;

/// A million numbers, as often as they fit into the time; of a peer that takes longer for them, as many as fit.
pub(super) async fn run<P: Peer>(bench: Bench) -> Vec<Figure> {
    let client = P::connect(bench.address).await;
    let begun = Instant::now();
    count(&client, LEAST).await;
    let fit = LEAST as f64 * bench.slice.measured.as_secs_f64() / begun.elapsed().as_secs_f64();
    let numbers = (fit as u64).clamp(LEAST, MOST);
    let mut items = 0;
    let start = Instant::now();
    while start.elapsed() < bench.slice.measured {
        count(&client, numbers).await;
        items += numbers;
    }
    vec![Figure { metric: Metric::Items, value: items as f64 / start.elapsed().as_secs_f64() }]
}

async fn count(client: &impl Client, numbers: u64) {
    assert_eq!(client.count(numbers).await, numbers * (numbers - 1) / 2, "the sum of {numbers} numbers");
}
