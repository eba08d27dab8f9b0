use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit};

use super::timer::by;
use super::{Interceptor, Next, Parts, Request, Response};
use crate::{Code, Executed, Fault, RpcError};

/// Lets at most so many calls run at a time; others wait in the order in which they came.
///
/// At a server it protects what handlers share; at a client it is polite to the server. A call waits no longer than
/// until its deadline, and its waiting is bounded by [`max_waiting`](Self::max_waiting), too. A call runs until it is
/// answered, or dropped; one with a result stream until the stream is opened, at a client, or has ended, at a server.
///
/// Copies share the limit, so one can stand around several services or clients.
///
/// All peers wait in one queue, and share its places: one that makes many calls has many turns, and can fill the queue for
/// the others. What bounds a single peer is `Limits::max_calls`; where peers do not trust one another, that is to be well
/// below `max_waiting`.
///
/// # Errors
///
/// All with [`Executed::No`]: `ResourceExhausted` if too many wait already, `DeadlineExceeded` if the call's turn did not
/// come in time.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::intercept::ConcurrencyLimit;
/// let limit = ConcurrencyLimit::new(16).max_waiting(64);
/// # let _ = limit;
/// ```
#[derive(Clone)]
pub struct ConcurrencyLimit {
    state: Arc<State>,
    max_waiting: usize,
}

struct State {
    permits: Semaphore,
    max: usize,
    waiting: AtomicUsize,
}

impl ConcurrencyLimit {
    /// How many calls may wait if nothing else is said: 1,024, which is as many as a connection may have in flight.
    pub const DEFAULT_MAX_WAITING: usize = 1_024;

    /// At most `max` calls at a time. 0 refuses every call.
    pub fn new(max: usize) -> Self {
        let permits = Semaphore::new(max.min(Semaphore::MAX_PERMITS));
        let state = State { permits, max, waiting: AtomicUsize::new(0) };
        Self { state: Arc::new(state), max_waiting: Self::DEFAULT_MAX_WAITING }
    }

    /// At most `calls` wait, and those beyond are refused. 0: none waits. Each takes the memory of its arguments.
    /// Default: [`DEFAULT_MAX_WAITING`](Self::DEFAULT_MAX_WAITING). Of copies with different bounds each keeps its own,
    /// counting all that wait.
    #[must_use]
    pub fn max_waiting(mut self, calls: usize) -> Self {
        self.max_waiting = calls;
        self
    }

    async fn permit(&self, parts: &Parts) -> Result<SemaphorePermit<'_>, RpcError> {
        // Finds none while others wait: a permit that comes free goes to them.
        if let Ok(permit) = self.state.permits.try_acquire() {
            return Ok(permit);
        }
        let _waiting = Waiting::join(self).ok_or_else(|| self.full(parts))?;
        let acquired =
            by(parts.deadline, self.state.permits.acquire()).await.ok_or_else(|| expired(parts))?;
        // Nobody closes the semaphore.
        acquired.map_err(|_closed| self.full(parts))
    }

    fn full(&self, parts: &Parts) -> RpcError {
        let (method, max, waiting) = (parts.method(), self.state.max, self.max_waiting);
        let text = format!(
            "`{method}` was refused: {max} calls run and {waiting} wait, which is the limit of this side; try again later"
        );
        RpcError::new(Code::ResourceExhausted, text)
            .with_executed(Executed::No)
            .with_fault(Fault::Environment)
    }
}

fn expired(parts: &Parts) -> RpcError {
    let text = format!("the deadline of `{}` passed while it waited for its turn", parts.method());
    RpcError::new(Code::DeadlineExceeded, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

/// A place among those that wait, until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(limit: &'a ConcurrencyLimit) -> Option<Self> {
        if limit.state.max == 0 {
            return None;
        }
        let waiting = &limit.state.waiting;
        waiting
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |calls| {
                (calls < limit.max_waiting).then(|| calls.saturating_add(1))
            })
            .ok()
            .map(|_| Self(waiting))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Interceptor for ConcurrencyLimit {
    async fn intercept(&self, request: Request, next: Next) -> Result<Response, RpcError> {
        let _permit = self.permit(&request.parts).await?;
        next.run(request).await
    }
}

impl fmt::Debug for ConcurrencyLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConcurrencyLimit")
            .field("max", &self.state.max)
            .field("max_waiting", &self.max_waiting)
            .field("free", &self.state.permits.available_permits())
            .field("waiting", &self.state.waiting.load(Ordering::Relaxed))
            .finish()
    }
}
