use std::sync::Arc;

use bytes::Bytes;

use super::failure;
use crate::body::Body;
use crate::codec::{Codec, CodecLimits};
use crate::generated::{DecodePayload, MethodDescriptor};
use crate::intercept::Response;
use crate::server::no_value;
use crate::stream::decode_body;
use crate::wire::{RefusalReason, ReplyStatus};
use crate::{CallError, Code, Executed, Fault, Metadata, RpcError};

/// The answer to a call as it came.
#[derive(Debug)]
pub(crate) struct RawReply {
    pub(crate) status: ReplyStatus,
    pub(crate) metadata: Option<Arc<Metadata>>,
    pub(crate) body: Body,
    pub(crate) codec: Codec,
    pub(crate) limits: CodecLimits,
}

impl RawReply {
    pub(super) fn value<T>(
        &self,
        method: &'static MethodDescriptor,
        payload: impl DecodePayload<T>,
    ) -> Result<T, RpcError> {
        match self.status {
            ReplyStatus::Value => self.decode(method, payload),
            _ => Err(self.error(method)),
        }
    }

    pub(super) fn result<T, E>(
        &self,
        method: &'static MethodDescriptor,
        ok: impl DecodePayload<T>,
        err: impl DecodePayload<E>,
    ) -> Result<T, CallError<E>> {
        match self.status {
            ReplyStatus::Value => Ok(self.decode(method, ok)?),
            ReplyStatus::AppError => Err(CallError::App(self.decode(method, err)?)),
            _ => Err(self.error(method).into()),
        }
    }

    /// What interceptors see of it.
    pub(super) fn response(self, method: &'static MethodDescriptor) -> Result<Response, RpcError> {
        let codec = self.codec;
        let response = match self.status {
            ReplyStatus::Value => Response::value(Bytes::from(self.body)),
            ReplyStatus::AppError => Response::app_error(Bytes::from(self.body)),
            _ => return Err(self.error(method)),
        };
        Ok(response
            .in_codec(codec)
            .with_metadata(self.metadata.map(Arc::unwrap_or_clone).unwrap_or_default()))
    }

    /// What a method gives instead of its stream.
    pub(super) fn not_opened<E>(
        &self,
        method: &'static MethodDescriptor,
        err: impl DecodePayload<E>,
    ) -> CallError<E> {
        match self.status {
            ReplyStatus::AppError => self.decode(method, err).map_or_else(CallError::Rpc, CallError::App),
            _ => self.error(method).into(),
        }
    }

    fn decode<T>(
        &self,
        method: &'static MethodDescriptor,
        payload: impl DecodePayload<T>,
    ) -> Result<T, RpcError> {
        decode_body(payload, self.codec, &self.body, &self.limits)
            .map_err(|error| lost(format!("`{method}` ran, but its reply cannot be decoded: {error}")))
    }

    /// What the caller sees of an answer without a value.
    pub(super) fn error(&self, method: &'static MethodDescriptor) -> RpcError {
        match self.status {
            ReplyStatus::Failed => failed(method, &self.body),
            ReplyStatus::Refused => no_value::refused(method, self.codec, &self.body),
            ReplyStatus::Value | ReplyStatus::AppError | ReplyStatus::Opened => lost(format!(
                "`{method}` was answered with {:?}, which its signature does not allow",
                self.status
            )),
        }
    }

    /// Why the peer did not run the handler, or `None` if it did not say so.
    pub(super) fn refusal(&self) -> Option<RefusalReason> {
        (self.status == ReplyStatus::Refused).then(|| no_value::reason(&self.body))
    }
}

/// What the caller sees of a call, or a result stream, that failed at the peer with the error in `body`.
pub(super) fn failed(method: &'static MethodDescriptor, body: &[u8]) -> RpcError {
    let error = no_value::failed(method, body);
    // The server dropped the handler at the deadline a moment before this side would have ended the call: one event, so
    // one error. A handler's own `RpcError` is always `Yes`.
    if (error.code(), error.executed()) == (Code::DeadlineExceeded, Executed::Maybe) {
        return failure::expired(method, Executed::Maybe);
    }
    error
}

/// The handler ran, and its answer cannot be understood.
pub(super) fn lost(message: String) -> RpcError {
    RpcError::new(Code::DataLoss, message).with_executed(Executed::Yes).with_fault(Fault::Peer)
}
