use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::channel::Channel;
use super::encode::EncodedArguments;
use super::engine::{Answer, Next};
use super::reply::failed;
use super::running::RunningCall;
use crate::RpcError;
use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::stream::{Credit, Inbox, Uploads};
use crate::wire::EndStatus;

/// The result stream of a call, from its first poll to its end, whatever its items are. Dropping it cancels.
///
/// It polls the argument streams of the call as well, and only when it is polled itself.
pub(crate) struct ResultStream<'s> {
    method: &'static MethodDescriptor,
    state: State,
    uploads: Uploads<'s>,
    /// Of the items.
    codec: Codec,
    /// What came of the call, and was not yet taken by the caller.
    inbox: Inbox,
}

enum State {
    /// Not begun, with its arguments.
    Unsent(Box<Channel>, EncodedArguments),
    Opening(Box<RunningCall>, EncodedArguments),
    Open(Box<RunningCall>),
    Failed(RpcError),
    Ended,
}

/// What a result stream gives.
pub(crate) enum Given {
    /// There is a next one in the [inbox](ResultStream::inbox).
    Items,
    /// The last thing: an error of the stream's own type.
    AppError { body: Bytes, codec: Codec },
    /// The last thing.
    Failed(RpcError),
}

impl<'s> ResultStream<'s> {
    /// A call that begins with the first poll.
    pub(super) fn unsent(
        method: &'static MethodDescriptor,
        channel: Channel,
        arguments: EncodedArguments,
        uploads: Uploads<'s>,
    ) -> Self {
        Self::new(method, State::Unsent(Box::new(channel), arguments), uploads)
    }

    /// The stream of a call that was opened.
    pub(super) fn open(method: &'static MethodDescriptor, call: RunningCall, uploads: Uploads<'s>) -> Self {
        let codec = call.codec();
        Self { codec, ..Self::new(method, State::Open(Box::new(call)), uploads) }
    }

    /// A call that cannot be made.
    pub(super) fn failed(method: &'static MethodDescriptor, error: RpcError) -> Self {
        Self::new(method, State::Failed(error), Uploads::none())
    }

    fn new(method: &'static MethodDescriptor, state: State, uploads: Uploads<'s>) -> Self {
        Self { method, state, uploads, codec: Codec::Postcard, inbox: Inbox::new() }
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
        self.uploads = Uploads::none();
        self.inbox.clear();
    }

    /// What the items are encoded in.
    #[inline]
    pub(crate) fn codec(&self) -> Codec {
        self.codec
    }

    /// What has come.
    #[inline]
    pub(crate) fn inbox(&mut self) -> &mut Inbox {
        &mut self.inbox
    }

    /// Tells what the caller has taken, if that is due.
    #[inline]
    pub(crate) fn tell(&mut self) {
        if let Some(taken) = self.inbox.due() {
            self.consumed(taken);
        }
    }

    #[inline(never)]
    fn consumed(&mut self, taken: Credit) {
        if let State::Open(call) = &mut self.state {
            call.consumed(taken);
        }
    }

    /// What there is when there is no next item; `None` where the stream ended cleanly, and behind an error.
    pub(crate) fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<Option<Given>> {
        if self.inbox.yields() {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Poll::Ready(next) = self.poll_call(cx) else {
            self.inbox.waits();
            return Poll::Pending;
        };
        let last = match next {
            Some(Next::Items(items)) => {
                self.inbox.put(items);
                return Poll::Ready(Some(Given::Items));
            }
            Some(Next::End { status: EndStatus::Clean, .. }) => None,
            Some(Next::End { status: EndStatus::AppError, body, codec }) => {
                Some(Given::AppError { body, codec })
            }
            Some(Next::End { status: EndStatus::Failed | EndStatus::Dropped, body, .. }) => {
                Some(Given::Failed(failed(self.method, &body)))
            }
            Some(Next::Failed(error)) => Some(Given::Failed(error)),
            None => None,
        };
        self.end();
        Poll::Ready(last)
    }

    /// What comes next of the call; `None` behind its end.
    fn poll_call(&mut self, cx: &mut Context<'_>) -> Poll<Option<Next>> {
        loop {
            match &mut self.state {
                State::Open(call) => {
                    let consumed = self.inbox.take_credit();
                    return call.poll_next(cx, &mut self.uploads, consumed).map(Some);
                }
                State::Opening(call, arguments) => {
                    let answer = ready!(call.poll(cx, arguments, &mut self.uploads));
                    let State::Opening(call, _) = std::mem::replace(&mut self.state, State::Ended) else {
                        continue;
                    };
                    match answer {
                        Ok(Answer::Opened(_)) => {
                            self.codec = call.codec();
                            self.state = State::Open(call);
                        }
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
