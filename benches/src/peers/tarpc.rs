use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::StreamExt;
use tarpc::serde_transport::tcp;
use tarpc::server::{BaseChannel, Channel};
use tarpc::tokio_serde::formats::Bincode;
use tarpc::{client, context, server};

use super::{Ability, Client, Peer};

pub struct Tarpc;

/// For what is queued in front of the connection, at each end.
const QUEUE: usize = 4_096;

#[tarpc::service]
pub trait Bench {
    async fn add(a: i64, b: i64) -> i64;
    async fn echo(payload: Bytes) -> Bytes;
}

#[derive(Clone)]
struct Handler;

impl Bench for Handler {
    async fn add(self, _: context::Context, a: i64, b: i64) -> i64 {
        a + b
    }
    async fn echo(self, _: context::Context, payload: Bytes) -> Bytes {
        payload
    }
}

impl Peer for Tarpc {
    const NAME: &'static str = "tarpc";
    const PACKAGE: Option<&'static str> = Some("tarpc");
    const SETUP: &'static str =
        "TCP, bincode of tokio-serde, payloads as Bytes, a task per request, queues of 4,096";
    const LACKS: &'static [(Ability, &'static str)] = &[(Ability::Streams, "has none")];

    type Client = BenchClient;
    type Server = ();

    async fn serve() -> (String, ()) {
        let mut incoming = tcp::listen("127.0.0.1:0", Bincode::default).await.expect("a free port");
        incoming.config_mut().max_frame_length(usize::MAX);
        let address = incoming.local_addr().to_string();
        tokio::spawn(async move {
            while let Some(transport) = incoming.next().await {
                let transport = transport.expect("a connection");
                transport.get_ref().set_nodelay(true).expect("an option");
                let config = server::Config { pending_response_buffer: QUEUE };
                let requests = BaseChannel::new(config, transport).execute(Handler.serve());
                tokio::spawn(requests.for_each(async |response| _ = tokio::spawn(response)));
            }
        });
        (address, ())
    }

    async fn connect(address: String) -> BenchClient {
        let mut connecting = tcp::connect(address, Bincode::default);
        connecting.config_mut().max_frame_length(usize::MAX);
        let transport = connecting.await.expect("a connection");
        transport.get_ref().set_nodelay(true).expect("an option");
        let mut config = client::Config::default();
        config.max_in_flight_requests = QUEUE;
        config.pending_request_buffer = QUEUE;
        BenchClient::new(config, transport).spawn()
    }
}

/// The library's own deadline is ten seconds, and a slow machine is no error.
fn context() -> context::Context {
    let mut context = context::current();
    context.deadline = Instant::now() + Duration::from_secs(300);
    context
}

impl Client for BenchClient {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        BenchClient::add(self, context(), a, b).await.expect("a sum")
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        BenchClient::echo(self, context(), payload.clone()).await.expect("an echo")
    }
}
