//! What a call has to pass before it is taken.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::bind::Target;
use super::call::{ServedCall, StartCall};
use crate::clock::later;
use crate::generated::MethodKind;
use crate::wire::{self, RefusalReason};
use crate::{Limits, Metadata};

/// Everything for which one call is refused, and the connection lives.
pub(super) fn check(
    now: Instant,
    (call, served): (&wire::Call<'_>, ServedCall),
    target: Result<Target, RefusalReason>,
    length: usize,
    limits: &Limits,
    may_stream: bool,
) -> Result<StartCall, (RefusalReason, String)> {
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
    let metadata = Metadata::received(call.metadata, limits.max_metadata)
        .map_err(|error| (RefusalReason::Undecodable, error.to_string()))?;
    Ok(StartCall {
        call: served,
        // A call with streams lives as long as its caller, who is one end of them.
        detached: unary && (call.detached || method.detached),
        target,
        deadline: granted.map(|granted| later(now, granted)),
        metadata: (!metadata.is_empty()).then(|| Arc::new(metadata)),
        body: Bytes::new(),
    })
}
