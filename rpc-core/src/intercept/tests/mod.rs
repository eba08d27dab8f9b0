mod chain;
mod concurrency;
mod handler;
mod recorder;
mod shedding;
mod timing;
#[cfg(feature = "tower")]
mod tower;
mod tracing;

use std::future::Future;

use bytes::Bytes;

use super::{Interceptor, Interceptors, Origin, Request, Response};
use crate::generated::MethodDescriptor;
use crate::{Metadata, RpcError};

static ADD: MethodDescriptor = MethodDescriptor::new(("Work", 1), ("add", 2), "");
static DIVIDE: MethodDescriptor = MethodDescriptor::new(("Work", 1), ("divide", 3), "");

fn request_of(method: &'static MethodDescriptor) -> Request {
    Request::from_parts(Origin::new(method), Metadata::new(), None, Bytes::from_static(b"arguments"))
}

fn request() -> Request {
    request_of(&ADD)
}

/// What is around calls of `Work.add` in a test.
#[derive(Clone, Default)]
struct Chain(Interceptors);

impl Chain {
    fn of(interceptor: impl Interceptor) -> Self {
        Self::default().with(interceptor)
    }

    fn with(&self, interceptor: impl Interceptor) -> Self {
        Self(self.0.with(interceptor))
    }

    /// A call that `handler` answers.
    async fn call<F, Fut>(&self, request: Request, handler: F) -> Result<Response, RpcError>
    where
        F: FnOnce(Request) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, RpcError>> + Send + 'static,
    {
        self.0.clone().run(request, Box::new(|request| Box::pin(handler(request)))).await
    }

    /// A call that gets its arguments for an answer.
    async fn echo(&self, request: Request) -> Result<Response, RpcError> {
        self.call(request, |request| async { Ok(Response::value(request.body)) }).await
    }
}
