#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::pin::Pin;
use std::task::{self, Poll, Waker};

use super::{HandlerFuture, Incoming, Reply, Streams};
use crate::codec::{Codec, CodecLimits};
use crate::context::{CallParts, Caller};
use crate::stream::{ItemSource, PipeSink, PipeSource, ResultSink, decode_rpc_error, pipe};
use crate::wire::ReplyStatus;
use crate::{Context, MethodDescriptor, MethodKind, RpcError};

mod blocking;
mod broken;
mod connections;
mod reply_metadata;
mod reply_stream;
mod router;

const SERVICE: (&str, u64) = ("Sums", 1);
static ADD: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("add", 2), "").with_streams(MethodKind::ClientStreaming, &["numbers"]);
static COUNT: MethodDescriptor =
    MethodDescriptor::new(SERVICE, ("count", 3), "").with_streams(MethodKind::ServerStreaming, &[]);
static GREET: MethodDescriptor = MethodDescriptor::new(SERVICE, ("greet", 4), "");
static WORK: MethodDescriptor = MethodDescriptor::new(SERVICE, ("work", 5), "").with_blocking();

fn incoming(method: &'static MethodDescriptor, streams: Option<Box<Streams>>) -> Incoming {
    let parts = CallParts { method, deadline: None, caller: Caller::Local, metadata: None };
    Incoming {
        method,
        codec: Codec::Postcard,
        limits: CodecLimits::default(),
        body: crate::body::Body::new(),
        context: Context::of_call(parts),
        streams,
        thread: None,
    }
}

/// A call with one argument stream, and where its items go in.
fn with_argument() -> (Incoming, PipeSink) {
    let (sink, source) = pipe();
    (incoming(&ADD, Some(Streams::new(vec![ItemSource::Pipe(source)], None))), sink)
}

/// A call with a result stream, and where its items come out.
fn with_result() -> (Incoming, PipeSource) {
    let (sink, source) = pipe();
    (incoming(&COUNT, Some(Streams::new(Vec::new(), Some(ResultSink::Pipe(sink))))), source)
}

fn poll(handler: &mut HandlerFuture) -> Poll<Reply> {
    Pin::new(handler).poll(&mut task::Context::from_waker(Waker::noop()))
}

fn ready(handler: &mut HandlerFuture) -> Reply {
    match poll(handler) {
        Poll::Ready(reply) => reply,
        Poll::Pending => panic!("the handler waits"),
    }
}

fn error(reply: &Reply) -> RpcError {
    assert_eq!(reply.status, ReplyStatus::Failed);
    decode_rpc_error(&reply.body).unwrap()
}
