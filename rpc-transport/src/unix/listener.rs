//! The listener.

use std::io;

use futures_core::future::BoxFuture;
use rpc_core::{Endpoint, Link, Listener, UnboundLink};
use tokio::net::{UnixListener as Socket, UnixSocket, UnixStream};

use super::address::Address;
use super::claim::{BACKLOG, Claim, claim};
use super::transport::{address, link};
use crate::error::{require_runtime, told};

/// Fields are dropped in this order, which [`Claim`] relies on.
pub(super) struct UnixListener {
    _claim: Option<Claim>,
    socket: Socket,
    endpoint: Endpoint,
}

pub(super) async fn listen(endpoint: &Endpoint) -> io::Result<UnixListener> {
    let address = address(endpoint)?;
    require_runtime(endpoint)?;
    let listening = match &address {
        Address::File(path) => claim(path).await.map(|(claim, socket)| (Some(claim), socket)),
        Address::Abstract(name) => UnixSocket::new_stream()
            .and_then(|socket| {
                socket.bind(name)?;
                socket.listen(BACKLOG)
            })
            .map(|socket| (None, socket)),
    };
    let (claim, socket) =
        listening.map_err(|error| told(&error, format!("cannot listen on `{endpoint}`: {error}")))?;
    Ok(UnixListener { _claim: claim, socket, endpoint: Endpoint::new("unix", endpoint.address()) })
}

impl Listener for UnixListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        Box::pin(async {
            let (stream, _) = self.socket.accept().await?;
            Ok(link(stream, &self.endpoint))
        })
    }

    fn accept_unbound(&mut self) -> BoxFuture<'_, io::Result<UnboundLink>> {
        Box::pin(async {
            let (stream, _) = self.socket.accept().await?;
            let (stream, endpoint) = (stream.into_std()?, self.endpoint.clone());
            Ok(UnboundLink::new(move || Ok(link(UnixStream::from_std(stream)?, &endpoint))))
        })
    }

    fn endpoint(&self) -> Endpoint {
        self.endpoint.clone()
    }
}
