use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;

use super::encode::EncodedArguments;
use super::engine::{Answer, Next};
use super::reply::{RawReply, failed, lost};
use super::{failure, metadata};
use crate::codec::{Codec, CodecLimits};
use crate::context::{CallParts, Caller};
use crate::generated::MethodDescriptor;
use crate::proto::ResultEvent;
use crate::server::{Incoming, Reply, Service, Streams, run};
use crate::stream::{Credit, ItemSink, ItemSource, PipeSource, ResultSink, Uploads, pipe};
use crate::wire::{EndStatus, RefusalReason, ReplyStatus};
use crate::{Executed, Limits, MetadataValue, RpcError};

/// A call that stays in this process: everything a remote call goes through but the connection. Dropping it cancels.
///
/// The handler runs wherever this is polled.
pub(super) struct LocalCall {
    method: &'static MethodDescriptor,
    codec: Codec,
    context: crate::Context,
    /// `None` when it has ended.
    handler: Option<Pin<Box<dyn Future<Output = Reply> + Send>>>,
    /// What the handler ended with; taken when the result stream, if there is one, is empty.
    reply: Option<Reply>,
    result: Option<PipeSource>,
}

impl LocalCall {
    pub(super) fn begin<'a>(
        service: &Arc<dyn Service>,
        deadline: Option<Instant>,
        outgoing: &mut dyn Iterator<Item = (&'a str, &'a MetadataValue)>,
        arguments: EncodedArguments,
        uploads: &mut Uploads<'_>,
    ) -> Result<Box<Self>, RpcError> {
        let EncodedArguments { method, codec, body, .. } = arguments;
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(failure::no_runtime());
        }
        // What a wire would refuse is refused here, too, and what it would leave out is left out.
        let metadata = metadata::encode(method, outgoing, Limits::default().max_metadata)?;
        let metadata =
            metadata::decode(&metadata).map_err(|error| failure::metadata(method, &error.to_string()))?;
        let context =
            crate::Context::of_call(CallParts { method, deadline, caller: Caller::Local, metadata });
        if context.remaining().is_some_and(|remaining| remaining.is_zero()) {
            return Err(failure::expired(method, Executed::No));
        }
        let known = service.descriptor().methods.iter().any(|known| known.id == method.id);
        if !known {
            return Err(raw(Reply::refused(RefusalReason::NoMethod, ""), codec)?.error(method));
        }
        let (streams, result) = streams(method, uploads);
        let context_of_handler = context.clone();
        let incoming = Incoming {
            method,
            codec,
            limits: limits(),
            body: body.into(),
            context: context_of_handler,
            streams,
            thread: None,
        };
        let handler = Box::pin(run::in_place(service.dispatch(incoming)));
        Ok(Box::new(Self { method, codec, context, handler: Some(handler), reply: None, result }))
    }

    /// The answer, or the opening of the result stream.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<Answer, RpcError>> {
        self.upload(cx, uploads)?;
        if let Some(ResultEvent::Opened(metadata)) = self.poll_result(cx, Credit::default()) {
            return Poll::Ready(Ok(Answer::Opened(metadata)));
        }
        match self.reply.take() {
            Some(reply) => Poll::Ready(raw(reply, self.codec).map(Answer::Reply)),
            None if self.handler.is_none() => Poll::Ready(Err(failure::polled_again(self.method))),
            None => Poll::Pending,
        }
    }

    /// What the items of the result stream are encoded in.
    pub(super) fn codec(&self) -> Codec {
        self.codec
    }

    /// The caller has taken so much of the result stream, and has more of it to take.
    pub(super) fn consumed(&self, taken: Credit) {
        if let Some(result) = &self.result {
            result.consumed(taken);
        }
    }

    /// What comes next of the result stream. The caller has taken `consumed` since the last time.
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
        consumed: Credit,
    ) -> Poll<Next> {
        // Before the handler is polled, which may wait for it.
        let waiting = self.poll_result(cx, consumed);
        let waiting = match waiting {
            Some(event) => Some(event),
            None => match self.upload(cx, uploads) {
                Ok(()) => self.poll_result(cx, Credit::default()),
                Err(error) => return Poll::Ready(Next::Failed(error)),
            },
        };
        match waiting {
            Some(ResultEvent::Items(items)) => return Poll::Ready(Next::Items(items)),
            Some(ResultEvent::Opened(_) | ResultEvent::Ended(_)) => {
                let error = failure::broken(self.method, "its result stream was opened twice");
                return Poll::Ready(Next::Failed(error));
            }
            None => {}
        }
        match self.reply.take() {
            Some(reply) => Poll::Ready(self.end(reply)),
            None if self.handler.is_none() => Poll::Ready(Next::Failed(failure::polled_again(self.method))),
            None => Poll::Pending,
        }
    }

    /// Goes on with the argument streams and the handler.
    pub(super) fn upload(&mut self, cx: &mut Context<'_>, uploads: &mut Uploads<'_>) -> Result<(), RpcError> {
        uploads.poll(cx, self.method, self.codec, &limits())?;
        if let Some(handler) = &mut self.handler
            && let Poll::Ready(reply) = handler.as_mut().poll(cx)
        {
            self.handler = None;
            self.reply = Some(reply);
        }
        Ok(())
    }

    fn poll_result(&mut self, cx: &mut Context<'_>, consumed: Credit) -> Option<ResultEvent> {
        self.result.as_ref()?.poll_result(cx.waker(), consumed)
    }

    /// What a connection makes of the reply to a call that was opened.
    fn end(&self, reply: Reply) -> Next {
        let codec = self.codec;
        match reply.status {
            ReplyStatus::Value => Next::End { status: EndStatus::Clean, body: Bytes::new(), codec },
            ReplyStatus::AppError => {
                Next::End { status: EndStatus::AppError, body: reply.into_body().into(), codec }
            }
            ReplyStatus::Failed => Next::Failed(failed(self.method, &reply.body)),
            ReplyStatus::Refused | ReplyStatus::Opened => {
                Next::Failed(failure::broken(self.method, "its result stream ended with a refusal"))
            }
        }
    }
}

/// The streams of the call: what the handler gets of them, and the result stream as it comes out here.
fn streams(
    method: &'static MethodDescriptor,
    uploads: &mut Uploads<'_>,
) -> (Option<Box<Streams>>, Option<PipeSource>) {
    let kind = method.kind;
    if !kind.has_argument_streams() && !kind.has_result_stream() {
        return (None, None);
    }
    let mut arguments = Vec::new();
    uploads.attach(|_| {
        let (sink, source) = pipe();
        arguments.push(ItemSource::Pipe(source));
        ItemSink::Pipe(sink)
    });
    let (sink, source) = kind.has_result_stream().then(pipe).unzip();
    (Some(Streams::new(arguments, sink.map(ResultSink::Pipe))), source)
}

fn raw(reply: Reply, codec: Codec) -> Result<RawReply, RpcError> {
    let metadata = metadata::decode(&reply.metadata).map_err(|error| lost(error.to_string()))?;
    Ok(RawReply { status: reply.status, metadata, body: reply.into_body().into(), codec, limits: limits() })
}

pub(super) fn limits() -> CodecLimits {
    CodecLimits::default()
}

/// First the context, so that the handler's destructors see it.
impl Drop for LocalCall {
    fn drop(&mut self) {
        if self.handler.is_some() {
            self.context.cancel();
        }
    }
}
