//! Small calls while an argument of 64 MiB is on its way over the same connection.

use std::time::{Duration, Instant};

use bytes::Bytes;
use farcall::{Limits, RunningServer, Server, rpc_service};
use futures::FutureExt;
use tokio::sync::mpsc;

use super::latencies::{Latencies, Percentiles};
use crate::report::Spread;

const ROUNDS: usize = 11;
/// In each round.
const UPLOADS: usize = 8;
const SIZE: usize = 64 << 20;
/// Chunk times that a small call may take at p99.
const GOAL: f64 = 8.0;

#[rpc_service]
trait Store {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn put(&self, block: Bytes) -> u64;
}

/// Passes blocks on: to free one takes as long as many chunks, and the handler is polled where its connection is read.
struct Sink {
    arrived: mpsc::UnboundedSender<(Instant, Bytes)>,
}

impl Store for Sink {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn put(&self, block: Bytes) -> u64 {
        let length = block.len() as u64;
        self.arrived.send((Instant::now(), block)).expect("a report");
        length
    }
}

fn limits() -> Limits {
    let max_message = SIZE + 1_024;
    Limits {
        max_message,
        max_call_bytes: 2 * max_message,
        max_reply_bytes: max_message,
        max_buffered_bytes: max_message,
        ..Limits::default()
    }
}

/// One server and two connections to it.
struct Setup {
    busy: StoreClient,
    /// To tell what comes of sharing a connection from what comes of sharing a machine.
    other: StoreClient,
    arrived: mpsc::UnboundedReceiver<(Instant, Bytes)>,
    _server: RunningServer,
}

async fn start() -> Setup {
    let (sender, arrived) = mpsc::unbounded_channel();
    let service = StoreServer::new(Sink { arrived: sender });
    let builder = Server::builder().service(service).listen("tcp://127.0.0.1:0").limits(limits());
    let server = builder.start().await.expect("a free port");
    let client =
        || StoreClient::builder(server.endpoints()).limits(limits()).timeout(Duration::from_secs(60));
    let busy = client().connect().await.expect("a connection");
    let other = client().connect().await.expect("a connection");
    Setup { busy, other, arrived, _server: server }
}

/// The figures of one round, in microseconds.
struct Round {
    chunk: f64,
    idle: Percentiles,
    other: Percentiles,
    busy: Percentiles,
}

/// Measures and prints.
pub async fn report() {
    let mut setup = start().await;
    let block = Bytes::from(vec![7; SIZE]);
    round(&mut setup, &block).await;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(round(&mut setup, &block).await);
    }
    let of = |figure: &dyn Fn(&Round) -> f64| {
        Spread::of(rounds.iter().map(figure).collect()).expect("at least one round")
    };
    println!("small calls while {} MiB are uploaded: medians of {ROUNDS} rounds (least to most)", SIZE >> 20);
    println!("  one chunk of the upload takes {} us", of(&|round| round.chunk));
    for (name, calls) in [
        ("nothing uploaded", (|round: &Round| round.idle) as fn(&Round) -> Percentiles),
        ("upload on another connection", |round| round.other),
        ("upload on this connection", |round| round.busy),
    ] {
        for (share, figure) in [
            ("p50", (|calls: Percentiles| calls.p50) as fn(Percentiles) -> f64),
            ("p99", |calls| calls.p99),
            ("p99 at a steady pace", |calls| calls.steady_p99),
        ] {
            let times = of(&|round| figure(calls(round)));
            let ratios = of(&|round| figure(calls(round)) / round.chunk);
            println!("  {name:<30}  {share:<20}  {times} us   {ratios:.2} chunk times");
        }
    }
    println!("  goal: p99 on this connection at most {GOAL} chunk times");
}

async fn round(setup: &mut Setup, block: &Bytes) -> Round {
    let (mut idle, mut other, mut busy) = (Latencies::default(), Latencies::default(), Latencies::default());
    for _ in 0..1_000 {
        idle.push(add(&setup.busy).await);
    }
    let mut took = Duration::ZERO;
    for _ in 0..UPLOADS {
        let mut upload = Box::pin(setup.busy.put(block.clone()));
        // Encodes it, which is done before anything is sent.
        assert!((&mut upload).now_or_never().is_none());
        let start = Instant::now();
        let upload = tokio::spawn(upload);
        let (end, block) = loop {
            busy.push(add(&setup.busy).await);
            other.push(add(&setup.other).await);
            if let Ok(arrived) = setup.arrived.try_recv() {
                break arrived;
            }
        };
        took += end - start;
        assert_eq!(upload.await.expect("a task"), Ok(block.len() as u64));
    }
    let chunks = (UPLOADS * SIZE / limits().max_frame) as f64;
    let chunk = took.as_secs_f64() * 1e6 / chunks;
    Round { chunk, idle: idle.percentiles(), other: other.percentiles(), busy: busy.percentiles() }
}

async fn add(client: &StoreClient) -> Duration {
    let start = Instant::now();
    assert_eq!(client.add(20, 22).await.expect("an answer"), 42);
    start.elapsed()
}
