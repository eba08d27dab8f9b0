use std::task::{Context, Poll, ready};

use super::channel::Channel;
use super::encode::EncodeArguments;
use super::failure;
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
    /// `None` from the first poll on.
    channel: Option<Channel>,
    state: State,
}

enum State {
    Plain(RemoteCall),
    Running(RunningCall),
    /// Not begun, or over.
    Idle,
}

impl UnaryCall {
    pub(super) fn new(channel: Channel, method: &'static MethodDescriptor) -> Self {
        Self { method, channel: Some(channel), state: State::Idle }
    }

    pub(super) fn method(&self) -> &'static MethodDescriptor {
        self.method
    }

    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<RawReply, RpcError>> {
        if let Some(channel) = self.channel.take() {
            self.state = match RemoteCall::plain(channel, self.method) {
                Ok(call) => State::Plain(call),
                Err(channel) => match RunningCall::begin(channel, self.method, arguments, uploads) {
                    Ok(call) => State::Running(call),
                    Err(error) => return Poll::Ready(Err(error)),
                },
            };
        }
        let answer = match &mut self.state {
            State::Plain(call) => ready!(call.poll(cx, arguments, uploads)),
            State::Running(call) => ready!(call.poll(cx, arguments, uploads)),
            State::Idle => Err(failure::polled_again(self.method)),
        };
        self.state = State::Idle;
        Poll::Ready(answer.and_then(|answer| answer.reply(self.method)))
    }
}
