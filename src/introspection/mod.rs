//! A server that tells its callers what it serves.
//!
//! The module is behind the feature `introspection`, and the service is off until
//! [`ServerBuilder::introspection`](crate::ServerBuilder::introspection) or the configuration switches it on. Then the
//! server has one more service, `farcall.Introspection`, which any client may call as any other: with
//! [`IntrospectionClient`], or by the command line `farcall` (feature `cli`). Interceptors of the server stand around it
//! as around every service, so that one that asks who is calling guards it too.
//!
//! ```
//! use farcall::introspection::IntrospectionClient;
//! use farcall::{Server, rpc_service};
//! use futures::TryStreamExt;
//!
//! #[rpc_service]
//! trait Clock {
//!     /// The hour of the day.
//!     async fn hour(&self) -> u8;
//! }
//! struct Noon;
//! impl Clock for Noon { async fn hour(&self) -> u8 { 12 } }
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
//! let server = Server::builder().service(ClockServer::new(Noon)).listen("mem://").introspection(true).start().await?;
//! let introspection = IntrospectionClient::connect(server.endpoints()).await?;
//! assert_eq!(introspection.service("Clock").await?.methods, ["hour"]);
//! let hour = introspection.method("Clock.hour").await?;
//! assert_eq!(hour.docs, "The hour of the day.");
//! // All methods of a service are a stream, so that none is too large for a message.
//! let methods: Vec<_> = introspection.methods("Clock").await?.try_collect().await?;
//! assert_eq!(methods, [hour]);
//! # Ok(()) }
//! ```

mod catalogue;
mod model;
mod service;

pub(crate) use catalogue::describe;
pub use model::{ArgumentInfo, CallerLimits, MethodInfo, ServerInfo, ServiceSummary};
pub use rpc_core::schema;
pub use service::{Introspection, IntrospectionClient, IntrospectionRequest, IntrospectionServer};
