use bytes::Bytes;
use tokio::net::TcpListener;
use volo::net::incoming::DefaultIncoming;
use volo_thrift::ServerError;

use super::generated::volo_gen::bench::{Bench, BenchServer};

struct Handler;

impl Bench for Handler {
    async fn add(&self, a: i64, b: i64) -> Result<i64, ServerError> {
        Ok(a + b)
    }

    async fn echo(&self, payload: Bytes) -> Result<Bytes, ServerError> {
        Ok(payload)
    }
}

pub(super) async fn serve(multiplex: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let server = BenchServer::new(Handler).multiplex(multiplex);
    tokio::spawn(server.run(DefaultIncoming::from(listener)));
    address
}
