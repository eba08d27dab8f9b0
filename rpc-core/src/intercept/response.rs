use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::codec::{Codec, CodecLimits};
use crate::{Code, Fault, Metadata, RpcError};

/// The answer to a call on its way back: a value or the method's own error, encoded, or an open stream.
pub struct Response {
    /// What travels beside the answer; what `ReplyMetadata` shows at the caller. At a server, that of a call with a
    /// result stream has been sent with the stream's opening: changes have no effect.
    pub metadata: Metadata,
    /// The value, or the method's own error, encoded. Empty for a stream.
    pub body: Bytes,
    kind: Kind,
    /// `None`: that of the call.
    codec: Option<Codec>,
}

/// What a [`Response`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Value,
    AppError,
    Stream,
}

/// How a call ended, in one word, for logs and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// With a value; for a call with a result stream: opened at a client, ended without an error at a server.
    Ok,
    /// With the method's own error.
    AppError,
    /// With an [`RpcError`] of this code.
    Failed(Code),
}

impl Response {
    /// A value, encoded in the codec of the call. [`Parts::answer`](super::Parts::answer) encodes it, too.
    pub fn value(body: impl Into<Bytes>) -> Self {
        Self::of(Kind::Value, body.into())
    }

    /// The method's own error, encoded in the codec of the call.
    /// [`Parts::answer_app_error`](super::Parts::answer_app_error) encodes it, too.
    pub fn app_error(body: impl Into<Bytes>) -> Self {
        Self::of(Kind::AppError, body.into())
    }

    pub(crate) fn of(kind: Kind, body: Bytes) -> Self {
        Self { metadata: Metadata::new(), body, kind, codec: None }
    }

    /// A stream that was opened. Its items come another way.
    pub(crate) fn opened() -> Self {
        Self::of(Kind::Stream, Bytes::new())
    }

    pub(crate) fn with_metadata(mut self, metadata: Metadata) -> Self {
        self.metadata = metadata;
        self
    }

    pub(crate) fn in_codec(mut self, codec: Codec) -> Self {
        self.codec = Some(codec);
        self
    }

    /// What the body is encoded in, if that is known.
    pub(crate) fn codec(&self) -> Option<Codec> {
        self.codec
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether this is an error of the method's own type. Every other error is no response, but an `Err`.
    pub fn is_app_error(&self) -> bool {
        self.kind == Kind::AppError
    }

    /// Whether the result is a stream.
    pub fn is_stream(&self) -> bool {
        self.kind == Kind::Stream
    }

    /// What [`body`](Self::body) says, for a value (or an error) of that type.
    ///
    /// # Errors
    ///
    /// `DataLoss` if it is of another type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, RpcError> {
        // As long as it may be: it has been received.
        let limits = CodecLimits { max_size: self.body.len(), ..CodecLimits::default() };
        self.codec.unwrap_or(Codec::Postcard).decode(&self.body, &limits).map_err(|error| {
            let text = format!("the answer cannot be decoded: {error}");
            RpcError::new(Code::DataLoss, text).with_fault(Fault::Peer)
        })
    }
}

impl Outcome {
    /// How a call ended that gave `result`.
    pub fn of(result: &Result<Response, RpcError>) -> Self {
        match result {
            Ok(response) if response.is_app_error() => Self::AppError,
            Ok(_) => Self::Ok,
            Err(error) => Self::Failed(error.code()),
        }
    }

    /// A short name: `"ok"`, `"application error"`, or that of the code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::AppError => "application error",
            Self::Failed(code) => code.as_str(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Says how long the body is, not what it is: it may hold secrets.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("kind", &self.kind)
            .field("metadata", &self.metadata.iter().map(|(key, _)| key).collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
