//! What handlers see, and what makes a server of them.

mod accept;
mod builder;
mod connections;
mod farewell;
mod handler;
mod handler_slot;
pub(crate) mod no_value;
mod panicked;
mod pool_thread;
mod reply_metadata;
mod reply_stream;
mod router;
pub(crate) mod run;
mod running;
mod service;
mod services;
mod shards;
mod slow_polls;
mod streams;
#[cfg(test)]
mod tests;

pub use accept::Acceptor;
pub use builder::ServerBuilder;
pub use handler::HandlerFuture;
pub(crate) use pool_thread::PoolThread;
pub(crate) use reply_metadata::encode as encode_reply_metadata;
pub(crate) use router::Route;
pub use router::Router;
pub use running::RunningServer;
pub(crate) use service::ERROR_LIMITS;
pub use service::{Incoming, Reply, Service};
pub use services::Services;
pub use shards::Shards;
pub(crate) use shards::{Guest, lodge};
pub(crate) use slow_polls::SlowPolls;
pub(crate) use streams::Streams;
