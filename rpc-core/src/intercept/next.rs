use std::fmt;

use futures_core::future::BoxFuture;

use super::{Interceptors, Request, Response};
use crate::generated::MethodDescriptor;
use crate::{Code, Executed, Fault, RpcError};

/// What is further in than an interceptor: the other interceptors, and then the call itself. It is the right to run
/// that, once.
#[must_use = "without `run` the call goes no further"]
pub struct Next {
    interceptors: Interceptors,
    position: usize,
    method: &'static MethodDescriptor,
    terminal: Terminal,
}

/// What is behind the last interceptor: at a client the connection, at a server the dispatcher. Does nothing before its
/// future is polled.
pub(crate) type Terminal =
    Box<dyn FnOnce(Request) -> BoxFuture<'static, Result<Response, RpcError>> + Send + Sync>;

impl Next {
    pub(super) fn new(
        interceptors: Interceptors,
        method: &'static MethodDescriptor,
        terminal: Terminal,
    ) -> Self {
        Self { interceptors, position: 0, method, terminal }
    }

    /// Runs the rest of the call. Nothing happens before the first poll; dropping the future cancels.
    ///
    /// # Errors
    ///
    /// What is further in failed with, and `Internal` for a request that is not one of this call's method.
    pub fn run(mut self, mut request: Request) -> BoxFuture<'static, Result<Response, RpcError>> {
        if !std::ptr::eq(request.parts.method(), self.method) {
            let error = another_method(self.method, &request);
            return Box::pin(std::future::ready(Err(error)));
        }
        request.parts.tighten();
        match self.interceptors.get(self.position) {
            Some(interceptor) => {
                self.position = self.position.saturating_add(1);
                interceptor.intercept(request, self)
            }
            None => (self.terminal)(request),
        }
    }
}

fn another_method(method: &MethodDescriptor, request: &Request) -> RpcError {
    let text = format!(
        "an interceptor of `{method}` passed on a call of `{}`: it has to pass on the request that it got",
        request.parts.method()
    );
    RpcError::new(Code::Internal, text).with_executed(Executed::No).with_fault(Fault::Caller)
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Next({})", self.method)
    }
}
