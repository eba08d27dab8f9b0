use std::time::{Duration, Instant};

use super::{Outcome, Parts, Response};
use crate::{Code, RpcError, clock};

/// Tells once how a call ended, even of one that is dropped.
pub(super) struct Observed<F: FnOnce(Duration, Outcome)> {
    began: Instant,
    deadline: Option<Instant>,
    tell: Option<F>,
}

impl<F: FnOnce(Duration, Outcome)> Observed<F> {
    pub(super) fn new(parts: &Parts, tell: F) -> Self {
        Self { began: clock::now(), deadline: parts.deadline, tell: Some(tell) }
    }

    pub(super) fn ended(mut self, result: &Result<Response, RpcError>) {
        self.told(clock::now(), Outcome::of(result));
    }

    fn told(&mut self, now: Instant, outcome: Outcome) {
        if let Some(tell) = self.tell.take() {
            tell(now.saturating_duration_since(self.began), outcome);
        }
    }
}

impl<F: FnOnce(Duration, Outcome)> Drop for Observed<F> {
    fn drop(&mut self) {
        if self.tell.is_none() {
            return;
        }
        let now = clock::now();
        // Whoever ends a call at its deadline does so by dropping it.
        let expired = self.deadline.is_some_and(|deadline| deadline <= now);
        let code = if expired { Code::DeadlineExceeded } else { Code::Cancelled };
        self.told(now, Outcome::Failed(code));
    }
}
