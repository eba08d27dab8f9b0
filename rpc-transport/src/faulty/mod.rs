//! A wrapper around any transport that does everything a transport is allowed to do: short reads and writes,
//! `Pending` for no reason, and connections that are cut.
//!
//! Behind it a program shows whether it relies on more than [`rpc_core::Link`] promises.

mod faults;
mod halves;
#[cfg(test)]
mod tests;
mod transport;

pub use faults::Faults;
pub use transport::FaultyTransport;
