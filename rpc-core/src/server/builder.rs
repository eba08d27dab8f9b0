use std::io;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::accept::Acceptor;
use super::connections::{self, Connections};
use super::router::Router;
use super::running::RunningServer;
use super::service::Service;
use super::services::Services;
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
}

impl ServerBuilder {
    /// A server without services that listens nowhere yet.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self {
            transport,
            services: Vec::new(),
            endpoints: Ok(Vec::new()),
            limits: Limits::default(),
            interceptors: Interceptors::default(),
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

    /// Other transports than before.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = transport;
        self
    }

    /// Listens on every endpoint and serves from then on, on the runtime in which this is awaited.
    ///
    /// Cancel-safe: dropped before its end, nothing listens.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for limits out of range, a wrong endpoint, a service that was added twice or whose id
    /// collides with that of another, or if there is no endpoint or no service at all; `Unavailable` if an endpoint
    /// cannot be listened on (its port is in use, say); `FailedPrecondition` outside of a tokio runtime.
    pub async fn start(self) -> Result<RunningServer, RpcError> {
        self.limits.validate()?;
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
        let router = Arc::new(Router::new(intercepted(self.services, &self.interceptors))?);
        let mut acceptors = Vec::with_capacity(endpoints.len());
        for endpoint in &endpoints {
            let listener =
                self.transport.listen(endpoint).await.map_err(|error| not_listening(endpoint, &error))?;
            acceptors.push(Acceptor::new(listener));
        }
        let real = acceptors.iter().map(Acceptor::endpoint).collect();
        tracing::info!(endpoints = ?endpoints, limits = ?self.limits, "serving");
        let connections = Connections::new(Arc::new(self.limits), router);
        let listening = watch::Sender::new(());
        let accepting = acceptors
            .into_iter()
            .map(|acceptor| {
                let accepting = connections::accept(acceptor, Arc::clone(&connections));
                let held = listening.subscribe();
                let task = tokio::spawn(async move {
                    accepting.await;
                    drop(held);
                });
                task.abort_handle()
            })
            .collect();
        Ok(RunningServer::new(real, connections, accepting, listening))
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
