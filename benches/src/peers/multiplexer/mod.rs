//! What a program gets that is written by hand for these calls: many in flight on a connection, and no call pays for
//! the system calls of its own. The ceiling for throughput.

mod client;
mod frame;
mod outgoing;
mod peer;
mod server;

pub use peer::Multiplexer;
