use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::clock;
use crate::{Metadata, MetadataValue, MethodDescriptor};

/// What a handler may know of the call that it serves, and what a call made from it inherits.
///
/// A handler gets it as a `&Context` argument, or anywhere below it from [`Context::current`]. Calls that are made
/// while a context is current end at its deadline at the latest; those that it is handed on to as a `&Context` or by
/// [`CallOptions::with_parent`](crate::CallOptions::with_parent) carry its metadata, too. A context is cheap to clone.
///
/// ```
/// use rpc_core::Context;
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let context = Context::new();
/// assert!(context.remaining().is_none());
/// // Carries the context into a task of its own:
/// tokio::spawn(Context::scope(context, async { assert!(Context::current().method().is_none()) })).await.unwrap();
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Context {
    deadline: Option<Instant>,
    method: Option<&'static MethodDescriptor>,
    peer: Option<Arc<str>>,
    metadata: Option<Arc<Metadata>>,
}

tokio::task_local! {
    static CURRENT: Context;
}

impl Context {
    /// A context without deadline, peer or metadata: what tests give to a method, and what is current outside of
    /// any handler.
    pub const fn new() -> Self {
        Self { deadline: None, method: None, peer: None, metadata: None }
    }

    pub(crate) fn of_call(
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
        peer: Arc<str>,
        metadata: Option<Arc<Metadata>>,
    ) -> Self {
        Self { deadline, method: Some(method), peer: Some(peer), metadata }
    }

    /// The context of the handler in which this is called; [`Context::new`] outside of one.
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// The deadline of the [current](Self::current) context, without a copy of the rest.
    pub(crate) fn current_deadline() -> Option<Instant> {
        CURRENT.try_with(|context| context.deadline).unwrap_or_default()
    }

    /// Runs `future` with `context` as the current one. Cancel-safe as `future` is.
    pub async fn scope<F: Future>(context: Self, future: F) -> F::Output {
        CURRENT.scope(context, future).await
    }

    /// Runs `work` with `context` as the current one.
    pub fn scope_sync<T>(context: Self, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(context, work)
    }

    /// The same context with another deadline, counted from now.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.deadline = Some(clock::later(clock::now(), timeout));
        self
    }

    /// The same context with one more value beside the arguments, as if the caller had sent it: for tests of a
    /// handler, and for what a call with this parent is to carry.
    ///
    /// ```
    /// let context = rpc_core::Context::new().with_metadata("tenant", "blue");
    /// assert_eq!(context.metadata().text("tenant"), Some("blue"));
    /// ```
    #[must_use]
    pub fn with_metadata(mut self, key: impl Into<String>, value: impl Into<MetadataValue>) -> Self {
        Arc::make_mut(self.metadata.get_or_insert_default()).push(key, value);
        self
    }

    /// When the caller stops waiting, on the monotonic clock of this process.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// How long the caller still waits: zero when the deadline has passed, `None` when there is none.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(clock::now()))
    }

    /// The method that is served.
    pub fn method(&self) -> Option<&'static MethodDescriptor> {
        self.method
    }

    /// Who calls: the address of the other end of the connection, such as `tcp://127.0.0.1:40102`.
    pub fn peer_address(&self) -> Option<&str> {
        self.peer.as_deref()
    }

    /// What came beside the arguments.
    pub fn metadata(&self) -> &Metadata {
        static NONE: Metadata = Metadata::new();
        self.metadata.as_deref().unwrap_or(&NONE)
    }
}
