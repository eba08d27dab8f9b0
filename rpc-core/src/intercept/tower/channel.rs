use std::task::{Context, Poll};

use futures_core::future::BoxFuture;
use tower_service::Service;

use crate::intercept::{Request, Response};
use crate::{Channel, RpcError};

/// A client as a service of `tower`: `client.channel().clone()` gives its channel, and [`Request::new`] makes a request.
///
/// Calls are made with the options and through the interceptors of the channel. The request's metadata goes with them, and
/// its deadline holds where it is closer. The service is always ready, since calls wait within their deadlines for what
/// they need. Methods with streams are refused with `Unimplemented` and [`Executed::No`](crate::Executed::No).
///
/// An error that the method itself returned is a [`Response`] for which [`is_app_error`](Response::is_app_error) holds.
/// Dropping the future cancels the call.
impl Service<Request> for Channel {
    type Response = Response;
    type Error = RpcError;
    type Future = BoxFuture<'static, Result<Response, RpcError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), RpcError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        Box::pin(crate::client::forward(self.clone(), request))
    }
}
