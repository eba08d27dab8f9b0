use bytes::Bytes;
use tonic::transport::{Channel, Endpoint};

use super::super::{Client, Peer};
use super::generated::bench_client::BenchClient;
use super::{Addends, Count, MAX_MESSAGE, Payload, Tonic, WINDOW, server};

impl Peer for Tonic {
    const NAME: &'static str = "tonic";
    const PACKAGE: Option<&'static str> = Some("tonic");
    const SETUP: &'static str =
        "HTTP/2 without TLS, prost, payloads as Bytes; windows 16 MiB, 4,096 streams, 64 MiB messages";

    type Client = BenchClient<Channel>;
    type Server = ();

    async fn serve() -> (String, ()) {
        (server::serve().await, ())
    }

    async fn connect(address: String) -> BenchClient<Channel> {
        let channel = Endpoint::from_shared(format!("http://{address}"))
            .expect("an address")
            .initial_stream_window_size(WINDOW)
            .initial_connection_window_size(WINDOW)
            .tcp_nodelay(true)
            .connect()
            .await
            .expect("a connection");
        BenchClient::new(channel).max_decoding_message_size(MAX_MESSAGE)
    }
}

/// Clones share the channel, and a call needs one of its own: methods take `&mut self`.
impl Client for BenchClient<Channel> {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        BenchClient::add(&mut self.clone(), Addends { a, b }).await.expect("a sum").into_inner().sum
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        let payload = Payload { payload: payload.clone() };
        BenchClient::echo(&mut self.clone(), payload).await.expect("an echo").into_inner().payload
    }

    async fn count(&self, count: u64) -> u64 {
        let numbers = BenchClient::count(&mut self.clone(), Count { count }).await;
        let mut numbers = numbers.expect("a stream").into_inner();
        let mut sum = 0;
        while let Some(item) = numbers.message().await.expect("an item") {
            sum += item.number;
        }
        sum
    }
}
