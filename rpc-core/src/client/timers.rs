use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::time::Sleep;

use super::failure;
use crate::RpcError;

/// Fails in a runtime without timers. Tokio has no way to ask: it panics where a timer is made.
pub(super) fn check() -> Result<(), RpcError> {
    catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).map_err(|_panic| failure::no_timers())
}

/// A timer of `runtime`, else of the runtime here. It may be polled outside of any.
pub(super) fn sleep_until(runtime: Option<Handle>, at: Instant) -> Result<Pin<Box<Sleep>>, RpcError> {
    let runtime = runtime.or_else(|| Handle::try_current().ok()).ok_or_else(failure::no_runtime)?;
    let _entered = runtime.enter();
    catch_unwind(AssertUnwindSafe(|| Box::pin(tokio::time::sleep_until(at.into()))))
        .map_err(|_panic| failure::no_timers())
}
