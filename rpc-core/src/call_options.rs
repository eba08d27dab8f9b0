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

    /// The call is part of serving `parent`: it ends at that deadline at the latest, and carries that metadata on,
    /// but for keys that these options set themselves.
    ///
    /// Without this the [current](Context::current) context bounds the time, and its metadata stays here: whoever
    /// called may have sent credentials, and those do not go on to a third party unasked.
    #[must_use]
    pub fn with_parent(mut self, parent: &Context) -> Self {
        self.parent = Some(parent.clone());
        self
    }

    /// The timeout, if one is set.
    pub fn timeout(&self) -> Option<Timeout> {
        self.timeout
    }

    /// The metadata that these options add to every call, without that of the parent.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// All metadata of a call: these options' own, then the parent's under other keys.
    pub(crate) fn outgoing_metadata(&self) -> impl Iterator<Item = (&str, &MetadataValue)> {
        let inherited = self.parent.iter().flat_map(|parent| parent.metadata().iter());
        self.metadata.iter().chain(inherited.filter(|(key, _)| self.metadata.get(key).is_none()))
    }

    /// When a call made now has to end, where `default` is what holds if these options set no timeout.
    pub(crate) fn deadline(&self, now: Instant, default: Timeout) -> Option<Instant> {
        let own = match self.timeout.unwrap_or(default) {
            Timeout::After(duration) => Some(clock::later(now, duration)),
            Timeout::Never => None,
        };
        let parent = match &self.parent {
            Some(parent) => parent.deadline(),
            None => Context::current_deadline(),
        };
        match (own, parent) {
            (Some(own), Some(parent)) => Some(own.min(parent)),
            (own, parent) => own.or(parent),
        }
    }
}
