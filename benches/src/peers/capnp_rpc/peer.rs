use std::future::Future;

use send_wrapper::SendWrapper;

use super::client::Connection;
use super::server;
use crate::peers::Peer;

/// See [`SETUP`](Peer::SETUP).
pub struct CapnpRpc;

impl Peer for CapnpRpc {
    const NAME: &'static str = "capnp-rpc";
    const PACKAGE: Option<&'static str> = Some("capnp-rpc");
    const SETUP: &'static str =
        "TCP, buffered, a thread for each end; payloads written and read in place; else the defaults";
    const ONE_THREAD: bool = true;

    type Client = Connection;
    type Server = ();

    async fn serve() -> (String, ()) {
        (server::serve().await, ())
    }

    fn connect(address: String) -> impl Future<Output = Connection> + Send {
        SendWrapper::new(Connection::open(address))
    }
}
