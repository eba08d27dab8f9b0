use std::sync::Arc;

use super::remote::Remote;
use crate::server::Service;
use crate::{CallOptions, Context, Endpoint, Timeout};

/// What a generated client holds: where its calls go, and how they are made. Cheap to clone.
#[derive(Clone)]
pub struct Channel {
    pub(super) target: Target,
    pub(super) options: Option<Arc<CallOptions>>,
}

#[derive(Clone)]
pub(super) enum Target {
    /// An object in this process: same dispatcher, no connection.
    Local(Arc<dyn Service>),
    /// An endpoint, with a connection that comes and goes.
    Remote(Arc<Remote>),
}

impl Channel {
    /// Calls go to an object in this process. They are encoded, dispatched and decoded as on a wire.
    pub fn local(service: Arc<dyn Service>) -> Self {
        Self { target: Target::Local(service), options: None }
    }

    pub(super) fn remote(remote: Arc<Remote>) -> Self {
        Self { target: Target::Remote(remote), options: None }
    }

    /// A copy whose calls are made with `options`, and no others.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { target: self.target.clone(), options: Some(Arc::new(options)) }
    }

    /// A copy whose calls are part of serving `parent`.
    #[must_use]
    pub fn with_parent(&self, parent: &Context) -> Self {
        self.with(self.options().with_parent(parent))
    }

    /// The options of this copy.
    pub fn options(&self) -> CallOptions {
        self.options.as_deref().cloned().unwrap_or_default()
    }

    /// Where the calls go; empty for an object in this process.
    pub fn endpoints(&self) -> &[Endpoint] {
        match &self.target {
            Target::Local(_) => &[],
            Target::Remote(remote) => remote.endpoints(),
        }
    }

    /// Ends the connection once the calls in flight have their answers, for this copy and all others; calls that wait
    /// for a place or a connection, and later ones, fail with `Unavailable`. Nothing happens for an object in this
    /// process.
    pub async fn close(&self) {
        if let Target::Remote(remote) = &self.target {
            remote.connector.close().await;
        }
    }

    pub(super) fn default_timeout(&self) -> Timeout {
        match &self.target {
            Target::Local(_) => Timeout::default(),
            Target::Remote(remote) => remote.timeout(),
        }
    }
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.target {
            Target::Local(service) => write!(f, "local {}", service.descriptor().name),
            Target::Remote(remote) => f
                .debug_list()
                .entries(remote.endpoints().iter().map(|endpoint| format_args!("{endpoint}").to_string()))
                .finish(),
        }
    }
}
