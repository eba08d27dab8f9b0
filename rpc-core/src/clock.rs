//! The one place that asks for the time: monotonic, and the paused clock of tokio in tests.

use std::time::{Duration, Instant};

pub(crate) fn now() -> Instant {
    // A clock that was once paused, as tests do, panics on a thread that ends.
    #[cfg(feature = "test-util")]
    if tokio::runtime::Handle::try_current().is_err_and(|error| error.is_thread_local_destroyed()) {
        return Instant::now();
    }
    tokio::time::Instant::now().into_std()
}

/// `now + after`, at most thirty years ahead: a peer chooses `after`, and an overflow would panic.
#[inline]
pub(crate) fn later(now: Instant, after: Duration) -> Instant {
    let capped = after.min(THIRTY_YEARS);
    now.checked_add(capped).unwrap_or(now)
}

/// Rounded up, so that a call with time left never says that it has none.
pub(crate) fn millis_left(now: Instant, deadline: Instant) -> u64 {
    millis(deadline.saturating_duration_since(now))
}

/// What [`millis_left`] gives of a time that is [`later`] by `after`.
#[inline]
pub(crate) fn millis(after: Duration) -> u64 {
    let left = after.min(THIRTY_YEARS);
    left.as_secs().saturating_mul(1_000).saturating_add(left.subsec_nanos().div_ceil(1_000_000).into())
}

/// The sooner of two times, of which either may never come.
pub(crate) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, None) => one,
        (None, other) => other,
    }
}

const THIRTY_YEARS: Duration = Duration::from_secs(30 * 365 * 24 * 3_600);
