use std::sync::Arc;

use super::channel::Channel;
use super::remote::Remote;
use crate::{Endpoint, IntoEndpoints, Limits, RpcError, Timeout, Transport};

/// Makes a client of one endpoint or several, with limits, a timeout or transports of its own.
///
/// A generated client has it from `Client::builder`; [`new`](Self::new) makes a bare [`Channel`].
#[must_use = "a client is made by `connect` or `build`"]
pub struct ClientBuilder<C = Channel> {
    endpoints: Result<Vec<Endpoint>, RpcError>,
    transport: Arc<dyn Transport>,
    limits: Limits,
    timeout: Timeout,
    client: fn(Channel) -> C,
}

impl ClientBuilder {
    /// A channel to `endpoints` over `transport`. They are tried in turn, from the one that answered last. What is
    /// wrong with one is said by [`build`](Self::build) and [`connect`](Self::connect).
    pub fn new(endpoints: impl IntoEndpoints, transport: Arc<dyn Transport>) -> Self {
        Self {
            endpoints: endpoints.into_endpoints(),
            transport,
            limits: Limits::default(),
            timeout: Timeout::default(),
            client: |channel| channel,
        }
    }
}

impl<C> ClientBuilder<C> {
    /// The same for a client that is made of the channel.
    pub fn client<D>(self, client: fn(Channel) -> D) -> ClientBuilder<D> {
        let Self { endpoints, transport, limits, timeout, .. } = self;
        ClientBuilder { endpoints, transport, limits, timeout, client }
    }

    /// Other transports than before.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = transport;
        self
    }

    /// Other bounds than [`Limits::default`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The timeout of calls for which neither the method nor the call sets one. Default 10 s.
    pub fn timeout(mut self, timeout: impl Into<Timeout>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// A client that connects with its first call. Touches no network and needs no runtime yet.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for limits out of range, for no endpoint, and for one that is wrong, as
    /// [`Endpoint::check_connect`] says.
    pub fn build(self) -> Result<C, RpcError> {
        let client = self.client;
        Ok(client(Channel::remote(self.remote()?)))
    }

    /// A client that is connected. Dials each endpoint once, in turn. Cancel-safe.
    ///
    /// The runtime in which this is awaited drives the connection from then on. It must have timers and I/O
    /// (`enable_all`), and it must be kept running: while a current-thread runtime is outside of `block_on`, nothing
    /// moves, and calls that are awaited elsewhere do not even end at their deadlines.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build), `FailedPrecondition` without such a runtime, and `Unavailable` with what each
    /// endpoint said.
    pub async fn connect(self) -> Result<C, RpcError> {
        let client = self.client;
        let remote = self.remote()?;
        remote.connector.connect().await?;
        Ok(client(Channel::remote(remote)))
    }

    fn remote(self) -> Result<Arc<Remote>, RpcError> {
        self.limits.validate()?;
        let endpoints = self.endpoints?;
        for endpoint in &endpoints {
            endpoint.check_connect(&*self.transport)?;
        }
        Ok(Arc::new(Remote::new(endpoints, self.transport, Arc::new(self.limits), self.timeout)))
    }
}
