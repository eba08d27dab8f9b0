use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use super::attempt::Attempt;
use super::channel::{Channel, Target};
use super::encode::EncodeArguments;
use super::lane::Lane;
use super::remote_call::RemoteCall;
use super::reply::RawReply;
use crate::Timeout;
use crate::clock;
use crate::codec::CodecLimits;
use crate::driver::{CallStart, Connection};
use crate::generated::{MethodDescriptor, MethodKind};
use crate::proto::{Ending, Form};
use crate::wire::ReplyStatus;

/// A call on its way that needs nothing but a connection, and found one: most are. It is a few words, and ends with an
/// answer; whatever else comes of it is for a [`RemoteCall`]. Dropping it cancels.
pub(super) struct PlainCall {
    lane: Lane,
    /// `None` when the call is over.
    connection: Option<Arc<Connection>>,
    call: u32,
    form: Form,
    deadline: Option<Instant>,
}

/// What came of beginning a call.
pub(super) enum Begun {
    Plain(PlainCall),
    /// It was not sent, for want of a connection, or for a reason that is found with the next attempt.
    Remote(RemoteCall),
    /// Others went before it: it is woken when its turn comes, and has nothing to do before.
    Queued(RemoteCall),
    /// It has options, interceptors or streams, is part of serving another, or does not leave this process.
    Not(Channel),
}

/// What came of a call on its way.
pub(super) enum Ended {
    Answered(RawReply),
    /// Of the call on this connection something else.
    Otherwise(Arc<Connection>, Ending),
}

impl PlainCall {
    #[inline]
    pub(super) fn begin(
        channel: Channel,
        method: &'static MethodDescriptor,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
    ) -> Begun {
        let is_plain = channel.options.is_none()
            && channel.interceptors.is_empty()
            && method.kind == MethodKind::Unary
            && !crate::Context::is_any_current();
        let lane = match channel {
            Channel { target: Target::Remote(lane), .. } if is_plain => lane.here(),
            channel => return Begun::Not(channel),
        };
        let timeout = method.timeout.map_or_else(|| lane.via().timeout(), Timeout::After);
        let now = clock::now();
        let timeout = timeout.duration();
        let deadline = timeout.map(|timeout| clock::later(now, timeout));
        let remote = |lane| Begun::Remote(RemoteCall::new(lane, method, deadline, deadline, Vec::new()));
        let connection = match lane.take() {
            Some(at_hand) => at_hand,
            None => match lane.via().current(method) {
                Ok(Some(current)) => current,
                Ok(None) | Err(_) => return remote(lane),
            },
        };
        let Ok(form) = connection.form(method) else { return remote(lane) };
        if timeout.is_some_and(|timeout| timeout.is_zero()) {
            return remote(lane);
        }
        let attempt = Attempt {
            method,
            form,
            deadline,
            timeout: timeout.map(clock::millis),
            metadata: &[],
            turn: None,
        };
        match attempt.make(now, &connection, cx, arguments) {
            (Ok(CallStart::Begun(call)), _) => {
                Begun::Plain(Self { lane, connection: Some(connection), call, form, deadline })
            }
            (Ok(CallStart::Waiting(turn)), _) => {
                let call = RemoteCall::new(lane, method, deadline, deadline, Vec::new());
                Begun::Queued(call.queued(connection, turn))
            }
            _ => remote(lane),
        }
    }

    /// The end of the call, if it has come. Not to be asked for again after that.
    #[inline]
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Ended>> {
        let Some(connection) = &self.connection else { return Poll::Ready(None) };
        let Poll::Ready(ending) = connection.poll_call(self.call, cx.waker()) else { return Poll::Pending };
        let Some(connection) = self.connection.take() else { return Poll::Ready(None) };
        let ended = match ending {
            Ending::Replied {
                status: status @ (ReplyStatus::Value | ReplyStatus::AppError),
                metadata,
                body,
                codec,
            } => {
                let limits = CodecLimits::from(&*connection.limits);
                self.lane.via().answered();
                self.lane.keep(connection);
                Ended::Answered(RawReply { status, metadata, body, codec, limits })
            }
            ending => Ended::Otherwise(connection, ending),
        };
        Poll::Ready(Some(ended))
    }

    /// The same call, which is over here, to be made again or told why not.
    pub(super) fn remote(&self, method: &'static MethodDescriptor) -> RemoteCall {
        let Self { lane, deadline, form, .. } = self;
        RemoteCall::new(lane.clone(), method, *deadline, *deadline, Vec::new()).sent_as(*form)
    }
}

impl Drop for PlainCall {
    fn drop(&mut self) {
        if let Some(connection) = &self.connection {
            connection.cancel_call(self.call);
        }
    }
}
