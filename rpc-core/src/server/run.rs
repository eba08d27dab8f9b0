//! Where a handler runs: in place, on a task of its own, or on the blocking pool.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::task::JoinHandle;

use super::handler::HandlerFuture;
use super::pool_thread::PoolThread;
use super::service::Reply;
use super::shards;
use crate::generated::MethodDescriptor;
use crate::wire::RefusalReason;
use crate::{Code, RpcError};

/// Runs a handler as its method's options say, inside of the returned future. Dropping that drops the handler, but
/// for a `blocking` one that has begun, which runs to its end.
pub(crate) async fn in_place(handler: HandlerFuture) -> Reply {
    let method = handler.method();
    if handler.blocks() {
        return on_pool(handler, None).await;
    }
    if let Some(thread) = handler.thread().map(Arc::clone) {
        // A task, since they may have to outlive this future.
        let interceptors = StopOnDrop { thread, task: tokio::spawn(handler) };
        return finished(method, interceptors.await);
    }
    if method.spawn {
        return finished(method, AbortOnDrop(tokio::spawn(handler)).await);
    }
    handler.await
}

/// Runs what stands behind interceptors: with them, or on `thread` if it blocks.
pub(crate) async fn behind_interceptors(handler: HandlerFuture, thread: Option<Arc<PoolThread>>) -> Reply {
    if handler.blocks() { on_pool(handler, thread).await } else { handler.await }
}

/// Runs a handler to its end on a thread of the blocking pool.
pub(crate) fn block_on(handler: HandlerFuture) -> Reply {
    let _at_work = shards::at_work();
    tokio::runtime::Handle::current().block_on(handler)
}

async fn on_pool(handler: HandlerFuture, thread: Option<Arc<PoolThread>>) -> Reply {
    let method = handler.method();
    // As it would be if the handler ran where it is awaited.
    let span = tracing::Span::current();
    // Not started if it is dropped before a thread is free.
    let task = AbortOnDrop(tokio::task::spawn_blocking(move || {
        let _inside = span.enter();
        let _busy = match thread.as_ref().map(PoolThread::enter) {
            // Whoever has given it up does not read this.
            Some(None) => return Reply::refused(RefusalReason::Cancelled, ""),
            busy => busy,
        };
        block_on(handler)
    }));
    finished(method, task.await)
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

/// Interceptors around a handler that blocks.
struct StopOnDrop<T> {
    thread: Arc<PoolThread>,
    task: JoinHandle<T>,
}

impl<T> Future for StopOnDrop<T> {
    type Output = Result<T, tokio::task::JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.task).poll(cx)
    }
}

impl<T> Drop for StopOnDrop<T> {
    fn drop(&mut self) {
        self.thread.stop(self.task.abort_handle());
    }
}
