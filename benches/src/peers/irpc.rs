use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use irpc::channel::{mpsc, oneshot};
use irpc::rpc::RemoteService;
use irpc::{WithChannels, rpc_requests, util};
use noq::{Endpoint, TransportConfig};
use serde::{Deserialize, Serialize};

use super::{Client, Peer};

pub struct Irpc;

/// Calls in flight on a connection, a QUIC stream each; QUIC's own limit is 100.
const MAX_CALLS: u32 = 4_096;

/// In bytes, of a stream and of what is not yet acknowledged: 16 echoes of 1 MiB at a time do not wait for each other.
/// What a connection receives has no bound.
const WINDOW: u32 = 32 << 20;

#[rpc_requests(message = Message, no_spans)]
#[derive(Debug, Serialize, Deserialize)]
enum Request {
    #[rpc(tx = oneshot::Sender<i64>)]
    Add(Add),
    #[rpc(tx = oneshot::Sender<Bytes>)]
    Echo(Echo),
    #[rpc(tx = mpsc::Sender<u64>)]
    Count(Count),
}

#[derive(Debug, Serialize, Deserialize)]
struct Add {
    a: i64,
    b: i64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Echo {
    payload: Bytes,
}

#[derive(Debug, Serialize, Deserialize)]
struct Count {
    count: u64,
}

/// One task answers the calls of all connections, as in irpc's examples; a stream is one of its own.
async fn answer(mut messages: tokio::sync::mpsc::Receiver<Message>) {
    while let Some(message) = messages.recv().await {
        match message {
            Message::Add(WithChannels { inner: Add { a, b }, tx, .. }) => {
                _ = tx.send(a + b).await;
            }
            Message::Echo(WithChannels { inner: Echo { payload }, tx, .. }) => {
                tokio::spawn(tx.send(payload));
            }
            Message::Count(WithChannels { inner: Count { count }, tx, .. }) => {
                tokio::spawn(async move {
                    for number in 0..count {
                        tx.send(number).await.expect("a receiver");
                    }
                });
            }
        }
    }
}

impl Peer for Irpc {
    const NAME: &'static str = "irpc";
    const PACKAGE: Option<&'static str> = Some("irpc");
    const SETUP: &'static str =
        "QUIC with TLS 1.3, postcard, payloads as Bytes; windows 32 MiB, 4,096 streams";

    type Client = Connection;
    type Server = Endpoint;

    async fn serve() -> (String, Endpoint) {
        let (mut config, _) = util::configure_server().expect("a certificate");
        config.transport_config(transport());
        let endpoint = Endpoint::server(config, local(0)).expect("a free port");
        let address = endpoint.local_addr().expect("an address").to_string();
        let (calls, messages) = tokio::sync::mpsc::channel(MAX_CALLS as usize);
        tokio::spawn(answer(messages));
        let calls = irpc::Client::<Request>::local(calls).as_local().expect("a local service");
        tokio::spawn(irpc::rpc::listen(endpoint.clone(), Request::remote_handler(calls)));
        (address, endpoint)
    }

    async fn connect(address: String) -> Connection {
        let endpoint = Endpoint::client(local(0)).expect("a free port");
        let mut config = util::configure_client_insecure().expect("a configuration");
        config.transport_config(transport());
        let address = address.parse().expect("an address");
        let connection = endpoint.connect_with(config, address, "localhost").expect("an endpoint");
        let connection = connection.await.expect("a connection");
        Connection { calls: irpc::Client::boxed(connection) }
    }
}

fn transport() -> Arc<TransportConfig> {
    let mut transport = TransportConfig::default();
    transport.stream_receive_window(WINDOW.into()).send_window(WINDOW.into());
    transport.max_concurrent_bidi_streams(MAX_CALLS.into());
    transport.keep_alive_interval(Some(Duration::from_secs(10)));
    Arc::new(transport)
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

#[derive(Clone)]
pub struct Connection {
    calls: irpc::Client<Request>,
}

/// Items of a stream on their way; only a local one has such a queue.
const ITEMS: usize = 1_024;

impl Client for Connection {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        self.calls.rpc(Add { a, b }).await.expect("a sum")
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        self.calls.rpc(Echo { payload: payload.clone() }).await.expect("an echo")
    }

    async fn count(&self, count: u64) -> u64 {
        let mut numbers = self.calls.server_streaming(Count { count }, ITEMS).await.expect("a stream");
        let mut sum = 0;
        while let Some(number) = numbers.recv().await.expect("an item") {
            sum += number;
        }
        sum
    }
}
