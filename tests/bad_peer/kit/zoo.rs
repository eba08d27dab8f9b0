use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use farcall::{Client, Endpoint, Limits, RunningServer, Server, rpc_service};
use rpc_core::wire::{Bind, Call, Frame, Hello, MethodRef};
use serde::{Deserialize, Serialize};

/// A value that nests.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Tree(pub Vec<Tree>);

/// An error of the application.
#[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum WrongNumber {
    #[error("the number is negative")]
    Negative,
}

/// Methods for every kind of attack.
#[rpc_service]
pub(crate) trait Zoo {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn echo(&self, data: Vec<u8>) -> Vec<u8>;
    /// So many bytes.
    async fn fill(&self, count: u32) -> Vec<u8>;
    async fn words(&self, words: Vec<String>) -> usize;
    async fn units(&self, units: Vec<()>) -> usize;
    async fn tree(&self, tree: Tree) -> usize;
    async fn check(&self, number: i64) -> Result<i64, WrongNumber>;
    /// Never ends by itself.
    async fn wait(&self);
    /// Is at work for a little while, cancelled or not.
    #[rpc(blocking)]
    async fn stubborn(&self);
    async fn panic(&self);
    async fn name(&self) -> String;
}

/// Handlers at work.
#[derive(Debug, Default)]
pub(crate) struct Gauge {
    now: AtomicUsize,
    most: AtomicUsize,
    begun: AtomicUsize,
}

impl Gauge {
    pub(crate) fn enter(self: &Arc<Self>) -> Inside {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.begun.fetch_add(1, Ordering::SeqCst);
        Inside(Arc::clone(self))
    }

    pub(crate) fn now(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }

    pub(crate) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    pub(crate) fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }
}

/// Leaves when it is dropped.
pub(crate) struct Inside(Arc<Gauge>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Debug, Default)]
pub(crate) struct ZooKeeper {
    pub(crate) gauge: Arc<Gauge>,
}

impl Zoo for ZooKeeper {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }
    async fn echo(&self, data: Vec<u8>) -> Vec<u8> {
        data
    }
    async fn fill(&self, count: u32) -> Vec<u8> {
        let _inside = self.gauge.enter();
        vec![7; count as usize]
    }
    async fn words(&self, words: Vec<String>) -> usize {
        words.len()
    }
    async fn units(&self, units: Vec<()>) -> usize {
        units.len()
    }
    async fn tree(&self, tree: Tree) -> usize {
        tree.0.len()
    }
    async fn check(&self, number: i64) -> Result<i64, WrongNumber> {
        if number < 0 { Err(WrongNumber::Negative) } else { Ok(number) }
    }
    async fn wait(&self) {
        let _inside = self.gauge.enter();
        std::future::pending().await
    }
    async fn stubborn(&self) {
        let _inside = self.gauge.enter();
        std::thread::sleep(std::time::Duration::from_micros(50));
    }
    async fn panic(&self) {
        panic!("a handler of the zoo panics");
    }
    async fn name(&self) -> String {
        "zoo".to_owned()
    }
}

/// The smallest limits that the tests can do with.
pub(crate) fn limits() -> Limits {
    Limits {
        max_frame: Limits::FLOOR_FRAME,
        max_message: 256 << 10,
        max_calls: Limits::FLOOR_CALLS,
        max_call_bytes: Limits::FLOOR_CALL_BYTES,
        max_assembling: 4,
        max_outbound: 64 << 10,
        max_methods: 32,
        ..Limits::default()
    }
}

pub(crate) async fn serve(endpoint: &str) -> (RunningServer, Endpoint) {
    let (server, endpoint, _) = serve_with(endpoint, limits()).await;
    (server, endpoint)
}

pub(crate) async fn serve_with(endpoint: &str, limits: Limits) -> (RunningServer, Endpoint, Arc<Gauge>) {
    let keeper = ZooKeeper::default();
    let gauge = Arc::clone(&keeper.gauge);
    let server = Server::builder().service(ZooServer::new(keeper)).listen(endpoint).limits(limits);
    let server = server.start().await.unwrap();
    let endpoint = server.endpoints()[0].clone();
    (server, endpoint, gauge)
}

/// A hello with generous limits.
pub(crate) fn hello() -> Hello {
    Hello {
        version_min: 1,
        version_max: 1,
        features: 0,
        max_frame: 1 << 20,
        max_message: 64 << 20,
        max_calls: 1_024,
        max_call_bytes: 64 << 20,
        max_assembling: 64,
        codecs: vec![1, 3],
        services: Vec::new(),
    }
}

pub(crate) fn hello_bytes(hello: &Hello) -> Vec<u8> {
    let mut bytes = Vec::new();
    hello.encode(&mut bytes);
    bytes
}

pub(crate) fn service_id() -> u64 {
    <ZooClient as Client>::descriptor().id
}

fn position(name: &str) -> usize {
    <ZooClient as Client>::descriptor().methods.iter().position(|method| method.name == name).unwrap()
}

pub(crate) fn id(name: &str) -> u64 {
    <ZooClient as Client>::descriptor().methods[position(name)].id
}

/// The method as [`zoo_bind`] numbers it.
pub(crate) fn by_index(name: &str) -> MethodRef {
    MethodRef::Index(u32::try_from(position(name)).unwrap())
}

/// Binds every method of the zoo, in the order of the trait.
pub(crate) fn zoo_bind() -> Vec<u8> {
    let methods = <ZooClient as Client>::descriptor().methods.iter().map(|method| method.id).collect();
    let bind = Bind {
        service: service_id(),
        codec: 1,
        base: 0,
        methods,
        fingerprint: 0,
        signatures: Vec::new(),
        compared: false,
    };
    let mut bytes = Vec::new();
    Frame::Bind(bind).encode(&mut bytes);
    bytes
}

/// A call of a bound method.
pub(crate) fn call<'a>(place: u32, method: &str, body: &'a [u8]) -> Call<'a> {
    Call { place, method: by_index(method), detached: false, timeout: None, metadata: &[], total: None, body }
}

/// The first frame of a call in chunks.
pub(crate) fn chunked<'a>(place: u32, method: &str, total: u64, body: &'a [u8]) -> Call<'a> {
    Call { total: Some(total), ..call(place, method, body) }
}
