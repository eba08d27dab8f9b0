//! Where a handler runs: in place, on a task of its own, or on the blocking pool.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::task::JoinHandle;

use super::handler::HandlerFuture;
use super::pool_thread::PoolThread;
use super::service::Reply;
use super::shards;
use crate::generated::MethodDescriptor;
use crate::spawn::{spawn, spawn_blocking};
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
        let reply = Ended::default();
        StopOnDrop { thread, task: on_task(handler, reply.clone()) }.await;
        return reply.take(method);
    }
    if method.spawn {
        let reply = Ended::default();
        AbortOnDrop(on_task(handler, reply.clone())).await;
        return reply.take(method);
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

fn on_task(handler: HandlerFuture, ended: Ended) -> JoinHandle<()> {
    spawn(async move { ended.with(handler.await) })
}

async fn on_pool(handler: HandlerFuture, thread: Option<Arc<PoolThread>>) -> Reply {
    let method = handler.method();
    // As it would be if the handler ran where it is awaited.
    let span = tracing::Span::current();
    let reply = Ended::default();
    let ended = reply.clone();
    // Not started if it is dropped before a thread is free.
    let task = AbortOnDrop(spawn_blocking(move || {
        let _inside = span.enter();
        let _busy = match thread.as_ref().map(PoolThread::enter) {
            // Whoever has given it up does not read this.
            Some(None) => return ended.with(Reply::refused(RefusalReason::Cancelled, "")),
            busy => busy,
        };
        ended.with(block_on(handler));
    }));
    task.await;
    reply.take(method)
}

/// What a handler ended with that ran elsewhere. Beside its task and not its result, so that tasks are of one type.
#[derive(Clone, Default)]
struct Ended(Arc<Mutex<Option<Reply>>>);

impl Ended {
    fn with(self, reply: Reply) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(reply);
    }

    /// When its task has come to an end.
    fn take(self, method: &'static MethodDescriptor) -> Reply {
        let reply = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Panics are caught inside: what is left is a runtime that is shutting down.
        reply.unwrap_or_else(|| {
            Reply::failed(&RpcError::new(
                Code::Unavailable,
                format!("the runtime that ran `{method}` is shutting down"),
            ))
        })
    }
}

struct AbortOnDrop(JoinHandle<()>);

impl Future for AbortOnDrop {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(cx).map(|_joined| ())
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Interceptors around a handler that blocks.
struct StopOnDrop {
    thread: Arc<PoolThread>,
    task: JoinHandle<()>,
}

impl Future for StopOnDrop {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.task).poll(cx).map(|_joined| ())
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.thread.stop(self.task.abort_handle());
    }
}
