//! What a call has to pass before it is taken.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::answer;
use super::bind::Target;
use super::call::StartCall;
use crate::Limits;
use crate::clock::later;
use crate::wire::{self, RefusalReason};

/// Everything for which one call is refused, and the connection lives.
pub(super) fn check(
    now: Instant,
    call: &wire::Call<'_>,
    target: Result<Target, RefusalReason>,
    length: usize,
    limits: &Limits,
) -> Result<StartCall, (RefusalReason, String)> {
    let target = target.map_err(|reason| (reason, String::new()))?;
    if length > limits.max_message {
        let text = format!("{length} bytes, and `max_message` is {}", limits.max_message);
        return Err((RefusalReason::TooLarge, text));
    }
    if call.timeout == Some(0) {
        return Err((RefusalReason::Expired, String::new()));
    }
    let granted = call.timeout.map_or(limits.max_deadline, Duration::from_millis).min(limits.max_deadline);
    let metadata = answer::metadata(call.metadata, limits.max_metadata)
        .map_err(|error| (RefusalReason::Undecodable, error.to_string()))?;
    Ok(StartCall {
        place: call.place,
        detached: call.detached || target.route.method.detached,
        target,
        deadline: Some(later(now, granted)),
        metadata: (!metadata.is_empty()).then(|| Arc::new(metadata)),
        body: Bytes::new(),
    })
}
