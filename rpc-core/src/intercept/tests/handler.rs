//! What interceptors of a server see of replies without a value.

use std::sync::{Arc, Mutex};

use crate::codec::{Codec, CodecLimits};
use crate::context::{CallParts, Caller};
use crate::intercept::{Next, Request};
use crate::server::{HandlerFuture, Incoming, Reply};
use crate::stream::decode_rpc_error;
use crate::wire::{RefusalReason, ReplyStatus};
use crate::{Code, Context, Executed, RpcError, Service, ServiceDescriptor};

use super::ADD;

static DESCRIPTOR: ServiceDescriptor = ServiceDescriptor::new("Work", 1, "", &[&ADD]);

/// Answers every call with what the function makes.
struct Answers(fn() -> Reply);

impl Service for Answers {
    fn descriptor(&self) -> &'static ServiceDescriptor {
        &DESCRIPTOR
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        let answer = self.0;
        incoming.run(move |_| async move { answer() })
    }
}

/// The reply to a call, and the error that an interceptor saw.
async fn seen(answer: fn() -> Reply) -> (Reply, RpcError) {
    let seen = Arc::new(Mutex::new(None));
    let sees = Arc::clone(&seen);
    let service = Answers(answer).intercept(move |request: Request, next: Next| {
        let sees = Arc::clone(&sees);
        async move {
            let result = next.run(request).await;
            *sees.lock().unwrap() = result.as_ref().err().cloned();
            result
        }
    });
    let parts = CallParts { method: &ADD, deadline: None, caller: Caller::Local, metadata: None };
    let incoming = Incoming {
        method: &ADD,
        codec: Codec::Postcard,
        limits: CodecLimits::default(),
        body: crate::body::Body::new(),
        context: Context::of_call(parts),
        streams: None,
        thread: None,
    };
    let reply = service.dispatch(incoming).await;
    let error = seen.lock().unwrap().take().unwrap();
    (reply, error)
}

#[tokio::test]
async fn metadata_that_cannot_be_decoded_is_an_error() {
    let broken = || Reply { status: ReplyStatus::Value, metadata: vec![0xff; 3], body: vec![7], block: None };
    let (reply, error) = seen(broken).await;
    assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::Yes));
    assert!(error.message().contains("the metadata of its reply cannot be decoded"), "{error}");
    assert_eq!(reply.status, ReplyStatus::Failed);
    assert_eq!(decode_rpc_error(&reply.body).unwrap().message(), error.message());
}

#[tokio::test]
async fn a_refusal_reads_as_it_does_for_the_caller_and_comes_through_as_it_is() {
    let (reply, error) = seen(|| Reply::refused(RefusalReason::Undecodable, "no such thing")).await;
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No));
    assert_eq!(error.message(), "the server did not understand the arguments of `Work.add`: no such thing");
    assert_eq!(reply.status, ReplyStatus::Refused);
    assert_eq!(&reply.body[1..], b"no such thing");
}

#[tokio::test]
async fn a_failure_that_cannot_be_decoded_is_told_as_it_is_to_the_caller() {
    let garbage =
        || Reply { status: ReplyStatus::Failed, metadata: Vec::new(), body: vec![0xff; 3], block: None };
    let (_, error) = seen(garbage).await;
    assert_eq!((error.code(), error.executed()), (Code::DataLoss, Executed::Yes));
}
