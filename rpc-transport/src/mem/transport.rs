//! The transport and its listener.

use std::io;

use futures_core::future::BoxFuture;
use rpc_core::{Endpoint, Link, Listener, Transport};
use tokio::sync::mpsc;

use super::namespace::{self, Name};
use super::pipe::pipe;
use crate::check_parameters;
use crate::error::invalid;

/// Connections that wait to be accepted; a further `connect` waits for a place. As for sockets.
const BACKLOG: usize = 1024;

/// `mem://name`: connections inside this process.
///
/// All values of this type share one namespace per process. `mem://`, without a name, listens on a fresh name, which
/// [`Listener::endpoint`] tells; tests that use it cannot get in each other's way. Each direction of a connection
/// buffers up to 64 KiB and gives the memory back when it is empty. It needs no tokio runtime.
///
/// ```
/// use rpc_core::{Listener, Transport};
/// use rpc_transport::MemTransport;
/// use tokio::io::{AsyncReadExt, AsyncWriteExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut listener = MemTransport.listen(&"mem://".parse()?).await?;
/// let mut client = MemTransport.connect(&listener.endpoint()).await?;
/// let mut server = listener.accept().await?;
///
/// client.writer.write_all(b"hello").await?;
/// let mut word = [0; 5];
/// server.reader.read_exact(&mut word).await?;
/// assert_eq!(&word, b"hello");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// `connect`: `ConnectionRefused` if nobody listens on the name. `listen`: `AddrInUse` if somebody does.
#[derive(Clone, Copy, Debug, Default)]
pub struct MemTransport;

impl Transport for MemTransport {
    fn check_connect(&self, endpoint: &Endpoint) -> io::Result<()> {
        dialled(endpoint).map(drop)
    }

    fn check_listen(&self, endpoint: &Endpoint) -> io::Result<()> {
        check_parameters(endpoint, &[])
    }

    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        Box::pin(connect(endpoint))
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        Box::pin(async move { Ok(Box::new(listen(endpoint)?) as Box<dyn Listener>) })
    }
}

/// The name in an endpoint that is to be dialled.
fn dialled(endpoint: &Endpoint) -> io::Result<&str> {
    check_parameters(endpoint, &[])?;
    match endpoint.address() {
        "" => Err(invalid(format!(
            "`{endpoint}` names nobody to connect to: write the name that the listener has, as in `mem://calc`"
        ))),
        name => Ok(name),
    }
}

async fn connect(endpoint: &Endpoint) -> io::Result<Link> {
    let name = dialled(endpoint)?;
    let refused = || {
        io::Error::new(
            io::ErrorKind::ConnectionRefused,
            format!("nobody in this process listens on `{endpoint}`"),
        )
    };
    let backlog = namespace::find(name).ok_or_else(refused)?;
    let place = backlog.reserve().await.map_err(|_closed| refused())?;

    let (to_server, from_client) = pipe();
    let (to_client, from_server) = pipe();
    let peer = format!("mem://{name}");
    place.send(Link::new(from_client, to_client, peer.clone()));
    Ok(Link::new(from_server, to_server, peer))
}

fn listen(endpoint: &Endpoint) -> io::Result<MemListener> {
    check_parameters(endpoint, &[])?;
    let (sender, incoming) = mpsc::channel(BACKLOG);
    let name = match endpoint.address() {
        "" => Name::take_fresh(&sender),
        name => Name::take(name, sender).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::AddrInUse,
                format!("somebody in this process listens on `{endpoint}` already: take another name"),
            )
        })?,
    };
    Ok(MemListener { name, incoming })
}

/// Fields are dropped in this order: the name is free before the waiting connections are refused.
struct MemListener {
    name: Name,
    incoming: mpsc::Receiver<Link>,
}

impl Listener for MemListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        // The namespace holds a sender until `name` is dropped, so that `None` cannot come while `self` lives.
        Box::pin(async { self.incoming.recv().await.ok_or_else(|| io::ErrorKind::NotConnected.into()) })
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint::new("mem", self.name.as_str())
    }
}
