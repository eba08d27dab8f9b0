//! The transports of farcall: bytes in and out over memory, TCP and Unix sockets.
//!
//! A [`TransportRegistry`] finds the transport for an endpoint by its scheme:
//!
//! | endpoint | transport | feature |
//! |---|---|---|
//! | `mem://name` | [`MemTransport`]: pipes inside this process | always there |
//! | `tcp://host:port` | `TcpTransport` | `tcp` |
//! | `unix:///path/to.sock`, `unix://@name` | `UnixTransport` | `unix` |
//!
//! Each is an [`rpc_core::Transport`]. Write your own, run the `conformance` suite (feature `test-util`) on it, and
//! [`register`](TransportRegistry::register) it under a scheme.

#[cfg(feature = "test-util")]
pub mod conformance;
mod error;
#[cfg(feature = "test-util")]
pub mod faulty;
mod mem;
mod parameters;
#[cfg(feature = "test-util")]
mod random;
mod registry;
#[cfg(feature = "tcp")]
mod tcp;
#[cfg(all(feature = "unix", unix))]
mod unix;

pub use mem::MemTransport;
pub use parameters::check_parameters;
pub use registry::TransportRegistry;
#[cfg(feature = "tcp")]
pub use tcp::TcpTransport;
#[cfg(all(feature = "unix", unix))]
pub use unix::UnixTransport;
