//! Ten million `u64` in a stream, to the client and from it: items per second, and the heap of the process that has
//! both ends.
//!
//! `cargo run --release --manifest-path benches/Cargo.toml --bin streams`

#[path = "../report/spread.rs"]
mod spread;

use std::time::{Duration, Instant};

use farcall::{RunningServer, rpc_service};
use futures::{Stream, StreamExt, stream};
use peak_alloc::PeakAlloc;

use spread::Spread;

const ROUNDS: usize = 5;
const ITEMS: u64 = 10_000_000;
const SUM: u64 = ITEMS * (ITEMS - 1) / 2;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

#[rpc_service]
trait Flow {
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
}

struct Numbers;

impl Flow for Numbers {
    fn numbers(&self, count: u64) -> impl Stream<Item = u64> + Send {
        stream::iter(0..count)
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        numbers.fold(0, async |sum, number| sum + number).await
    }
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    // On a worker: every wake-up of the thread of `main` would cross threads.
    tokio::spawn(report()).await.expect("a report");
}

async fn start() -> (FlowClient, RunningServer) {
    let server = farcall::serve("tcp://127.0.0.1:0", FlowServer::new(Numbers)).await.expect("a free port");
    let client = FlowClient::connect(server.endpoints()).await.expect("a connection");
    (client, server)
}

async fn report() {
    let (client, _server) = start().await;
    let (mut down, mut up) = (Vec::new(), Vec::new());
    download(&client).await;
    upload(&client).await;
    for _ in 0..ROUNDS {
        down.push(watched(download(&client)).await);
        up.push(watched(upload(&client)).await);
    }
    println!("a stream of {ITEMS} u64: medians of {ROUNDS} rounds (least to most)");
    for (name, rounds) in [("to the client", down), ("from the client", up)] {
        let rates = rounds.iter().map(|(took, _)| ITEMS as f64 / took.as_secs_f64() / 1e6);
        let heaps = rounds.iter().map(|(_, heap)| *heap as f64 / 1_024.0);
        let [rate, heap] =
            [rates.collect(), heaps.collect()].map(|rounds| Spread::of(rounds).expect("at least one round"));
        println!("  {name:<16} {rate:.2} million items/s   heap at most {heap:.0} KiB more than before");
    }
}

/// How long it took, and how many bytes of heap were in use at most beside those before.
async fn watched(work: impl Future<Output = ()>) -> (Duration, usize) {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let start = Instant::now();
    work.await;
    (start.elapsed(), HEAP.peak_usage().saturating_sub(before))
}

async fn download(client: &FlowClient) {
    let mut numbers = client.numbers(ITEMS);
    let mut sum = 0;
    while let Some(number) = numbers.next().await {
        sum += number.expect("an item");
    }
    assert_eq!(sum, SUM);
}

async fn upload(client: &FlowClient) {
    assert_eq!(client.sum(stream::iter(0..ITEMS)).await, Ok(SUM));
}
