//! What code made by `#[rpc_service]` leans on: descriptors, requests, arguments and payloads.

pub use bytes::Bytes;

mod arg;
mod arguments;
mod descriptor;
mod outcome;
mod payload;
mod request;
#[cfg(test)]
mod tests;

pub use arg::{Arg, ArgTarget};
pub use arguments::{Field, Fields, Slot, Slots, Source, decode_arguments, encode_arguments};
pub use descriptor::{ArgumentDescriptor, MethodDescriptor, MethodKind, ServiceDescriptor};
pub use outcome::{
    ErrorData, FromRpcError, ProjectResult, error_data, flatten_call_error, into_result,
};
pub use payload::{
    Block, BlockFrom, BlockPayload, DecodeField, DecodePayload, EncodePayload, OptionalBlockPayload, Probe,
    SerdeFallback, SerdePayload,
};
pub use request::{
    Arguments, ArgumentsSeed, DecodeRequest, Never, Request, debug_request, deserialize_request,
    serialize_request, unknown_method,
};
