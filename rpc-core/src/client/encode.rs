use bytes::Bytes;

use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};
use crate::generated::{Arguments, MethodDescriptor, Request};
use crate::{Code, Executed, Fault, RpcError};

/// Arguments whose type is forgotten, so that all that follows is compiled once.
pub(super) trait EncodeArguments {
    fn encode(&self, codec: Codec, limits: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError>;
}

impl<Q: Request> EncodeArguments for Q {
    fn encode(&self, codec: Codec, limits: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError> {
        codec.encode_as(self.method().name, &Arguments(self), limits, out)
    }
}

/// Arguments that are encoded.
impl EncodeArguments for Bytes {
    fn encode(&self, _: Codec, _: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError> {
        out.extend_from_slice(self);
        Ok(())
    }
}

/// What the caller sees of arguments that cannot be encoded.
pub(super) fn not_encoded(method: &'static MethodDescriptor, error: &CodecError) -> RpcError {
    let code = match error.kind() {
        CodecErrorKind::Size => Code::ResourceExhausted,
        _ => Code::InvalidArgument,
    };
    RpcError::new(code, format!("the arguments of `{method}` cannot be sent: {error}"))
        .with_executed(Executed::No)
        .with_fault(Fault::Caller)
}
