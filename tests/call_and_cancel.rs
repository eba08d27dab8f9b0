//! A client that drops its calls at random moments, as fast as it can: handlers stay within the limit, and at the end
//! neither side holds anything.
//!
//! The heap of the process is counted, and both ends are in it. `FARCALL_CANCELS` says how many calls; `FARCALL_SEED`
//! repeats a run, as far as threads allow. `cargo test --test call_and_cancel -- --nocapture` prints the figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::{Duration, Instant};

use bytes::Bytes;
use farcall::{Limits, RunningServer, Server, rpc_service};
use futures::future::{BoxFuture, FutureExt, join_all, pending};
use peak_alloc::PeakAlloc;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::{JoinSet, yield_now};
use tokio::time::sleep;

#[path = "support/random.rs"]
mod random;
#[path = "support/within.rs"]
#[allow(dead_code, reason = "the end-to-end tests use the rest")]
mod within;

use random::Random;
use within::within;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

#[rpc_service]
trait Work {
    async fn quick(&self, number: u64) -> u64;
    /// Is polled so many times more.
    async fn turns(&self, turns: u32) -> u32;
    /// Waits for ever.
    async fn stay(&self);
    /// Runs on when it is cancelled.
    #[rpc(detached)]
    async fn finish(&self, turns: u32);
    /// Cannot be cancelled once it runs.
    #[rpc(blocking)]
    fn stubborn(&self);
    async fn upload(&self, block: Bytes) -> u64;
    async fn download(&self, length: u64) -> Bytes;
    /// Waits until all may go on.
    async fn hold(&self, id: usize) -> usize;
}

#[derive(Default)]
struct Gauge {
    now: AtomicUsize,
    most: AtomicUsize,
    begun: AtomicUsize,
}

impl Gauge {
    fn enter(&self) -> Inside<'_> {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.begun.fetch_add(1, Ordering::Relaxed);
        Inside(self)
    }

    fn now(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }
}

/// A handler at work, up to its end or its drop.
struct Inside<'g>(&'g Gauge);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Default)]
struct Worker {
    gauge: Gauge,
    gate: watch::Sender<bool>,
}

impl Work for Worker {
    async fn quick(&self, number: u64) -> u64 {
        let _inside = self.gauge.enter();
        number
    }
    async fn turns(&self, turns: u32) -> u32 {
        let _inside = self.gauge.enter();
        for _ in 0..turns {
            yield_now().await;
        }
        turns
    }
    async fn stay(&self) {
        let _inside = self.gauge.enter();
        pending().await
    }
    async fn finish(&self, turns: u32) {
        self.turns(turns).await;
    }
    fn stubborn(&self) {
        let _inside = self.gauge.enter();
        std::thread::sleep(Duration::from_micros(50));
    }
    async fn upload(&self, block: Bytes) -> u64 {
        let _inside = self.gauge.enter();
        block.len() as u64
    }
    async fn download(&self, length: u64) -> Bytes {
        let _inside = self.gauge.enter();
        Bytes::from(vec![7; usize::try_from(length).unwrap()])
    }
    async fn hold(&self, id: usize) -> usize {
        let _inside = self.gauge.enter();
        self.gate.subscribe().wait_for(|open| *open).await.unwrap();
        id
    }
}

/// One frame, and several: more than is written at once.
const BLOCKS: [usize; 2] = [1 << 10, 150 << 10];

const CALLERS: usize = 4;

/// So few that there is a queue most of the time.
fn limits() -> Limits {
    Limits { max_calls: 64, ..Limits::default() }
}

/// A call of any kind, that fails the test if it is answered wrongly.
fn any_call(client: &WorkClient, block: &Bytes, random: &mut Random) -> BoxFuture<'static, ()> {
    match random.below(128) {
        0..=39 => client.stay().map(drop).boxed(),
        40..=79 => {
            let number = random.next();
            client.quick(number).map(move |answer| assert_eq!(answer, Ok(number))).boxed()
        }
        80..=109 => {
            client.turns((random.next() % 4) as u32).map(|answer| assert!(answer.unwrap() < 4)).boxed()
        }
        110..=119 => client.finish((random.next() % 4) as u32).map(|answer| answer.unwrap()).boxed(),
        // An expired one gives up its place, wherever it is.
        120..=123 => {
            let timeout = Duration::from_micros(random.below(500));
            client.with_timeout(timeout).stay().map(drop).boxed()
        }
        124..=125 => client.stubborn().map(|answer| answer.unwrap()).boxed(),
        126 => {
            let length = block.len() as u64;
            client.upload(block.clone()).map(move |answer| assert_eq!(answer, Ok(length))).boxed()
        }
        _ => {
            let length = block.len();
            client
                .download(length as u64)
                .map(move |answer| assert_eq!(answer.unwrap().len(), length))
                .boxed()
        }
    }
}

/// A call that is polled by hand.
struct Call {
    future: BoxFuture<'static, ()>,
    woken: Arc<Woken>,
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Call {
    fn new(future: BoxFuture<'static, ()>) -> Self {
        Self { future, woken: Arc::default() }
    }

    fn is_woken(&self) -> bool {
        self.woken.0.load(Ordering::SeqCst)
    }

    /// Whether it has been answered.
    fn poll(&mut self) -> bool {
        self.woken.0.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self.woken));
        self.future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
    }
}

/// How its calls ended.
#[derive(Default)]
struct Ends {
    answered: usize,
    unpolled: usize,
    dropped: usize,
}

/// Makes that many calls and drops them: before their first poll, right after it, or some time later, when they wait
/// in the queue, run, or have an answer on its way to them.
async fn call_and_drop(client: WorkClient, block: Bytes, count: usize, mut random: Random) -> Ends {
    let mut ends = Ends::default();
    // Of all callers together sometimes more than there are places, but not always.
    let mut most = 0;
    let mut calls: Vec<Call> = Vec::new();
    for _ in 0..count {
        let mut call = Call::new(any_call(&client, &block, &mut random));
        if random.below(16) == 0 {
            ends.unpolled += 1;
            continue;
        }
        if call.poll() {
            ends.answered += 1;
            continue;
        }
        if random.below(4) == 0 {
            ends.dropped += 1;
            continue;
        }
        calls.push(call);
        // What happens meanwhile: nothing, something, or all there is to do.
        for _ in 0..random.below(8).saturating_sub(4) {
            yield_now().await;
        }
        if random.below(256) == 0 {
            sleep(Duration::from_millis(1)).await;
        }
        // A call begins when it is polled in its turn. Some are not, and some answers are not fetched.
        let before = calls.len();
        calls.retain_mut(|call| !(call.is_woken() && random.below(2) == 0 && call.poll()));
        ends.answered += before - calls.len();
        if random.below(64) == 0 {
            most = random.below(30) as usize;
        }
        while calls.len() > most {
            let at = random.below(calls.len() as u64) as usize;
            drop(calls.swap_remove(at));
            ends.dropped += 1;
        }
    }
    ends.dropped += calls.len();
    ends
}

struct Pair {
    client: WorkClient,
    worker: Arc<Worker>,
    _server: RunningServer,
}

async fn pair(listen: &str) -> Pair {
    let worker = Arc::new(Worker::default());
    let service = WorkServer::from_arc(Arc::clone(&worker));
    let server = Server::builder().service(service).listen(listen).limits(limits()).start().await.unwrap();
    // No deadline but those that are asked for: a stalled machine shows as a hang.
    let builder = WorkClient::builder(server.endpoints()).timeout(farcall::Timeout::Never);
    Pair { client: builder.connect().await.unwrap(), worker, _server: server }
}

/// Waits until no handler runs, and the heap and the runtime's tasks have not changed for a while.
async fn idle(worker: &Worker) -> (usize, usize) {
    let look = || (HEAP.current_usage(), Handle::current().metrics().num_alive_tasks());
    let begun = Instant::now();
    let mut last = (look(), Instant::now());
    while worker.gauge.now() > 0 || last.1.elapsed() < Duration::from_millis(100) {
        assert!(begun.elapsed() < Duration::from_secs(30), "{} handlers at work", worker.gauge.now());
        sleep(Duration::from_millis(5)).await;
        if look() != last.0 {
            last = (look(), Instant::now());
        }
    }
    last.0
}

/// All places are there: as many handlers as the limit allows run at once, and their calls are answered.
async fn all_places_are_usable(pair: &Pair) {
    let max = limits().max_calls;
    let calls: Vec<_> = (0..max).map(|id| tokio::spawn(pair.client.hold(id))).collect();
    let all_run = async {
        while pair.worker.gauge.now() < max {
            yield_now().await;
        }
    };
    within(all_run).await;
    pair.worker.gate.send_replace(true);
    for (id, answer) in within(join_all(calls)).await.into_iter().enumerate() {
        assert_eq!(answer.unwrap(), Ok(id));
    }
    pair.worker.gate.send_replace(false);
}

async fn storm(pair: &Pair, block: usize, count: usize, random: &mut Random) -> Ends {
    let block = Bytes::from(vec![1; block]);
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let random = Random::from_seed(random.next());
        callers.spawn(call_and_drop(pair.client.clone(), block.clone(), count / CALLERS, random));
    }
    callers.join_all().await.into_iter().fold(Ends::default(), |sum, ends| Ends {
        answered: sum.answered + ends.answered,
        unpolled: sum.unpolled + ends.unpolled,
        dropped: sum.dropped + ends.dropped,
    })
}

/// How many calls are made and dropped, in all.
fn count() -> usize {
    std::env::var("FARCALL_CANCELS")
        .map_or(200_000, |text| text.parse().expect("FARCALL_CANCELS is a number"))
}

/// What may be held beside what was: eight lent buffers. A few bytes per call are more.
const SLACK: usize = 512 << 10;

/// The same where frames are large: the process keeps 64 buffers of 256 KiB at most, for all its connections.
const SLACK_OF_LARGE: usize = 16 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rapid_calls_and_cancels_leave_nothing_behind() {
    let mut random = Random::new();
    // One after the other: the heap is one.
    for (block, slack) in BLOCKS.into_iter().zip([SLACK, SLACK_OF_LARGE]) {
        for listen in ["mem://", "tcp://127.0.0.1:0"] {
            println!("{listen}, blocks of {block} bytes:");
            leave_nothing_behind(listen, block, slack, &mut random).await;
        }
    }
}

async fn leave_nothing_behind(listen: &str, block: usize, slack: usize, random: &mut Random) {
    let pair = pair(listen).await;
    // Tables, queues, threads and lent buffers grow to what they are with any number of calls.
    storm(&pair, block, 10_000, random).await;
    all_places_are_usable(&pair).await;
    let (heap_before, tasks_before) = idle(&pair.worker).await;

    let begun = Instant::now();
    let Ends { unpolled, dropped, answered } = storm(&pair, block, count() / 4, random).await;
    let took = begun.elapsed();
    println!("  {unpolled} calls dropped unpolled, {dropped} later, {answered} answered, in {took:.1?}");
    // What was cancelled on its way to the server does not come after this one.
    assert_eq!(within(pair.client.quick(7)).await, Ok(7));
    let (heap, tasks) = idle(&pair.worker).await;
    let most = pair.worker.gauge.most.load(Ordering::SeqCst);
    println!("  {} handlers begun, {most} at once at most", pair.worker.gauge.begun.load(Ordering::SeqCst));
    println!(
        "  {heap_before} bytes of heap before, {heap} after; {tasks_before} tasks before, {tasks} after"
    );
    assert!(most <= limits().max_calls, "{most} handlers at once");
    assert!(heap <= heap_before + slack, "{heap_before} bytes before, {heap} after");
    assert!(tasks <= tasks_before, "{tasks_before} tasks before, {tasks} after");
    all_places_are_usable(&pair).await;
}
