//! What a generated dispatcher is made of: a call comes in, a future goes out, a reply comes of it.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;

use super::handler::HandlerFuture;
use super::pool_thread::PoolThread;
use super::streams::Streams;
use crate::body::Body;
use crate::codec::{BLOCK, Codec, CodecError, CodecErrorKind, CodecLimits, positional};
use crate::generated::{ArgumentsSeed, DecodeRequest, EncodePayload, MethodDescriptor, ServiceDescriptor};
use crate::intercept::{Intercepted, Interceptor, Interceptors};
use crate::stream::Payload;
use crate::wire::{RefusalReason, ReplyStatus};
use crate::{Code, Context, Executed, Fault, RpcError, scratch};

/// An object that serves calls: what `#[rpc_service]` makes of a trait as `…Server`.
///
/// The macro implements it; there is no other supported way.
pub trait Service: Send + Sync + 'static {
    /// Names, docs and options of the service and its methods.
    fn descriptor(&self) -> &'static ServiceDescriptor;

    /// Starts to serve a call of one of the descriptor's methods. Runs nothing yet.
    #[doc(hidden)]
    fn dispatch(&self, incoming: Incoming) -> HandlerFuture;

    /// The same service with `interceptor` around every call. The first one is the outermost, and those of
    /// [`ServerBuilder::intercept`](super::ServerBuilder::intercept) are outside of it.
    fn intercept(self, interceptor: impl Interceptor) -> Intercepted
    where
        Self: Sized,
    {
        Intercepted::new(Arc::new(self), Interceptors::default().with(interceptor))
    }
}

/// A call as it arrives at a dispatcher.
#[doc(hidden)]
pub struct Incoming {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) codec: Codec,
    pub(crate) limits: CodecLimits,
    pub(crate) body: Body,
    pub(crate) context: Context,
    /// `None` for a unary method.
    pub(crate) streams: Option<Box<Streams>>,
    /// `None` if the handler does not block, or interceptors have not seen the call.
    pub(crate) thread: Option<Arc<PoolThread>>,
}

/// The answer to a call, encoded.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reply {
    pub(crate) status: ReplyStatus,
    /// As on the wire; empty for none.
    pub(crate) metadata: Vec<u8>,
    pub(crate) body: Vec<u8>,
    /// The end of the body, behind what is in `body`; it is not copied.
    pub(crate) block: Option<Box<Bytes>>,
}

impl Incoming {
    /// The method that is called.
    pub fn method(&self) -> &'static MethodDescriptor {
        self.method
    }

    /// The context of the call.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The arguments. `Err` is the refusal to send if they cannot be decoded.
    pub fn decode<'a, Q: DecodeRequest<'a>>(&'a self) -> Result<Q, Reply> {
        let seed = ArgumentsSeed::<Q>::new(self.method.id, self.body.shared());
        self.codec.decode_arguments(seed, &self.body, &self.limits).map_err(|error| {
            Reply::refused(RefusalReason::Undecodable, &format!("the arguments cannot be decoded: {error}"))
        })
    }

    /// Makes the future that serves this call.
    pub fn run<F, Fut>(self, handler: F) -> HandlerFuture
    where
        F: FnOnce(Self) -> Fut + Send + 'static,
        Fut: Future<Output = Reply> + Send + 'static,
    {
        let (method, context) = (self.method, self.context.clone());
        let broken = self.streams.as_deref().map(|streams| Arc::clone(&streams.broken));
        HandlerFuture::new(method, context, broken, handler(self))
    }

    /// Makes the future that serves this call with interceptors, which do not block whatever the handler does.
    pub(crate) fn run_around<F, Fut>(mut self, interceptors: F) -> HandlerFuture
    where
        F: FnOnce(Self) -> Fut + Send + 'static,
        Fut: Future<Output = Reply> + Send + 'static,
    {
        if self.method.blocking {
            self.thread.get_or_insert_default();
        }
        let thread = self.thread.clone();
        self.run(interceptors).around(thread)
    }

    /// For a method that the dispatcher does not know.
    pub fn unknown_method(self) -> HandlerFuture {
        self.run(|_| async { Reply::refused(RefusalReason::NoMethod, "") })
    }

    /// For arguments that came out as those of another method: a bug in the dispatcher.
    pub fn mismatch(&self) -> Reply {
        let text = format!("the arguments of `{}` were decoded as those of another method", self.method);
        Reply::failed(&RpcError::new(Code::Internal, text))
    }

    /// The answer of a method that returns `T`.
    pub fn reply_value<T>(&self, payload: impl EncodePayload<T>, value: T) -> Reply {
        self.encode_taken(ReplyStatus::Value, payload, value)
    }

    /// The answer of a method that returns `Result<T, E>`.
    pub fn reply_result<T, E>(
        &self,
        ok: impl EncodePayload<T>,
        err: impl EncodePayload<E>,
        result: Result<T, E>,
    ) -> Reply {
        match result {
            Ok(value) => self.encode_taken(ReplyStatus::Value, ok, value),
            Err(error) => self.encode(ReplyStatus::AppError, err, &error),
        }
    }

    /// The answer of a method that returns `Result<T, RpcError>`.
    pub fn reply_rpc<T>(&self, ok: impl EncodePayload<T>, result: Result<T, RpcError>) -> Reply {
        match result {
            Ok(value) => self.encode_taken(ReplyStatus::Value, ok, value),
            // Whatever another service said of its own handler: this one ran.
            Err(error) => Reply::failed(&error.with_executed(Executed::Yes)),
        }
    }

    /// What a hook said of the arguments, before the handler. `Err` is what is sent in its stead.
    pub fn hooked(&self, result: Result<(), RpcError>) -> Result<(), Reply> {
        result.map_err(|error| Reply::failed(&error.with_executed(Executed::No)))
    }

    #[inline]
    fn encode_taken<T>(&self, status: ReplyStatus, payload: impl EncodePayload<T>, value: T) -> Reply {
        let length = payload.block_length(&value);
        if length < BLOCK {
            return self.encode(status, payload, &value);
        }
        let mut body = Vec::new();
        if !self.codec.begin_block(length, &self.limits, &mut body) {
            return self.encode(status, payload, &value);
        }
        match payload.into_block(value) {
            Ok(block) => Reply { status, metadata: Vec::new(), body, block: Some(Box::new(block)) },
            Err(value) => self.encode(status, payload, &value),
        }
    }

    pub(super) fn encode<T>(&self, status: ReplyStatus, payload: impl EncodePayload<T>, value: &T) -> Reply {
        let mut body = scratch::take();
        match self.codec.encode(&Payload(payload, value), &self.limits, &mut body) {
            Ok(()) => Reply { status, metadata: Vec::new(), body, block: None },
            Err(error) => Reply::failed(&self.not_encoded("its reply", &error)),
        }
    }

    /// Why `what` cannot be sent.
    pub(super) fn not_encoded(&self, what: &str, error: &CodecError) -> RpcError {
        let (code, fault) = match error.kind() {
            CodecErrorKind::Size => (Code::ResourceExhausted, Fault::Environment),
            _ => (Code::Internal, Fault::Handler),
        };
        let text = format!("`{}` ran, but {what} cannot be encoded: {error}", self.method);
        RpcError::new(code, text).with_fault(fault)
    }
}

impl Reply {
    /// Of the whole body.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        self.body.len().saturating_add(self.block.as_ref().map_or(0, |block| block.len()))
    }

    /// The whole body.
    pub(crate) fn into_body(mut self) -> Vec<u8> {
        if let Some(block) = self.block {
            self.body.extend_from_slice(&block);
        }
        self.body
    }

    /// The handler ran, or began to, and there is no value.
    pub(crate) fn failed(error: &RpcError) -> Self {
        let mut body = Vec::new();
        // Always postcard, and with room for any message that fits in one: an error has to get through.
        let whole = positional::encode(error, &ERROR_LIMITS, &mut body);
        if whole.is_err() {
            let short = RpcError::new(error.code(), "the message was too long to be sent")
                .with_executed(error.executed());
            let _fits = positional::encode(&short, &ERROR_LIMITS, &mut body);
        }
        Self { status: ReplyStatus::Failed, metadata: Vec::new(), body, block: None }
    }

    /// The handler did not run and will not.
    pub(crate) fn refused(reason: RefusalReason, text: &str) -> Self {
        let mut body = Vec::with_capacity(text.len().saturating_add(1));
        body.push(reason.as_byte());
        body.extend_from_slice(shortened(text).as_bytes());
        Self { status: ReplyStatus::Refused, metadata: Vec::new(), body, block: None }
    }
}

/// At most 1,024 bytes of a text that may quote what the peer sent.
fn shortened(text: &str) -> &str {
    let mut end = text.len().min(1_024);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// An `RpcError` in a reply: at most the smallest `max_message`'s worth of text and details.
pub(crate) const ERROR_LIMITS: CodecLimits =
    CodecLimits { max_size: 16 << 10, max_depth: 8, max_expansion: 64 };
