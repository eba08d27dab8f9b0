//! What code made by `#[rpc_service]` leans on: descriptors, requests, arguments and payloads.

pub use bytes::Bytes;
pub use futures_core::Stream;

mod arg;
mod arguments;
mod block;
mod descriptor;
mod forward;
mod misplaced;
mod outcome;
mod payload;
mod probe;
mod request;
mod schema;
#[cfg(test)]
mod tests;

pub use arg::{Arg, ArgTarget};
pub use arguments::{Field, Fields, Slot, Slots, Source, decode_arguments, encode_arguments};
pub use block::{Block, BlockFrom, BlockPayload, OptionalBlockPayload};
pub use descriptor::{ArgumentDescriptor, MethodDescriptor, MethodKind, ServiceDescriptor};
pub use forward::{Forward, forward, forward_opened};
pub use misplaced::{ApplicationError, Misplaced, SendableContext};
pub use outcome::{ErrorData, FromRpcError, ProjectResult, flatten_call_error, into_result};
pub use payload::{DecodeField, DecodePayload, EncodePayload, ErrorPayload, PlainPayload, SerdePayload};
pub use probe::{ErrorFallback, Plain, Probe, SerdeFallback};
pub use request::{
    Arguments, ArgumentsSeed, DecodeRequest, Never, Request, debug_request, deserialize_request,
    serialize_request, unknown_method,
};
pub use schema::{
    DescribeItems, Described, DescribedItems, Describer, ItemsNotDescribed, MethodSchema, NotDescribed,
    NotNoted, Noted,
};
