use std::sync::Arc;
use std::time::Instant;

use tokio::runtime::Handle;

use super::callers::Waiting;
use super::failure;
use super::remote::Remote;
use crate::codec::Codec;
use crate::driver::Connection;
use crate::generated::MethodDescriptor;
use crate::{Endpoint, Limits, RpcError, Timeout};

/// Where the connections of calls come from. Cheap to clone.
#[derive(Clone)]
pub(super) enum Via {
    /// They come and go. Kept alive by its clients and their calls.
    Endpoint(Arc<Remote>),
    /// There is this one, or none. Kept alive by the other end.
    Peer(Arc<Peer>),
}

/// The other end of a connection, which may be called as long as that lasts.
pub(super) struct Peer {
    pub(super) connection: Arc<Connection>,
    /// Where the connection is driven.
    runtime: Option<Handle>,
}

impl Peer {
    pub(super) fn new(connection: Arc<Connection>) -> Self {
        Self { connection, runtime: Handle::try_current().ok() }
    }
}

impl Via {
    /// The same for a call that is made in the current runtime.
    pub(super) fn here(self) -> Self {
        match self {
            Self::Endpoint(remote) => Self::Endpoint(remote.here()),
            peer => peer,
        }
    }

    /// True if the connection depends on the runtime in which a call is made.
    pub(super) fn is_per_runtime(&self) -> bool {
        matches!(self, Self::Endpoint(remote) if remote.is_per_runtime())
    }

    /// The connection to make a call on; `None` if one has to be waited for.
    pub(super) fn current(
        &self,
        method: &'static MethodDescriptor,
    ) -> Result<Option<Arc<Connection>>, RpcError> {
        match self {
            Self::Endpoint(remote) => Ok(remote.connector.current()),
            Self::Peer(peer) if peer.connection.accepts_calls() => Ok(Some(Arc::clone(&peer.connection))),
            Self::Peer(peer) => {
                let why = match crate::poll::now_or_never(peer.connection.established()) {
                    Some(Err(closed)) => closed.to_string(),
                    _ => "it is about to be closed".to_owned(),
                };
                Err(failure::peer_gone(method, &why))
            }
        }
    }

    /// How long calls may take that say nothing else.
    pub(super) fn timeout(&self) -> Timeout {
        match self {
            Self::Endpoint(remote) => remote.timeout(),
            Self::Peer(_) => Timeout::default(),
        }
    }

    /// Waits for a connection.
    pub(super) fn join(
        &self,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
    ) -> Result<Waiting, RpcError> {
        match self {
            Self::Endpoint(remote) => remote.connector.join(method, deadline),
            Self::Peer(_) => Err(failure::peer_gone(method, "it takes no more calls")),
        }
    }

    /// No more calls are made on `connection`.
    pub(super) fn forget(&self, connection: &Arc<Connection>) {
        if let Self::Endpoint(remote) = self {
            remote.connector.forget(connection);
        }
    }

    /// Whether a call that was not executed may find another connection.
    pub(super) fn has_others(&self) -> bool {
        matches!(self, Self::Endpoint(_))
    }

    /// A call was answered.
    pub(super) fn answered(&self) {
        if let Self::Endpoint(remote) = self {
            remote.connector.answered();
        }
    }

    /// Why there is no connection, as far as that is known.
    pub(super) fn trouble(&self) -> Option<RpcError> {
        match self {
            Self::Endpoint(remote) => remote.connector.trouble(),
            Self::Peer(_) => None,
        }
    }

    /// What calls are encoded in, where nothing speaks against it.
    pub(super) fn codec(&self) -> Codec {
        match self {
            // Each connection has that of its endpoint.
            Self::Endpoint(remote) => remote.endpoints().first().map_or(Codec::Postcard, Endpoint::codec),
            Self::Peer(peer) => peer.connection.codec(),
        }
    }

    pub(super) fn limits(&self) -> &Arc<Limits> {
        match self {
            Self::Endpoint(remote) => remote.limits(),
            Self::Peer(peer) => &peer.connection.limits,
        }
    }

    /// Where timers of calls can be set: calls may be polled outside of any runtime.
    pub(super) fn runtime(&self) -> Option<Handle> {
        match self {
            Self::Endpoint(remote) => remote.connector.runtime(),
            Self::Peer(peer) => peer.runtime.clone(),
        }
    }
}
