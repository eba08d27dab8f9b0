use std::pin::Pin;

use futures::{Stream, StreamExt, stream};
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

use super::generated::bench_server::{Bench, BenchServer};
use super::limits::{MAX_MESSAGE, MAX_STREAMS, WINDOW};
use super::{Addends, Count, Item, Payload, Sum};

struct Handler;

#[tonic::async_trait]
impl Bench for Handler {
    async fn add(&self, request: Request<Addends>) -> Result<Response<Sum>, Status> {
        let Addends { a, b } = request.into_inner();
        Ok(Response::new(Sum { sum: a + b }))
    }

    async fn echo(&self, request: Request<Payload>) -> Result<Response<Payload>, Status> {
        Ok(Response::new(request.into_inner()))
    }

    type CountStream = Pin<Box<dyn Stream<Item = Result<Item, Status>> + Send>>;

    async fn count(&self, request: Request<Count>) -> Result<Response<Self::CountStream>, Status> {
        let numbers = stream::iter(0..request.into_inner().count).map(|number| Ok(Item { number }));
        Ok(Response::new(Box::pin(numbers)))
    }
}

pub(super) async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let service = BenchServer::new(Handler).max_decoding_message_size(MAX_MESSAGE);
    let server = Server::builder()
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW)
        .max_concurrent_streams(MAX_STREAMS)
        .add_service(service)
        .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)));
    tokio::spawn(server);
    address
}
