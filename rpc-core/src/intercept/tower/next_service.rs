use std::task::{Context, Poll};

use futures_core::future::BoxFuture;
use tower_service::Service;

use crate::intercept::{Request, Response};
use crate::{Code, Executed, Fault, RpcError};

/// What a [`TowerLayer`](super::TowerLayer)'s layer is put around: the interceptors further in, and the call itself.
///
/// Always ready. A request runs once; a layer that makes requests of its own gets an error.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct NextService;

impl Service<Request> for NextService {
    type Response = Response;
    type Error = RpcError;
    type Future = BoxFuture<'static, Result<Response, RpcError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), RpcError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        match request.next.take() {
            Some(next) => next.run(request),
            None => {
                let text = format!(
                    "a tower layer called `{}` with a request that it did not get: it has to pass on that one, once",
                    request.parts.method()
                );
                let error = RpcError::new(Code::Internal, text);
                let error = error.with_executed(Executed::No).with_fault(Fault::Caller);
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}
