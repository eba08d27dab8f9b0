//! Two servers behind one list of addresses, restarted in turn: callers notice nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use farcall::{Client, Endpoint, RunningServer, Server, rpc_service};
use tokio::sync::watch;
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, interval_at, sleep};

use crate::support::{Net, Random, over};

over! {[tcp unix faulty_tcp] {
    no_call_fails_and_none_is_executed_twice;
}}

/// Of each of the two servers; fewer where bytes are slow.
const RESTARTS: usize = 20;
const SLOW_RESTARTS: usize = 4;
const CALLERS: u64 = 64;
/// Between two calls of one caller: about 1,000 calls per second of all together.
const PACE: Duration = Duration::from_millis(CALLERS);
/// Answered between one restart and the next, at least.
const CALLS: u64 = 50;
const GRACE: Duration = Duration::from_secs(60);

#[rpc_service]
trait Orders {
    /// Counts its executions by `id`, at the beginning, and takes a while.
    async fn place(&self, id: u64, work: u64, goods: &[u8]) -> u64;
}

/// The same behind both servers, before and after.
#[derive(Default)]
struct Book {
    executions: Mutex<HashMap<u64, u32>>,
}

impl Orders for Book {
    async fn place(&self, id: u64, work: u64, goods: &[u8]) -> u64 {
        *self.executions.lock().unwrap().entry(id).or_default() += 1;
        match work {
            0 => {}
            1..=8 => yield_now().await,
            _ => sleep(Duration::from_millis(work)).await,
        }
        id + goods.len() as u64
    }
}

/// The first server at a place that nobody else takes while it is stopped.
async fn start_first(net: &Net, book: &Arc<Book>) -> RunningServer {
    static COUNT: AtomicU8 = AtomicU8::new(0);
    let server = net.again().serve(OrdersServer::from_arc(Arc::clone(book))).await;
    if server.endpoints()[0].scheme() != "tcp" || !cfg!(target_os = "linux") {
        return server;
    }
    // Any test may be given a port that is free, but here all of 127.0.0.0/8 is this machine.
    let [.., high, low] = std::process::id().to_be_bytes();
    let own = format!("tcp://127.{}.{high}.{low}:0", 100 + COUNT.fetch_add(1, Ordering::Relaxed));
    start(net, &own.parse().unwrap(), book).await
}

async fn start(net: &Net, listen: &Endpoint, book: &Arc<Book>) -> RunningServer {
    let server = Server::builder().transport(net.transport()).listen(listen.clone());
    server.service(OrdersServer::from_arc(Arc::clone(book))).start().await.unwrap()
}

/// Calls at its pace until it is told to stop. How many.
async fn calls(
    client: OrdersClient,
    caller: u64,
    block: Bytes,
    mut random: Random,
    stop: watch::Receiver<bool>,
    answers: watch::Sender<u64>,
) -> u64 {
    let begin = Instant::now() + Duration::from_millis(caller);
    let mut pace = interval_at(begin, PACE);
    for number in 0.. {
        pace.tick().await;
        if *stop.borrow() {
            return number;
        }
        let id = caller << 32 | number;
        // Some are too large to leave at once, and some are at work when their server is told to stop.
        let goods = if random.below(16) == 0 { &block[..] } else { &[] };
        match client.place(id, random.below(32), goods).await {
            Ok(answer) => assert_eq!(answer, id + goods.len() as u64),
            Err(error) => {
                panic!("call {number} of caller {caller}: {error}, executed {:?}", error.executed())
            }
        }
        answers.send_modify(|answers| *answers += 1);
    }
    unreachable!("there are more numbers than calls")
}

async fn no_call_fails_and_none_is_executed_twice(net: Net) {
    let book = Arc::new(Book::default());
    let mut servers = [start_first(&net, &book).await, start_first(&net, &book).await];
    let endpoints = servers.each_ref().map(|server| server.endpoints()[0].clone());
    let mut clients = Vec::new();
    for number in 0..4 {
        let mut list = endpoints.clone();
        list.rotate_left(number % 2);
        clients.push(OrdersClient::from_channel(net.client(&list).connect().await.unwrap()));
    }
    let mut random = Random::new();
    let block = Bytes::from(vec![7; if net.is_slow() { 1_000 } else { 100_000 }]);
    let stop = watch::Sender::new(false);
    let answers = watch::Sender::new(0);
    let mut callers = JoinSet::new();
    for (caller, client) in (0..CALLERS).zip(clients.iter().cycle()) {
        let random = Random::from_seed(random.next());
        let (stop, answers) = (stop.subscribe(), answers.clone());
        callers.spawn(calls(client.clone(), caller, block.clone(), random, stop, answers));
    }
    let mut answered = answers.subscribe();
    let restarts = if net.is_slow() { SLOW_RESTARTS } else { RESTARTS };
    for _ in 0..restarts {
        for (server, endpoint) in servers.iter_mut().zip(&endpoints) {
            let wanted = *answers.borrow() + CALLS;
            tokio::select! {
                enough = answered.wait_for(|answers| *answers >= wanted) => drop(enough.unwrap()),
                Some(failed) = callers.join_next() => panic!("a caller ended: {failed:?}"),
            }
            server.shutdown(GRACE).await;
            *server = start(&net, endpoint, &book).await;
        }
    }
    stop.send_replace(true);
    let made: u64 = callers.join_all().await.into_iter().sum();
    let executions = book.executions.lock().unwrap();
    assert_eq!(executions.len() as u64, made);
    assert!(executions.values().all(|times| *times == 1), "some were executed twice");
    println!("{made} calls, {} restarts", 2 * restarts);
}
