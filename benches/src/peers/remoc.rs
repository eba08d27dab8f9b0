use std::sync::Arc;

use bytes::Bytes;
use remoc::codec;
use remoc::prelude::*;
use remoc::rch::mpsc;
use remoc::rtc::CallError;
use tokio::net::{TcpListener, TcpStream};

use super::{Client, Peer};

pub struct Remoc;

/// Calls in flight on a connection, and items of a stream on their way.
const QUEUE: usize = 4_096;
/// In bytes, of a message: a longer one is (de)serialised in a thread of its own.
const MAX_MESSAGE: usize = 4 << 20;

#[rtc::remote]
pub trait Bench {
    async fn add(&self, a: i64, b: i64) -> Result<i64, CallError>;
    async fn echo(&self, payload: Bytes) -> Result<Bytes, CallError>;
    async fn count(&self, count: u64) -> Result<mpsc::Receiver<u64>, CallError>;
}

struct Handler;

impl Bench for Handler {
    async fn add(&self, a: i64, b: i64) -> Result<i64, CallError> {
        Ok(a + b)
    }

    async fn echo(&self, payload: Bytes) -> Result<Bytes, CallError> {
        Ok(payload)
    }

    async fn count(&self, count: u64) -> Result<mpsc::Receiver<u64>, CallError> {
        let (numbers, receiver) = mpsc::with_local_buffer(QUEUE);
        tokio::spawn(async move {
            for number in 0..count {
                numbers.send(number).await.expect("a receiver");
            }
        });
        Ok(receiver)
    }
}

fn config() -> remoc::Cfg {
    remoc::Cfg { max_data_size: MAX_MESSAGE, connect_queue: QUEUE as u16, ..remoc::Cfg::default() }
}

impl Peer for Remoc {
    const NAME: &'static str = "remoc";
    const PACKAGE: Option<&'static str> = Some("remoc");
    const SETUP: &'static str =
        "TCP, Postbag, payloads as Bytes; 4,096 calls at a time, no serialiser threads below 4 MiB";

    type Client = BenchClient;
    type Server = ();

    async fn serve() -> (String, ()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                tokio::spawn(attend(stream));
            }
        });
        (address, ())
    }

    async fn connect(address: String) -> BenchClient {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        let (reader, writer) = stream.into_split();
        remoc::Connect::io(config(), reader, writer).consume().await.expect("a client")
    }
}

/// Gives the caller a client, and serves it.
async fn attend(stream: TcpStream) {
    stream.set_nodelay(true).expect("an option");
    let (reader, writer) = stream.into_split();
    let (mut server, client) =
        BenchServerShared::<_, codec::Default>::with_request_buffer(Arc::new(Handler), QUEUE);
    server.set_parallelism(QUEUE);
    remoc::Connect::io(config(), reader, writer).provide(client).await.expect("a connection");
    server.serve().await.expect("requests");
}

impl Client for BenchClient {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        Bench::add(self, a, b).await.expect("a sum")
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        Bench::echo(self, payload.clone()).await.expect("an echo")
    }

    async fn count(&self, count: u64) -> u64 {
        let mut numbers = Bench::count(self, count).await.expect("a stream");
        let mut sum = 0;
        while let Some(number) = numbers.recv().await.expect("an item") {
            sum += number;
        }
        sum
    }
}
