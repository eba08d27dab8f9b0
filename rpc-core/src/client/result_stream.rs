use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;

use super::channel::Channel;
use super::engine::{Answer, Next};
use super::reply::failed;
use super::running::RunningCall;
use crate::RpcError;
use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::stream::{Credit, Items, Uploads};
use crate::wire::EndStatus;

/// The result stream of a call, from its first poll to its end, whatever its items are. Dropping it cancels.
///
/// It polls the argument streams of the call as well, and only when it is polled itself.
pub(crate) struct ResultStream<'s> {
    method: &'static MethodDescriptor,
    state: State,
    uploads: Uploads<'s>,
    /// Taken from the call, and not yet by the caller.
    items: Items,
    /// What came behind them.
    next: Option<Next>,
    /// Taken by the caller, and not yet told.
    consumed: Credit,
    /// Items given since the last time that there was none.
    in_a_row: usize,
}

enum State {
    /// Not begun, with its arguments.
    Unsent(Box<Channel>, Bytes),
    Opening(Box<RunningCall>, Bytes),
    Open(Box<RunningCall>),
    Failed(RpcError),
    Ended,
}

/// What a result stream gives.
pub(crate) enum Given {
    Item(Bytes),
    /// The last thing: an error of the stream's own type.
    AppError {
        body: Bytes,
        codec: Codec,
    },
    /// The last thing.
    Failed(RpcError),
}

/// Credit is given back at half of the window with which every stream begins, so that the peer need not pause.
const RETURNED: Credit = Credit { items: 32, bytes: 32 << 10 };

/// Items given before other tasks get their turn.
const IN_A_ROW: usize = 1_024;

impl<'s> ResultStream<'s> {
    /// A call that begins with the first poll.
    pub(super) fn unsent(
        method: &'static MethodDescriptor,
        channel: Channel,
        arguments: Bytes,
        uploads: Uploads<'s>,
    ) -> Self {
        Self::new(method, State::Unsent(Box::new(channel), arguments), uploads)
    }

    /// The stream of a call that was opened.
    pub(super) fn open(method: &'static MethodDescriptor, call: RunningCall, uploads: Uploads<'s>) -> Self {
        Self::new(method, State::Open(Box::new(call)), uploads)
    }

    /// A call that cannot be made.
    pub(super) fn failed(method: &'static MethodDescriptor, error: RpcError) -> Self {
        Self::new(method, State::Failed(error), Uploads::none())
    }

    fn new(method: &'static MethodDescriptor, state: State, uploads: Uploads<'s>) -> Self {
        Self {
            method,
            state,
            uploads,
            items: Items::default(),
            next: None,
            consumed: Credit::default(),
            in_a_row: 0,
        }
    }

    pub(crate) fn method(&self) -> &'static MethodDescriptor {
        self.method
    }

    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Ends it, and so cancels the call.
    pub(crate) fn end(&mut self) {
        self.state = State::Ended;
        (self.items, self.next, self.uploads) = (Items::default(), None, Uploads::none());
    }

    /// The next item; `None` where the stream ended cleanly, and behind an error.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Given>> {
        if self.in_a_row >= IN_A_ROW {
            self.in_a_row = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            if let Some(item) = self.items.pop() {
                self.consume(item.len());
                return Poll::Ready(Some(Given::Item(item)));
            }
            let next = match self.next.take() {
                Some(next) => next,
                None => match self.poll_call(cx) {
                    Poll::Ready(Some(next)) => next,
                    Poll::Ready(None) => return Poll::Ready(None),
                    Poll::Pending => {
                        self.in_a_row = 0;
                        return Poll::Pending;
                    }
                },
            };
            let last = match next {
                Next::Items(items) => {
                    self.items = items;
                    continue;
                }
                Next::End { status: EndStatus::Clean, .. } => None,
                Next::End { status: EndStatus::AppError, body, codec } => {
                    Some(Given::AppError { body, codec })
                }
                Next::End { status: EndStatus::Failed | EndStatus::Dropped, body, .. } => {
                    Some(Given::Failed(failed(self.method, &body)))
                }
                Next::Failed(error) => Some(Given::Failed(error)),
            };
            self.end();
            return Poll::Ready(last);
        }
    }

    /// Counts an item that the caller takes.
    fn consume(&mut self, length: usize) {
        self.consumed = self.consumed.plus(Credit::of(length));
        self.in_a_row = self.in_a_row.saturating_add(1);
        let due = self.consumed.items >= RETURNED.items || self.consumed.bytes >= RETURNED.bytes;
        if due && !self.items.is_empty() && self.next.is_none() {
            // Whoever polls now gets an item, and so waits for nothing.
            let mut cx = Context::from_waker(Waker::noop());
            if let Poll::Ready(next) = self.poll_call(&mut cx) {
                self.next = next;
            }
        }
    }

    /// What comes next of the call; `None` behind its end.
    fn poll_call(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next>> {
        loop {
            match &mut self.state {
                State::Open(call) => {
                    let consumed = std::mem::take(&mut self.consumed);
                    return call.poll_next(cx, &mut self.uploads, consumed).map(Some);
                }
                State::Opening(call, arguments) => {
                    let answer = ready!(call.poll(cx, arguments, &mut self.uploads));
                    let State::Opening(call, _) = std::mem::replace(&mut self.state, State::Ended) else {
                        continue;
                    };
                    match answer {
                        Ok(Answer::Opened(_)) => self.state = State::Open(call),
                        Ok(Answer::Reply(reply)) => {
                            return Poll::Ready(Some(Next::Failed(reply.error(self.method))));
                        }
                        Err(error) => return Poll::Ready(Some(Next::Failed(error))),
                    }
                }
                State::Unsent(channel, arguments) => {
                    let (channel, arguments) = (Channel::clone(channel), arguments.clone());
                    match RunningCall::begin(channel, self.method, &arguments, &mut self.uploads) {
                        Ok(call) => self.state = State::Opening(Box::new(call), arguments),
                        Err(error) => return Poll::Ready(Some(Next::Failed(error))),
                    }
                }
                State::Failed(error) => return Poll::Ready(Some(Next::Failed(error.clone()))),
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}
