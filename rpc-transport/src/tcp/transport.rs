//! The transport: dialling.

use std::io;
use std::net::SocketAddr;

use futures_core::future::BoxFuture;
use rpc_core::{Endpoint, Link, Listener, Transport};
use tokio::net::TcpStream;

use super::address::Address;
use super::in_turn::in_turn;
use super::listener::listen;
use crate::check_parameters;
use crate::error::{invalid, require_runtime};

/// `tcp://host:port`, where the host is an IPv4 address, an IPv6 address in brackets or a name.
///
/// Both sides set `TCP_NODELAY`: farcall batches by itself, and a small call must not wait for an acknowledgement.
///
/// * **Connecting** to a name tries its addresses in the system's order. An address that stays silent for 250 ms is
///   joined by the next one, and the first that answers is taken. There is no time limit here: the caller's deadline
///   is the limit.
/// * **Listening** sets `SO_REUSEADDR` (not on Windows, where it would share the port), so that a server can restart
///   at once; 1,024 connections may wait to be accepted. Port 0 takes a free port, which [`Listener::endpoint`]
///   tells. A name listens on the first of its addresses that this machine has. Whether `[::]` also takes IPv4 is the
///   system's choice; on Linux it does.
///
/// Needs a tokio runtime with I/O and time enabled.
///
/// ```
/// use rpc_core::{Listener, Transport};
/// use rpc_transport::TcpTransport;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut listener = TcpTransport.listen(&"tcp://127.0.0.1:0".parse()?).await?;
/// let client = TcpTransport.connect(&listener.endpoint()).await?;
/// assert_eq!(client.peer, listener.endpoint().to_string());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// `InvalidInput` for an address without a host or a port, `NotFound` for a name without an address; else what the
/// system says (`ConnectionRefused`, `AddrInUse`, `PermissionDenied` …), with every address that was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct TcpTransport;

impl Transport for TcpTransport {
    fn check_connect(&self, endpoint: &Endpoint) -> io::Result<()> {
        dialled(endpoint).map(drop)
    }

    fn check_listen(&self, endpoint: &Endpoint) -> io::Result<()> {
        listened(endpoint).map(drop)
    }

    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        Box::pin(connect(endpoint))
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        Box::pin(async move { Ok(Box::new(listen(endpoint).await?) as Box<dyn Listener>) })
    }
}

/// A link of a connected stream.
pub(super) fn link(stream: TcpStream, peer: SocketAddr) -> Link {
    // This fails only when the peer has reset the connection, which the first read tells.
    let _ = stream.set_nodelay(true);
    let (reader, writer) = stream.into_split();
    Link::new(reader, writer, format!("tcp://{peer}"))
}

/// The address in an endpoint on which to listen.
pub(super) fn listened(endpoint: &Endpoint) -> io::Result<Address> {
    check_parameters(endpoint, &[])?;
    Address::parse(endpoint)
}

/// The address in an endpoint that is to be dialled.
fn dialled(endpoint: &Endpoint) -> io::Result<Address> {
    let address = listened(endpoint)?;
    if address.port() == 0 {
        return Err(invalid(format!("`{endpoint}` cannot be connected to: port 0 is only for listening")));
    }
    Ok(address)
}

async fn connect(endpoint: &Endpoint) -> io::Result<Link> {
    let address = dialled(endpoint)?;
    require_runtime(endpoint)?;
    let addresses = address.resolve(endpoint).await?;
    let (stream, peer) = in_turn(addresses, connect_to)
        .await
        .map_err(|failed| failed.into_error(&format!("cannot connect to `{endpoint}`")))?;
    Ok(link(stream, peer))
}

async fn connect_to(address: SocketAddr) -> io::Result<(TcpStream, SocketAddr)> {
    let stream = TcpStream::connect(address).await?;
    // A port of this machine on which nobody listens may be picked as the local port of the very connection to it.
    // TCP then connects the socket to itself, and a client that dials again and again would one day talk to itself.
    if stream.local_addr()? == stream.peer_addr()? {
        return Err(io::Error::new(io::ErrorKind::ConnectionRefused, "nobody listens there"));
    }
    Ok((stream, address))
}
