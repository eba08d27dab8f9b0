//! Your trait, unchanged; local object or remote client, the same call.
//!
//! Put [`#[rpc_service]`](rpc_service) on a plain trait, and the calls to it can cross a process, a machine or a
//! language. The trait is the only interface definition: no IDL file, no build script, no derive on your types beyond
//! serde's.
//!
//! ```
//! use farcall::{RpcError, rpc_service};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
//! pub enum CalcError {
//!     #[error("division by zero")]
//!     DivideByZero,
//!     #[error(transparent)]
//!     Rpc(#[from] RpcError),
//! }
//!
//! #[rpc_service]
//! pub trait CalculatorService {
//!     /// Adds two numbers.
//!     async fn add(&self, a: i64, b: i64) -> Result<i64, CalcError>;
//!     /// Divides `a` by `b`.
//!     async fn divide(&self, a: i64, b: i64) -> Result<i64, CalcError>;
//! }
//!
//! struct Calculator;
//!
//! impl CalculatorService for Calculator {
//!     async fn add(&self, a: i64, b: i64) -> Result<i64, CalcError> {
//!         Ok(a + b)
//!     }
//!     async fn divide(&self, a: i64, b: i64) -> Result<i64, CalcError> {
//!         a.checked_div(b).ok_or(CalcError::DivideByZero)
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = farcall::serve("tcp://127.0.0.1:0", CalculatorServiceServer::new(Calculator)).await?;
//! let calc = CalculatorServiceClient::connect(server.endpoints()).await?;
//! assert_eq!(calc.add(10, 5).await?, 15);
//!
//! // The client is the trait: the same function on a local object and on a remote one.
//! async fn mean(c: &impl CalculatorService, a: i64, b: i64) -> Result<i64, CalcError> {
//!     c.divide(c.add(a, b).await?, 2).await
//! }
//! assert_eq!(mean(&Calculator, 4, 6).await?, 5);
//! assert_eq!(mean(&calc, 4, 6).await?, 5);
//! # Ok(()) }
//! ```
//!
//! | to | see |
//! |---|---|
//! | define a service | [`rpc_service`] |
//! | call one | the generated `…Client`, whose methods beside the trait's are those of [`Client`] |
//! | serve some | [`serve`], [`Server`] |
//! | read a configuration file | [`Config`] |
//! | know what went wrong | [`RpcError`], [`CallError`], [`Executed`] |
//! | stream results or arguments | [Streams](rpc_service#streams), [`ReplyStream`] |
//! | put something around calls | [`intercept`] |
//! | know of the call that is served, hand it on | [`Context`] |
//! | say how a call is made | [`CallOptions`], [`Client::with_timeout`], [`Client::with_metadata`] |
//! | know whether a server fits | [`Client::compatibility`], [`Client::supports`] |
//! | call a client from its server | [`ClientBuilder::serve`], [`Context::peer`] |
#![cfg_attr(feature = "introspection", doc = "| ask a server what it serves | [`introspection`] |")]
#![cfg_attr(
    not(feature = "introspection"),
    doc = "| ask a server what it serves | `introspection`, with the feature of that name |"
)]
//! | serve on a thread per core | [`ServerBuilder::shards`] |
//! | bound memory and time | [`Limits`] |
//! | bring a transport of your own | [`Transport`], [`TransportRegistry`] |

#[allow(
    unused_extern_crates,
    reason = "so that the macro's output, which names `::farcall`, compiles in here too"
)]
extern crate self as farcall;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod client;
#[cfg(feature = "config")]
mod config;
#[cfg(feature = "introspection")]
pub mod introspection;
pub mod schema;
mod serve;

pub use client::Client;
#[cfg(feature = "config")]
pub use config::{ClientConfig, Config, ServerConfig};
#[cfg(feature = "blocking")]
pub use rpc_core::client::BlockingStream;
pub use rpc_core::client::{ClientBuilder, CompatibilityReport, MethodCompatibility};
pub use rpc_core::codec;
pub use rpc_core::intercept;
pub use rpc_core::server::ServerBuilder;
pub use rpc_core::{
    Arg, ArgumentDescriptor, CallError, CallOptions, CallResultExt, Channel, Code, Context, Endpoint,
    ErrorDetail, Executed, Fault, Identity, IntoEndpoints, Limits, Link, LinkReader, LinkWriter, Listener,
    Metadata, MetadataValue, MethodDescriptor, MethodKind, ReplyMetadata, ReplyStream, RequestStream, Result,
    RpcError, RunningServer, Service, ServiceDescriptor, Services, Shards, Timeout, TraceContext, Transport,
    UnboundLink,
};
#[doc = include_str!("../docs/describe.md")]
#[doc(inline)]
pub use rpc_macros::Describe;
#[doc = include_str!("../docs/rpc_service.md")]
#[doc(inline)]
pub use rpc_macros::rpc_service;
pub use rpc_transport as transport;
pub use rpc_transport::TransportRegistry;
pub use schema::Describe;
pub use serve::{Server, serve};

#[doc = include_str!("../docs/evolution.md")]
pub mod evolution {}

/// The README's example, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
