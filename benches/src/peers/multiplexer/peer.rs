use tokio::net::{TcpListener, TcpStream};

use super::client::MultiplexerClient;
use super::server;
use crate::peers::{Ability, Peer};

pub struct Multiplexer;

impl Peer for Multiplexer {
    const NAME: &'static str = "multiplexer";
    const PACKAGE: Option<&'static str> = None;
    const SETUP: &'static str =
        "hand-written over TCP: ids, a slab of waiters, many calls a write, long payloads not copied";
    const LACKS: &'static [(Ability, &'static str)] =
        &[(Ability::Streams, "`raw` has the hand-written stream")];

    type Client = MultiplexerClient;
    type Server = ();

    async fn serve() -> (String, ()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(server::accept(listener));
        (address, ())
    }

    async fn connect(address: String) -> MultiplexerClient {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        MultiplexerClient::new(stream)
    }
}
