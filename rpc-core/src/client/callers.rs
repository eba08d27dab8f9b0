use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::sync::oneshot;

use super::connector::Connector;
use crate::RpcError;

/// Callers that wait for a connection, those with the nearest deadline first.
#[derive(Default)]
pub(super) struct Callers {
    waiting: BTreeMap<Turn, Caller>,
    last: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    until: Until,
    number: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Deadline(Instant),
    Forever,
}

/// `Ok`: it is worth looking again, since there is a connection or the deadline has passed.
pub(super) type Caller = oneshot::Sender<Result<(), RpcError>>;

impl Callers {
    /// True in the second place if no deadline is nearer than this one.
    pub(super) fn join(&mut self, deadline: Option<Instant>, caller: Caller) -> (Turn, bool) {
        self.last = self.last.wrapping_add(1);
        let turn = Turn { until: deadline.map_or(Until::Forever, Until::Deadline), number: self.last };
        self.waiting.insert(turn, caller);
        (turn, self.waiting.first_key_value().is_some_and(|(first, _)| *first == turn))
    }

    pub(super) fn leave(&mut self, turn: Turn) -> Option<Caller> {
        self.waiting.remove(&turn)
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// All of them, to be told outside of any lock.
    pub(super) fn take(&mut self) -> Vec<Caller> {
        std::mem::take(&mut self.waiting).into_values().collect()
    }

    /// Those whose deadline has passed, and the next one.
    pub(super) fn take_expired(&mut self, now: Instant) -> (Vec<Caller>, Option<Instant>) {
        let mut expired = Vec::new();
        while let Some(first) = self.waiting.first_entry() {
            match first.key().until {
                Until::Deadline(deadline) if deadline <= now => expired.push(first.remove()),
                Until::Deadline(deadline) => return (expired, Some(deadline)),
                Until::Forever => break,
            }
        }
        (expired, None)
    }
}

/// Ends the waiting of callers; one that has left in the meantime does not matter.
pub(super) fn tell(callers: impl IntoIterator<Item = Caller>, news: &Result<(), RpcError>) {
    for caller in callers {
        let _left = caller.send(news.clone());
    }
}

/// The waiting of one caller. Needs no timer and no runtime where it is polled. Dropping it leaves the queue.
pub(super) struct Waiting {
    pub(super) connector: Arc<Connector>,
    pub(super) turn: Turn,
    pub(super) news: oneshot::Receiver<Result<(), RpcError>>,
}

impl Future for Waiting {
    type Output = Result<(), RpcError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Nobody drops a caller untold but a runtime that goes away.
        Pin::new(&mut self.news)
            .poll(cx)
            .map(|news| news.unwrap_or_else(|_| Err(super::failure::runtime_gone())))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.connector.leave(self.turn);
    }
}
