use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::sync::oneshot;

use super::connector::Connector;
use crate::RpcError;
use crate::sorted_queue::SortedQueue;

/// Callers that wait for a connection, some of them with a deadline.
#[derive(Default)]
pub(super) struct Callers {
    waiting: SortedQueue<Turn, Caller>,
    /// Nearest first, also of callers that have left: those go when they come first, or outnumber the others.
    deadlines: BinaryHeap<Reverse<(Instant, Turn)>>,
    last: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn(u64);

/// `Ok`: it is worth looking again, since there is a connection or the deadline has passed.
pub(super) type Caller = oneshot::Sender<Result<(), RpcError>>;

impl Callers {
    /// True in the second place if this deadline comes before all others.
    pub(super) fn join(&mut self, deadline: Option<Instant>, caller: Caller) -> (Turn, bool) {
        self.last = self.last.wrapping_add(1);
        let turn = Turn(self.last);
        self.waiting.insert(turn, caller);
        let Some(deadline) = deadline else { return (turn, false) };
        if self.deadlines.len() > 2 * self.waiting.len() {
            self.deadlines.retain(|Reverse((_, turn))| self.waiting.get(*turn).is_some());
        }
        self.deadlines.push(Reverse((deadline, turn)));
        (turn, self.deadlines.peek().is_some_and(|Reverse((_, first))| *first == turn))
    }

    pub(super) fn leave(&mut self, turn: Turn) -> Option<Caller> {
        self.waiting.remove(turn)
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// All of them, to be told outside of any lock.
    pub(super) fn take(&mut self) -> Vec<Caller> {
        self.deadlines = BinaryHeap::new();
        let mut all = Vec::with_capacity(self.waiting.len());
        std::mem::take(&mut self.waiting).extract(|_, _| true, |caller| all.push(caller));
        all
    }

    /// Those whose deadline has passed, and the next one.
    pub(super) fn take_expired(&mut self, now: Instant) -> (Vec<Caller>, Option<Instant>) {
        let mut expired = Vec::new();
        while let Some(Reverse((deadline, turn))) = self.deadlines.peek().copied() {
            if deadline > now && self.waiting.get(turn).is_some() {
                return (expired, Some(deadline));
            }
            expired.extend(self.waiting.remove(turn));
            self.deadlines.pop();
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
