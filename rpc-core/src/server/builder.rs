use std::future::Future;
use std::io;
use std::sync::Arc;

use futures_core::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::accept::Acceptor;
use super::connections::{self, Connections};
use super::router::Router;
use super::running::RunningServer;
use super::service::Service;
use super::services::Services;
use super::shards::{ShardSet, Shards};
use crate::generated::ServiceDescriptor;
use crate::intercept::{Intercepted, Interceptor, Interceptors};
use crate::{Code, Endpoint, Executed, Fault, IntoEndpoints, Limits, RpcError, Transport};

/// Makes a server: services, endpoints and limits.
///
/// ```
/// # extern crate rpc_core as farcall;
/// # use std::sync::Arc;
/// # use farcall::server::ServerBuilder;
/// # async fn example(service: impl farcall::Service, transport: Arc<dyn farcall::Transport>) -> farcall::Result<()> {
/// let server = ServerBuilder::new(transport)
///     .service(service)
///     .listen("tcp://127.0.0.1:0")
///     .start()
///     .await?;
/// println!("listening on {}", server.endpoints()[0]);
/// # Ok(()) }
/// ```
#[must_use = "a server starts with `start`"]
pub struct ServerBuilder {
    transport: Arc<dyn Transport>,
    services: Vec<Arc<dyn Service>>,
    endpoints: Result<Vec<Endpoint>, RpcError>,
    limits: Limits,
    interceptors: Interceptors,
    shards: Shards,
    introspection: bool,
    describe: Option<Describe>,
}

/// Makes a service that tells callers of the others.
type Describe = fn(&[&'static ServiceDescriptor], &Limits) -> Arc<dyn Service>;

impl ServerBuilder {
    /// A server without services that listens nowhere yet.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self {
            transport,
            services: Vec::new(),
            endpoints: Ok(Vec::new()),
            limits: Limits::default(),
            interceptors: Interceptors::default(),
            shards: Shards::default(),
            introspection: false,
            describe: None,
        }
    }

    /// Adds a service, or a tuple of them. All services share all endpoints.
    pub fn service(mut self, services: impl Services) -> Self {
        self.services.extend(services.into_services());
        self
    }

    /// Puts `interceptor` around every call of every service of this server, those that are added later included. The
    /// first one is the outermost; those of a single service ([`Service::intercept`]) are inside of them.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// # use std::sync::Arc;
    /// # use farcall::server::ServerBuilder;
    /// use farcall::intercept::{ConcurrencyLimit, Next, Request, Tracing};
    ///
    /// # fn example(transport: Arc<dyn farcall::Transport>) {
    /// let server = ServerBuilder::new(transport)
    ///     .intercept(Tracing::new())
    ///     .intercept(ConcurrencyLimit::new(64))
    ///     .intercept(|request: Request, next: Next| async move {
    ///         println!("{} from {:?}", request.parts.method(), request.parts.peer_address());
    ///         next.run(request).await
    ///     });
    /// # let _ = server;
    /// # }
    /// ```
    pub fn intercept(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors = self.interceptors.with(interceptor);
        self
    }

    /// Adds an endpoint, or a list of them. What is wrong with one is said by [`start`](Self::start).
    pub fn listen(mut self, endpoints: impl IntoEndpoints) -> Self {
        if let Ok(known) = &mut self.endpoints {
            match endpoints.into_endpoints() {
                Ok(more) => known.extend(more),
                Err(error) => self.endpoints = Err(error),
            }
        }
        self
    }

    /// Other bounds than [`Limits::default`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether the server tells its callers what it serves: the service `farcall.Introspection`, with the documentation,
    /// the arguments and the types of every method. The command line `farcall` asks it. Default off: who may connect
    /// would know all that there is to call.
    ///
    /// It takes the feature `introspection` of farcall, without which [`start`](Self::start) fails. That is off by default
    /// too, since the service and its types would be a part of every program.
    ///
    /// Interceptors of this server stand around it as around every service, so that one that asks who is calling guards
    /// it too.
    pub fn introspection(mut self, on: bool) -> Self {
        self.introspection = on;
        self
    }

    /// How a server is described: rpc-core has no service of its own.
    #[doc(hidden)]
    pub fn described_by(mut self, describe: Describe) -> Self {
        self.describe = Some(describe);
        self
    }

    /// Other transports than before.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = transport;
        self
    }

    /// Serves on so many threads of the server's own, each with a runtime for a part of the connections: a number, or
    /// [`Shards::PerCore`].
    ///
    /// A connection stays on its shard, and its handlers run there, so that nothing of a call crosses threads. **Take
    /// it** for many calls that are short and wait rather than compute. Where both ends keep to their threads (clients
    /// by [`connection_per_runtime`](crate::client::ClientBuilder::connection_per_runtime)), two cores make 1.2 to 2
    /// times as many calls as with runtimes of several threads; a sharded server alone gains a tenth or two. **Leave
    /// it** where a few connections do all the work, since each has one thread at most, however idle the others are,
    /// and where handlers compute for long.
    ///
    /// What changes for handlers:
    ///
    /// * Their runtime has one thread. One that computes or blocks holds up all connections of its shard: give such a
    ///   method `#[rpc(blocking)]`. `tokio::task::block_in_place` panics there, as on any such runtime.
    /// * What they spawn runs on their shard. The thread ends after the server when nothing runs on it any more, so a
    ///   task without an end keeps it. So does the connection of a client that was first called there, until that is
    ///   dropped; those of a client with a connection per runtime do not.
    /// * They are called from several threads, as ever: what they share is `Sync`.
    ///
    /// The runtime in which the server is started accepts, and hands each connection to the shard that has the fewest.
    /// Everything else is as without shards: the [`Limits`] are those of the whole server, and one
    /// [`RunningServer`] stops it.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// # use std::sync::Arc;
    /// # use farcall::server::ServerBuilder;
    /// use farcall::Shards;
    ///
    /// # async fn example(service: impl farcall::Service, transport: Arc<dyn farcall::Transport>) -> farcall::Result<()> {
    /// let server = ServerBuilder::new(transport)
    ///     .service(service)
    ///     .listen("tcp://127.0.0.1:0")
    ///     .shards(Shards::PerCore) // or `.shards(4)`
    ///     .start()
    ///     .await?;
    /// # let _ = server;
    /// # Ok(()) }
    /// ```
    pub fn shards(mut self, shards: impl Into<Shards>) -> Self {
        self.shards = shards.into();
        self
    }

    /// Listens on every endpoint and serves from then on, on the runtime in which this is awaited, or on
    /// [shards](Self::shards).
    ///
    /// Cancel-safe: dropped before its end, nothing listens.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for limits or shards out of range, a wrong endpoint, a service that was added twice or whose id
    /// collides with that of another, [introspection](Self::introspection) without its feature, or if there is no endpoint
    /// or no service at all; `Unavailable` if an endpoint cannot be listened on (its port is in use, say) or a shard
    /// cannot be started; `FailedPrecondition` outside of a tokio runtime.
    // Boxed here, so that it is compiled once and not in every crate that starts a server.
    #[inline(never)]
    pub fn start(self) -> impl Future<Output = Result<RunningServer, RpcError>> + Send + 'static {
        let starting: BoxFuture<'static, _> = Box::pin(self.started());
        starting
    }

    async fn started(self) -> Result<RunningServer, RpcError> {
        self.limits.validate()?;
        let shards = self.shards.threads()?;
        let endpoints = self.endpoints?;
        if endpoints.is_empty() {
            return Err(failed(
                Code::InvalidArgument,
                "the server has no endpoint: give one with `listen`, as in `tcp://127.0.0.1:9090`".to_owned(),
            ));
        }
        if self.services.is_empty() {
            return Err(failed(
                Code::InvalidArgument,
                "the server has no service: add one with `service`, as in \
                 `.service(CalculatorServiceServer::new(Calculator))`"
                    .to_owned(),
            ));
        }
        for endpoint in &endpoints {
            endpoint.check_listen(&*self.transport)?;
        }
        if Handle::try_current().is_err() {
            let text = "a server was started outside of a tokio runtime: await `start` in one";
            return Err(failed(Code::FailedPrecondition, text.to_owned()));
        }
        let mut services = self.services;
        if self.introspection {
            let Some(describe) = self.describe else {
                let text = "`introspection(true)` takes the feature `introspection` of farcall, as in \
                            `farcall = { features = [\"introspection\"] }`, and a server that begins with \
                            `farcall::Server::builder()`";
                return Err(failed(Code::InvalidArgument, text.to_owned()));
            };
            let others = services.iter().map(|service| service.descriptor()).collect::<Vec<_>>();
            services.push(describe(&others, &self.limits));
        }
        let router = Arc::new(Router::new(intercepted(services, &self.interceptors))?);
        let mut acceptors = Vec::with_capacity(endpoints.len());
        for endpoint in &endpoints {
            let listener =
                self.transport.listen(endpoint).await.map_err(|error| not_listening(endpoint, &error))?;
            acceptors.push(Acceptor::new(listener));
        }
        let shards = match shards {
            Some(count) => Some(ShardSet::start(count).await?),
            None => None,
        };
        let real = acceptors.iter().map(Acceptor::endpoint).collect();
        tracing::info!(endpoints = ?endpoints, limits = ?self.limits, shards = %self.shards, "serving");
        let connections = Connections::new(Arc::new(self.limits), router);
        let listening = watch::Sender::new(());
        let accepting = acceptors
            .into_iter()
            .map(|acceptor| {
                let (connections, shards) = (Arc::clone(&connections), shards.clone());
                let held = listening.subscribe();
                let task = crate::spawn::spawn(async move {
                    match shards {
                        Some(shards) => connections::accept_for(acceptor, connections, shards).await,
                        None => connections::accept(acceptor, connections).await,
                    }
                    drop(held);
                });
                task.abort_handle()
            })
            .collect();
        Ok(RunningServer::new(real, connections, accepting, listening, shards))
    }
}

fn intercepted(services: Vec<Arc<dyn Service>>, interceptors: &Interceptors) -> Vec<Arc<dyn Service>> {
    if interceptors.is_empty() {
        return services;
    }
    let around = |service| Arc::new(Intercepted::new(service, interceptors.clone())) as Arc<dyn Service>;
    services.into_iter().map(around).collect()
}

fn not_listening(endpoint: &Endpoint, error: &io::Error) -> RpcError {
    let code = match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => Code::InvalidArgument,
        _ => Code::Unavailable,
    };
    failed(code, endpoint.sentence("cannot listen on", error))
}

fn failed(code: Code, text: String) -> RpcError {
    let fault = if code == Code::Unavailable { Fault::Environment } else { Fault::Caller };
    RpcError::new(code, text).with_executed(Executed::No).with_fault(fault)
}
