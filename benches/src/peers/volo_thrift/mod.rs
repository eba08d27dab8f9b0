//! Thrift, over one connection of many calls and over a pool of connections of one call each. `benches/generate`
//! makes `volo_gen.rs` of `bench.thrift`.

mod client;
#[allow(clippy::all)]
#[rustfmt::skip]
mod volo_gen;
mod server;

/// Many calls in flight on a connection, which volo-thrift does not recommend but has.
pub struct VoloThrift;

/// A connection per call in flight, kept for the next one.
pub struct VoloThriftPooled;
