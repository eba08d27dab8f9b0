//! Clients with a connection for each runtime.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use farcall::{
    Client, ClientBuilder, Code, Endpoint, Executed, Link, Listener, RunningServer, Transport, rpc_service,
};
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};
use tokio::runtime::{Builder, Runtime};

use crate::support::{
    Hand, Net, Pair, Watched, WorkClient, WorkServer, Worker, over, park_on, within, within_blocking,
};

over! {[mem tcp unix] {
    handlers_on_a_shard_call_over_a_connection_of_that_shard;
    a_client_of_handlers_keeps_no_shard_from_ending;
}}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn per_runtime(builder: ClientBuilder) -> WorkClient {
    WorkClient::from_channel(builder.connection_per_runtime().build().unwrap())
}

/// A server, a transport that counts its connections, and a client.
fn counted(home: &Runtime) -> (RunningServer, Watched, WorkClient) {
    let net = Net::tcp();
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let server = home.block_on(net.serve(WorkServer::new(Worker::default())));
    let client = per_runtime(net.client(server.endpoints()));
    (server, watched, client)
}

#[test]
fn each_runtime_has_one_connection_and_closing_ends_all() {
    within_blocking(|| {
        let home = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (_server, watched, client) = counted(&home);
        let others = [runtime(), runtime(), runtime()];
        for _ in 0..3 {
            for other in &others {
                assert_eq!(other.block_on(client.clone().add(1, 2)).unwrap(), 3);
            }
        }
        home.block_on(within(watched.until_open(3)));
        assert_eq!(watched.made(), 6, "both ends");
        // Not in a runtime: over the connection of the first, which has to run.
        thread::scope(|scope| {
            let call = scope.spawn(|| park_on(client.add(1, 2)));
            let [first, ..] = &others;
            first.block_on(async {
                while !call.is_finished() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            });
            assert_eq!(call.join().unwrap().unwrap(), 3);
        });
        assert_eq!(watched.made(), 6);
        // All of them have to run for their connections to end.
        let mut closing = Hand::new(client.close());
        assert!(closing.poll().is_pending());
        while closing.poll().is_pending() {
            for other in &others {
                other.block_on(async { tokio::time::sleep(Duration::from_millis(1)).await });
            }
        }
        for runtime in others.iter().chain([&home]) {
            let error = runtime.block_on(client.add(1, 2)).unwrap_err();
            assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
        }
        assert_eq!(watched.made(), 6);
    });
}

#[test]
fn a_runtime_that_ends_takes_its_own_connection_along() {
    within_blocking(|| {
        let home = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (_server, watched, client) = counted(&home);
        let stays = runtime();
        stays.block_on(client.add(1, 2)).unwrap();
        for _ in 0..5 {
            let goes = runtime();
            goes.block_on(client.add(1, 2)).unwrap();
            home.block_on(within(watched.until_open(2)));
            drop(goes);
            home.block_on(within(watched.until_open(1)));
            stays.block_on(client.add(1, 2)).unwrap();
        }
    });
}

/// Notes the threads on which it is dialled.
struct Named {
    inner: Arc<dyn Transport>,
    threads: Mutex<Vec<String>>,
}

impl Transport for Named {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        self.threads.lock().unwrap().push(thread::current().name().unwrap_or_default().to_owned());
        self.inner.connect(endpoint)
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        async move { self.inner.listen(endpoint).await }.boxed()
    }
}

#[rpc_service]
trait Front {
    async fn add(&self, a: i64, b: i64) -> farcall::Result<i64>;
}

struct Behind(WorkClient);

impl Front for Behind {
    async fn add(&self, a: i64, b: i64) -> farcall::Result<i64> {
        self.0.add(a, b).await
    }
}

/// A sharded server whose handlers call a worker through a client of their own.
async fn front(net: &Net, shards: usize) -> (Pair, Arc<Named>, WorkClient, RunningServer, Vec<FrontClient>) {
    let back = net.pair().await;
    let named = Arc::new(Named { inner: net.transport(), threads: Mutex::default() });
    let client = per_runtime(net.clone().over(Arc::clone(&named) as _).client(back.server.endpoints()));
    let service = FrontServer::new(Behind(client.clone()));
    let server = net.again().server().shards(shards).service(service).start().await.unwrap();
    let mut callers = Vec::new();
    for _ in 0..2 * shards {
        callers.push(net.connect::<FrontClient>(&server).await);
    }
    let sums =
        join_all((0..100).flat_map(|number| callers.iter().map(move |caller| caller.add(number, 1)))).await;
    assert_eq!(sums.len(), 200 * shards);
    sums.into_iter()
        .zip(0..)
        .for_each(|(sum, call)| assert_eq!(sum.unwrap(), call / (2 * shards as i64) + 1));
    (back, named, client, server, callers)
}

async fn handlers_on_a_shard_call_over_a_connection_of_that_shard(net: Net) {
    let (_back, named, _client, _server, _callers) = front(&net, 3).await;
    let threads = named.threads.lock().unwrap().clone();
    assert_eq!(threads.len(), 3, "{threads:?}");
    assert!(threads.iter().all(|thread| thread.starts_with("farcall-shard")), "{threads:?}");
    assert_eq!(threads.iter().collect::<BTreeSet<_>>().len(), 3, "{threads:?}");
}

async fn a_client_of_handlers_keeps_no_shard_from_ending(net: Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let (back, _named, client, server, callers) = front(&net, 2).await;
    // Its own of the pair, and one for each shard.
    drop(callers);
    within(server.shutdown(Duration::from_secs(60))).await;
    drop(server);
    watched.until_open(1).await;
    // Elsewhere it goes on.
    assert_eq!(client.add(1, 2).await.unwrap(), 3);
    assert_eq!(back.client.add(1, 2).await.unwrap(), 3);
}
