//! `#[rpc_service]` from end to end: what the macro accepts, and what it makes of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "macro/arguments.rs"]
mod arguments;
#[path = "macro/client_is_the_trait.rs"]
mod client_is_the_trait;
#[path = "macro/collisions.rs"]
mod collisions;
#[path = "macro/connection.rs"]
mod connection;
#[path = "macro/default_bodies.rs"]
mod default_bodies;
#[cfg(feature = "introspection")]
#[path = "macro/describe.rs"]
mod describe;
#[path = "macro/descriptor.rs"]
mod descriptor;
#[path = "macro/hook.rs"]
mod hook;
#[path = "macro/options.rs"]
mod options;
#[path = "macro/places.rs"]
mod places;
#[path = "macro/request.rs"]
mod request;
#[path = "macro/results.rs"]
mod results;
#[path = "macro/send.rs"]
mod send;
#[path = "macro/streaming_trait.rs"]
mod streaming_trait;
#[path = "macro/streams.rs"]
mod streams;
