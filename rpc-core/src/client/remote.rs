use std::sync::Arc;

use super::connector::Connector;
use crate::server::Router;
use crate::{Endpoint, Limits, Timeout, Transport};

/// What all copies of a client and their calls share. Connecting ends with the last of them.
pub(super) struct Remote {
    pub(super) connector: Arc<Connector>,
    timeout: Timeout,
}

impl Remote {
    pub(super) fn new(
        endpoints: Vec<Endpoint>,
        transport: Arc<dyn Transport>,
        limits: Arc<Limits>,
        timeout: Timeout,
        router: Arc<Router>,
    ) -> Self {
        Self { connector: Arc::new(Connector::new(endpoints, transport, limits, router)), timeout }
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
