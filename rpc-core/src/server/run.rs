//! Where a handler runs: in place, on a task of its own, or on the blocking pool.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::task::JoinHandle;

use super::handler::HandlerFuture;
use super::service::Reply;
use crate::generated::MethodDescriptor;
use crate::{Code, RpcError};

/// Runs a handler as its method's options say, inside of the returned future. Dropping that drops the handler, but
/// for a `blocking` one that has begun, which runs to its end.
pub(crate) async fn in_place(handler: HandlerFuture) -> Reply {
    let method = handler.method();
    if method.blocking {
        // Not started if it is dropped before a thread is free.
        let task = AbortOnDrop(tokio::task::spawn_blocking(move || block_on(handler)));
        return finished(method, task.await);
    }
    if method.spawn {
        return finished(method, AbortOnDrop(tokio::spawn(handler)).await);
    }
    handler.await
}

/// Runs a handler to its end on a thread of the blocking pool.
pub(crate) fn block_on(handler: HandlerFuture) -> Reply {
    tokio::runtime::Handle::current().block_on(handler)
}

fn finished(method: &'static MethodDescriptor, joined: Result<Reply, tokio::task::JoinError>) -> Reply {
    // Panics are caught inside: what is left is a runtime that is shutting down.
    joined.unwrap_or_else(|_| {
        Reply::failed(&RpcError::new(
            Code::Unavailable,
            format!("the runtime that ran `{method}` is shutting down"),
        ))
    })
}

struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Future for AbortOnDrop<T> {
    type Output = Result<T, tokio::task::JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx)
    }
}

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
