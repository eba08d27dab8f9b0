use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use futures_core::future::BoxFuture;
use tokio::runtime::Handle;

use super::encode::{EncodeArguments, EncodedArguments};
use super::engine::Engine;
use super::lane::Lane;
use super::local_call::LocalCall;
use super::remote::Remote;
use super::remote_call::RemoteCall;
use super::via::{Peer, Via};
use super::{metadata, timers};
use crate::codec::{Codec, CodecLimits};
use crate::driver::Connection;
use crate::generated::MethodDescriptor;
use crate::intercept::{Interceptor, Interceptors};
use crate::server::Service;
use crate::stream::Uploads;
use crate::{CallOptions, Context, Endpoint, MetadataValue, RpcError, Timeout};

/// What a generated client holds: where its calls go, and how they are made. Cheap to clone; tasks that make calls at the
/// same time are the faster if each has a clone of its own.
pub struct Channel {
    pub(super) target: Target,
    pub(super) options: Option<Arc<CallOptions>>,
    pub(super) interceptors: Interceptors,
}

#[derive(Clone)]
pub(super) enum Target {
    /// An object in this process: same dispatcher, no connection.
    Local(Arc<dyn Service>),
    /// The other end of a connection.
    Remote(Lane),
}

impl Clone for Channel {
    fn clone(&self) -> Self {
        let target = match &self.target {
            Target::Local(service) => Target::Local(Arc::clone(service)),
            Target::Remote(lane) => Target::Remote(lane.fork()),
        };
        Self { target, ..self.share() }
    }
}

impl Channel {
    /// Calls go to an object in this process. They are encoded, dispatched and decoded as on a wire.
    pub fn local(service: Arc<dyn Service>) -> Self {
        Self::new(Target::Local(service))
    }

    pub(super) fn remote(remote: Arc<Remote>, interceptors: Interceptors) -> Self {
        Self { interceptors, ..Self::new(Target::Remote(Lane::new(Via::Endpoint(remote)))) }
    }

    /// Calls go to the peer over this very connection, as long as it lasts: then they fail with `Unavailable` and are
    /// not executed. That end which opened the connection keeps it alive, and this does not.
    pub(crate) fn of_connection(connection: Arc<Connection>) -> Self {
        Self::new(Target::Remote(Lane::new(Via::Peer(Arc::new(Peer::new(connection))))))
    }

    fn new(target: Target) -> Self {
        Self { target, options: None, interceptors: Interceptors::default() }
    }

    /// What one call is made with: it shares with this copy what other copies have of their own.
    #[doc(hidden)]
    #[must_use]
    pub fn share(&self) -> Self {
        let Self { target, options, interceptors } = self;
        Self { target: target.clone(), options: options.clone(), interceptors: interceptors.clone() }
    }

    /// A copy whose calls are made with `options`, and no others.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { options: Some(Arc::new(options)), ..self.clone() }
    }

    /// A copy whose calls are part of serving `parent`.
    #[must_use]
    pub fn with_parent(&self, parent: &Context) -> Self {
        self.with(self.options().with_parent(parent))
    }

    /// A copy whose calls go through `interceptor` as well, behind those that are there.
    #[must_use]
    pub fn with_interceptor(&self, interceptor: impl Interceptor) -> Self {
        Self { interceptors: self.interceptors.with(interceptor), ..self.clone() }
    }

    /// The options of this copy.
    pub fn options(&self) -> CallOptions {
        self.options.as_deref().cloned().unwrap_or_default()
    }

    /// Where the calls go; empty for an object in this process, and for the peer of a call that is served.
    pub fn endpoints(&self) -> &[Endpoint] {
        match self.target.via() {
            Some(Via::Endpoint(remote)) => remote.endpoints(),
            Some(Via::Peer(_)) | None => &[],
        }
    }

    /// Ends the connection once the calls in flight have their answers, for this copy and all others; calls that wait
    /// for a place or a connection, and later ones, fail with `Unavailable`. Nothing happens for an object in this
    /// process, nor for the peer of a call that is served: that connection is the peer's to close.
    ///
    /// A call whose future was dropped is not waited for, `detached` or not, once the server has said that it has read
    /// all that was sent. It has six times the `write_timeout` for that.
    // Boxed here, so that it is compiled once and not in every crate that has a client.
    #[inline(never)]
    pub fn close(&self) -> impl Future<Output = ()> + Send {
        let closing: BoxFuture<'_, ()> = Box::pin(async {
            if let Some(Via::Endpoint(remote)) = self.target.via() {
                remote.close().await;
            }
        });
        closing
    }
}

impl Target {
    /// Begins a call. `times`: when it has to end, which travels, and when it has to be sent. Calls that
    /// stay here encode their arguments at once, others for each attempt.
    pub(super) fn begin<'a>(
        self,
        method: &'static MethodDescriptor,
        times: (Option<Instant>, Option<Instant>),
        outgoing: &mut dyn Iterator<Item = (&'a str, &'a MetadataValue)>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Result<Engine, RpcError> {
        let (deadline, until_sent) = times;
        match &self {
            Self::Local(service) => {
                if until_sent.is_some() {
                    timers::check()?;
                }
                let arguments = EncodedArguments::new(&self, method, arguments)?;
                let call = LocalCall::begin(service, deadline, outgoing, arguments, uploads)?;
                Ok(Engine::Local(call))
            }
            Self::Remote(lane) => {
                let lane = lane.fork().here();
                let metadata = metadata::encode(method, outgoing, lane.via().limits().max_metadata)?;
                let call = RemoteCall::new(lane, method, deadline, until_sent, metadata);
                Ok(Engine::Remote(call))
            }
        }
    }

    pub(super) fn via(&self) -> Option<&Via> {
        match self {
            Self::Local(_) => None,
            Self::Remote(lane) => Some(lane.via()),
        }
    }

    /// What a call of `method` is encoded in, and whether that is certain, for the connection that there is now.
    ///
    /// # Errors
    ///
    /// No codec carries its types, or those of the peer are known to be incompatible.
    pub(super) fn codec(&self, method: &'static MethodDescriptor) -> Result<(Codec, bool), RpcError> {
        let (wanted, certain) = match self.via() {
            None => (Codec::Postcard, true),
            Some(via) => match via.current(method) {
                Ok(Some(connection)) => {
                    connection.describe(method)?;
                    let form = connection.form(method)?;
                    return Ok((form.codec, connection.is_settled(method, form)));
                }
                _ => (via.codec(), method.schema.is_none()),
            },
        };
        let codec = method.schema.map_or(Ok(wanted), |schema| schema.codec(method, wanted))?;
        Ok((codec, certain))
    }

    pub(super) fn default_timeout(&self) -> Timeout {
        self.via().map_or(Timeout::default(), Via::timeout)
    }

    pub(super) fn codec_limits(&self) -> CodecLimits {
        self.via().map_or_else(CodecLimits::default, |via| CodecLimits::from(&**via.limits()))
    }

    /// Where timers are set, if that is not the runtime of the caller.
    pub(super) fn runtime(&self) -> Option<Handle> {
        self.via()?.runtime()
    }

    /// The other end, for interceptors.
    pub(super) fn peer_address(&self) -> Option<Arc<str>> {
        match self.via() {
            None => Some(Arc::from("local")),
            Some(Via::Peer(peer)) => Some(Arc::from(peer.connection.peer_address())),
            // Of several it is not known before the call is made which it will be.
            Some(Via::Endpoint(remote)) => match remote.endpoints() {
                [endpoint] => Some(endpoint.to_string().into()),
                _ => None,
            },
        }
    }
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let via = match &self.target {
            Target::Local(service) => return write!(f, "local {}", service.descriptor().name),
            Target::Remote(lane) => lane.via(),
        };
        match via {
            Via::Peer(peer) => write!(f, "peer {}", peer.connection.peer_address()),
            Via::Endpoint(remote) => f
                .debug_list()
                .entries(remote.endpoints().iter().map(|endpoint| format_args!("{endpoint}").to_string()))
                .finish(),
        }
    }
}
