use std::sync::Arc;
use std::time::Instant;

use super::call::Call;
use super::caller::Caller;
use crate::{Identity, Metadata, MethodDescriptor};

/// What a call brings to its context.
pub(crate) struct CallParts {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) deadline: Option<Instant>,
    pub(crate) caller: Caller,
    pub(crate) metadata: Option<Arc<Metadata>>,
}

/// One allocation for a call, and one more for each context that was made from its own.
#[derive(Default)]
pub(super) struct Inner {
    pub(super) deadline: Option<Instant>,
    pub(super) method: Option<&'static MethodDescriptor>,
    pub(super) caller: Caller,
    /// Stands above what the connection knows.
    pub(super) peer_address: Option<Arc<str>>,
    /// Stands above what the connection knows.
    pub(super) identity: Option<Identity>,
    pub(super) metadata: Option<Arc<Metadata>>,
    /// The call with which this came, if it was not made from another.
    call: Call,
    /// What this was made from; never itself made from another, so that no chain grows.
    original: Option<Arc<Inner>>,
}

impl Inner {
    pub(super) fn of_call(parts: CallParts) -> Self {
        let CallParts { method, deadline, caller, metadata } = parts;
        Self { deadline, method: Some(method), caller, metadata, ..Self::default() }
    }

    pub(super) fn of_the_same_call(inner: &Arc<Self>) -> Self {
        Self {
            deadline: inner.deadline,
            method: inner.method,
            caller: inner.caller.clone(),
            peer_address: inner.peer_address.clone(),
            identity: inner.identity.clone(),
            metadata: inner.metadata.clone(),
            call: Call::default(),
            original: Some(Arc::clone(inner.original.as_ref().unwrap_or(inner))),
        }
    }

    /// Becomes that of another call of the same caller, if it [is plain](Self::is_plain).
    pub(super) fn renew(
        &mut self,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
        metadata: Option<Arc<Metadata>>,
    ) {
        (self.method, self.deadline, self.metadata) = (Some(method), deadline, metadata);
        self.call.renew();
    }

    /// True if it holds nothing of its call that takes memory, or that the next would see.
    pub(super) fn is_plain(&self) -> bool {
        let above = self.peer_address.is_none() && self.identity.is_none() && self.original.is_none();
        above && self.metadata.is_none() && !self.call.has_reply_metadata()
    }

    /// Forgets the call, and keeps who made it.
    pub(super) fn clear(&mut self) {
        (self.metadata, self.peer_address, self.identity, self.original) = (None, None, None, None);
        self.call.renew();
    }

    pub(super) fn call(&self) -> &Call {
        self.original.as_ref().map_or(&self.call, |original| &original.call)
    }
}
