//! What handlers see, and what makes a server of them.

mod accept;
mod builder;
mod connections;
mod panicked;
mod router;
pub(crate) mod run;
mod running;
mod service;
mod services;
mod slow_polls;

pub use accept::Acceptor;
pub use builder::ServerBuilder;
pub(crate) use router::Route;
pub use router::Router;
pub use running::RunningServer;
pub(crate) use service::ERROR_LIMITS;
pub use service::{HandlerFuture, Incoming, Reply, Service};
pub use services::Services;
