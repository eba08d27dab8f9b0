//! The part of farcall that needs no operating system.
//!
//! From the bytes up: [`wire`] turns bytes into frames, [`codec`] payloads into values, `proto` is the protocol as
//! a value, the driver joins it to a [`Link`], and [`client`] and [`server`] are what callers and handlers see. [`schema`]
//! says what types are on the wire.

mod body;
#[doc(hidden)]
pub mod bytes_serde;
mod call_options;
pub mod client;
mod clock;
pub mod codec;
mod context;
mod driver;
#[doc(hidden)]
pub mod duration_serde;
mod endpoint;
mod error;
#[doc(hidden)]
pub mod generated;
mod identity;
pub mod intercept;
mod limits;
mod link;
mod metadata;
mod ordering;
mod poll;
mod pool;
mod proto;
mod reply_metadata;
pub mod schema;
mod scratch;
pub mod server;
mod sorted_queue;
mod spares;
mod spawn;
#[doc(hidden)]
pub mod stream;
mod timeout;
mod trace;
pub mod wire;
mod wire_id;

pub use call_options::CallOptions;
pub use client::Channel;
pub use context::Context;
pub use endpoint::{Endpoint, IntoEndpoints};
pub use error::{CallError, CallResultExt, Code, ErrorDetail, Executed, Fault, Result, RpcError};
pub use generated::{Arg, ArgumentDescriptor, MethodDescriptor, MethodKind, ServiceDescriptor};
pub use identity::Identity;
pub use limits::Limits;
pub use link::{Link, LinkReader, LinkWriter, Listener, Transport, UnboundLink};
pub use metadata::{Metadata, MetadataValue};
pub use reply_metadata::ReplyMetadata;
pub use server::{RunningServer, Service, Services, Shards};
pub use stream::{ReplyStream, RequestStream};
pub use timeout::Timeout;
pub use trace::TraceContext;
pub use wire_id::wire_id;
