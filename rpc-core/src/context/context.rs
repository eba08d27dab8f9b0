use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::call::Call;
use super::caller::Caller;
use super::canceller::Canceller;
use super::inner::{CallParts, Inner};
use super::spare;
use crate::clock;
use crate::{Channel, Identity, Metadata, MetadataValue, MethodDescriptor, TraceContext};

/// What a handler may know of the call that it serves, and what a call made from it inherits.
///
/// A handler gets it as a `&Context` argument, or anywhere below it from [`Context::current`]. Calls that are made
/// while a context is current end at its deadline at the latest; those that it is handed on to as a `&Context` or by
/// [`CallOptions::with_parent`](crate::CallOptions::with_parent) carry its metadata, too. A context is one pointer, and
/// cheap to clone.
///
/// The `with_…` methods give a context that differs in one thing. They are for tests of a handler, for interceptors and
/// for the calls that a handler makes; a copy still belongs to the same call, and so is cancelled with it.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Context;
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let context = Context::new();
/// assert!(context.remaining().is_none());
/// // Carries the context into a task of its own:
/// tokio::spawn(Context::scope(context, async { assert!(Context::current().method().is_none()) })).await.unwrap();
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Context {
    /// `None`: of no call, and nothing is known.
    pub(super) inner: Option<Arc<Inner>>,
}

impl Context {
    /// A context without deadline, peer or metadata: what tests give to a method, and what is current outside of
    /// any handler.
    pub const fn new() -> Self {
        Self { inner: None }
    }

    pub(crate) fn of_call(parts: CallParts) -> Self {
        if let Some(mut spare) = spare::take()
            && let Some(inner) = Arc::get_mut(&mut spare)
        {
            inner.caller = parts.caller;
            inner.renew(parts.method, parts.deadline, parts.metadata);
            return Self { inner: Some(spare) };
        }
        Self { inner: Some(Arc::new(Inner::of_call(parts))) }
    }

    /// Keeps the memory of the context of a call that is over, if nobody else has it, for another on this thread.
    pub(crate) fn recycle(self) {
        let Some(mut inner) = self.inner else { return };
        let Some(alone) = Arc::get_mut(&mut inner) else { return };
        alone.clear();
        alone.caller = Caller::Nobody;
        spare::keep(inner);
    }

    /// The context of another call of the same caller. Nothing is allocated if nobody else has this one, which is
    /// [spent](Self::spent).
    pub(crate) fn of_next_call(
        mut self,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
        metadata: Option<Arc<Metadata>>,
    ) -> Option<Self> {
        Arc::get_mut(self.inner.as_mut()?)?.renew(method, deadline, metadata);
        Some(self)
    }

    /// Keeps what [`of_next_call`](Self::of_next_call) needs, if nobody else has this context.
    pub(crate) fn spent(mut self) -> Option<Self> {
        let inner = self.inner.as_mut()?;
        if !is_unshared(inner) {
            return None;
        }
        if !inner.is_plain() {
            Arc::get_mut(inner)?.clear();
        }
        Some(self)
    }

    /// The same context with another deadline, counted from now.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.change(|inner| inner.deadline = Some(clock::later(clock::now(), timeout)))
    }

    /// The same context with one more value beside the arguments, as if the caller had sent it.
    ///
    /// ```
    /// # extern crate rpc_core as farcall;
    /// let context = farcall::Context::new().with_metadata("tenant", "blue");
    /// assert_eq!(context.metadata().text("tenant"), Some("blue"));
    /// ```
    #[must_use]
    pub fn with_metadata(self, key: impl Into<String>, value: impl Into<MetadataValue>) -> Self {
        self.change(|inner| Arc::make_mut(inner.metadata.get_or_insert_default()).push(key, value))
    }

    /// The same context with `address` as that of the peer.
    #[must_use]
    pub fn with_peer_address(self, address: impl Into<Arc<str>>) -> Self {
        self.change(|inner| inner.peer_address = Some(address.into()))
    }

    /// The same context with `identity` as who the peer is: what an interceptor says that has checked a token, in place
    /// of what the transport knows.
    #[must_use]
    pub fn with_identity(self, identity: Identity) -> Self {
        self.change(|inner| inner.identity = Some(identity))
    }

    /// The same context as part of the work that `trace` names, in place of that which the caller named.
    #[must_use]
    pub fn with_trace(self, trace: &TraceContext) -> Self {
        self.change(|inner| trace.set(Arc::make_mut(inner.metadata.get_or_insert_default())))
    }

    /// The same context with what interceptors have made of metadata and deadline.
    pub(crate) fn with_call(self, metadata: Option<Arc<Metadata>>, deadline: Option<Instant>) -> Self {
        self.change(|inner| {
            inner.metadata = metadata;
            inner.deadline = deadline;
        })
    }

    /// When the caller stops waiting, on the monotonic clock of this process.
    pub fn deadline(&self) -> Option<Instant> {
        self.inner.as_ref()?.deadline
    }

    /// How long the caller still waits: zero when the deadline has passed, `None` when there is none.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline().map(|deadline| deadline.saturating_duration_since(clock::now()))
    }

    /// The method that is served.
    pub fn method(&self) -> Option<&'static MethodDescriptor> {
        self.inner.as_ref()?.method
    }

    /// The name of the service that is served.
    pub fn service(&self) -> Option<&'static str> {
        self.method().map(|method| method.service)
    }

    /// Where the caller is: the address of the other end of the connection, such as `tcp://127.0.0.1:40102`; `local` for
    /// a call that did not leave the process.
    pub fn peer_address(&self) -> Option<&str> {
        let inner = self.inner.as_ref()?;
        inner.peer_address.as_deref().or_else(|| inner.caller.address())
    }

    /// Who the caller is, as far as the transport or an interceptor knows: the user behind a Unix socket, say. `None`
    /// for transports that know of nobody, such as `tcp` and `mem`.
    pub fn peer_identity(&self) -> Option<&Identity> {
        let inner = self.inner.as_ref()?;
        inner.identity.as_ref().or_else(|| inner.caller.identity())
    }

    /// Calls to the caller, over the connection on which this call came.
    ///
    /// Any generated client can be made of it. `None` if the caller did not say on connecting that it serves something
    /// ([`ClientBuilder::serve`](crate::client::ClientBuilder::serve)), and for calls that did not leave the process. The
    /// channel may be kept beyond this call: when the caller is gone, its calls fail with `Unavailable`.
    pub fn peer(&self) -> Option<Channel> {
        self.inner.as_ref()?.caller.channel()
    }

    /// What came beside the arguments.
    pub fn metadata(&self) -> &Metadata {
        static NONE: Metadata = Metadata::new();
        self.inner.as_ref().and_then(|inner| inner.metadata.as_deref()).unwrap_or(&NONE)
    }

    /// The work of which this call is a part, if the caller sent a valid `traceparent`.
    pub fn trace(&self) -> Option<TraceContext> {
        TraceContext::from_metadata(self.metadata())
    }

    /// Sends a value to the caller beside the result, where
    /// [`CallOptions::with_reply_metadata`](crate::CallOptions::with_reply_metadata) shows it.
    ///
    /// Values go with the answer, and for a stream with its opening: what is set later has no effect. All together have
    /// at most 8 KiB in 128 entries; more, or a key that the wire cannot carry, fails the call. Nothing happens in a context
    /// of no call.
    pub fn set_reply_metadata(&self, key: impl Into<String>, value: impl Into<MetadataValue>) {
        if let Some(call) = self.call() {
            call.set_reply_metadata(key.into(), value.into());
        }
    }

    /// True if the handler has set anything for the reply since it was taken.
    #[inline]
    pub(crate) fn has_reply_metadata(&self) -> bool {
        self.call().is_some_and(Call::has_reply_metadata)
    }

    /// What the handler has set for the reply since the last time.
    pub(crate) fn take_reply_metadata(&self) -> Metadata {
        self.call().map(Call::take_reply_metadata).unwrap_or_default()
    }

    /// Resolves when nobody waits for the result any more: the caller dropped the call or is gone, the connection was
    /// lost, or the deadline has passed. Never for [`Context::new`].
    ///
    /// The handler itself is dropped then; this is for the tasks that it spawned. Handlers that are `blocking` or
    /// `detached` go on and may ask; to a detached one nobody says that its call was dropped, only that the connection is
    /// lost or the deadline has passed. A call that was answered is not cancelled afterwards (only its deadline still
    /// passes), so a task that outlives the handler should not wait for this alone. Cancel-safe. Needs a tokio runtime
    /// with time if there is a deadline.
    pub async fn cancelled(&self) {
        let Some(call) = self.call() else { return std::future::pending().await };
        match self.deadline() {
            // Whichever comes first.
            Some(deadline) => {
                let _passed = tokio::time::timeout_at(deadline.into(), call.cancelled()).await;
            }
            None => call.cancelled().await,
        }
    }

    /// As [`cancelled`](Self::cancelled), but that a deadline counts only once the call was ended for it. Needs no
    /// runtime.
    pub(crate) async fn given_up(&self) {
        match self.call() {
            Some(call) => call.cancelled().await,
            None => std::future::pending().await,
        }
    }

    /// True if [`cancelled`](Self::cancelled) would resolve at once: for loops in `blocking` handlers, and for
    /// destructors.
    pub fn is_cancelled(&self) -> bool {
        self.call().is_some_and(Call::is_cancelled) || self.remaining().is_some_and(|left| left.is_zero())
    }

    /// Nobody waits for the result any more. To be said before the handler is dropped, so that its destructors see it.
    pub(crate) fn cancel(&self) {
        if let Some(call) = self.call() {
            call.cancel();
        }
    }

    /// What cancels this call, and keeps nothing of it that its handler does not.
    pub(crate) fn canceller(&self) -> Canceller {
        Canceller { inner: self.inner.as_ref().map(Arc::downgrade).unwrap_or_default() }
    }

    /// The handler has ended, and its streams: what becomes of the caller from now on cancels nothing.
    pub(crate) fn answered(&self) {
        if let Some(call) = self.call() {
            call.answered();
        }
    }

    fn call(&self) -> Option<&Call> {
        self.inner.as_deref().map(Inner::call)
    }

    fn change(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = self.inner.unwrap_or_default();
        if let Some(alone) = Arc::get_mut(&mut inner) {
            change(alone);
        } else {
            let mut copy = Inner::of_the_same_call(&inner);
            change(&mut copy);
            inner = Arc::new(copy);
        }
        Self { inner: Some(inner) }
    }
}

/// True if nobody else has it, and so nobody can come to have it meanwhile.
fn is_unshared(inner: &Arc<Inner>) -> bool {
    Arc::strong_count(inner) == 1 && Arc::weak_count(inner) == 0
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("method", &self.method().map(|method| format_args!("{method}").to_string()))
            .field("peer_address", &self.peer_address())
            .field("peer_identity", &self.peer_identity())
            .field("remaining", &self.remaining())
            .field("metadata", self.metadata())
            .field("is_cancelled", &self.is_cancelled())
            .finish()
    }
}
