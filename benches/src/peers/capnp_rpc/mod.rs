//! Cap'n Proto, with both ends on one thread each. `benches/generate` makes `bench_capnp.rs` of `bench.capnp`.

#[allow(clippy::all)]
#[path = "generated/bench_capnp.rs"]
#[rustfmt::skip]
mod bench_capnp;
mod client;
mod network;
mod peer;
mod server;

pub use peer::CapnpRpc;
