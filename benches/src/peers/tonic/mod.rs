//! gRPC over HTTP/2. `benches/generate` makes `bench.Bench.rs`.

mod client;
#[allow(clippy::all)]
#[rustfmt::skip]
#[path = "bench.Bench.rs"]
mod generated;
mod messages;
mod server;

use messages::{Addends, Count, Item, Payload, Sum};

/// See [`SETUP`](super::Peer::SETUP).
pub struct Tonic;

/// In bytes, of a message: HTTP/2 has no limit, tonic's own is 4 MiB to receive.
const MAX_MESSAGE: usize = 64 << 20;
/// In bytes, of a stream and of the connection: 16 echoes of 1 MiB at a time do not wait for each other.
const WINDOW: u32 = 16 << 20;
/// Calls in flight on a connection. Hyper's own limit is 200.
const MAX_STREAMS: u32 = 4_096;
