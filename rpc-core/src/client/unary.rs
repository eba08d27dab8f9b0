use std::task::{Context, Poll, ready};

use super::channel::Channel;
use super::encode::EncodeArguments;
use super::failure;
use super::plain_call::{Begun, Ended, PlainCall};
use super::remote_call::RemoteCall;
use super::reply::RawReply;
use super::running::RunningCall;
use crate::RpcError;
use crate::generated::MethodDescriptor;
use crate::stream::Uploads;

/// A call whose result is no stream, from before its first poll to its answer. Dropping it cancels.
///
/// No `async fn`: that would keep all that a call goes through one behind the other in its future, several times the size
/// of this, and thousands of callers would wait for their memory.
pub(super) struct UnaryCall {
    method: &'static MethodDescriptor,
    state: State,
}

/// What most calls are is small; the others are in boxes, so that those stay so.
enum State {
    New(Channel),
    Plain(PlainCall),
    Remote(Box<RemoteCall>),
    Running(Box<RunningCall>),
    /// Over.
    Idle,
}

impl UnaryCall {
    #[inline]
    pub(super) fn new(channel: Channel, method: &'static MethodDescriptor) -> Self {
        Self { method, state: State::New(channel) }
    }

    #[inline]
    pub(super) fn method(&self) -> &'static MethodDescriptor {
        self.method
    }

    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<RawReply, RpcError>> {
        match &mut self.state {
            State::Plain(call) => match ready!(call.poll(cx)) {
                Some(Ended::Answered(reply)) => {
                    self.state = State::Idle;
                    return Poll::Ready(Ok(reply));
                }
                Some(Ended::Otherwise(connection, ending)) => {
                    let remote = Box::new(call.remote(self.method));
                    if let Some(result) = remote.settle(connection, ending, uploads) {
                        self.state = State::Idle;
                        return Poll::Ready(result);
                    }
                    self.state = State::Remote(remote);
                }
                None => self.state = State::Idle,
            },
            State::New(_) => {
                let State::New(channel) = std::mem::replace(&mut self.state, State::Idle) else {
                    return Poll::Pending;
                };
                self.state = match PlainCall::begin(channel, self.method, cx, arguments) {
                    Begun::Plain(call) => {
                        // The answer wakes whoever began the call.
                        self.state = State::Plain(call);
                        return Poll::Pending;
                    }
                    Begun::Queued(call) => {
                        self.state = State::Remote(Box::new(call));
                        return Poll::Pending;
                    }
                    Begun::Remote(call) => State::Remote(Box::new(call)),
                    Begun::Not(channel) => {
                        let call = RunningCall::begin(channel, self.method, arguments, uploads);
                        State::Running(Box::new(call?))
                    }
                };
            }
            State::Remote(_) | State::Running(_) | State::Idle => {}
        }
        self.poll_others(cx, arguments, uploads)
    }

    #[inline(never)]
    fn poll_others(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<RawReply, RpcError>> {
        let answer = match &mut self.state {
            State::Remote(call) => ready!(call.poll(cx, arguments, uploads)),
            State::Running(call) => ready!(call.poll(cx, arguments, uploads)),
            State::New(_) | State::Plain(_) | State::Idle => Err(failure::polled_again(self.method)),
        };
        self.state = State::Idle;
        Poll::Ready(answer.and_then(|answer| answer.reply(self.method)))
    }
}
