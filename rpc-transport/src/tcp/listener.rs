//! The listener.

use std::io;
use std::net::SocketAddr;

use futures_core::future::BoxFuture;
use rpc_core::{Endpoint, Link, Listener, UnboundLink};
use tokio::net::{TcpListener as Socket, TcpSocket, TcpStream};

use super::in_turn::AllFailed;
use super::transport::{link, listened};
use crate::error::require_runtime;

/// Connections that wait to be accepted. The system may allow fewer (`net.core.somaxconn`).
const BACKLOG: u32 = 1024;

pub(super) struct TcpListener {
    socket: Socket,
    local: SocketAddr,
}

/// Listens on the first address of `endpoint` that this machine lets it have.
pub(super) async fn listen(endpoint: &Endpoint) -> io::Result<TcpListener> {
    let address = listened(endpoint)?;
    require_runtime(endpoint)?;
    let mut failed = Vec::new();
    for address in address.resolve(endpoint).await? {
        match bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => failed.push((address, error)),
        }
    }
    Err(AllFailed(failed).into_error(&format!("cannot listen on `{endpoint}`")))
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    let socket = socket.listen(BACKLOG)?;
    let local = socket.local_addr()?;
    Ok(TcpListener { socket, local })
}

impl Listener for TcpListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        Box::pin(async {
            let (stream, peer) = self.socket.accept().await?;
            Ok(link(stream, peer))
        })
    }

    fn accept_unbound(&mut self) -> BoxFuture<'_, io::Result<UnboundLink>> {
        Box::pin(async {
            let (stream, peer) = self.socket.accept().await?;
            let stream = stream.into_std()?;
            Ok(UnboundLink::new(move || Ok(link(TcpStream::from_std(stream)?, peer))))
        })
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::new("tcp", self.local.to_string())
    }
}
