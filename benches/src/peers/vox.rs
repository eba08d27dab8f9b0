use roam::{Rx, Tx};
use roam_stream::StreamLink;
use tokio::net::{TcpListener, TcpStream};

use super::{Client, Peer};

pub struct Vox;

/// Calls in flight on a connection; vox's own limit is 64.
const MAX_CALLS: u32 = 4_096;

#[roam::service]
pub trait Bench {
    async fn add(&self, a: i64, b: i64) -> i64;
    async fn echo(&self, payload: Vec<u8>) -> Vec<u8>;
    async fn count(&self, count: u64, numbers: Tx<u64>);
}

#[derive(Clone)]
struct Handler;

impl Bench for Handler {
    async fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }

    async fn echo(&self, payload: Vec<u8>) -> Vec<u8> {
        payload
    }

    async fn count(&self, count: u64, numbers: Tx<u64>) {
        for number in 0..count {
            numbers.send(number).await.expect("a receiver");
        }
        numbers.close(Default::default()).await.expect("a receiver");
    }
}

impl Peer for Vox {
    const NAME: &'static str = "vox";
    const PACKAGE: Option<&'static str> = Some("roam");
    const SETUP: &'static str = "TCP, a bare conduit, payloads as Vec<u8>; 4,096 calls at a time";

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
        let session = roam::initiator(StreamLink::tcp(stream)).max_concurrent_requests(MAX_CALLS);
        let (client, _) = session.establish::<BenchClient>(()).await.expect("a session");
        client
    }
}

/// Until the caller is gone: the session ends with its own client of the other end.
async fn attend(stream: TcpStream) {
    stream.set_nodelay(true).expect("an option");
    let session = roam::acceptor(StreamLink::tcp(stream)).max_concurrent_requests(MAX_CALLS);
    let (caller, _) =
        session.establish::<BenchClient>(BenchDispatcher::new(Handler)).await.expect("a session");
    caller.closed().await;
}

impl Client for BenchClient {
    type Payload = Vec<u8>;
    type Reply = Vec<u8>;

    async fn add(&self, a: i64, b: i64) -> i64 {
        BenchClient::add(self, a, b).await.expect("a sum")
    }

    async fn echo(&self, payload: &Vec<u8>) -> Vec<u8> {
        BenchClient::echo(self, payload.clone()).await.expect("an echo")
    }

    async fn count(&self, count: u64) -> u64 {
        let (numbers, mut received): (Tx<u64>, Rx<u64>) = roam::channel();
        let sum = async {
            let mut sum = 0;
            while let Some(number) = received.recv().await.expect("an item") {
                sum += *number;
            }
            sum
        };
        let (done, sum) = tokio::join!(BenchClient::count(self, count, numbers), sum);
        done.expect("a stream");
        sum
    }
}
