//! What a transport is to farcall: something that makes byte connections.
//!
//! The traits live here, with their consumer; `rpc-transport` implements them for memory, TCP and Unix sockets, and
//! a user may implement them for anything that carries bytes in order. `rpc_transport::conformance` tests an
//! implementation against everything said below.

use std::io;

use futures_core::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::{Endpoint, Identity};

/// The receiving half of a [`Link`].
pub type LinkReader = Box<dyn AsyncRead + Send + Unpin>;

/// The sending half of a [`Link`].
pub type LinkWriter = Box<dyn AsyncWrite + Send + Unpin>;

/// One connection that carries bytes in order, both ways.
///
/// What farcall relies on, and all that it relies on:
///
/// * A read of 0 bytes into a buffer with room is the end of what the peer sends.
/// * Reads and writes may be short, and may be `Pending` at any time; then the waker of the *latest* poll is woken,
///   and it may belong to another task than the one of the poll before.
/// * The halves are independent: one may be polled while the other is `Pending`, from another thread.
/// * `poll_shutdown` says to the peer that nothing more comes, and the other direction goes on; dropping both halves
///   closes the connection, and a peer that waits to read or to write is woken.
/// * A write that takes 0 of some bytes is a closed connection. A write of no bytes does nothing.
/// * Nothing is asked of a read into a buffer without room: a socket may wait there.
pub struct Link {
    /// What the peer sends.
    pub reader: LinkReader,
    /// What goes to the peer.
    pub writer: LinkWriter,
    /// Where the peer is, for `Context::peer_address` and for logs: `tcp://127.0.0.1:40102`. Where clients have no
    /// address, it is the listener's: `mem://calc`, `unix:///run/calc.sock`.
    pub peer: String,
    /// Who the peer is, if the transport knows, for `Context::peer_identity`.
    pub identity: Option<Identity>,
}

impl Link {
    /// Joins a reader and a writer, of a peer that may be anybody.
    pub fn new(
        reader: impl AsyncRead + Send + Unpin + 'static,
        writer: impl AsyncWrite + Send + Unpin + 'static,
        peer: impl Into<String>,
    ) -> Self {
        Self { reader: Box::new(reader), writer: Box::new(writer), peer: peer.into(), identity: None }
    }

    /// The same with what the transport knows of who the peer is.
    #[must_use]
    pub fn with_identity(mut self, identity: impl Into<Option<Identity>>) -> Self {
        self.identity = identity.into();
        self
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("peer", &self.peer)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

/// A connection that was accepted, and that no runtime drives yet.
///
/// A socket belongs to the runtime in which it was made: wherever it is used, that one is woken first. So a server with
/// [`Shards`](crate::Shards) accepts in one place and [binds](Self::bind) each connection where it is served. Dropping
/// it closes the connection.
pub struct UnboundLink(Box<dyn FnOnce() -> io::Result<Link> + Send>);

impl UnboundLink {
    /// A connection of which `bind` makes the link, in the runtime that is to drive it. `bind` must not wait: what has
    /// to be talked over with the peer first belongs into the first reads and writes of the link.
    pub fn new(bind: impl FnOnce() -> io::Result<Link> + Send + 'static) -> Self {
        Self(Box::new(bind))
    }

    /// The link, for the runtime in which this is called.
    ///
    /// # Errors
    ///
    /// What the system says, such as being out of memory. The connection is closed then.
    pub fn bind(self) -> io::Result<Link> {
        (self.0)()
    }

    /// The same with the link that `wrap` makes of it: for a transport that wraps another.
    #[must_use]
    pub fn map(self, wrap: impl FnOnce(Link) -> Link + Send + 'static) -> Self {
        Self::new(move || self.bind().map(wrap))
    }
}

/// A link that is at home in every runtime, or has to stay in the one where it was made.
impl From<Link> for UnboundLink {
    fn from(link: Link) -> Self {
        Self::new(move || Ok(link))
    }
}

impl std::fmt::Debug for UnboundLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnboundLink").finish_non_exhaustive()
    }
}

/// A way to make [`Link`]s: what stands behind one URL scheme.
///
/// Object-safe. Both futures are cancel-safe: dropping one leaves nothing behind but what the operating system
/// may have begun. Errors are `std::io::Error`s whose kind is exact (`AddrInUse`, `ConnectionRefused`,
/// `InvalidInput` for an address that this scheme cannot have) and whose message is a sentence for the user. A wrong
/// address is told before the network is touched.
///
/// A parameter of the endpoint that the transport does not know is `InvalidInput`, with its name, so that a misspelt
/// one is not silently without effect; `codec` is farcall's own, and every transport ignores it.
/// `rpc_transport::check_parameters` does both.
pub trait Transport: Send + Sync + 'static {
    /// Whether `endpoint` is one that [`connect`](Self::connect) can be asked for, as far as its text tells: the
    /// address can be read, and every parameter is known. Touches no network and needs no runtime.
    ///
    /// Clients and configuration files ask before the first call, so that a mistake in an address is told at the
    /// start. The error is the one that `connect` would give. The default knows of no mistake.
    fn check_connect(&self, _endpoint: &Endpoint) -> io::Result<()> {
        Ok(())
    }

    /// The same for [`listen`](Self::listen), which may take more: port 0, or no name.
    fn check_listen(&self, _endpoint: &Endpoint) -> io::Result<()> {
        Ok(())
    }

    /// Connects to `endpoint`. Where a name has several addresses, they are tried in turn.
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>>;

    /// Listens on `endpoint`.
    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>>;
}

/// Where [`Link`]s come in. Dropping it stops listening and frees the address.
pub trait Listener: Send {
    /// The next connection. Cancel-safe: a connection is either returned or still waiting.
    ///
    /// An error concerns this one attempt, and the listener is as good as before. The server goes on accepting, after
    /// a pause when the machine is out of file descriptors or memory.
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>>;

    /// The same for a connection that another runtime is to drive. Servers with [`Shards`](crate::Shards) ask for it.
    ///
    /// The default gives what [`accept`](Self::accept) does. That is right for every transport, and as good as it gets
    /// for one without sockets. A socket should be handed over as one that no runtime knows: otherwise each of its
    /// wake-ups goes through the runtime that accepted it, and it ends with that.
    fn accept_unbound(&mut self) -> BoxFuture<'_, io::Result<UnboundLink>> {
        Box::pin(async { self.accept().await.map(UnboundLink::from) })
    }

    /// What a client has to dial: the real port, the fresh name. Without the parameters that were listened with.
    fn endpoint(&self) -> Endpoint;
}
