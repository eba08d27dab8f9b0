//! Servers on threads of their own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use farcall::{Code, Executed, Limits, RunningServer, Shards, rpc_service};
use futures::future::join_all;
use futures::{Stream, StreamExt, stream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::support::{Hand, Net, over, within};

over! {[mem tcp unix] {
    connections_are_spread_evenly_and_stay_where_they_are;
    a_connection_that_comes_later_takes_the_place_of_one_that_is_gone;
    the_limit_of_connections_is_that_of_the_whole_server;
    handlers_of_every_kind_run;
    a_panic_ends_one_call;
    a_shard_that_is_held_up_holds_up_no_other;
    a_crowd_on_one_connection_starves_no_other;
    a_shutdown_ends_the_threads;
    dropping_the_server_ends_the_threads;
    a_server_that_is_never_called_ends_its_threads;
    a_detached_handler_keeps_its_shard;
    a_blocking_handler_keeps_its_shard;
    connections_that_come_during_a_shutdown_do_not_hold_it_up;
}}

over! {[mem] {
    wrong_numbers_are_errors;
}}

const SHARDS: usize = 3;
const LONG: Duration = Duration::from_secs(60);

#[rpc_service]
trait Sharded {
    /// The name of the thread.
    async fn place(&self) -> String;
    async fn add(&self, a: u64, b: u64) -> u64;
    /// The name of the thread before each of `count` items.
    fn places(&self, count: u64) -> impl Stream<Item = String> + Send;
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
    #[rpc(spawn)]
    async fn spawned(&self) -> String;
    #[rpc(blocking)]
    async fn blocking(&self) -> String;
    async fn panics(&self) -> u64;
    /// Keeps the thread from everything else.
    async fn hogs(&self);
    /// Holds the thread's end against `Floor::threads`.
    async fn settle(&self);
    /// Waits for the gate and then for a timer.
    #[rpc(detached)]
    async fn lasting(&self);
    #[rpc(blocking)]
    async fn lasting_on_the_pool(&self);
    async fn hold(&self) -> u64;
}

/// What a test knows of its handlers.
struct Floor {
    begun: watch::Sender<usize>,
    gate: Semaphore,
    done: watch::Sender<usize>,
    hog: thread_gate::Gate,
    /// Threads that have settled.
    threads: watch::Sender<usize>,
}

/// A gate for threads.
mod thread_gate {
    use std::sync::{Condvar, Mutex};

    #[derive(Default)]
    pub(super) struct Gate(Mutex<bool>, Condvar);

    impl Gate {
        pub(super) fn open(&self) {
            *self.0.lock().unwrap() = true;
            self.1.notify_all();
        }

        pub(super) fn pass(&self) {
            drop(self.1.wait_while(self.0.lock().unwrap(), |open| !*open).unwrap());
        }
    }
}

#[derive(Clone)]
struct Here(Arc<Floor>);

struct Settled(watch::Sender<usize>);

impl Drop for Settled {
    fn drop(&mut self) {
        self.0.send_modify(|threads| *threads -= 1);
    }
}

thread_local!(static SETTLED: RefCell<Option<Settled>> = const { RefCell::new(None) });

fn name() -> String {
    thread::current().name().unwrap_or_default().to_owned()
}

impl Here {
    fn new() -> Self {
        Self(Arc::new(Floor {
            begun: watch::Sender::new(0),
            gate: Semaphore::new(0),
            done: watch::Sender::new(0),
            hog: thread_gate::Gate::default(),
            threads: watch::Sender::new(0),
        }))
    }

    async fn last(&self) {
        self.0.begun.send_modify(|begun| *begun += 1);
        self.0.gate.acquire().await.unwrap().forget();
        // Works only as long as the runtime does.
        tokio::time::sleep(Duration::from_millis(20)).await;
        self.0.done.send_modify(|done| *done += 1);
    }

    async fn begun(&self, count: usize) {
        self.0.begun.subscribe().wait_for(|begun| *begun == count).await.unwrap();
    }

    async fn threads(&self, count: usize) {
        self.0.threads.subscribe().wait_for(|threads| *threads == count).await.unwrap();
    }
}

impl Sharded for Here {
    async fn place(&self) -> String {
        name()
    }
    async fn add(&self, a: u64, b: u64) -> u64 {
        a + b
    }
    fn places(&self, count: u64) -> impl Stream<Item = String> + Send {
        stream::iter(0..count).then(|_| async {
            tokio::task::yield_now().await;
            name()
        })
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        numbers.fold(0, |sum, number| async move { sum + number }).await
    }
    async fn spawned(&self) -> String {
        name()
    }
    async fn blocking(&self) -> String {
        name()
    }
    async fn panics(&self) -> u64 {
        panic!("the secret of the handler")
    }
    async fn hogs(&self) {
        self.0.begun.send_modify(|begun| *begun += 1);
        self.0.hog.pass();
    }
    async fn settle(&self) {
        let threads = &self.0.threads;
        SETTLED.with_borrow_mut(|settled| {
            settled.get_or_insert_with(|| {
                threads.send_modify(|threads| *threads += 1);
                Settled(threads.clone())
            });
        });
    }
    async fn lasting(&self) {
        self.last().await;
    }
    async fn lasting_on_the_pool(&self) {
        self.last().await;
    }
    async fn hold(&self) -> u64 {
        self.0.begun.send_modify(|begun| *begun += 1);
        self.0.gate.acquire().await.unwrap().forget();
        7
    }
}

async fn sharded(net: &Net, shards: usize) -> (RunningServer, Here) {
    let here = Here::new();
    let service = ShardedServer::new(here.clone());
    (net.server().shards(shards).service(service).start().await.unwrap(), here)
}

async fn clients(net: &Net, server: &RunningServer, count: usize) -> Vec<ShardedClient> {
    let mut clients = Vec::new();
    for _ in 0..count {
        clients.push(net.connect(server).await);
    }
    clients
}

/// How many of the clients are served by each thread.
async fn spread(clients: &[ShardedClient]) -> BTreeMap<String, usize> {
    let mut threads = BTreeMap::new();
    for place in join_all(clients.iter().map(ShardedClient::place)).await {
        *threads.entry(place.unwrap()).or_default() += 1;
    }
    threads
}

async fn connections_are_spread_evenly_and_stay_where_they_are(net: Net) {
    let (server, _here) = sharded(&net, SHARDS).await;
    let clients = clients(&net, &server, 8 * SHARDS).await;
    let before = spread(&clients).await;
    assert_eq!(before.keys().collect::<Vec<_>>(), ["farcall-shard0", "farcall-shard1", "farcall-shard2"]);
    assert!(before.values().all(|count| *count == 8), "{before:?}");
    for client in &clients {
        let place = client.place().await.unwrap();
        for _ in 0..5 {
            assert_eq!(client.place().await.unwrap(), place);
        }
        assert_eq!(client.spawned().await.unwrap(), place);
        let places: Vec<_> = client.places(5).map(Result::unwrap).collect().await;
        assert!(places.iter().all(|other| *other == place), "{places:?}");
    }
}

async fn a_connection_that_comes_later_takes_the_place_of_one_that_is_gone(net: Net) {
    let (server, here) = sharded(&net, SHARDS).await;
    let mut all = clients(&net, &server, 2 * SHARDS).await;
    for turn in 0..5 {
        let left = all.remove(turn % all.len());
        let place = left.place().await.unwrap();
        let mut last = Hand::new(left.lasting());
        assert!(last.poll().is_pending());
        here.begun(turn + 1).await;
        drop(last);
        left.close().await;
        // The server may notice a little later, and counts the connection until then.
        loop {
            let mut new = clients(&net, &server, 1).await;
            if new[0].place().await.unwrap() == place {
                all.append(&mut new);
                break;
            }
            new[0].close().await;
        }
        assert!(spread(&all).await.values().all(|count| *count == 2));
    }
}

async fn the_limit_of_connections_is_that_of_the_whole_server(net: Net) {
    let service = ShardedServer::new(Here::new());
    let limits = Limits { max_connections: 4, ..net.limits() };
    let server = net.server().shards(SHARDS).limits(limits).service(service).start().await.unwrap();
    let four = clients(&net, &server, 4).await;
    for _ in 0..SHARDS {
        let error = net.client(server.endpoints()).connect().await.unwrap_err();
        assert!(error.message().contains("max_connections"), "{error}");
    }
    assert_eq!(spread(&four).await.values().sum::<usize>(), 4);
}

async fn handlers_of_every_kind_run(net: Net) {
    let (server, _here) = sharded(&net, SHARDS).await;
    for client in clients(&net, &server, SHARDS).await {
        assert_eq!(client.add(1, 2).await.unwrap(), 3);
        assert_eq!(client.sum(stream::iter(1..=100)).await.unwrap(), 5_050);
        assert_eq!(client.places(1_000).count().await, 1_000);
        assert!(client.spawned().await.unwrap().starts_with("farcall-shard"));
        assert_eq!(client.blocking().await.unwrap(), "farcall-pool");
        let sums = join_all((0..500).map(|number| client.add(number, number))).await;
        assert!(sums.into_iter().zip(0..).all(|(sum, number)| sum.unwrap() == 2 * number));
    }
}

async fn a_panic_ends_one_call(net: Net) {
    let (server, _here) = sharded(&net, 1).await;
    let clients = clients(&net, &server, 2).await;
    for client in &clients {
        let error = client.panics().await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::Yes), "{error}");
        assert!(!error.message().contains("secret"), "{error}");
    }
    assert_eq!(spread(&clients).await.get("farcall-shard0"), Some(&2));
}

async fn a_shard_that_is_held_up_holds_up_no_other(net: Net) {
    let (server, here) = sharded(&net, 2).await;
    let clients = clients(&net, &server, 2).await;
    let mut hog = Hand::new(clients[0].hogs());
    assert!(hog.poll().is_pending());
    here.begun(1).await;
    for number in 0..100 {
        assert_eq!(clients[1].add(number, 1).await.unwrap(), number + 1);
    }
    here.0.hog.open();
    hog.poll_times(usize::MAX).await.unwrap().unwrap();
    assert_eq!(clients[0].add(1, 2).await.unwrap(), 3);
}

async fn a_crowd_on_one_connection_starves_no_other(net: Net) {
    let (server, _here) = sharded(&net, 1).await;
    let clients = clients(&net, &server, 2).await;
    let mut crowd = JoinSet::new();
    for number in 0..256 {
        let client = clients[0].clone();
        crowd.spawn(async move {
            loop {
                client.add(number, number).await.unwrap();
            }
        });
    }
    for number in 0..200 {
        assert_eq!(clients[1].add(number, 1).await.unwrap(), number + 1);
    }
}

async fn settled(net: &Net) -> (RunningServer, Here, Vec<ShardedClient>) {
    let (server, here) = sharded(net, SHARDS).await;
    let clients = clients(net, &server, SHARDS).await;
    for client in &clients {
        client.settle().await.unwrap();
    }
    here.threads(SHARDS).await;
    (server, here, clients)
}

async fn a_shutdown_ends_the_threads(net: Net) {
    let (server, here, clients) = settled(&net).await;
    let mut calls: Vec<_> = clients.iter().map(|client| Hand::new(client.hold())).collect();
    calls.iter_mut().for_each(|call| assert!(call.poll().is_pending()));
    here.begun(SHARDS).await;
    let mut shutdown = Hand::new(server.shutdown(LONG));
    assert!(shutdown.poll_times(2).await.is_none());
    here.threads(SHARDS).await;
    here.0.gate.add_permits(SHARDS);
    for call in &mut calls {
        assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), 7);
    }
    shutdown.poll_times(usize::MAX).await.unwrap();
    here.threads(0).await;
    let error = clients[0].with_timeout(Duration::from_millis(50)).add(1, 2).await.unwrap_err();
    assert_eq!(error.executed(), Executed::No, "{error}");
    server.shutdown(LONG).await;
}

async fn dropping_the_server_ends_the_threads(net: Net) {
    let (server, here, clients) = settled(&net).await;
    let mut call = Hand::new(clients[0].hold());
    assert!(call.poll().is_pending());
    here.begun(1).await;
    drop(server);
    let error = call.poll_times(usize::MAX).await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    here.threads(0).await;
}

async fn a_server_that_is_never_called_ends_its_threads(net: Net) {
    let (server, here) = sharded(&net, SHARDS).await;
    let weak = Arc::downgrade(&here.0);
    drop(here);
    server.shutdown(LONG).await;
    drop(server);
    while weak.strong_count() > 0 {
        tokio::task::yield_now().await;
    }
}

async fn a_detached_handler_keeps_its_shard(net: Net) {
    let (server, here, clients) = settled(&net).await;
    let mut call = Hand::new(clients[0].lasting());
    assert!(call.poll().is_pending());
    here.begun(1).await;
    drop(call);
    drop(server);
    here.threads(1).await;
    here.0.gate.add_permits(1);
    here.0.done.subscribe().wait_for(|done| *done == 1).await.unwrap();
    here.threads(0).await;
}

async fn a_blocking_handler_keeps_its_shard(net: Net) {
    let (server, here, clients) = settled(&net).await;
    let mut call = Hand::new(clients[0].lasting_on_the_pool());
    assert!(call.poll().is_pending());
    here.begun(1).await;
    drop(call);
    server.shutdown(Duration::ZERO).await;
    here.threads(1).await;
    here.0.gate.add_permits(1);
    here.0.done.subscribe().wait_for(|done| *done == 1).await.unwrap();
    here.threads(0).await;
}

async fn connections_that_come_during_a_shutdown_do_not_hold_it_up(net: Net) {
    for _ in 0..10 {
        let (server, _here) = sharded(&net, 2).await;
        let endpoints = server.endpoints().to_vec();
        let connecting = {
            let net = net.clone();
            tokio::spawn(async move {
                let mut connected = Vec::new();
                while let Ok(channel) = net.client(&endpoints).connect().await {
                    connected.push(channel);
                }
                connected
            })
        };
        tokio::task::yield_now().await;
        within(server.shutdown(LONG)).await;
        drop(server);
        drop(connecting.await.unwrap());
    }
}

async fn wrong_numbers_are_errors(net: Net) {
    for shards in [0, Shards::MOST + 1] {
        let service = ShardedServer::new(Here::new());
        let error = net.server().shards(shards).service(service).start().await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No), "{error}");
        assert!(error.message().contains(&format!("{shards} shards")), "{error}");
    }
}

/// The runtime that accepts is not the one that serves.
#[test]
fn a_runtime_of_one_thread_serves_on_many() {
    let (done, result) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let net = Net::tcp();
            let (server, _here) = sharded(&net, 2).await;
            let clients = clients(&net, &server, 4).await;
            done.send(spread(&clients).await).unwrap();
        });
    });
    let threads = result.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(threads.len() == 2 && threads.values().all(|count| *count == 2), "{threads:?}");
}
