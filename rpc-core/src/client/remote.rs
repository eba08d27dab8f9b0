use std::sync::Arc;

use super::connector::Connector;
use super::homes::Homes;
use crate::driver::Connection;
use crate::poll::all;
use crate::server::Router;
use crate::{Endpoint, Limits, RpcError, Timeout, Transport};

/// What all copies of a client and their calls share. Connecting ends with the last of them.
pub(super) struct Remote {
    pub(super) connector: Arc<Connector>,
    timeout: Timeout,
    /// `None` if the calls of all runtimes share one connection.
    others: Option<(Homes, Parts)>,
}

/// What a [`Remote`] is made of.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) limits: Arc<Limits>,
    pub(super) timeout: Timeout,
    /// What servers may call here.
    pub(super) router: Arc<Router>,
}

impl Remote {
    pub(super) fn new(parts: Parts) -> Self {
        let Parts { endpoints, transport, limits, timeout, router } = parts;
        Self {
            connector: Arc::new(Connector::new(endpoints, transport, limits, router)),
            timeout,
            others: None,
        }
    }

    /// The same with a connection for each runtime that calls.
    pub(super) fn per_runtime(parts: Parts) -> Self {
        let mut remote = Self::new(parts.clone());
        remote.others = Some((Homes::default(), parts));
        remote
    }

    /// True if each runtime has a connection of its own.
    pub(super) fn is_per_runtime(&self) -> bool {
        self.others.is_some()
    }

    /// What calls from the current runtime go through.
    pub(super) fn here(self: Arc<Self>) -> Arc<Self> {
        let Some((homes, parts)) = &self.others else { return self };
        homes.find(&self.connector, || Self::new(parts.clone())).unwrap_or(self)
    }

    /// Connections beside the first, or attempts at some.
    #[cfg(test)]
    pub(super) fn others(&self) -> usize {
        self.others.as_ref().map_or(0, |(homes, _)| homes.count())
    }

    /// Connects in the runtime of the caller.
    pub(super) async fn connect(self: Arc<Self>) -> Result<(), RpcError> {
        self.here().connector.connect().await
    }

    /// A connection of the runtime of the caller.
    pub(super) async fn connection(self: Arc<Self>) -> Result<Arc<Connection>, RpcError> {
        let here = self.here();
        loop {
            if let Some(connection) = here.connector.current() {
                return Ok(connection);
            }
            here.connector.connect().await?;
        }
    }

    /// Lets the calls in flight end, and then all connections.
    pub(super) async fn close(&self) {
        let others = async {
            if let Some((homes, _)) = &self.others {
                homes.close().await;
            }
        };
        all(vec![Box::pin(self.connector.close()), Box::pin(others)]).await;
    }

    pub(super) fn endpoints(&self) -> &[Endpoint] {
        &self.connector.endpoints
    }

    pub(super) fn timeout(&self) -> Timeout {
        self.timeout
    }

    pub(super) fn limits(&self) -> &Arc<Limits> {
        &self.connector.limits
    }
}

/// The last handle on the endpoint is gone, and with it every call.
impl Drop for Remote {
    fn drop(&mut self) {
        self.connector.abandon();
    }
}
