use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::channel::Channel;
use super::dial::{backoff, dial};
use crate::codec::Codec;
use crate::driver::Connection;
use crate::wire::CloseCode;
use crate::{Code, Endpoint, Executed, Fault, Limits, RpcError, Timeout, Transport};

/// An endpoint, with a connection that comes and goes.
pub(super) struct Remote {
    endpoints: Vec<Endpoint>,
    transport: Arc<dyn Transport>,
    limits: Arc<Limits>,
    timeout: Timeout,
    state: Mutex<State>,
    /// Attempts since a call was last answered: a server that greets and hangs up is no better than one that is not
    /// there.
    attempts: AtomicU32,
}

struct State {
    /// Where connections are driven: the runtime of the first `connect` or call.
    runtime: Option<Handle>,
    connection: Option<Arc<Connection>>,
    /// An attempt under way; all who need a connection wait for the same one.
    dialing: Option<watch::Receiver<Attempt>>,
    /// What the last of them said. Outlives the attempt: a deadline mostly passes in the pause before the next one.
    trouble: Option<RpcError>,
    closed: bool,
}

/// What came of an attempt to connect; `None` while it is under way.
type Attempt = Option<Result<(), RpcError>>;

/// Makes clients of one endpoint or several: what `connect` and `connect_lazy` use.
pub struct ClientBuilder {
    endpoints: Vec<Endpoint>,
    transport: Arc<dyn Transport>,
    limits: Limits,
    timeout: Timeout,
}

impl ClientBuilder {
    /// A client of `endpoints`, tried in turn, over `transport`.
    pub fn new(endpoints: Vec<Endpoint>, transport: Arc<dyn Transport>) -> Self {
        Self { endpoints, transport, limits: Limits::default(), timeout: Timeout::default() }
    }

    /// Other bounds than [`Limits::default`].
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The timeout of calls for which neither the method nor the call sets one. Default 10 s.
    #[must_use]
    pub fn timeout(mut self, timeout: Timeout) -> Self {
        self.timeout = timeout;
        self
    }

    /// A channel that connects with its first call.
    ///
    /// # Errors
    ///
    /// Limits out of range, no endpoint, or a codec that is not known.
    pub fn build(self) -> Result<Channel, RpcError> {
        self.limits.validate()?;
        if self.endpoints.is_empty() {
            return Err(misuse("the list of endpoints is empty: give at least one".to_owned()));
        }
        for endpoint in &self.endpoints {
            if let Some(codec) = endpoint.parameter("codec").filter(|codec| *codec != Codec::Postcard.name())
            {
                return Err(misuse(format!("unknown codec `{codec}` in `{endpoint}`: known is `postcard`")));
            }
        }
        let state = State { runtime: None, connection: None, dialing: None, trouble: None, closed: false };
        Ok(Channel::remote(Arc::new(Remote {
            endpoints: self.endpoints,
            transport: self.transport,
            limits: Arc::new(self.limits),
            timeout: self.timeout,
            state: Mutex::new(state),
            attempts: AtomicU32::new(0),
        })))
    }

    /// A channel that is connected. Dials each endpoint once, in turn. Cancel-safe.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build), and `Unavailable` with what each endpoint said.
    pub async fn connect(self) -> Result<Channel, RpcError> {
        let channel = self.build()?;
        if let super::channel::Target::Remote(remote) = &channel.target {
            remote.connect_once().await?;
        }
        Ok(channel)
    }
}

impl Remote {
    pub(super) fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    pub(super) fn timeout(&self) -> Timeout {
        self.timeout
    }

    pub(super) fn limits(&self) -> &Arc<Limits> {
        &self.limits
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, if there is one that takes calls.
    pub(super) fn current(&self) -> Option<Arc<Connection>> {
        let mut state = self.lock();
        if state.connection.as_ref().is_some_and(|connection| !connection.accepts_calls()) {
            retire(&mut state, GONE_ON);
        }
        state.connection.clone()
    }

    /// A call was answered: the next loss is met with an attempt at once.
    pub(super) fn answered(&self) {
        if self.attempts.load(Ordering::Relaxed) > 0 {
            self.attempts.store(0, Ordering::Relaxed);
        }
    }

    /// Makes no more calls on `connection`: the next one dials again.
    pub(super) fn forget(&self, connection: &Arc<Connection>) {
        let mut state = self.lock();
        if state.connection.as_ref().is_some_and(|current| Arc::ptr_eq(current, connection)) {
            retire(&mut state, GONE_ON);
        }
    }

    /// The runtime on which to wait for a connection; that of the caller if there is none yet.
    pub(super) fn runtime(&self) -> Result<Handle, RpcError> {
        let mut state = self.lock();
        if state.closed {
            return Err(closed());
        }
        if state.runtime.is_none() {
            state.runtime = Handle::try_current().ok();
        }
        state.runtime.clone().ok_or_else(super::failure::no_runtime)
    }

    /// Waits until there is a connection, however many attempts that takes; the caller sets the limit.
    pub(super) async fn connected(self: Arc<Self>) -> Result<(), RpcError> {
        loop {
            match self.attempt()? {
                None => return Ok(()),
                Some(attempt) => match outcome(attempt).await? {
                    // What it said is kept for `trouble`; the next attempt follows.
                    Err(error) if error.code() == Code::Unavailable => {}
                    hopeless => hopeless?,
                },
            }
        }
    }

    /// What the last failed attempt said, in words.
    pub(super) fn trouble(&self) -> Option<RpcError> {
        self.lock().trouble.clone()
    }

    async fn connect_once(self: &Arc<Self>) -> Result<(), RpcError> {
        self.runtime()?;
        match self.attempt()? {
            None => Ok(()),
            Some(attempt) => outcome(attempt).await?,
        }
    }

    /// Joins the attempt under way, or begins one; `None` if there is a connection.
    fn attempt(self: &Arc<Self>) -> Result<Option<watch::Receiver<Attempt>>, RpcError> {
        let runtime = self.runtime()?;
        let mut state = self.lock();
        if state.connection.as_ref().is_some_and(|connection| connection.accepts_calls()) {
            return Ok(None);
        }
        if let Some(dialing) = state
            .dialing
            .as_ref()
            .filter(|dialing| dialing.borrow().is_none() && dialing.has_changed().is_ok())
        {
            return Ok(Some(dialing.clone()));
        }
        let pause = backoff(self.attempts.fetch_add(1, Ordering::Relaxed));
        let (done, dialing) = watch::channel(None);
        state.dialing = Some(dialing.clone());
        drop(state);
        let remote = Arc::clone(self);
        runtime.spawn(async move {
            let result = remote.dial(pause).await;
            done.send_replace(Some(result));
        });
        Ok(Some(dialing))
    }

    async fn dial(&self, pause: Duration) -> Result<(), RpcError> {
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let result = dial(&self.endpoints, &*self.transport, &self.limits).await;
        let mut state = self.lock();
        if state.closed {
            if let Ok(connection) = &result {
                connection.close(CloseCode::Done, "the client was closed");
            }
            return Err(closed());
        }
        match result {
            Ok(connection) => {
                state.trouble = None;
                state.connection = Some(connection);
                Ok(())
            }
            Err(error) => {
                tracing::debug!(%error, "an attempt to connect failed");
                state.trouble = Some(error.clone());
                Err(error)
            }
        }
    }

    /// Lets the calls in flight end, then the connection.
    pub(super) async fn close(&self) {
        let retiring = {
            let mut state = self.lock();
            state.closed = true;
            retire(&mut state, "the client was closed")
        };
        if let Some(retiring) = retiring {
            // An error is a runtime that shut down, and the connection with it.
            let _gone = retiring.await;
        }
    }
}

/// The last handle on the endpoint is gone, and with it every call.
impl Drop for Remote {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = state.connection.take() {
            connection.close(CloseCode::Done, "the client is gone");
        }
    }
}

/// Gives up a connection once its calls in flight have ended, whether or not anybody waits for that.
fn retire(state: &mut State, why: &'static str) -> Option<JoinHandle<()>> {
    let connection = state.connection.take()?;
    let runtime = state.runtime.as_ref()?;
    Some(runtime.spawn(async move {
        connection.quiet().await;
        connection.close(CloseCode::Done, why);
    }))
}

/// What came of an attempt; an error of its own if it was never brought to an end.
async fn outcome(mut attempt: watch::Receiver<Attempt>) -> Result<Result<(), RpcError>, RpcError> {
    match attempt.wait_for(Option::is_some).await {
        Ok(result) => Ok(result.clone().unwrap_or(Ok(()))),
        Err(_gone) => Err(super::failure::runtime_gone()),
    }
}

const GONE_ON: &str = "the client has gone on to another connection";

fn closed() -> RpcError {
    RpcError::new(Code::Unavailable, "the client was closed: make another")
        .with_executed(Executed::No)
        .with_fault(Fault::Caller)
}

fn misuse(text: String) -> RpcError {
    RpcError::new(Code::InvalidArgument, text).with_executed(Executed::No).with_fault(Fault::Caller)
}
