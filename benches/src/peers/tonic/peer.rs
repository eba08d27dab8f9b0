use tonic::transport::{Channel, Endpoint};

use super::generated::bench_client::BenchClient;
use super::limits::{MAX_MESSAGE, WINDOW};
use super::server;
use crate::peers::Peer;

/// See [`SETUP`](Peer::SETUP).
pub struct Tonic;

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
