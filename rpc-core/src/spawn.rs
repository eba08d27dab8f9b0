//! Tasks beside the calls: connections, accepting, dialling, winding up.

use std::future::Future;

use futures_core::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// Runs `future` on the runtime of `handle`.
///
/// The future is boxed: tokio's task is compiled anew for every type of future, once per scheduler, which costs more than
/// an allocation where tasks are few. Not for tasks that run one call.
pub(crate) fn spawn_on(handle: &Handle, future: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    spawn_boxed(handle, Box::pin(future))
}

/// Runs `future` on the current runtime. Panics outside of one, as tokio does.
pub(crate) fn spawn(future: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    spawn_on(&Handle::current(), future)
}

/// Runs `work` on a thread of the blocking pool of the current runtime. Boxed for the same reason.
pub(crate) fn spawn_blocking(work: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    spawn_boxed_blocking(Box::new(work))
}

#[inline(never)]
fn spawn_boxed_blocking(work: Box<dyn FnOnce() + Send>) -> JoinHandle<()> {
    tokio::task::spawn_blocking(work)
}

#[inline(never)]
fn spawn_boxed(handle: &Handle, future: BoxFuture<'static, ()>) -> JoinHandle<()> {
    handle.spawn(future)
}
