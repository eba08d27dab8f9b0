use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use tokio::runtime::Handle;

use crate::poll::unless;

/// What `future` gives; `None` if `deadline` passes first.
///
/// Where there is no runtime, or one without timers, nothing ends the waiting here: a call may be polled there. What runs
/// the call at a client ends it at its own deadline at the latest.
pub(super) async fn by<F: Future>(deadline: Option<Instant>, future: F) -> Option<F::Output> {
    let timer = deadline.filter(|_| Handle::try_current().is_ok()).and_then(|deadline| {
        // Tokio has no way to ask for timers: it panics where one is made.
        catch_unwind(AssertUnwindSafe(|| Box::pin(tokio::time::sleep_until(deadline.into())))).ok()
    });
    match timer {
        Some(timer) => unless(future, timer).await,
        None => Some(future.await),
    }
}
