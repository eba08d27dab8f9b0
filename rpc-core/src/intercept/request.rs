use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::Response;
use crate::clock;
use crate::codec::{Codec, CodecLimits};
use crate::generated::{Arguments, ArgumentsSeed, DecodeRequest, ErrorData, MethodDescriptor};
use crate::{Code, Context, Executed, Fault, Identity, Metadata, RpcError};

/// A call on its way: what it is, and its encoded arguments.
#[non_exhaustive]
pub struct Request {
    /// Everything but the arguments.
    pub parts: Parts,
    /// The arguments, encoded. Argument streams are not among them.
    pub body: Bytes,
    /// What is further in than the tower services that this goes through.
    #[cfg(feature = "tower")]
    pub(super) next: Option<Box<super::Next>>,
}

/// What a call is, beside its arguments.
pub struct Parts {
    /// What travels beside the arguments. Changes go on with the call.
    pub metadata: Metadata,
    /// When the call has to end, on the monotonic clock of this process. It may be moved closer; a later one, or
    /// `None` where there was one, has no effect further in.
    pub deadline: Option<Instant>,
    /// The deadline further out.
    latest: Option<Instant>,
    pub(super) origin: Origin,
}

/// What interceptors cannot change.
pub(crate) struct Origin {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) codec: Codec,
    pub(crate) limits: CodecLimits,
    /// The other end, if it is known.
    pub(crate) peer: Option<Arc<str>>,
    /// That of the handler, at a server.
    pub(crate) context: Option<Context>,
    /// When the call was handed to its service, at a server; when it was made, at a client.
    pub(crate) arrived: Instant,
}

impl Request {
    pub(crate) fn from_parts(
        origin: Origin,
        metadata: Metadata,
        deadline: Option<Instant>,
        body: Bytes,
    ) -> Self {
        Self {
            parts: Parts { metadata, deadline, latest: deadline, origin },
            body,
            #[cfg(feature = "tower")]
            next: None,
        }
    }

    /// A call of a method with these arguments, for [`Channel`](crate::Channel) as a tower service and for tests.
    ///
    /// `request` is a value of the request enum that `#[rpc_service]` makes, such as
    /// `CalculatorServiceRequest::Add { a: 1, b: 2 }`. The call has no metadata, and no deadline but the one that its
    /// client gives it.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for arguments that cannot be encoded. Whether they are too long is told by the call.
    pub fn new<Q: crate::generated::Request>(request: &Q) -> Result<Self, RpcError> {
        let method = request.method();
        let origin = Origin::new(method);
        let limits = CodecLimits { max_size: usize::MAX, ..origin.limits };
        let mut body = Vec::new();
        let encoded = origin.codec.encode_as(method.name, &Arguments(request), &limits, &mut body);
        encoded.map_err(|error| {
            let text = format!("the arguments of `{method}` cannot be sent: {error}");
            RpcError::new(Code::InvalidArgument, text).with_executed(Executed::No).with_fault(Fault::Caller)
        })?;
        Ok(Self::from_parts(origin, Metadata::new(), None, body.into()))
    }

    /// The arguments as the request enum of the service, for logs and checks.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// use farcall::intercept::{Next, Request};
    ///
    /// # fn example<CalculatorServiceRequest: for<'a> farcall::generated::DecodeRequest<'a> + std::fmt::Debug>() {
    /// let log = |request: Request, next: Next| async move {
    ///     println!("{:?}", request.decode::<CalculatorServiceRequest>()?);
    ///     next.run(request).await
    /// };
    /// # let _ = log;
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if they are not those of such a call.
    pub fn decode<'a, Q: DecodeRequest<'a>>(&'a self) -> Result<Q, RpcError> {
        let Origin { method, codec, limits, .. } = &self.parts.origin;
        let seed = ArgumentsSeed::<Q>::new(method.id, &self.body);
        codec.decode_arguments(seed, &self.body, limits).map_err(|error| {
            let text = format!("the arguments of `{method}` cannot be decoded: {error}");
            RpcError::new(Code::InvalidArgument, text).with_executed(Executed::No).with_fault(Fault::Peer)
        })
    }
}

impl Parts {
    /// The method that is called.
    pub fn method(&self) -> &'static MethodDescriptor {
        self.origin.method
    }

    /// What the arguments are encoded in, and an answer has to be.
    pub fn codec(&self) -> Codec {
        self.origin.codec
    }

    /// The name of the service that is called.
    pub fn service(&self) -> &'static str {
        self.origin.method.service
    }

    /// How long there is until the [deadline](Self::deadline): zero when it has passed, `None` when there is none.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(clock::now()))
    }

    /// Lets the call end in so long at the latest.
    pub fn limit_time(&mut self, timeout: Duration) {
        self.deadline = clock::earlier(self.deadline, Some(clock::later(clock::now(), timeout)));
    }

    /// The other end: at a server who calls, such as `tcp://127.0.0.1:40102`; at a client the endpoint, if there is
    /// one. `local` for an object in this process.
    pub fn peer_address(&self) -> Option<&str> {
        self.origin.peer.as_deref()
    }

    /// Who the other end is, at a server, as far as the transport or an interceptor further out knows.
    pub fn peer_identity(&self) -> Option<&Identity> {
        self.context()?.peer_identity()
    }

    /// Says who the caller is, as a checked token does. The handler's [`Context::peer_identity`] and interceptors further
    /// in see it. Nothing happens at a client.
    pub fn set_peer_identity(&mut self, identity: Identity) {
        self.origin.context = self.origin.context.take().map(|context| context.with_identity(identity));
    }

    /// What the handler will see, at a server, but for changes that interceptors make; `None` at a client.
    pub fn context(&self) -> Option<&Context> {
        self.origin.context.as_ref()
    }

    /// Time since the call was handed to its service, at a server, or was made, at a client: what it waited since then,
    /// in interceptors further out and for a thread.
    pub fn waited(&self) -> Duration {
        clock::now().saturating_duration_since(self.origin.arrived)
    }

    /// An answer in place of the method's: what it would have returned, or what would have been in its `Ok`.
    ///
    /// The type has to be that of the method: nothing here knows it, and a caller that cannot decode it gets
    /// `DataLoss`. A method whose result is a stream cannot be answered like this; its caller gets an error.
    ///
    /// # Errors
    ///
    /// `Internal` for a value that cannot be encoded.
    pub fn answer<T: serde::Serialize + ?Sized>(&self, value: &T) -> Result<Response, RpcError> {
        Ok(Response::value(self.encode(value)?).in_codec(self.origin.codec))
    }

    /// An error of the method's own type in place of its answer. As for [`answer`](Self::answer).
    ///
    /// # Errors
    ///
    /// `Internal` for an error that cannot be encoded.
    pub fn answer_app_error<E: ErrorData>(&self, error: &E) -> Result<Response, RpcError> {
        Ok(Response::app_error(self.encode(error)?).in_codec(self.origin.codec))
    }

    fn encode<T: serde::Serialize + ?Sized>(&self, value: &T) -> Result<Bytes, RpcError> {
        let mut body = Vec::new();
        self.origin.codec.encode(value, &self.origin.limits, &mut body).map_err(|error| {
            let text =
                format!("an interceptor's answer to `{}` cannot be encoded: {error}", self.origin.method);
            RpcError::new(Code::Internal, text).with_fault(Fault::Handler)
        })?;
        Ok(body.into())
    }

    /// Undoes what would give the call more time than it had.
    pub(super) fn tighten(&mut self) {
        self.deadline = clock::earlier(self.latest, self.deadline);
        self.latest = self.deadline;
    }
}

impl Origin {
    /// A call from here of which nothing more is known.
    pub(crate) fn new(method: &'static MethodDescriptor) -> Self {
        Self {
            method,
            codec: Codec::Postcard,
            limits: CodecLimits::default(),
            peer: None,
            context: None,
            arrived: clock::now(),
        }
    }
}

/// Says how long the body is, not what it is: it may hold secrets.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("parts", &self.parts)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// Names the keys of the metadata, and not what is under them.
impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.metadata.iter().map(|(key, _)| key).collect::<Vec<_>>();
        f.debug_struct("Parts")
            .field("method", &format_args!("{}", self.origin.method))
            .field("metadata", &keys)
            .field("remaining", &self.remaining())
            .field("peer", &self.origin.peer)
            .finish()
    }
}
