//! What callers see: clients as handles on an endpoint or on a local object.

#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod channel;
mod dial;
mod encode;
mod failure;
mod local;
mod metadata;
mod remote;
mod remote_call;
mod reply;

#[cfg(feature = "blocking")]
pub use blocking::block_on;
pub use call::{call_result, call_rpc, call_value};
pub use channel::Channel;
pub use remote::ClientBuilder;
