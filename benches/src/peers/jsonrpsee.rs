use std::sync::Arc;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use bytes::Bytes;
use jsonrpsee::core::{RpcResult, SubscriptionResult, async_trait};
use jsonrpsee::proc_macros::rpc;
use jsonrpsee::server::{Server, ServerConfig, ServerHandle};
use jsonrpsee::ws_client::{WsClient, WsClientBuilder};
use jsonrpsee::{PendingSubscriptionSink, SubscriptionMessage};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Client, Peer};

pub struct Jsonrpsee;

/// Calls in flight on a connection, and messages in front of it.
const QUEUE: u32 = 4_096;
/// Items in front of a subscription's reader: the server does not wait for it, and what does not fit ends it.
const ITEMS: usize = 1 << 20;
/// In bytes, of a message.
const MAX_MESSAGE: u32 = 64 << 20;

#[rpc(client, server)]
pub trait Bench {
    #[method(name = "add")]
    fn add(&self, a: i64, b: i64) -> RpcResult<i64>;
    #[method(name = "echo")]
    fn echo(&self, payload: Base64) -> RpcResult<Base64>;
    #[subscription(name = "count", unsubscribe = "stop_count", item = u64)]
    async fn count(&self, count: u64) -> SubscriptionResult;
}

/// JSON has no bytes; a list of numbers would be 3.6 times as long as they are.
#[derive(Clone)]
pub struct Base64(Bytes);

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Ok(Self(BASE64_STANDARD.decode(text).map_err(de::Error::custom)?.into()))
    }
}

struct Handler;

#[async_trait]
impl BenchServer for Handler {
    fn add(&self, a: i64, b: i64) -> RpcResult<i64> {
        Ok(a + b)
    }

    fn echo(&self, payload: Base64) -> RpcResult<Base64> {
        Ok(payload)
    }

    async fn count(&self, pending: PendingSubscriptionSink, count: u64) -> SubscriptionResult {
        let sink = pending.accept().await?;
        for number in 0..count {
            let item = serde_json::value::to_raw_value(&number)?;
            sink.send(SubscriptionMessage::from(item)).await?;
        }
        Ok(())
    }
}

impl Peer for Jsonrpsee {
    const NAME: &'static str = "jsonrpsee";
    const PACKAGE: Option<&'static str> = Some("jsonrpsee");
    const SETUP: &'static str =
        "WebSocket without TLS, payloads as base64; 4,096 calls and messages queued, 64 MiB messages";

    type Client = Connection;
    type Server = ServerHandle;

    async fn serve() -> (String, ServerHandle) {
        let config = ServerConfig::builder()
            .ws_only()
            .max_connections(u32::MAX)
            .set_message_buffer_capacity(QUEUE)
            .max_request_body_size(MAX_MESSAGE)
            .max_response_body_size(MAX_MESSAGE)
            .set_tcp_no_delay(true)
            .build();
        let server = Server::builder().set_config(config).build("127.0.0.1:0").await.expect("a free port");
        let address = server.local_addr().expect("an address").to_string();
        (address, server.start(Handler.into_rpc()))
    }

    async fn connect(address: String) -> Connection {
        let client = WsClientBuilder::new()
            .max_concurrent_requests(QUEUE as usize)
            .max_buffer_capacity_per_subscription(ITEMS)
            .max_request_size(MAX_MESSAGE)
            .max_response_size(MAX_MESSAGE)
            .request_timeout(Duration::from_secs(300))
            .set_tcp_no_delay(true)
            .build(format!("ws://{address}"))
            .await
            .expect("a connection");
        Connection(Arc::new(client))
    }
}

#[derive(Clone)]
pub struct Connection(Arc<WsClient>);

impl Client for Connection {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        self.0.add(a, b).await.expect("a sum")
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        self.0.echo(Base64(payload.clone())).await.expect("an echo").0
    }

    async fn count(&self, count: u64) -> u64 {
        let mut numbers = self.0.count(count).await.expect("a stream");
        let mut sum = 0;
        for _ in 0..count {
            sum += numbers.next().await.expect("an item").expect("a number");
        }
        sum
    }
}
