//! What generated code names. Not for use by hand: it changes without notice.

pub use core;
pub use std::sync::Arc;

pub use rpc_core::client::{Channel, call_result, call_rpc, call_value};
pub use rpc_core::generated::Bytes;
pub use rpc_core::generated::{
    Arg, ArgumentDescriptor, DecodeRequest, Field, FromRpcError, MethodDescriptor, Never, ProjectResult,
    Request, ServiceDescriptor, Slot, debug_request, decode_arguments, deserialize_request, encode_arguments,
    flatten_call_error, into_result, serialize_request, unknown_method,
};
pub use rpc_core::server::{HandlerFuture, Incoming, Service};
pub use rpc_core::{CallError, CallOptions, IntoEndpoints, MetadataValue, RpcError, Timeout};
pub use serde;

pub use crate::Client;
#[cfg(feature = "config")]
pub use crate::Config;
pub use crate::{__if_blocking as if_blocking, __if_config as if_config};
pub use rpc_core::__payload as payload;
#[cfg(feature = "blocking")]
pub use rpc_core::client::block_on;

/// Keeps its content if farcall has the blocking client.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_blocking {
    ($($token:tt)*) => { $($token)* };
}

/// Drops its content.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_blocking {
    ($($token:tt)*) => {};
}

/// Keeps its content if farcall reads configuration files.
#[cfg(feature = "config")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_config {
    ($($token:tt)*) => { $($token)* };
}

/// Drops its content.
#[cfg(not(feature = "config"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_config {
    ($($token:tt)*) => {};
}
