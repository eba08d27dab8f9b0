use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use volo_thrift::ClientError;
use volo_thrift::transport::Config;

use super::generated::volo_gen::bench::{BenchClient, BenchClientBuilder};
use crate::peers::Client;

const PATIENCE: Duration = Duration::from_secs(300);
/// Connections kept for the next call.
const MAX_IDLE: usize = 10_240;

pub(super) async fn connect(address: String, multiplex: bool) -> BenchClient {
    let address: SocketAddr = address.parse().expect("an address");
    let client = BenchClientBuilder::new("bench")
        .address(address)
        // Its own is 50 ms, and a pool connects for 1,024 calls at a time.
        .connect_timeout(Some(PATIENCE))
        // Its own closes connections that were idle for 15 seconds.
        .pool_config(Config::new(MAX_IDLE, PATIENCE))
        .multiplex(multiplex)
        .build();
    // The first call connects.
    client.add(0, 0).await.expect("a connection");
    client
}

impl Client for BenchClient {
    type Payload = Bytes;
    type Reply = Bytes;

    async fn add(&self, a: i64, b: i64) -> i64 {
        loop {
            match BenchClient::add(self, a, b).await {
                Err(error) if lost_its_place(&error) => {}
                sum => return sum.expect("a sum"),
            }
        }
    }

    async fn echo(&self, payload: &Bytes) -> Bytes {
        loop {
            match BenchClient::echo(self, payload.clone()).await {
                Err(error) if lost_its_place(&error) => {}
                reply => return reply.expect("an echo"),
            }
        }
    }
}

/// Two callers who wait for a connection of the pool may be given the same place in its queue (in 0.12.7), and one of
/// them loses it before anything of the call was sent. Only a repeat helps, as nothing that can be set avoids it.
fn lost_its_place(error: &ClientError) -> bool {
    format!("{error:?}").contains("wait a idle connection error")
}
