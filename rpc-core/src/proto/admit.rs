//! What a call has to pass before it is taken.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bind::Target;
use super::call::{ServedCall, StartCall};
use crate::body::Body;
use crate::clock::later;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::wire::{self, RefusalReason};
use crate::{Limits, Metadata};

/// What a call is started with.
pub(super) struct Admitted {
    target: Target,
    detached: bool,
    deadline: Option<Instant>,
    metadata: Option<Arc<Metadata>>,
}

impl Admitted {
    pub(super) fn method(&self) -> &'static MethodDescriptor {
        self.target.route.method
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    #[inline]
    pub(super) fn start(self, call: ServedCall, body: Body) -> StartCall {
        let Self { target, detached, deadline, metadata } = self;
        StartCall { call, target, deadline, detached, metadata, body }
    }
}

/// Everything for which one call is refused, and the connection lives.
#[inline]
pub(super) fn check(
    now: Instant,
    call: &wire::Call<'_>,
    target: Result<Target, RefusalReason>,
    length: usize,
    limits: &Limits,
    may_stream: bool,
) -> Result<Admitted, (RefusalReason, String)> {
    let target = target.map_err(|reason| (reason, String::new()))?;
    let method = target.route.method;
    let unary = method.kind == MethodKind::Unary;
    if !unary && !may_stream {
        let text = format!("`{method}` has streams, and the caller's side has not switched them on");
        return Err((RefusalReason::NoMethod, text));
    }
    if length > limits.max_message {
        let text = format!("{length} bytes, and `max_message` is {}", limits.max_message);
        return Err((RefusalReason::TooLarge, text));
    }
    if call.timeout == Some(0) {
        return Err((RefusalReason::Expired, String::new()));
    }
    let asked = call.timeout.map(Duration::from_millis);
    // A stream may well be meant to flow for days.
    let granted = if unary {
        Some(asked.map_or(limits.max_deadline, |asked| asked.min(limits.max_deadline)))
    } else {
        asked
    };
    Ok(Admitted {
        // A call with streams lives as long as its caller, who is one end of them.
        detached: unary && (call.detached || method.detached),
        target,
        deadline: granted.map(|granted| later(now, granted)),
        metadata: metadata(call.metadata, limits)?,
    })
}

fn metadata(bytes: &[u8], limits: &Limits) -> Result<Option<Arc<Metadata>>, (RefusalReason, String)> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let metadata = Metadata::received(bytes, limits.max_metadata)
        .map_err(|error| (RefusalReason::Undecodable, error.to_string()))?;
    Ok((!metadata.is_empty()).then(|| Arc::new(metadata)))
}
