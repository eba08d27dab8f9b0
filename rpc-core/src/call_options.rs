use crate::{Context, Metadata, MetadataValue, ReplyMetadata, Timeout};

/// How the calls of a client are made. `client.with(options)` gives a cheap copy that uses them.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use std::time::Duration;
/// use farcall::CallOptions;
/// let options = CallOptions::new().with_timeout(Duration::from_secs(1)).with_metadata("tenant", "blue");
/// assert_eq!(options.metadata().text("tenant"), Some("blue"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    timeout: Option<Timeout>,
    metadata: Metadata,
    parent: Option<Context>,
    reply_metadata: Option<ReplyMetadata>,
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

    /// The call is part of serving `parent`: it ends at that deadline at the latest, is cancelled with it, and carries
    /// that metadata on, but for keys that these options set themselves. What a `#[rpc(detached)]` handler calls goes on
    /// when that handler's caller has gone: of such a context, the metadata alone counts.
    ///
    /// Without this the [current](Context::current) context bounds the time and cancels, and of its metadata the
    /// [trace](Context::trace) alone goes on: whoever called may have sent credentials, and those do not go on to a third
    /// party unasked.
    #[must_use]
    pub fn with_parent(mut self, parent: &Context) -> Self {
        self.parent = Some(parent.clone());
        self
    }

    /// Where to put what comes beside the answer, or beside the opening of a stream. Emptied when a call begins.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// use farcall::{CallOptions, ReplyMetadata};
    /// let reply = ReplyMetadata::new();
    /// let options = CallOptions::new().with_reply_metadata(&reply);
    /// // … after a call with these options:
    /// assert!(reply.get().is_none());
    /// ```
    #[must_use]
    pub fn with_reply_metadata(mut self, place: &ReplyMetadata) -> Self {
        self.reply_metadata = Some(place.clone());
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

    pub(crate) fn parent(&self) -> Option<&Context> {
        self.parent.as_ref()
    }

    pub(crate) fn reply_metadata(&self) -> Option<&ReplyMetadata> {
        self.reply_metadata.as_ref()
    }

    /// Whether the call names its own place in a trace.
    pub(crate) fn sets_trace(&self) -> bool {
        self.metadata.get(TRACE_PARENT).is_some()
    }

    /// These options' own metadata, then the parent's under other keys.
    pub(crate) fn outgoing_metadata(&self) -> impl Iterator<Item = (&str, &MetadataValue)> {
        let inherited = self.parent.iter().flat_map(|parent| parent.metadata().iter());
        // The two belong together.
        let of_trace = |key: &str| key == TRACE_PARENT || key == TRACE_STATE;
        let ours = move |key: &str| self.metadata.get(key).is_some() || self.sets_trace() && of_trace(key);
        self.metadata.iter().chain(inherited.filter(move |(key, _)| !ours(key)))
    }
}

const TRACE_PARENT: &str = "traceparent";
const TRACE_STATE: &str = "tracestate";
