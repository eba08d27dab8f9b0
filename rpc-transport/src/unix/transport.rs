//! The transport: dialling.

use std::io;
use std::time::Duration;

use futures_core::future::BoxFuture;
use rpc_core::{Endpoint, Identity, Link, Listener, Transport};
use tokio::net::UnixStream;
use tokio::net::unix::UCred;

use super::address::Address;
use super::listener::listen;
use crate::check_parameters;
use crate::error::{require_runtime, told};

/// The pause before the second attempt at a full backlog, and the longest one.
const FULL_BACKLOG_PAUSE: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(50));

/// `unix:///path/to.sock`, a socket in the file system, and on Linux `unix://@name`, an abstract socket.
///
/// * **A path** is absolute. Listening makes the file with the permissions that the process's umask leaves; put it
///   into a folder that only its clients may enter, or set the umask first. A file that a dead server left is
///   replaced; a live server's is `AddrInUse`; what is not a socket is never touched. The file is removed when the
///   listener is dropped, unless it is no longer the listener's own.
/// * **An abstract socket** has no file and so no permissions: every process in the same network namespace may
///   connect.
///
/// Both sides know who the other is, by the word of the system: an [`Identity`] of kind `unix` with the name `uid=…` and
/// the attributes `gid` and, where the system tells it, `pid`.
///
/// 1,024 connections may wait to be accepted; `connect` waits while the backlog is full, as long as its caller does.
/// Needs a tokio runtime with I/O and time enabled.
///
/// # Errors
///
/// `InvalidInput` for a relative or too long path; `ConnectionRefused` if nobody listens or there is no such file;
/// `AddrInUse`; `AlreadyExists` if something that is not a socket has the path; `Unsupported` for abstract sockets
/// outside Linux; else what the system says, such as `PermissionDenied`.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnixTransport;

impl Transport for UnixTransport {
    fn check_connect(&self, endpoint: &Endpoint) -> io::Result<()> {
        address(endpoint).map(drop)
    }

    fn check_listen(&self, endpoint: &Endpoint) -> io::Result<()> {
        address(endpoint).map(drop)
    }

    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        Box::pin(connect(endpoint))
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        Box::pin(async move { Ok(Box::new(listen(endpoint).await?) as Box<dyn Listener>) })
    }
}

/// A link of a connected stream. Both sides name the listener: a client's socket has no name.
pub(super) fn link(stream: UnixStream, peer: &Endpoint) -> Link {
    let identity = stream.peer_cred().ok().map(identity);
    let (reader, writer) = stream.into_split();
    Link::new(reader, writer, format!("unix://{}", peer.address())).with_identity(identity)
}

/// What the system says of the process at the other end, as it was when it connected or began to listen.
fn identity(peer: UCred) -> Identity {
    let identity = Identity::new("unix", format!("uid={}", peer.uid())).with("gid", peer.gid().to_string());
    match peer.pid() {
        Some(pid) => identity.with("pid", pid.to_string()),
        None => identity,
    }
}

/// The address in an endpoint, the same for both sides.
pub(super) fn address(endpoint: &Endpoint) -> io::Result<Address> {
    check_parameters(endpoint, &[])?;
    Address::parse(endpoint)
}

async fn connect(endpoint: &Endpoint) -> io::Result<Link> {
    let address = address(endpoint)?;
    require_runtime(endpoint)?;
    let (mut pause, longest) = FULL_BACKLOG_PAUSE;
    loop {
        match UnixStream::connect(address.as_path()).await {
            Ok(stream) => return Ok(link(stream, endpoint)),
            // Linux says so when the backlog is full, and gives nothing to wait for.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(longest);
            }
            Err(error) => return Err(explain(&error, endpoint)),
        }
    }
}

fn explain(error: &io::Error, endpoint: &Endpoint) -> io::Error {
    let kind = io::ErrorKind::ConnectionRefused;
    match error.kind() {
        io::ErrorKind::NotFound => {
            io::Error::new(kind, format!("nobody listens on `{endpoint}`: there is no such file"))
        }
        io::ErrorKind::ConnectionRefused => {
            io::Error::new(kind, format!("nobody listens on `{endpoint}`: {error}"))
        }
        _ => told(error, format!("cannot connect to `{endpoint}`: {error}")),
    }
}
