use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::callers::{Caller, Callers, Turn, Waiting, tell};
use super::dial::{Dialled, backoff, dial};
use super::failure;
use super::redial::Redial;
use crate::clock;
use crate::driver::Connection;
use crate::generated::MethodDescriptor;
use crate::poll::now_or_never;
use crate::server::Router;
use crate::spawn::spawn_on;
use crate::wire::CloseCode;
use crate::{Endpoint, Limits, RpcError, Transport};

/// Keeps a connection to one of several endpoints while there is somebody who wants one.
///
/// At most one task dials; callers queue meanwhile and are told by it, at their deadlines at the latest. The queue is
/// empty whenever there is no such task.
pub(super) struct Connector {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) limits: Arc<Limits>,
    transport: Arc<dyn Transport>,
    /// What servers may call here.
    router: Arc<Router>,
    state: Mutex<State>,
    /// Attempts since a call was last answered: a server that greets and hangs up is no better than one that is not
    /// there.
    attempts: AtomicU32,
    /// For the task that dials: the nearest deadline is another one, or it is to stop.
    pub(super) changed: Notify,
}

#[derive(Default)]
struct State {
    /// Where connections are driven: the runtime of the first `connect` or call.
    runtime: Option<Handle>,
    connection: Option<Arc<Connection>>,
    /// The endpoint to begin with: that of the connection, unless it turned out to be no good.
    first: usize,
    /// Whether a task dials.
    dialling: bool,
    callers: Callers,
    /// When the next attempt may be made, counted from the end of the last one.
    retry_at: Option<Instant>,
    /// Why there is no connection. Outlives the attempt: a deadline mostly passes in the pause before the next one.
    trouble: Option<RpcError>,
    closed: bool,
}

impl State {
    /// Whether there is a connection that takes calls.
    fn has_connection(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| connection.accepts_calls())
    }
}

/// What the task that dials finds when somebody may have lost interest.
pub(super) enum Watch {
    Until(Option<Instant>),
    Stop,
}

impl Connector {
    pub(super) fn new(
        endpoints: Vec<Endpoint>,
        transport: Arc<dyn Transport>,
        limits: Arc<Limits>,
        router: Arc<Router>,
    ) -> Self {
        Self {
            endpoints,
            limits,
            transport,
            router,
            state: Mutex::default(),
            attempts: AtomicU32::new(0),
            changed: Notify::new(),
        }
    }

    /// No waker is woken and no task spawned under this lock: either may run code that takes it again.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, if there is one. It may take no calls any more: that is said when one is begun, and then it is to
    /// be [forgotten](Self::forget). To look here would be a lock for each call.
    pub(super) fn current(&self) -> Option<Arc<Connection>> {
        self.lock().connection.clone()
    }

    /// True if there is a connection that takes calls.
    pub(super) fn has_connection(&self) -> bool {
        self.lock().has_connection()
    }

    /// Makes no more calls on `connection`: the next one dials again.
    pub(super) fn forget(&self, connection: &Arc<Connection>) {
        let mut state = self.lock();
        if !state.connection.as_ref().is_some_and(|current| Arc::ptr_eq(current, connection)) {
            return;
        }
        let retired = self.retire(&mut state);
        drop(state);
        if let Some(retired) = retired {
            retired.wind_up(GONE_ON);
        }
    }

    /// A call was answered: the next loss is met with an attempt at once.
    pub(super) fn answered(&self) {
        if self.attempts.load(Ordering::Relaxed) > 0 {
            self.attempts.store(0, Ordering::Relaxed);
        }
    }

    /// Why there is no connection, as far as that is known.
    pub(super) fn trouble(&self) -> Option<RpcError> {
        self.lock().trouble.clone()
    }

    /// Dials each endpoint once, in turn, in the runtime of the caller.
    pub(super) async fn connect(&self) -> Result<(), RpcError> {
        runtime(&mut self.lock())?;
        let dialled = self.dial().await;
        self.dialled(dialled)
    }

    /// Queues for a connection, and begins to dial if nobody does.
    pub(super) fn join(
        self: &Arc<Self>,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
    ) -> Result<Waiting, RpcError> {
        let mut state = self.lock();
        let runtime = runtime(&mut state)?;
        if state.callers.len() >= self.limits.max_waiting_calls {
            return Err(failure::queue_full(method, self.limits.max_waiting_calls));
        }
        let (caller, news) = oneshot::channel();
        let (turn, nearest) = state.callers.join(deadline, caller);
        // An attempt may have ended since the caller looked.
        let told = state.has_connection().then(|| state.callers.leave(turn));
        let begins = told.is_none() && !std::mem::replace(&mut state.dialling, true);
        drop(state);
        let waiting = Waiting { connector: Arc::clone(self), turn, news };
        if let Some(caller) = told {
            tell(caller, &Ok(()));
        } else if begins {
            spawn_on(&runtime, Redial::new(Arc::clone(self)).run());
        } else if nearest {
            self.changed.notify_one();
        }
        Ok(waiting)
    }

    /// Where connections are driven, once that is known.
    pub(super) fn runtime(&self) -> Option<Handle> {
        self.lock().runtime.clone()
    }

    pub(super) fn leave(&self, turn: Turn) {
        let caller = self.lock().callers.leave(turn);
        drop(caller);
    }

    /// How long to wait before the next attempt.
    pub(super) fn pause(&self) -> Duration {
        if self.attempts.load(Ordering::Relaxed) == 0 {
            return Duration::ZERO;
        }
        let retry_at = self.lock().retry_at;
        retry_at.map_or(Duration::ZERO, |at| at.saturating_duration_since(clock::now()))
    }

    pub(super) async fn dial(&self) -> Result<Dialled, RpcError> {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        let first = self.lock().first;
        dial(&self.endpoints, first, &*self.transport, &self.limits, &self.router).await
    }

    /// Takes in what came of an attempt.
    pub(super) fn dialled(&self, dialled: Result<Dialled, RpcError>) -> Result<(), RpcError> {
        let mut state = self.lock();
        if state.closed {
            drop(state);
            // Closes it.
            drop(dialled);
            return Err(failure::closed());
        }
        state.retry_at = Some(clock::later(clock::now(), backoff(self.attempts.load(Ordering::Relaxed))));
        match dialled {
            // A `connect` and a call dialled at the same time, and one of the two was enough. This one is closed.
            Ok(_) if state.has_connection() => Ok(()),
            Ok(dialled) => {
                state.first = dialled.index;
                state.connection = Some(dialled.keep());
                state.trouble = None;
                Ok(())
            }
            Err(error) => {
                // Told aloud once: a call without a deadline says nothing for as long as it waits.
                if state.trouble.is_none() {
                    tracing::warn!(%error, "cannot connect; trying again as long as calls wait for it");
                } else {
                    tracing::debug!(%error, "an attempt to connect failed again");
                }
                state.trouble = Some(error.clone());
                Err(error)
            }
        }
    }

    /// Tells those whose deadline has passed, and what to wait for next.
    pub(super) fn watch(&self) -> Watch {
        let mut state = self.lock();
        if state.closed {
            return Watch::Stop;
        }
        let (expired, next) = state.callers.take_expired(clock::now());
        drop(state);
        tell(expired, &Ok(()));
        Watch::Until(next)
    }

    /// The task that dials ends if nobody waits; true if so.
    pub(super) fn ends(&self) -> bool {
        let mut state = self.lock();
        let ends = state.callers.is_empty();
        state.dialling &= !ends;
        ends
    }

    /// The task that dials has ended, with callers who still wait.
    pub(super) fn ended(&self) -> Vec<Caller> {
        let mut state = self.lock();
        state.dialling = false;
        state.callers.take()
    }

    /// Lets the calls in flight end, then the connection.
    pub(super) async fn close(&self) {
        let (retired, callers) = {
            let mut state = self.lock();
            state.closed = true;
            (self.retire(&mut state), state.callers.take())
        };
        self.changed.notify_one();
        tell(callers, &Err(failure::closed()));
        if let Some(winding_up) = retired.and_then(|retired| retired.wind_up("the client was closed")) {
            // An error is a runtime that shut down, and the connection with it.
            let _gone = winding_up.await;
        }
    }

    /// Ends all at once: there is nobody left who could make a call.
    pub(super) fn abandon(&self) {
        let connection = {
            let mut state = self.lock();
            state.closed = true;
            state.connection.take()
        };
        self.changed.notify_one();
        if let Some(connection) = connection {
            connection.close(CloseCode::Done, "the client is gone");
        }
    }

    /// Takes the connection out of use, and notes why it is no good any more.
    fn retire(&self, state: &mut State) -> Option<Retired> {
        let connection = state.connection.take()?;
        let endpoint = self.endpoints.get(state.first)?;
        let why = match now_or_never(connection.established()) {
            Some(Err(closed)) => closed.to_string(),
            _ => "the server takes no more calls".to_owned(),
        };
        state.trouble = Some(failure::did_not_last(endpoint, &why));
        if self.attempts.load(Ordering::Relaxed) > 0 {
            // It has not answered a single call: another endpoint may.
            state.first = state.first.wrapping_add(1) % self.endpoints.len().max(1);
        }
        Some(Retired { connection, runtime: state.runtime.clone() })
    }
}

/// A connection on which no call is begun any more.
struct Retired {
    connection: Arc<Connection>,
    runtime: Option<Handle>,
}

impl Retired {
    /// Lets its calls in flight end and closes it, whether or not anybody waits for that. Those that nobody awaits are
    /// not waited for, and the peer has six times the `write_timeout` to say that it has read them.
    fn wind_up(self, why: &'static str) -> Option<JoinHandle<()>> {
        let Self { connection, runtime } = self;
        if connection.accepts_calls() {
            // Whoever holds it already cannot begin a call that the close would cut off.
            connection.drain();
        }
        Some(spawn_on(&runtime?, async move {
            // A server that takes no more calls may make some, for those that it has begun.
            connection.quiet().await;
            connection.drain();
            connection.quiet().await;
            connection.close(CloseCode::Done, why);
        }))
    }
}

/// The runtime of the connections; that of the caller if there is none yet.
fn runtime(state: &mut State) -> Result<Handle, RpcError> {
    if state.closed {
        return Err(failure::closed());
    }
    if state.runtime.is_none() {
        state.runtime = Handle::try_current().ok();
    }
    state.runtime.clone().ok_or_else(failure::no_runtime)
}

const GONE_ON: &str = "the client has gone on to another connection";
