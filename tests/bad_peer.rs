//! Peers that lie, flood, stall and break off: against the real server and the real client, over real connections.
//!
//! `server_*` attack a server, `client_*` a client. Every test that chooses at random prints its seed first; set
//! `BAD_PEER_SEED` to run with that one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "bad_peer/client_closing.rs"]
mod client_closing;
#[path = "bad_peer/client_connecting.rs"]
mod client_connecting;
#[path = "bad_peer/client_handshake.rs"]
mod client_handshake;
#[path = "bad_peer/client_replies.rs"]
mod client_replies;
// Wrong signatures are written by what only introspection has.
#[cfg(feature = "introspection")]
#[path = "bad_peer/client_signatures.rs"]
mod client_signatures;
#[path = "bad_peer/client_streams.rs"]
mod client_streams;
#[path = "bad_peer/client_uploads.rs"]
mod client_uploads;
#[path = "bad_peer/kit/mod.rs"]
mod kit;
#[path = "bad_peer/server_bodies.rs"]
mod server_bodies;
#[path = "bad_peer/server_bytes.rs"]
mod server_bytes;
#[path = "bad_peer/server_calls.rs"]
mod server_calls;
#[path = "bad_peer/server_cancelling.rs"]
mod server_cancelling;
#[path = "bad_peer/server_capacity.rs"]
mod server_capacity;
#[path = "bad_peer/server_chunks.rs"]
mod server_chunks;
#[path = "bad_peer/server_floods.rs"]
mod server_floods;
#[path = "bad_peer/server_hello.rs"]
mod server_hello;
#[path = "bad_peer/server_signatures.rs"]
mod server_signatures;
#[path = "bad_peer/server_strangers.rs"]
mod server_strangers;
#[path = "bad_peer/server_stream_calls.rs"]
mod server_stream_calls;
#[path = "bad_peer/server_streams.rs"]
mod server_streams;
#[path = "bad_peer/server_time.rs"]
mod server_time;
