use bytes::Bytes;

use crate::codec::{BLOCK, Codec, CodecError, CodecErrorKind, CodecLimits};
use crate::generated::{Arguments, MethodDescriptor, Request};
use crate::{Code, Executed, Fault, RpcError};

/// Arguments whose type is forgotten, so that all that follows is compiled once.
pub(super) trait EncodeArguments {
    fn encode(&self, codec: Codec, limits: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError>;

    /// As [`encode`](Self::encode), but a long block at the end is given back: it belongs behind what is in `out`.
    fn encode_apart(
        &self,
        codec: Codec,
        limits: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<Option<Bytes>, CodecError>;
}

impl<Q: Request> EncodeArguments for Q {
    fn encode(&self, codec: Codec, limits: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError> {
        codec.encode_as(self.method().name, &Arguments(self), limits, out)
    }

    fn encode_apart(
        &self,
        codec: Codec,
        limits: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<Option<Bytes>, CodecError> {
        codec.encode_apart(self.method().name, &Arguments(self), limits, out)
    }
}

/// Arguments that are encoded.
impl EncodeArguments for Bytes {
    fn encode(&self, _: Codec, _: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError> {
        out.extend_from_slice(self);
        Ok(())
    }

    fn encode_apart(
        &self,
        _: Codec,
        _: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<Option<Bytes>, CodecError> {
        if self.len() >= BLOCK {
            return Ok(Some(self.clone()));
        }
        out.extend_from_slice(self);
        Ok(None)
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
