use std::future::Future;
use std::sync::Arc;

use rpc_core::client::{ClientBuilder, CompatibilityReport};
use rpc_core::intercept::Interceptor;
use rpc_core::{
    CallOptions, Channel, Context, IntoEndpoints, MetadataValue, ReplyMetadata, RpcError, Service,
    ServiceDescriptor, Timeout,
};
use rpc_transport::TransportRegistry;

/// What every generated client can do beside the methods of its service.
///
/// A client is a handle on an endpoint, not on a connection: it is cheap to clone, all clones share one connection,
/// and after a loss the next call dials again by itself (with a back-off of 50 ms that doubles up to 2 s, within the
/// deadline of that call). The connection ends when the last clone and the last call are gone.
///
/// Generated clients have what makes a client, what copies one with other terms, and `close`, without the trait in scope,
/// unless a method of the service has the same name; then these are reached through the trait:
/// `<CalculatorServiceClient as farcall::Client>::connect(…)`. [`from_channel`](Self::from_channel),
/// [`channel`](Self::channel), [`descriptor`](Self::descriptor) and [`from_service`](Self::from_service) always are.
pub trait Client: Clone + Send + Sync + Sized + 'static {
    /// A client whose calls go through `channel`.
    fn from_channel(channel: Channel) -> Self;

    /// Where its calls go.
    fn channel(&self) -> &Channel;

    /// Names, docs and options of the service.
    fn descriptor() -> &'static ServiceDescriptor;

    /// The long form of [`connect`](Self::connect), for limits, a timeout, interceptors, services that the server may
    /// call, or transports of one's own. It begins with the transports of [`TransportRegistry::global`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use farcall::{Limits, rpc_service};
    ///
    /// #[rpc_service]
    /// trait Clock { async fn hour(&self) -> u8; }
    /// struct Noon;
    /// impl Clock for Noon { async fn hour(&self) -> u8 { 12 } }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
    /// # let server = farcall::serve("mem://", ClockServer::new(Noon)).await?;
    /// # let url = server.endpoints();
    /// let clock = ClockClient::builder(url)
    ///     .limits(Limits { max_calls: 64, ..Limits::default() })
    ///     .timeout(Duration::from_secs(2))
    ///     .connect() // or `build()`, which connects with the first call
    ///     .await?;
    /// assert_eq!(clock.hour().await?, 12);
    /// # Ok(()) }
    /// ```
    fn builder(endpoints: impl IntoEndpoints) -> ClientBuilder<Self> {
        ClientBuilder::new(endpoints, TransportRegistry::global()).client(Self::from_channel)
    }

    /// Connects to an endpoint, or to the first of a list that answers, so that a wrong address is an error at once.
    ///
    /// Each endpoint is tried once and has `hello_timeout` (5 s) to answer; [`builder`](Self::builder) sets another.
    /// Cancel-safe. Must be awaited in a tokio runtime, which from then on drives the connection. It must have timers
    /// and I/O (`enable_all`), and must be kept running: while a current-thread runtime is outside of `block_on`, calls
    /// that are awaited elsewhere do not end, not even at their deadlines.
    ///
    /// # Errors
    ///
    /// * `InvalidArgument` for an endpoint that cannot be right: unreadable, with an unknown transport or parameter.
    /// * `FailedPrecondition` outside of a tokio runtime, or in one without timers or I/O.
    /// * `Unavailable`, with what each endpoint said, if none answers.
    ///
    /// All are [`Executed::No`](crate::Executed::No).
    fn connect(endpoints: impl IntoEndpoints + Send) -> impl Future<Output = Result<Self, RpcError>> + Send {
        Self::builder(endpoints).connect()
    }

    /// A client that connects with its first call. Touches no network and needs no runtime yet.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for an endpoint that cannot be right, as for [`connect`](Self::connect).
    fn connect_lazy(endpoints: impl IntoEndpoints) -> Result<Self, RpcError> {
        Self::builder(endpoints).build()
    }

    /// The client that the configuration calls `name`; connects with its first call.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if the configuration has no client of that name (the error lists those that it has), or if
    /// an endpoint or a limit is wrong, with the file and the key.
    #[cfg(feature = "config")]
    fn from_config(config: &crate::Config, name: &str) -> Result<Self, RpcError> {
        let client = config.client(name)?;
        config.check_client(name, client)?;
        Self::builder(client.endpoint.clone()).limits(config.limits.clone()).timeout(client.timeout).build()
    }

    /// A client of an object in this process: same dispatcher, deadlines and panic isolation as behind a wire, with
    /// arguments encoded and decoded, and no connection. Generated clients have `local(object)` for it.
    fn from_service(service: impl Service) -> Self {
        Self::from_channel(Channel::local(Arc::new(service)))
    }

    /// A copy whose calls may take so long, whatever the method and the configuration say.
    #[must_use]
    fn with_timeout(&self, timeout: impl Into<Timeout>) -> Self {
        self.with(self.channel().options().with_timeout(timeout))
    }

    /// A copy whose calls carry one more value beside their arguments.
    ///
    /// Keys are lower case letters, digits, `-`, `_` and `.`; a call with another key fails and names it.
    #[must_use]
    fn with_metadata(&self, key: &str, value: impl Into<MetadataValue>) -> Self {
        self.with(self.channel().options().with_metadata(key, value))
    }

    /// A copy whose calls are part of serving `parent`, as
    /// [`CallOptions::with_parent`](CallOptions::with_parent) says.
    #[must_use]
    fn with_parent(&self, parent: &Context) -> Self {
        self.with(self.channel().options().with_parent(parent))
    }

    /// A copy whose calls put at `place` what comes beside their answers.
    ///
    /// ```
    /// use farcall::{Context, ReplyMetadata, rpc_service};
    ///
    /// #[rpc_service]
    /// trait Clock { async fn hour(&self, context: &Context) -> u8; }
    /// struct Noon;
    /// impl Clock for Noon {
    ///     async fn hour(&self, context: &Context) -> u8 {
    ///         context.set_reply_metadata("zone", "UTC");
    ///         12
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
    /// let place = ReplyMetadata::new();
    /// ClockClient::local(Noon).with_reply_metadata(&place).hour().await?;
    /// assert_eq!(place.get().and_then(|reply| reply.text("zone").map(str::to_owned)).as_deref(), Some("UTC"));
    /// # Ok(()) }
    /// ```
    #[must_use]
    fn with_reply_metadata(&self, place: &ReplyMetadata) -> Self {
        self.with(self.channel().options().with_reply_metadata(place))
    }

    /// A copy whose calls go through `interceptor` as well, behind those of the [builder](Self::builder) and of this one.
    ///
    /// ```
    /// use farcall::intercept::{Next, Request};
    /// use farcall::rpc_service;
    ///
    /// #[rpc_service]
    /// trait Clock { async fn hour(&self) -> u8; }
    /// struct Noon;
    /// impl Clock for Noon { async fn hour(&self) -> u8 { 12 } }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
    /// let clock = ClockClient::local(Noon);
    /// let told = clock.with_interceptor(|request: Request, next: Next| async move {
    ///     println!("calling {}", request.parts.method());
    ///     next.run(request).await
    /// });
    /// assert_eq!(told.hour().await?, 12);
    /// # Ok(()) }
    /// ```
    #[must_use]
    fn with_interceptor(&self, interceptor: impl Interceptor) -> Self {
        Self::from_channel(self.channel().with_interceptor(interceptor))
    }

    /// A copy whose calls are made with these options alone: a timeout or metadata of this copy is gone.
    #[must_use]
    fn with(&self, options: CallOptions) -> Self {
        Self::from_channel(self.channel().with(options))
    }

    /// Compares all methods with what the server has, without calling one: which have the same types, which cross by the
    /// names of their fields since the two ends were built with different versions, and which cannot be called, with the
    /// reason.
    ///
    /// It connects if there is no connection, and asks once for each connection and method. With several endpoints, it is
    /// about the one that is connected. It has the client's default timeout for each method. Cancel-safe.
    ///
    /// ```
    /// use farcall::rpc_service;
    ///
    /// #[rpc_service]
    /// trait Clock { async fn hour(&self) -> u8; }
    /// struct Noon;
    /// impl Clock for Noon { async fn hour(&self) -> u8 { 12 } }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
    /// # let server = farcall::serve("mem://", ClockServer::new(Noon)).await?;
    /// let clock = ClockClient::connect(server.endpoints()).await?;
    /// let report = clock.compatibility().await?;
    /// assert!(report.is_compatible());
    /// assert_eq!(report.to_string(), "`Clock.hour`: the same");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`connect`](Self::connect), and `DeadlineExceeded`. A server that lacks the service is no error: its
    /// methods are [`Missing`](crate::MethodCompatibility::Missing).
    fn compatibility(&self) -> impl Future<Output = Result<CompatibilityReport, RpcError>> + Send {
        self.channel().compatibility(Self::descriptor())
    }

    /// Whether the server has the method with this name on the wire, and takes what this program sends. As
    /// [`compatibility`](Self::compatibility) for one method.
    ///
    /// ```
    /// # use farcall::rpc_service;
    /// # #[rpc_service]
    /// # trait Clock { async fn hour(&self) -> u8; }
    /// # struct Noon;
    /// # impl Clock for Noon { async fn hour(&self) -> u8 { 12 } }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
    /// # let server = farcall::serve("mem://", ClockServer::new(Noon)).await?;
    /// # let clock = ClockClient::connect(server.endpoints()).await?;
    /// assert!(clock.supports("hour").await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`compatibility`](Self::compatibility); `InvalidArgument` for a name that this program's trait does not have.
    fn supports(&self, method: &str) -> impl Future<Output = Result<bool, RpcError>> + Send {
        self.channel().supports(Self::descriptor(), method)
    }

    /// Lets the calls in flight end and closes the connection, for this copy and all others. Calls that are made
    /// afterwards, or still wait for a place or a connection, fail with `Unavailable`.
    ///
    /// Open streams count among the calls in flight, and so do the server's calls to this client. There is no grace
    /// period: put `tokio::time::timeout` around it, or drop the streams first. Calls whose futures were dropped do not
    /// count: of these, `detached` ones included, it is only waited for the server to have read them, for six times the
    /// `write_timeout` at most. Cancel-safe: the connection is closed a little later then.
    fn close(&self) -> impl Future<Output = ()> + Send {
        async { self.channel().close().await }
    }
}
