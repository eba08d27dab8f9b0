use std::marker::PhantomData;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use farcall::{Limits, RunningServer, Server, rpc_service};
use futures::{Stream, StreamExt, stream};

use super::{Ability, Client, Peer};

#[rpc_service]
pub trait Bench {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn echo(&self, payload: Bytes) -> Bytes;
    fn count(&self, count: u64) -> impl Stream<Item = u64> + Send;
}

struct Handler;

impl Bench for Handler {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn echo(&self, payload: Bytes) -> Bytes {
        payload
    }
    fn count(&self, count: u64) -> impl Stream<Item = u64> + Send {
        stream::iter(0..count)
    }
}

/// Over one of its transports.
pub struct Farcall<Over>(PhantomData<Over>);

pub type FarcallTcp = Farcall<Tcp>;
pub type FarcallUnix = Farcall<Unix>;
pub type FarcallMem = Farcall<Mem>;

pub struct Tcp;
pub struct Unix;
pub struct Mem;

pub trait Over: 'static {
    const NAME: &'static str;
    const SETUP: &'static str;
    const LACKS: &'static [(Ability, &'static str)] = &[];
    /// Of a server of its own.
    fn endpoint() -> String;
}

impl Over for Tcp {
    const NAME: &'static str = "farcall";
    const SETUP: &'static str = "TCP, payloads as Bytes; max_call_bytes 64 MiB";
    fn endpoint() -> String {
        "tcp://127.0.0.1:0".to_owned()
    }
}

impl Over for Unix {
    const NAME: &'static str = "farcall-unix";
    const SETUP: &'static str = "an abstract Unix socket, else as farcall";
    fn endpoint() -> String {
        static SERVERS: AtomicU64 = AtomicU64::new(0);
        let server = SERVERS.fetch_add(1, Ordering::Relaxed);
        format!("unix://@farcall-benches-{}-{server}", process::id())
    }
}

impl Over for Mem {
    const NAME: &'static str = "farcall-mem";
    const SETUP: &'static str = "memory of the process, else as farcall";
    const LACKS: &'static [(Ability, &'static str)] =
        &[(Ability::TwoProcesses, "memory is that of one process")];
    fn endpoint() -> String {
        "mem://".to_owned()
    }
}

/// The defaults, but with room for 16 calls of 1 MiB at a time.
fn limits() -> Limits {
    Limits { max_call_bytes: 64 << 20, ..Limits::default() }
}

impl<T: Over> Peer for Farcall<T> {
    const NAME: &'static str = T::NAME;
    const PACKAGE: Option<&'static str> = Some("farcall");
    const SETUP: &'static str = T::SETUP;
    const LACKS: &'static [(Ability, &'static str)] = T::LACKS;

    type Client = BenchClient;
    type Server = RunningServer;

    async fn serve() -> (String, RunningServer) {
        let server =
            Server::builder().service(BenchServer::new(Handler)).limits(limits()).listen(T::endpoint());
        let server = server.start().await.expect("a server");
        (server.endpoints()[0].to_string(), server)
    }

    async fn connect(address: String) -> BenchClient {
        BenchClient::builder(address).limits(limits()).connect().await.expect("a connection")
    }
}

impl Client for BenchClient {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        BenchClient::add(self, a, b).await.expect("a sum")
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        BenchClient::echo(self, payload.clone()).await.expect("an echo")
    }

    async fn count(&self, count: u64) -> u64 {
        let mut numbers = BenchClient::count(self, count);
        let mut sum = 0;
        while let Some(number) = numbers.next().await {
            sum += number.expect("an item");
        }
        sum
    }
}
