//! Tests that a [`Transport`](rpc_core::Transport) keeps the whole contract of `rpc_core::link`.
//!
//! Describe the transport as a [`Subject`] and let [`transport_conformance!`](crate::transport_conformance) make one
//! `#[test]` per case, or [`run`] them all:
//!
//! ```
//! use std::sync::Arc;
//! use rpc_core::Endpoint;
//! use rpc_transport::{MemTransport, conformance::Subject, transport_conformance};
//!
//! fn subject() -> Subject {
//!     Subject::new(Arc::new(MemTransport), || Endpoint::new("mem", ""))
//! }
//!
//! transport_conformance!(mem, subject());
//! ```
//!
//! A case fails by panicking, as tests do. Each is bounded by [`HANG_GUARD`], which only tells a hang from a failure.

#![allow(clippy::expect_used, clippy::panic, reason = "a test suite reports by panicking")]

mod cancelling;
mod closing;
mod listening;
mod macros;
mod many;
mod runner;
mod subject;
#[cfg(test)]
mod tests;
mod transfer;
mod wakers;

pub use runner::{Case, HANG_GUARD, cases, run, run_case};
pub use subject::Subject;
