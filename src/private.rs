//! What generated code names. Not for use by hand: it changes without notice.

pub use core;
pub use std::sync::Arc;

pub use rpc_core::client::{
    Channel, ClientBuilder, CompatibilityReport, call_result, call_value, flatten_stream, open_result,
    open_value, stream,
};
pub use rpc_core::generated::{
    Arg, ArgumentDescriptor, DecodeRequest, Describer, Field, Forward, FromRpcError, MethodDescriptor,
    MethodKind, MethodSchema, Never, ProjectResult, Request, ServiceDescriptor, Slot, debug_request,
    decode_arguments, deserialize_request, encode_arguments, flatten_call_error, forward, forward_opened,
    into_result, serialize_request, unknown_method,
};
pub use rpc_core::generated::{Bytes, Stream};
pub use rpc_core::intercept::Interceptor;
pub use rpc_core::server::{HandlerFuture, Incoming, Reply, Service};
pub use rpc_core::stream::{ReplyStream, Uploads, items_result, items_rpc, items_value, upload};
pub use rpc_core::{
    CallError, CallOptions, Context, IntoEndpoints, MetadataValue, ReplyMetadata, RpcError, Timeout,
};
pub use serde;

pub use crate::Client;
#[cfg(feature = "config")]
pub use crate::Config;
pub use crate::{__if_blocking as if_blocking, __if_config as if_config};
#[cfg(feature = "blocking")]
pub use rpc_core::client::{BlockingStream, block_on, iter_stream};
pub use rpc_core::schema::{Describe, Descriptions, MemberNotes, Notes};
pub use rpc_core::{__describe as describe, __note as note, __payload as payload};

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
