use std::fmt;
use std::time::Duration;

use super::observed::Observed;
use super::{Interceptor, Next, Outcome, Request, Response};
use crate::{MethodDescriptor, RpcError};

/// Tells a closure of every call how long it took and how it ended: for metrics.
///
/// At a client the time is what the caller waits, connecting and waiting for a place included; at a server it is that of
/// the handler and of the interceptors further in. Of a call with a result stream it is the time until the stream is
/// opened, at a client, or has ended, at a server. The clock is monotonic.
///
/// A call that is dropped before its end is told, too: as `DeadlineExceeded` if its deadline has passed, else as
/// `Cancelled`. The closure runs where the call does, so it has to be quick and may not block.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use farcall::intercept::{Outcome, Timing};
///
/// let failed = Arc::new(AtomicU64::new(0));
/// let count = Arc::clone(&failed);
/// let timing = Timing::new(move |method, took, outcome| {
///     println!("{method} took {took:?}: {outcome}");
///     if matches!(outcome, Outcome::Failed(_)) {
///         count.fetch_add(1, Ordering::Relaxed);
///     }
/// });
/// # let _ = timing;
/// ```
pub struct Timing<F> {
    tell: F,
}

impl<F> Timing<F>
where
    F: Fn(&'static MethodDescriptor, Duration, Outcome) + Send + Sync + 'static,
{
    /// Calls `tell` with the method, the time from the call's arrival here to its end, and how it ended.
    pub fn new(tell: F) -> Self {
        Self { tell }
    }
}

impl<F> Interceptor for Timing<F>
where
    F: Fn(&'static MethodDescriptor, Duration, Outcome) + Send + Sync + 'static,
{
    async fn intercept(&self, request: Request, next: Next) -> Result<Response, RpcError> {
        let method = request.parts.method();
        let observed = Observed::new(&request.parts, |took, outcome| (self.tell)(method, took, outcome));
        let result = next.run(request).await;
        observed.ended(&result);
        result
    }
}

impl<F> fmt::Debug for Timing<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timing")
    }
}
