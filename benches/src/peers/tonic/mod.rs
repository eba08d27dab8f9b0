//! gRPC over HTTP/2. `benches/generate` makes `bench.Bench.rs`.

mod client;
#[allow(clippy::all)]
#[path = "generated/bench.Bench.rs"]
#[rustfmt::skip]
mod generated;
mod limits;
mod messages;
mod peer;
mod server;

use messages::{Addends, Count, Item, Payload, Sum};
pub use peer::Tonic;
