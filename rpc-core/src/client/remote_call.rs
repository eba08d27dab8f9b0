use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::Bytes;

use super::callers::Waiting;
use super::encode::{EncodeArguments, not_encoded};
use super::remote::Remote;
use super::reply::RawReply;
use super::{failure, metadata};
use crate::clock;
use crate::codec::{Codec, CodecLimits};
use crate::driver::{CallStart, Connection};
use crate::generated::MethodDescriptor;
use crate::proto::{Ending, OutgoingCall, StartError};
use crate::wire::{self, RefusalReason};
use crate::{CallOptions, Executed, RpcError};

/// One call over the network, from its first poll to its answer, over as many connections as it takes. Dropping it
/// cancels.
pub(super) struct RemoteCall {
    remote: Arc<Remote>,
    method: &'static MethodDescriptor,
    deadline: Option<Instant>,
    options: Option<Arc<CallOptions>>,
    state: State,
}

enum State {
    /// Not sent, or provably not executed: may be sent (again).
    Unsent,
    /// A connection is being made.
    Connecting(Waiting),
    /// All places of the connection are taken.
    Queued {
        connection: Arc<Connection>,
        turn: u64,
    },
    /// On its way.
    InFlight {
        connection: Arc<Connection>,
        place: u32,
    },
    Ended,
}

thread_local! {
    /// Where arguments are encoded before the connection is locked.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A scratch buffer that grew past this is not kept.
const KEPT_SCRATCH: usize = 64 << 10;

impl RemoteCall {
    pub(super) fn new(
        remote: Arc<Remote>,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
        options: Option<Arc<CallOptions>>,
    ) -> Self {
        Self { remote, method, deadline, options, state: State::Unsent }
    }

    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
    ) -> Poll<Result<RawReply, RpcError>> {
        loop {
            match &mut self.state {
                State::Unsent => match self.remote.connector.current() {
                    Some(connection) => ready!(self.start(cx, connection, None, arguments))?,
                    None => match self.connect() {
                        Ok(waiting) => self.state = State::Connecting(waiting),
                        Err(error) => return self.end(Err(error)),
                    },
                },
                State::Queued { connection, turn } => {
                    let (connection, turn) = (Arc::clone(connection), *turn);
                    ready!(self.start(cx, connection, Some(turn), arguments))?;
                }
                State::Connecting(waiting) => {
                    let news = ready!(Pin::new(waiting).poll(cx));
                    self.state = State::Unsent;
                    if let Err(error) = news {
                        return self.end(Err(error));
                    }
                }
                State::InFlight { connection, place } => {
                    let ending = ready!(connection.poll_call(*place, cx.waker()));
                    let connection = Arc::clone(connection);
                    self.state = State::Unsent;
                    if let Some(result) = self.judge(&connection, ending) {
                        return self.end(result);
                    }
                }
                State::Ended => {
                    return Poll::Ready(Err(failure::polled_again(self.method)));
                }
            }
        }
    }

    /// Encodes the arguments and hands them to the connection. `Ready(Ok)`: look at the new state.
    fn start(
        &mut self,
        cx: &mut Context<'_>,
        connection: Arc<Connection>,
        turn: Option<u64>,
        arguments: &dyn EncodeArguments,
    ) -> Poll<Result<(), RpcError>> {
        if self.has_expired() {
            return self.give_up(&connection, turn, failure::expired(self.method, Executed::No));
        }
        // Taken, not borrowed: a `Serialize` of the user's may make calls of its own.
        // A thread that ends has none any more.
        let mut body = SCRATCH.try_with(Cell::take).unwrap_or_default();
        body.clear();
        let begun = self.encode_and_start(cx, &connection, turn, arguments, &mut body);
        let length = body.len();
        if body.capacity() <= KEPT_SCRATCH {
            let _ended = SCRATCH.try_with(|scratch| scratch.set(body));
        }
        match begun {
            Err(error) => self.give_up(&connection, turn, error),
            Ok(CallStart::Begun(place)) => {
                self.state = State::InFlight { connection, place };
                Poll::Pending
            }
            Ok(CallStart::Waiting(turn)) => {
                self.state = State::Queued { connection, turn };
                Poll::Pending
            }
            Ok(CallStart::QueueFull) => {
                let max = self.remote.limits().max_waiting_calls;
                self.give_up(&connection, turn, failure::queue_full(self.method, max))
            }
            Ok(CallStart::Not(StartError::TooLong { max })) => {
                self.give_up(&connection, turn, failure::too_long(self.method, length, max))
            }
            Ok(CallStart::Not(StartError::Refused(reason))) => {
                let body = Bytes::copy_from_slice(&[reason.as_byte()]);
                let error = self.raw(wire::ReplyStatus::Refused, body, Codec::Postcard).error(self.method);
                self.give_up(&connection, turn, error)
            }
            Ok(CallStart::Not(StartError::Closed | StartError::Full)) => {
                self.remote.connector.forget(&connection);
                self.state = State::Unsent;
                Poll::Ready(Ok(()))
            }
        }
    }

    fn encode_and_start(
        &self,
        cx: &mut Context<'_>,
        connection: &Connection,
        turn: Option<u64>,
        arguments: &dyn EncodeArguments,
        body: &mut Vec<u8>,
    ) -> Result<CallStart, RpcError> {
        let limits = CodecLimits::from(&**self.remote.limits());
        arguments.encode(Codec::Postcard, &limits, body).map_err(|error| not_encoded(self.method, &error))?;
        let metadata =
            metadata::encode(self.method, self.options.as_deref(), self.remote.limits().max_metadata)?;
        let call = OutgoingCall {
            method: self.method,
            codec: Codec::Postcard,
            deadline: self.deadline,
            metadata: &metadata,
            body,
        };
        Ok(connection.start_call(call, turn, cx.waker()))
    }

    fn connect(&self) -> Result<Waiting, RpcError> {
        if self.has_expired() {
            return Err(failure::not_connected(self.method, self.remote.connector.trouble()));
        }
        self.remote.connector.join(self.method, self.deadline)
    }

    fn has_expired(&self) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= clock::now())
    }

    /// What an ending means; `None`: the call was not executed and is sent again.
    fn judge(&self, connection: &Arc<Connection>, ending: Ending) -> Option<Result<RawReply, RpcError>> {
        match ending {
            Ending::Replied { status, body, codec } => {
                let reply = self.raw(status, body, codec);
                if reply.refusal() == Some(RefusalReason::Draining) {
                    self.remote.connector.forget(connection);
                    return None;
                }
                self.remote.connector.answered();
                Some(Ok(reply))
            }
            Ending::Broken(why) => Some(Err(failure::broken(self.method, &why))),
            Ending::Expired { sent } => {
                let executed = if sent { Executed::Maybe } else { Executed::No };
                Some(Err(failure::expired(self.method, executed)))
            }
            Ending::Lost { sent: false, .. } => None,
            Ending::Lost { sent: true, why } => Some(Err(failure::lost(self.method, &why))),
        }
    }

    fn raw(&self, status: wire::ReplyStatus, body: Bytes, codec: Codec) -> RawReply {
        RawReply { status, body, codec, limits: CodecLimits::from(&**self.remote.limits()) }
    }

    fn end(&mut self, result: Result<RawReply, RpcError>) -> Poll<Result<RawReply, RpcError>> {
        self.state = State::Ended;
        Poll::Ready(result)
    }

    /// Ends without having begun. A free place that this caller was woken for goes to the next one in the queue.
    fn give_up(
        &mut self,
        connection: &Connection,
        turn: Option<u64>,
        error: RpcError,
    ) -> Poll<Result<(), RpcError>> {
        self.state = State::Ended;
        if let Some(turn) = turn {
            connection.leave_queue(turn);
        }
        Poll::Ready(Err(error))
    }
}

impl Drop for RemoteCall {
    fn drop(&mut self) {
        match &self.state {
            State::InFlight { connection, place } => connection.cancel_call(*place),
            State::Queued { connection, turn } => connection.leave_queue(*turn),
            State::Unsent | State::Connecting(_) | State::Ended => {}
        }
    }
}
