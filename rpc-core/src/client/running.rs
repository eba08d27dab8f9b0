use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use futures_core::future::BoxFuture;
use tokio::time::Sleep;

use super::channel::Channel;
use super::encode::{EncodeArguments, EncodedArguments};
use super::engine::{Answer, Engine, Next};
use super::intercepted::InterceptedCall;
use super::remote_call::Stage;
use super::terms::Terms;
use super::{failure, metadata, timers};
use crate::clock;
use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::stream::{Credit, Uploads};
use crate::{Executed, ReplyMetadata, RpcError};

/// A call at work, with everything that may end it beside its answer: its deadline, where no connection watches over
/// that, and the end of the call that it is part of. Dropping it cancels.
pub(super) struct RunningCall {
    method: &'static MethodDescriptor,
    /// `None` when the call is over.
    engine: Option<Engine>,
    deadline: Option<Instant>,
    opening: Option<Instant>,
    opened: bool,
    timer: Option<(Instant, Pin<Box<Sleep>>)>,
    parent: Option<Parent>,
    reply_metadata: Option<ReplyMetadata>,
}

/// The call that this one is part of.
struct Parent {
    context: crate::Context,
    /// Made when there is first something to wait for.
    cancelled: Option<BoxFuture<'static, ()>>,
}

impl RunningCall {
    /// Begins a call with the options of `channel`, and what it inherits here. Sends nothing yet.
    pub(super) fn begin(
        channel: Channel,
        method: &'static MethodDescriptor,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Result<Self, RpcError> {
        let Channel { target, options, interceptors } = channel;
        let options = options.as_deref();
        let reply_metadata = options.and_then(|options| options.reply_metadata()).cloned();
        if let Some(place) = &reply_metadata {
            place.clear();
        }
        let terms = Terms::of(method, options, target.default_timeout());
        if terms.parent.as_ref().is_some_and(crate::Context::is_cancelled)
            && terms.deadline.is_none_or(|deadline| deadline > clock::now())
        {
            return Err(failure::cancelled(method, Executed::No));
        }
        let engine = if interceptors.is_empty() {
            let times = (terms.deadline, terms.until_sent());
            target.begin(method, times, &mut terms.metadata(options), arguments, uploads)?
        } else {
            let metadata = metadata::collect(terms.metadata(options));
            let times = (terms.deadline, terms.opening);
            let place = reply_metadata.clone();
            let arguments = EncodedArguments::new(&target, method, arguments)?;
            let call = InterceptedCall::new(target, interceptors, arguments, times, metadata, place);
            Engine::Intercepted(call)
        };
        let Terms { deadline, opening, parent, .. } = terms;
        Ok(Self {
            method,
            engine: Some(engine),
            deadline,
            opening,
            opened: false,
            timer: None,
            parent: parent.map(|context| Parent { context, cancelled: None }),
            reply_metadata,
        })
    }

    /// The answer, or the opening of the result stream; up to then, `uploads` are what the call sends.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<Answer, RpcError>> {
        let Some(engine) = &mut self.engine else {
            return Poll::Ready(Err(failure::polled_again(self.method)));
        };
        let Poll::Ready(answer) = engine.poll(cx, arguments, uploads) else {
            return self.watch(cx).map(Err);
        };
        let metadata = match &answer {
            Ok(Answer::Opened(metadata)) => {
                (self.opened, self.timer) = (true, None);
                metadata
            }
            Ok(Answer::Reply(reply)) => {
                self.engine = None;
                &reply.metadata
            }
            Err(_) => {
                self.engine = None;
                return Poll::Ready(answer);
            }
        };
        if let Some(place) = &self.reply_metadata {
            place.set(metadata.clone());
        }
        Poll::Ready(answer)
    }

    /// What the items of the result stream are encoded in.
    pub(super) fn codec(&self) -> Codec {
        self.engine.as_ref().map_or(Codec::Postcard, Engine::codec)
    }

    /// The caller has taken so much of the result stream, and has more of it to take.
    pub(super) fn consumed(&mut self, taken: Credit) {
        if let Some(engine) = &mut self.engine {
            engine.consumed(taken);
        }
    }

    /// What comes next of the result stream, which is open. The caller has taken `consumed` since the last time.
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
        consumed: Credit,
    ) -> Poll<Next> {
        let Some(engine) = &mut self.engine else {
            return Poll::Ready(Next::Failed(failure::polled_again(self.method)));
        };
        let Poll::Ready(next) = engine.poll_next(cx, uploads, consumed) else {
            return self.watch(cx).map(Next::Failed);
        };
        if !matches!(next, Next::Items(_)) {
            self.engine = None;
        }
        Poll::Ready(next)
    }

    /// Ready if the call is over before its answer, or the end of its result stream, came.
    fn watch(&mut self, cx: &mut Context<'_>) -> Poll<RpcError> {
        let Some(engine) = &self.engine else { return Poll::Pending };
        let executed = match engine.stage() {
            Stage::Sent => Executed::Maybe,
            Stage::Unsent | Stage::Queued => Executed::No,
        };
        let error = match self.poll_timer(cx) {
            Poll::Ready(Ok(())) => Poll::Ready(self.expired(executed)),
            Poll::Ready(Err(error)) => Poll::Ready(error.with_executed(executed)),
            Poll::Pending => self.poll_parent(cx).map(|()| {
                // One that ends at its deadline does so because of that.
                let expired = self.deadline.is_some_and(|deadline| deadline <= clock::now());
                if expired { self.expired(executed) } else { failure::cancelled(self.method, executed) }
            }),
        };
        if error.is_ready() {
            // Dropping it cancels.
            self.engine = None;
        }
        error
    }

    fn expired(&self, executed: Executed) -> RpcError {
        match (self.opened, executed) {
            (true, _) => failure::stream_expired(self.method),
            (false, Executed::No) => {
                failure::not_connected(self.method, self.engine.as_ref().and_then(Engine::trouble))
            }
            (false, _) => failure::expired(self.method, executed),
        }
    }

    /// Ready when a time has passed over which no connection watches.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), RpcError>> {
        let (Some(at), Some(engine)) = (self.watched_time(), &self.engine) else { return Poll::Pending };
        let timer = match &mut self.timer {
            Some((set, timer)) if *set == at => timer,
            _ => {
                let timer = timers::sleep_until(engine.runtime(), at)?;
                &mut self.timer.insert((at, timer)).1
            }
        };
        timer.as_mut().poll(cx).map(Ok)
    }

    fn watched_time(&self) -> Option<Instant> {
        let engine = self.engine.as_ref()?;
        let opening = self.opening.filter(|_| match engine.stage() {
            // Whoever waits for a connection is told of its time there.
            Stage::Unsent => matches!(engine, Engine::Intercepted(_)),
            Stage::Queued => true,
            Stage::Sent => !self.opened && !self.method.kind.has_argument_streams(),
        });
        let deadline = match engine {
            // Its connection watches over that.
            Engine::Remote(_) => None,
            Engine::Local(_) => self.deadline,
            Engine::Intercepted(call) => call.deadline(),
        };
        clock::earlier(deadline, opening)
    }

    fn poll_parent(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(Parent { context, cancelled }) = &mut self.parent else { return Poll::Pending };
        let cancelled = cancelled.get_or_insert_with(|| {
            let context = context.clone();
            Box::pin(async move { context.given_up().await })
        });
        cancelled.as_mut().poll(cx)
    }
}
