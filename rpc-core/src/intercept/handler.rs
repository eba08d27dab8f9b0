//! What is behind the interceptors of a server.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_core::future::BoxFuture;

use super::{Kind, Request, Response};
use crate::codec::{BLOCK, Codec};
use crate::generated::MethodDescriptor;
use crate::server::{Incoming, PoolThread, Reply, Service, encode_reply_metadata, no_value, run};
use crate::wire::ReplyStatus;
use crate::{Code, Context, Executed, Fault, Metadata, RpcError, clock};

/// The handler of one call, and what became of it.
#[derive(Default)]
pub(super) struct Handler(Mutex<State>);

#[derive(Default)]
struct State {
    progress: Progress,
    /// What came beside an error.
    metadata: Metadata,
}

#[derive(Default)]
enum Progress {
    #[default]
    NotStarted,
    /// It may have run.
    Started,
    /// It did not run. An interceptor that passes the error on has the reply sent as it is.
    Refused(RpcError, Reply),
}

impl Handler {
    /// Runs the handler with what the interceptors made of its call.
    pub(super) fn run(
        self: Arc<Self>,
        service: Arc<dyn Service>,
        mut incoming: Incoming,
        request: Request,
    ) -> BoxFuture<'static, Result<Response, RpcError>> {
        Box::pin(async move {
            let (method, codec) = (incoming.method, incoming.codec);
            // The caller's own deadline is kept further out.
            let own = request.parts.deadline.filter(|own| incoming.context.deadline() != Some(*own));
            if own.is_some_and(|own| own <= clock::now()) {
                return Err(expired(method, Executed::No));
            }
            incoming.context = context(incoming.context, &request);
            incoming.body = request.body.into();
            self.lock().progress = Progress::Started;
            let thread = incoming.thread.clone();
            let running = run::behind_interceptors(service.dispatch(incoming), thread.clone());
            let reply = match own {
                // A detached handler runs on whatever the time.
                Some(own) if !method.detached => {
                    let ended = tokio::time::timeout_at(own.into(), running).await;
                    ended.map_err(|_elapsed| self.expired(method, thread.as_deref()))?
                }
                _ => running.await,
            };
            self.response(method, codec, reply)
        })
    }

    /// The time that the handler was given is over.
    fn expired(&self, method: &'static MethodDescriptor, thread: Option<&PoolThread>) -> RpcError {
        if thread.is_some_and(PoolThread::give_up) {
            self.lock().progress = Progress::NotStarted;
            return expired(method, Executed::No);
        }
        expired(method, Executed::Yes)
    }

    /// What interceptors see of the handler's reply.
    fn response(
        &self,
        method: &'static MethodDescriptor,
        codec: Codec,
        reply: Reply,
    ) -> Result<Response, RpcError> {
        let metadata = Metadata::received(&reply.metadata, usize::MAX).map_err(|error| {
            let text = format!("`{method}` ran, but the metadata of its reply cannot be decoded: {error}");
            RpcError::new(Code::Internal, text).with_fault(Fault::Handler)
        })?;
        let kind = match reply.status {
            // The items have been sent, and this is the end.
            ReplyStatus::Value if method.kind.has_result_stream() => Kind::Stream,
            ReplyStatus::Value => Kind::Value,
            ReplyStatus::AppError => Kind::AppError,
            ReplyStatus::Opened => Kind::Stream,
            ReplyStatus::Failed | ReplyStatus::Refused => {
                return Err(self.failed(method, codec, reply, metadata));
            }
        };
        Ok(Response::of(kind, Bytes::from(reply.into_body())).with_metadata(metadata).in_codec(codec))
    }

    fn failed(
        &self,
        method: &'static MethodDescriptor,
        codec: Codec,
        reply: Reply,
        metadata: Metadata,
    ) -> RpcError {
        let error = match reply.status {
            ReplyStatus::Refused => no_value::refused(method, codec, &reply.body),
            _ => no_value::failed(method, &reply.body),
        };
        let mut state = self.lock();
        state.metadata = metadata;
        if error.executed() == Executed::No {
            state.progress = Progress::Refused(error.clone(), reply);
        }
        error
    }

    /// What is sent of what came out of the interceptors.
    pub(super) fn reply(
        &self,
        method: &'static MethodDescriptor,
        result: Result<Response, RpcError>,
    ) -> Reply {
        let State { progress, mut metadata } = std::mem::take(&mut *self.lock());
        let result = result.and_then(|response| accepted(method, response, &progress));
        if let Ok(response) = &result {
            metadata.clone_from(&response.metadata);
        }
        let encoded = encode_reply_metadata(method, &[], &metadata);
        let executed = match &progress {
            Progress::Started => Executed::Yes,
            Progress::NotStarted | Progress::Refused(..) => Executed::No,
        };
        match (result, encoded, progress) {
            (Ok(response), Ok(metadata), _) => {
                let status = if response.is_app_error() { ReplyStatus::AppError } else { ReplyStatus::Value };
                if response.body.len() < BLOCK {
                    Reply { status, metadata, body: response.body.into(), block: None }
                } else {
                    Reply { status, metadata, body: Vec::new(), block: Some(Box::new(response.body)) }
                }
            }
            (Err(error), Ok(metadata), Progress::Refused(refused, reply)) if error == refused => {
                Reply { metadata, ..reply }
            }
            (Err(error), Ok(metadata), _) => {
                Reply { metadata, ..Reply::failed(&error.with_executed(executed)) }
            }
            (Ok(_), Err(error), _) => Reply::failed(&error.with_executed(executed)),
            (Err(error), Err(_unsendable), _) => Reply::failed(&error.with_executed(executed)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The context that the handler sees.
fn context(before: Context, request: &Request) -> Context {
    let parts = &request.parts;
    let context = parts.context().cloned().unwrap_or(before);
    if *context.metadata() == parts.metadata && context.deadline() == parts.deadline {
        return context;
    }
    let metadata = (!parts.metadata.is_empty()).then(|| Arc::new(parts.metadata.clone()));
    context.with_call(metadata, parts.deadline)
}

/// The response, if a call of this method can be answered with it.
fn accepted(
    method: &'static MethodDescriptor,
    response: Response,
    progress: &Progress,
) -> Result<Response, RpcError> {
    let is_stream = method.kind.has_result_stream();
    let what = match response.kind() {
        Kind::Value if is_stream => "a value, and its result is a stream",
        // Only the handler opens one.
        Kind::Stream if !is_stream || !matches!(progress, Progress::Started) => {
            "a stream that is not of this call"
        }
        Kind::Value | Kind::AppError | Kind::Stream => return Ok(response),
    };
    let text = format!("an interceptor of the server answered `{method}` with {what}");
    Err(RpcError::new(Code::Internal, text).with_fault(Fault::Handler))
}

fn expired(method: &MethodDescriptor, executed: Executed) -> RpcError {
    let text = format!("the time that an interceptor of the server gave to `{method}` is over");
    RpcError::new(Code::DeadlineExceeded, text).with_executed(executed).with_fault(Fault::Environment)
}
