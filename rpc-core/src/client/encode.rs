use bytes::Bytes;

use super::channel::Target;
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

/// Arguments that were encoded before it was known what the peer has of the method.
#[derive(Clone)]
pub(super) struct EncodedArguments {
    pub(super) method: &'static MethodDescriptor,
    pub(super) codec: Codec,
    pub(super) body: Bytes,
    /// The same in the codec that names fields, where the peer may turn out to want it.
    pub(super) named: Option<Result<Bytes, CodecError>>,
}

impl EncodedArguments {
    /// Encodes `arguments` in the form in which a call through `target` most likely travels.
    pub(super) fn new(
        target: &Target,
        method: &'static MethodDescriptor,
        arguments: &dyn EncodeArguments,
    ) -> Result<Self, RpcError> {
        let (codec, certain) = target.codec(method)?;
        let limits = target.codec_limits();
        let encode = |codec: Codec| {
            let mut body = Vec::new();
            arguments.encode(codec, &limits, &mut body).map(|()| Bytes::from(body))
        };
        let body = encode(codec).map_err(|error| not_encoded(method, &error))?;
        let named = (!certain && !codec.is_self_describing()).then(|| encode(codec.named()));
        Ok(Self { method, codec, body, named })
    }

    fn in_codec(&self, codec: Codec) -> Result<&Bytes, CodecError> {
        if codec == self.codec {
            return Ok(&self.body);
        }
        if let Some(named) = self.named.as_ref().filter(|_| codec == self.codec.named()) {
            return named.as_ref().map_err(CodecError::clone);
        }
        let text = format_args!(
            "the peer has other types than it had when the call was begun, and takes `{}` as {codec} only: make the \
             call again",
            self.method
        );
        Err(CodecError::unsupported(text))
    }
}

impl EncodeArguments for EncodedArguments {
    fn encode(&self, codec: Codec, _: &CodecLimits, out: &mut Vec<u8>) -> Result<(), CodecError> {
        out.extend_from_slice(self.in_codec(codec)?);
        Ok(())
    }

    fn encode_apart(
        &self,
        codec: Codec,
        _: &CodecLimits,
        out: &mut Vec<u8>,
    ) -> Result<Option<Bytes>, CodecError> {
        let body = self.in_codec(codec)?;
        if body.len() >= BLOCK {
            return Ok(Some(body.clone()));
        }
        out.extend_from_slice(body);
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
