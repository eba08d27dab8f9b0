//! What becomes of a handler's panic.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};

use super::service::Reply;
use crate::generated::MethodDescriptor;
use crate::{Code, Fault, RpcError};

/// Logs the panic under an id and gives the caller the id alone: a panic's text may hold what a caller must not see.
pub(super) fn panicked(method: &'static MethodDescriptor, panic: Box<dyn Any + Send>) -> Reply {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let id = format!("{}-{number}", std::process::id());
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without text");
    tracing::error!(%method, id, text, "a handler panicked");
    // The payload may have a destructor that panics in its turn, with a payload that does, and so on.
    if let Err(again) = std::panic::catch_unwind(AssertUnwindSafe(|| drop(panic))) {
        std::mem::forget(again);
    }
    let error = RpcError::new(
        Code::Internal,
        format!("the handler of `{method}` panicked (id {id} in the server's log)"),
    );
    Reply::failed(&error.with_fault(Fault::Handler))
}
