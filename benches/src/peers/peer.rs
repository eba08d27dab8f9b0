use std::future::Future;

/// A library, or a hand-written loop, whose calls are measured.
///
/// All peers do the same work: `add`, `echo` and, where there are streams, `count`, over loopback with both ends on
/// tokio. Whatever goes wrong panics: a report with a wrong reply in it is worth nothing.
pub trait Peer: 'static {
    /// On the command line and in the reports, in lower case.
    const NAME: &'static str;
    /// The package whose version in `Cargo.lock` the reports name; none for what is written by hand.
    const PACKAGE: Option<&'static str>;
    /// Codec, transport and whatever is not the default, in one line.
    const SETUP: &'static str;
    /// What cannot be measured, and why not.
    const LACKS: &'static [(Ability, &'static str)] = &[];
    /// Its futures cannot move between threads: its calls are in `send_wrapper::SendWrapper`, and the runner gives
    /// each end a thread with a current-thread runtime and a `LocalSet`, so that `spawn_local` works in `serve` and in
    /// `connect`.
    const ONE_THREAD: bool = false;

    type Client: Client;
    /// What has to live for as long as the server serves.
    type Server: Send + 'static;

    /// Serves any number of connections on the current runtime, on a free port of 127.0.0.1, until the runtime ends.
    /// Gives what [`connect`](Peer::connect) needs, also in another process.
    fn serve() -> impl Future<Output = (String, Self::Server)> + Send;

    /// One connection of its own, established: the first call finds it open. It is closed when the last clone of the
    /// client is dropped.
    fn connect(address: String) -> impl Future<Output = Self::Client> + Send;
}

/// One connection; its clones share it, as a user's would. Many calls are in flight on it at a time, unless the peer
/// [lacks](Peer::LACKS) that: then calls wait for each other.
pub trait Client: Clone + Send + Sync + 'static {
    /// What is cheapest to send: `Bytes` where the API takes them, `Vec<u8>` where it takes nothing else.
    type Payload: From<Vec<u8>> + Send + Sync + 'static;
    type Reply: AsRef<[u8]> + Send;

    /// The server's sum of both.
    fn add(&self, a: i64, b: i64) -> impl Future<Output = i64> + Send;

    /// The server sends back what it got. Owned arguments are cloned here, where the API asks for them.
    fn echo(&self, payload: &Self::Payload) -> impl Future<Output = Self::Reply> + Send;

    /// The sum, made here, of the numbers below `count`, which the server sends as items of a stream of `u64`: one
    /// item per number in the API of both ends, whatever goes over the wire.
    fn count(&self, count: u64) -> impl Future<Output = u64> + Send {
        async move { unreachable!("a stream of {count} numbers from a peer without streams") }
    }
}

/// What not everybody offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// More than one call at a time on a connection.
    InFlight,
    /// A stream of results.
    Streams,
    /// Client and server in two processes.
    TwoProcesses,
}
