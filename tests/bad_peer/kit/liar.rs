use farcall::{Client, Endpoint, Limits, Listener, Timeout, Transport, TransportRegistry};
use rpc_core::client::ClientBuilder;
use rpc_core::wire::Hello;

use super::{Peer, ZooClient, hello, hello_bytes};

/// A listener that says what the test wants.
pub(crate) struct Liar {
    pub(crate) endpoint: Endpoint,
    listener: Box<dyn Listener>,
}

impl Liar {
    pub(crate) async fn new(endpoint: &str) -> Self {
        super::panics_of_ours_abort();
        let listener = TransportRegistry::global().listen(&endpoint.parse().unwrap()).await.unwrap();
        Self { endpoint: listener.endpoint(), listener }
    }

    /// The next connection of a client; nothing is read or said.
    pub(crate) async fn accept(&mut self) -> Peer {
        Peer::new(self.listener.accept().await.unwrap())
    }

    /// The next connection, with both hellos said.
    pub(crate) async fn greet(&mut self) -> Peer {
        self.greet_as(&hello()).await
    }

    pub(crate) async fn greet_as(&mut self, hello: &Hello) -> Peer {
        let mut peer = self.accept().await;
        peer.hello().await;
        peer.send(&hello_bytes(hello)).await;
        peer
    }

    pub(crate) fn client(&self, limits: Limits) -> ZooClient {
        let builder = ClientBuilder::new(vec![self.endpoint.clone()], TransportRegistry::global());
        let channel = builder.limits(limits).timeout(Timeout::Never).build().unwrap();
        ZooClient::from_channel(channel)
    }
}
