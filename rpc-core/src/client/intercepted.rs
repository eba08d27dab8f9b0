use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use futures_core::future::BoxFuture;
use tokio::runtime::Handle;

use super::channel::Target;
use super::encode::EncodedArguments;
use super::engine::{Answer, Engine, Next};
use super::failure;
use super::handoff::{Handoff, Seen, Slot};
use super::remote_call::Stage;
use super::reply::RawReply;
use crate::clock;
use crate::codec::{Codec, CodecLimits};
use crate::generated::MethodDescriptor;
use crate::intercept::{Interceptors, Kind, Origin, Request, Response};
use crate::stream::{Credit, Uploads};
use crate::wire::ReplyStatus;
use crate::{Metadata, ReplyMetadata, RpcError};

/// A call that goes through interceptors. They may run anywhere and lend nothing, while argument streams may borrow from
/// the caller; so what stands behind the last interceptor hands the call back, and it is made here.
pub(super) struct InterceptedCall {
    method: &'static MethodDescriptor,
    /// What interceptors see of the arguments is encoded in it.
    codec: Codec,
    /// As they were before interceptors saw them.
    arguments: EncodedArguments,
    target: Target,
    /// When the call has to end, as far as interceptors have brought that closer.
    deadline: Option<Instant>,
    /// When the call has to be sent, or its result stream opened.
    opening: Option<Instant>,
    limits: CodecLimits,
    /// Where metadata is put of an answer that is an error, and so does not reach the interceptors.
    reply_metadata: Option<ReplyMetadata>,
    /// `None` when the interceptors have given their answer.
    chain: Option<BoxFuture<'static, Result<Response, RpcError>>>,
    slot: Arc<Slot>,
    inner: Inner,
}

/// The call as the interceptors let it through.
enum Inner {
    NotYet,
    Running(Engine, EncodedArguments),
    Opened(Engine),
    Over,
}

impl InterceptedCall {
    pub(super) fn new(
        target: Target,
        interceptors: Interceptors,
        arguments: EncodedArguments,
        times: (Option<Instant>, Option<Instant>),
        metadata: Metadata,
        reply_metadata: Option<ReplyMetadata>,
    ) -> Box<Self> {
        let EncodedArguments { method, codec, body, .. } = arguments.clone();
        let (deadline, opening) = times;
        let limits = target.codec_limits();
        let origin = Origin { codec, limits, peer: target.peer_address(), ..Origin::new(method) };
        let request = Request::from_parts(origin, metadata, deadline, body);
        let slot = Arc::new(Slot::default());
        let far_end = Arc::clone(&slot);
        let terminal = Box::new(move |request| {
            let handoff: BoxFuture<'static, _> = Box::pin(Handoff::new(far_end, method, request));
            handoff
        });
        let chain = Box::pin(interceptors.run(request, terminal));
        let inner = Inner::NotYet;
        Box::new(Self {
            method,
            codec,
            arguments,
            target,
            deadline,
            opening,
            limits,
            reply_metadata,
            chain: Some(chain),
            slot,
            inner,
        })
    }

    /// When the call has to end.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub(super) fn stage(&self) -> Stage {
        match &self.inner {
            Inner::NotYet => Stage::Unsent,
            Inner::Running(engine, _) => engine.stage(),
            Inner::Opened(_) | Inner::Over => Stage::Sent,
        }
    }

    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<Answer, RpcError>> {
        loop {
            let Some(chain) = &mut self.chain else {
                return Poll::Ready(Err(failure::polled_again(self.method)));
            };
            if let Poll::Ready(response) = chain.as_mut().poll(cx) {
                self.chain = None;
                return Poll::Ready(self.conclude(response));
            }
            match self.slot.look(cx.waker()) {
                // Dropping it cancels.
                Seen::Gone => self.inner = Inner::Over,
                Seen::Request(request) => match self.begin(request, uploads) {
                    Ok(inner) => self.inner = inner,
                    Err(error) => {
                        self.inner = Inner::Over;
                        self.slot.answer(Err(error), cx.waker());
                        continue;
                    }
                },
                Seen::Nothing => {}
            }
            let answer = match &mut self.inner {
                Inner::Running(engine, arguments) => ready!(engine.poll(cx, arguments, uploads)),
                Inner::Opened(engine) => match engine.upload(cx, uploads) {
                    Ok(()) => return Poll::Pending,
                    Err(error) => {
                        (self.inner, self.chain) = (Inner::Over, None);
                        return Poll::Ready(Err(error));
                    }
                },
                Inner::NotYet | Inner::Over => return Poll::Pending,
            };
            let response = self.respond(answer);
            self.slot.answer(response, cx.waker());
        }
    }

    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
        consumed: Credit,
    ) -> Poll<Next> {
        match &mut self.inner {
            Inner::Opened(engine) => engine.poll_next(cx, uploads, consumed),
            _ => Poll::Ready(Next::Failed(failure::polled_again(self.method))),
        }
    }

    /// What the items of the result stream are encoded in.
    pub(super) fn codec(&self) -> Codec {
        match &self.inner {
            Inner::Opened(engine) => engine.codec(),
            _ => self.codec,
        }
    }

    pub(super) fn consumed(&mut self, taken: Credit) {
        if let Inner::Opened(engine) = &mut self.inner {
            engine.consumed(taken);
        }
    }

    pub(super) fn upload(&mut self, cx: &mut Context<'_>, uploads: &mut Uploads<'_>) -> Result<(), RpcError> {
        match &mut self.inner {
            Inner::Opened(engine) | Inner::Running(engine, _) => engine.upload(cx, uploads),
            Inner::NotYet | Inner::Over => Ok(()),
        }
    }

    pub(super) fn runtime(&self) -> Option<Handle> {
        self.target.runtime()
    }

    pub(super) fn trouble(&self) -> Option<RpcError> {
        match &self.inner {
            Inner::Running(engine, _) => engine.trouble(),
            Inner::NotYet | Inner::Opened(_) | Inner::Over => None,
        }
    }

    /// Makes the call that has come through.
    fn begin(&mut self, request: Request, uploads: &mut Uploads<'_>) -> Result<Inner, RpcError> {
        let Request { parts, body, .. } = request;
        self.deadline = parts.deadline;
        let until_sent = clock::earlier(parts.deadline, self.opening);
        let metadata = &mut parts.metadata.iter();
        let times = (parts.deadline, until_sent);
        // What an interceptor has put in their place is there in one codec only.
        let named = self.arguments.named.take().filter(|_| body == self.arguments.body);
        let arguments = EncodedArguments { method: self.method, codec: self.codec, body, named };
        let engine = self.target.clone().begin(self.method, times, metadata, &arguments, uploads)?;
        Ok(Inner::Running(engine, arguments))
    }

    /// What the interceptors see of the answer.
    fn respond(&mut self, answer: Result<Answer, RpcError>) -> Result<Response, RpcError> {
        let inner = std::mem::replace(&mut self.inner, Inner::Over);
        match answer? {
            Answer::Opened(metadata) => {
                if let Inner::Running(engine, _) = inner {
                    self.inner = Inner::Opened(engine);
                }
                let metadata = metadata.map(Arc::unwrap_or_clone).unwrap_or_default();
                Ok(Response::opened().with_metadata(metadata))
            }
            Answer::Reply(reply) => {
                let is_answer = matches!(reply.status, ReplyStatus::Value | ReplyStatus::AppError);
                if let Some(place) = self.reply_metadata.as_ref().filter(|_| !is_answer) {
                    place.set(reply.metadata.clone());
                }
                reply.response(self.method)
            }
        }
    }

    /// What the caller sees of what the interceptors answered.
    fn conclude(&mut self, response: Result<Response, RpcError>) -> Result<Answer, RpcError> {
        let response = response.inspect_err(|_| self.inner = Inner::Over)?;
        let kind = response.kind();
        let codec = response.codec().unwrap_or(self.codec);
        let Response { metadata, body, .. } = response;
        let metadata = (!metadata.is_empty()).then(|| Arc::new(metadata));
        let status = match kind {
            Kind::Value => ReplyStatus::Value,
            Kind::AppError => ReplyStatus::AppError,
            Kind::Stream => {
                return match self.inner {
                    Inner::Opened(_) => Ok(Answer::Opened(metadata)),
                    _ => Err(failure::foreign_stream(self.method)),
                };
            }
        };
        self.inner = Inner::Over;
        Ok(Answer::Reply(RawReply { status, metadata, body: body.into(), codec, limits: self.limits }))
    }
}

impl Drop for InterceptedCall {
    fn drop(&mut self) {
        self.slot.leave();
    }
}
