//! What callers see: clients as handles on an endpoint or on a local object.

mod attempt;
#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod call;
mod callers;
mod channel;
mod compatibility;
mod connector;
mod dial;
mod encode;
mod engine;
mod failure;
#[cfg(feature = "tower")]
mod forward;
mod handoff;
mod homes;
mod intercepted;
mod lane;
mod local_call;
mod metadata;
mod open;
mod plain_call;
mod redial;
mod remote;
mod remote_call;
mod reply;
mod result_stream;
mod running;
mod terms;
#[cfg(test)]
mod tests;
mod timers;
mod unary;
mod via;

#[cfg(feature = "blocking")]
pub use blocking::{BlockingStream, block_on, iter_stream};
pub use builder::ClientBuilder;
pub use call::{call_result, call_value};
pub use channel::Channel;
pub use compatibility::{CompatibilityReport, MethodCompatibility};
#[cfg(feature = "tower")]
pub(crate) use forward::forward;
pub use open::{flatten_stream, open_result, open_value, stream};
pub(crate) use result_stream::{Given, ResultStream};
