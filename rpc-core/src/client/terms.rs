use std::time::Instant;

use crate::clock;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::{CallOptions, Context, Metadata, MetadataValue, Timeout};

/// On what terms a call is made: what its options say, and what it inherits.
pub(super) struct Terms {
    /// When the call has to end. Travels.
    pub(super) deadline: Option<Instant>,
    /// When a call with streams has to be sent, or its result stream opened. Stays here.
    pub(super) opening: Option<Instant>,
    /// The context of the call that this one is part of, if it is to be cancelled with it.
    pub(super) parent: Option<Context>,
    /// What the call inherits without having been told to: the trace.
    trace: Metadata,
}

impl Terms {
    /// Those of a call that is made now. `default` holds where neither the call nor the method has a timeout.
    pub(super) fn of(
        method: &'static MethodDescriptor,
        options: Option<&CallOptions>,
        default: Timeout,
    ) -> Self {
        let now = clock::now();
        let handed_on = options.and_then(CallOptions::parent);
        let current = handed_on.is_none().then(Context::current);
        let parent = handed_on.or(current.as_ref());
        let own = options.and_then(CallOptions::timeout).or(method.timeout.map(Timeout::After));
        let at = |timeout: Timeout| timeout.duration().map(|duration| clock::later(now, duration));
        let (own, opening) = match own {
            Some(own) => (at(own), None),
            None if method.kind == MethodKind::Unary => (at(default), None),
            None => (None, at(default)),
        };
        // A detached handler goes on when its caller has gone and its time is over, and so does what it calls.
        let detached = |parent: &&Context| parent.method().is_some_and(|method| method.detached);
        let parent = parent.filter(|parent| !detached(parent));
        let deadline = clock::earlier(own, parent.and_then(Context::deadline));
        // A context that is handed on gives all its metadata, and so its trace.
        let trace = current.as_ref().and_then(Context::trace).map(|trace| {
            let mut metadata = Metadata::new();
            trace.set(&mut metadata);
            metadata
        });
        let parent = parent.filter(|parent| parent.method().is_some()).cloned();
        Self { deadline, opening, parent, trace: trace.unwrap_or_default() }
    }

    /// All metadata of the call: of keys that are set for it, those values alone.
    pub(super) fn metadata<'a>(
        &'a self,
        options: Option<&'a CallOptions>,
    ) -> impl Iterator<Item = (&'a str, &'a MetadataValue)> {
        let told = options.into_iter().flat_map(CallOptions::outgoing_metadata);
        let trace = Some(&self.trace).filter(|_| !options.is_some_and(CallOptions::sets_trace));
        told.chain(trace.into_iter().flat_map(Metadata::iter))
    }

    /// When a call that is not sent yet has to end.
    pub(super) fn until_sent(&self) -> Option<Instant> {
        clock::earlier(self.deadline, self.opening)
    }
}
