//! Small calls beside a result stream that nobody reads, on the same connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use farcall::{RunningServer, rpc_service};
use futures::future::pending;
use futures::{FutureExt, Stream, StreamExt, stream};

use super::latencies::{Latencies, Percentiles};
use crate::report::Spread;

const ROUNDS: usize = 101;
const CALLS: usize = 1_000;
/// Before those that are measured, so that what a stream sends before it stalls is sent.
const WARM_UP: usize = 200;
/// What calls beside a stalled stream may take at p99, compared with those without.
const GOAL: f64 = 2.0;

#[rpc_service]
trait Feed {
    async fn add(&self, a: i64, b: i64) -> i64;
    /// Never answers.
    async fn wait(&self);
    /// Endless.
    fn numbers(&self) -> impl Stream<Item = u64> + Send;
    /// Endless, and large.
    fn blocks(&self) -> impl Stream<Item = Bytes> + Send;
}

#[derive(Default)]
struct Producer {
    produced: AtomicU64,
}

impl Feed for Producer {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn wait(&self) {
        pending().await
    }
    fn numbers(&self) -> impl Stream<Item = u64> + Send {
        stream::iter(0..).inspect(|_| _ = self.produced.fetch_add(1, Ordering::Relaxed))
    }
    fn blocks(&self) -> impl Stream<Item = Bytes> + Send {
        let block = Bytes::from(vec![7; 16 << 10]);
        stream::repeat(block).inspect(|_| _ = self.produced.fetch_add(1, Ordering::Relaxed))
    }
}

struct Setup {
    client: FeedClient,
    producer: Arc<Producer>,
    _server: RunningServer,
}

async fn start() -> Setup {
    let producer = Arc::new(Producer::default());
    let service = FeedServer::from_arc(Arc::clone(&producer));
    let server = farcall::serve("tcp://127.0.0.1:0", service).await.expect("a free port");
    let client = FeedClient::connect(server.endpoints()).await.expect("a connection");
    Setup { client, producer, _server: server }
}

/// What the measured calls share their connection with. A call that waits tells what comes of not being alone from what
/// comes of a stream.
const BESIDE: [&str; 4] =
    ["nothing", "a call that waits", "a stalled stream of u64", "a stalled stream of 16 KiB"];

/// In the order of [`BESIDE`].
struct Round {
    calls: [Percentiles; BESIDE.len()],
    produced: [u64; BESIDE.len()],
}

/// Measures and prints.
pub async fn report() {
    let setup = start().await;
    round(&setup, 0).await;
    let mut rounds = Vec::new();
    for number in 0..ROUNDS {
        rounds.push(round(&setup, number).await);
    }
    let of = |figure: &dyn Fn(&Round) -> f64| {
        Spread::of(rounds.iter().map(figure).collect()).expect("at least one round")
    };
    println!("{CALLS} small calls on a connection: medians of {ROUNDS} rounds (least to most)");
    for (at, name) in BESIDE.iter().enumerate() {
        for (share, figure) in [
            ("p50", (|calls: &Percentiles| calls.p50) as fn(&Percentiles) -> f64),
            ("p99", |calls| calls.p99),
        ] {
            let times = of(&|round| figure(&round.calls[at]));
            let ratios = of(&|round| figure(&round.calls[at]) / figure(&round.calls[0]));
            println!("  beside {name:<26} {share}  {times} us   {ratios:.2} x alone");
        }
        if name.contains("stream") {
            println!("  beside {name:<26} {:.0} items produced", of(&|round| round.produced[at] as f64));
        }
    }
    println!("  goal: p99 beside a stalled stream at most {GOAL} x alone");
}

/// In another order each time: whatever the machine does meets all alike.
async fn round(setup: &Setup, number: usize) -> Round {
    let client = &setup.client;
    let mut round = Round { calls: Default::default(), produced: Default::default() };
    for turn in 0..BESIDE.len() {
        let at = (turn + number) % BESIDE.len();
        let before = setup.producer.produced.load(Ordering::Relaxed);
        round.calls[at] = match at {
            0 => calls(client).await,
            1 => {
                let mut waiting = Box::pin(client.wait());
                assert!((&mut waiting).now_or_never().is_none());
                calls(client).await
            }
            2 => {
                let mut numbers = client.numbers();
                assert_eq!(numbers.next().await.expect("an item"), Ok(0));
                calls(client).await
            }
            _ => {
                let mut blocks = client.blocks();
                assert_eq!(blocks.next().await.expect("an item").expect("a block").len(), 16 << 10);
                calls(client).await
            }
        };
        round.produced[at] = setup.producer.produced.load(Ordering::Relaxed) - before;
    }
    round
}

async fn calls(client: &FeedClient) -> Percentiles {
    let mut latencies = Latencies::default();
    for number in 0..WARM_UP + CALLS {
        let start = Instant::now();
        assert_eq!(client.add(20, 22).await.expect("an answer"), 42);
        if number >= WARM_UP {
            latencies.push(start.elapsed());
        }
    }
    latencies.percentiles()
}
