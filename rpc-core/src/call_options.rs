use std::time::Instant;

use crate::clock;
use crate::{Context, Metadata, MetadataValue, Timeout};

/// How the calls of a client are made. `client.with(options)` gives a cheap copy that uses them.
///
/// ```
/// use std::time::Duration;
/// use rpc_core::CallOptions;
/// let options = CallOptions::new().with_timeout(Duration::from_secs(1)).with_metadata("tenant", "blue");
/// assert_eq!(options.metadata().text("tenant"), Some("blue"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    timeout: Option<Timeout>,
    metadata: Metadata,
    parent: Option<Context>,
}

impl CallOptions {
    /// The defaults: the timeout of the method, else of the client; no metadata.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stands above the timeout of the method and of the client.
    #[must_use]
    pub fn with_timeout(mut self, timeout: impl Into<Timeout>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// Adds metadata to every call.
    #[must_use]
    pub fn with_metadata(mut self, key: impl Into<String>, value: impl Into<MetadataValue>) -> Self {
        self.metadata.push(key, value);
        self
    }

    /// The call is part of serving `parent`: it ends at that deadline at the latest. Without this the
    /// [current](Context::current) context is the parent.
    #[must_use]
    pub fn with_parent(mut self, parent: &Context) -> Self {
        self.parent = Some(parent.clone());
        self
    }

    /// The timeout, if one is set.
    pub fn timeout(&self) -> Option<Timeout> {
        self.timeout
    }

    /// The metadata of every call.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// When a call made now has to end, where `default` is what holds if these options set no timeout.
    pub(crate) fn deadline(&self, now: Instant, default: Timeout) -> Option<Instant> {
        let own = match self.timeout.unwrap_or(default) {
            Timeout::After(duration) => Some(clock::later(now, duration)),
            Timeout::Never => None,
        };
        let parent = match &self.parent {
            Some(parent) => parent.deadline(),
            None => Context::current().deadline(),
        };
        match (own, parent) {
            (Some(own), Some(parent)) => Some(own.min(parent)),
            (own, parent) => own.or(parent),
        }
    }
}
