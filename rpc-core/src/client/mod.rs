//! What callers see: clients as handles on an endpoint or on a local object.

#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod call;
mod callers;
mod channel;
mod connector;
mod dial;
mod encode;
mod failure;
mod local;
mod metadata;
mod redial;
mod remote;
mod remote_call;
mod reply;
mod timers;

#[cfg(feature = "blocking")]
pub use blocking::block_on;
pub use builder::ClientBuilder;
pub use call::{call_result, call_rpc, call_value};
pub use channel::Channel;
