use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::channel::Channel;
use super::remote::{Parts, Remote};
use crate::intercept::{Interceptor, Interceptors};
use crate::server::{Router, Service, Services};
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
    interceptors: Interceptors,
    services: Vec<Arc<dyn Service>>,
    per_runtime: bool,
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
            interceptors: Interceptors::default(),
            services: Vec::new(),
            per_runtime: false,
            client: |channel| channel,
        }
    }
}

impl<C> ClientBuilder<C> {
    /// The same for a client that is made of the channel.
    pub fn client<D>(self, client: fn(Channel) -> D) -> ClientBuilder<D> {
        let Self { endpoints, transport, limits, timeout, interceptors, services, per_runtime, client: _ } =
            self;
        ClientBuilder { endpoints, transport, limits, timeout, interceptors, services, per_runtime, client }
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

    /// Every call goes through `interceptor`. The first one is the outermost; those that a copy of the client adds are
    /// further in.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// # use std::sync::Arc;
    /// # use farcall::Transport;
    /// # use farcall::client::ClientBuilder;
    /// use farcall::intercept::{Next, Request};
    ///
    /// # fn build(transport: Arc<dyn Transport>) -> Result<(), farcall::RpcError> {
    /// let builder = ClientBuilder::new("mem://calc", transport).intercept(|mut request: Request, next: Next| {
    ///     request.parts.metadata.push("tenant", "blue");
    ///     next.run(request)
    /// });
    /// # builder.build()?;
    /// # Ok(()) }
    /// ```
    pub fn intercept(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors = self.interceptors.with(interceptor);
        self
    }

    /// What the server may call over the connections of this client: one `…Server`, or a tuple of up to eight. Adds to
    /// those that are there.
    ///
    /// A handler at the server reaches them with [`Context::peer`](crate::Context::peer). Handlers here run on the
    /// runtime that drives the connection. There is a connection as long as there is a copy of the client, or a call
    /// that it made: what the server holds of it keeps nothing open, and nothing dials again so that a server can call.
    pub fn serve(mut self, services: impl Services) -> Self {
        self.services.extend(services.into_services());
        self
    }

    /// A connection for each runtime from which calls are made, driven there, instead of one for all.
    ///
    /// For programs of several runtimes, such as a server with [shards](crate::server::ServerBuilder::shards) whose
    /// handlers call another service: no call waits for a thread of another runtime then. A runtime of many threads has
    /// one connection, so there it changes nothing.
    ///
    /// A runtime connects with its first call; [`connect`](Self::connect) does it for the one in which it is awaited.
    /// Calls that are first polled outside of any runtime take the connection of the runtime that was the first.
    /// Limits, reconnecting and what the server may call are those of each connection; [`Channel::close`] closes all.
    /// There are at most as many connections as runtimes that live. They count one by one against the server's
    /// `max_connections`, and a server with shards spreads them.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// # use std::sync::Arc;
    /// # use farcall::Transport;
    /// # use farcall::client::ClientBuilder;
    /// # fn build(transport: Arc<dyn Transport>) -> Result<(), farcall::RpcError> {
    /// let channel = ClientBuilder::new("mem://store", transport).connection_per_runtime().build()?;
    /// # let _ = channel;
    /// # Ok(()) }
    /// ```
    pub fn connection_per_runtime(mut self) -> Self {
        self.per_runtime = true;
        self
    }

    /// A client that connects with its first call. Touches no network and needs no runtime yet.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for limits out of range, for no endpoint, for one that is wrong, as
    /// [`Endpoint::check_connect`] says, and for services that cannot share a port, as [`Router::new`] says.
    pub fn build(self) -> Result<C, RpcError> {
        let client = self.client;
        Ok(client(self.client(|channel| channel).built()?))
    }

    /// A client that is connected. Dials each endpoint once, in turn. Cancel-safe.
    ///
    /// The runtime in which this is awaited drives the connection from then on. It must have timers and I/O
    /// (`enable_all`), and it must be kept running: while a current-thread runtime is outside of `block_on`, nothing
    /// moves, and calls that are awaited elsewhere do not even end at their deadlines.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build), `FailedPrecondition` without such a runtime, `Unimplemented` if no endpoint speaks
    /// the codec that it is asked for, and `Unavailable` with what each endpoint said.
    pub async fn connect(self) -> Result<C, RpcError> {
        let client = self.client;
        Ok(client(self.client(|channel| channel).connected().await?))
    }
}

impl ClientBuilder {
    #[inline(never)]
    fn built(self) -> Result<Channel, RpcError> {
        let interceptors = self.interceptors.clone();
        Ok(Channel::remote(self.remote()?, interceptors))
    }

    // Boxed here, so that it is compiled once and not in every crate that has a client.
    #[inline(never)]
    fn connected(self) -> BoxFuture<'static, Result<Channel, RpcError>> {
        Box::pin(async {
            let interceptors = self.interceptors.clone();
            let remote = self.remote()?;
            Arc::clone(&remote).connect().await?;
            Ok(Channel::remote(remote, interceptors))
        })
    }

    fn remote(self) -> Result<Arc<Remote>, RpcError> {
        self.limits.validate()?;
        let endpoints = self.endpoints?;
        for endpoint in &endpoints {
            endpoint.check_connect(&*self.transport)?;
        }
        let parts = Parts {
            endpoints,
            transport: self.transport,
            limits: Arc::new(self.limits),
            timeout: self.timeout,
            router: Arc::new(Router::new(self.services)?),
        };
        Ok(Arc::new(if self.per_runtime { Remote::per_runtime(parts) } else { Remote::new(parts) }))
    }
}
