//! Thrift, over one connection of many calls and over a pool of connections of one call each. `benches/generate`
//! makes `volo_gen.rs` of `bench.thrift`.

mod client;
#[allow(clippy::all)]
#[path = "generated/volo_gen.rs"]
#[rustfmt::skip]
mod generated;
mod peer;
mod server;

pub use peer::{VoloThrift, VoloThriftPooled};
