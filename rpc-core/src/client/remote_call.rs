use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use super::attempt::Attempt;
use super::callers::Waiting;
use super::encode::EncodeArguments;
use super::engine::{Answer, Next};
use super::failure;
use super::lane::Lane;
use super::reply::RawReply;
use super::via::Via;
use crate::body::Body;
use crate::clock;
use crate::codec::{Codec, CodecLimits};
use crate::driver::{CallStart, Connection};
use crate::generated::MethodDescriptor;
use crate::proto::{Ending, Form, ResultEvent, StartError};
use crate::stream::{Credit, ItemSink, Uploads};
use crate::wire::{EndStatus, RefusalReason, ReplyStatus};
use crate::{Executed, RpcError};

/// One call over the network, from its first poll to its answer or the end of its result stream, over as many
/// connections as it takes. Dropping it cancels.
pub(super) struct RemoteCall {
    lane: Lane,
    method: &'static MethodDescriptor,
    /// Travels with the call.
    deadline: Option<Instant>,
    /// When it has to be sent; not after `deadline`.
    until_sent: Option<Instant>,
    /// As on the wire.
    metadata: Vec<u8>,
    /// Of the last attempt.
    form: Form,
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
        call: u32,
    },
    Ended,
}

/// How far a call has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing of it was sent.
    Unsent,
    /// As `Unsent`, and nobody watches over its time but the caller.
    Queued,
    Sent,
}

impl RemoteCall {
    pub(super) fn new(
        lane: Lane,
        method: &'static MethodDescriptor,
        deadline: Option<Instant>,
        until_sent: Option<Instant>,
        metadata: Vec<u8>,
    ) -> Self {
        let form = Form::of(Codec::Postcard);
        Self { lane, method, deadline, until_sent, metadata, form, state: State::Unsent }
    }

    /// A call for which others went before it when it was to be begun on `connection`.
    pub(super) fn queued(mut self, connection: Arc<Connection>, turn: u64) -> Self {
        self.state = State::Queued { connection, turn };
        self
    }

    /// A call that was on its way in this form.
    pub(super) fn sent_as(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    pub(super) fn via(&self) -> &Via {
        self.lane.via()
    }

    /// What the items of the result stream are encoded in.
    pub(super) fn codec(&self) -> Codec {
        self.form.codec
    }

    pub(super) fn stage(&self) -> Stage {
        match self.state {
            State::Unsent | State::Connecting(_) => Stage::Unsent,
            State::Queued { .. } => Stage::Queued,
            State::InFlight { .. } | State::Ended => Stage::Sent,
        }
    }

    /// The answer, or the opening of the result stream; up to then, `uploads` are what the call sends.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<Answer, RpcError>> {
        loop {
            match &mut self.state {
                State::Unsent => match self.connection() {
                    Ok(Some(connection)) => ready!(self.start(cx, connection, None, arguments, uploads))?,
                    Ok(None) => match self.connect() {
                        Ok(waiting) => self.state = State::Connecting(waiting),
                        Err(error) => return self.end(Err(error)),
                    },
                    Err(error) => return self.end(Err(error)),
                },
                State::Queued { connection, turn } => {
                    let (connection, turn) = (Arc::clone(connection), *turn);
                    ready!(self.start(cx, connection, Some(turn), arguments, uploads))?;
                }
                State::Connecting(waiting) => {
                    let news = ready!(Pin::new(waiting).poll(cx));
                    self.state = State::Unsent;
                    if let Err(error) = news {
                        return self.end(Err(error));
                    }
                }
                State::InFlight { .. } => {
                    self.upload(cx, uploads)?;
                    let State::InFlight { connection, call } = &self.state else { continue };
                    let ending = if self.method.kind.has_result_stream() {
                        match ready!(connection.poll_result(*call, cx.waker(), Credit::default())) {
                            ResultEvent::Opened(metadata) => {
                                self.via().answered();
                                return Poll::Ready(Ok(Answer::Opened(metadata)));
                            }
                            ResultEvent::Ended(ending) => ending,
                            ResultEvent::Items(_) => Ending::Broken(
                                "its result stream had an item before it was opened".to_owned(),
                            ),
                        }
                    } else {
                        ready!(connection.poll_call(*call, cx.waker()))
                    };
                    let State::InFlight { connection, .. } =
                        std::mem::replace(&mut self.state, State::Unsent)
                    else {
                        continue;
                    };
                    if let Some(result) = self.settle(connection, ending, uploads) {
                        return self.end(result.map(Answer::Reply));
                    }
                }
                State::Ended => {
                    return Poll::Ready(Err(failure::polled_again(self.method)));
                }
            }
        }
    }

    /// The caller has taken so much of the result stream, and has more of it to take.
    pub(super) fn consumed(&self, taken: Credit) {
        if let State::InFlight { connection, call } = &self.state {
            connection.result_consumed(*call, taken);
        }
    }

    /// What comes next of the result stream, which is open. The caller has taken `consumed` since the last time.
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
        consumed: Credit,
    ) -> Poll<Next> {
        if let Err(error) = self.upload(cx, uploads) {
            return Poll::Ready(Next::Failed(error));
        }
        let State::InFlight { connection, call } = &self.state else {
            return Poll::Ready(Next::Failed(failure::polled_again(self.method)));
        };
        let next = match ready!(connection.poll_result(*call, cx.waker(), consumed)) {
            ResultEvent::Items(items) => return Poll::Ready(Next::Items(items)),
            ResultEvent::Opened(_) => {
                connection.cancel_call(*call);
                Next::Failed(failure::broken(self.method, "its result stream was opened twice"))
            }
            ResultEvent::Ended(Ending::StreamEnded { status, body, codec }) => {
                Next::End { status, body, codec }
            }
            ResultEvent::Ended(Ending::Replied { .. }) => {
                Next::Failed(failure::broken(self.method, "was answered after its result stream was opened"))
            }
            ResultEvent::Ended(Ending::Broken(why)) => Next::Failed(failure::broken(self.method, &why)),
            ResultEvent::Ended(Ending::Failed(error)) => Next::Failed(error),
            ResultEvent::Ended(Ending::Expired { .. }) => Next::Failed(failure::stream_expired(self.method)),
            ResultEvent::Ended(Ending::Lost { why, .. }) => {
                Next::Failed(failure::stream_lost(self.method, &why))
            }
        };
        self.state = State::Ended;
        Poll::Ready(next)
    }

    /// Goes on with the argument streams while nobody waits for the answer.
    pub(super) fn upload(&mut self, cx: &mut Context<'_>, uploads: &mut Uploads<'_>) -> Result<(), RpcError> {
        let State::InFlight { connection, call } = &self.state else { return Ok(()) };
        if !self.method.kind.has_argument_streams() {
            return Ok(());
        }
        let sent = uploads.poll(cx, self.method, self.form.codec, &self.codec_limits());
        if sent.is_err() {
            connection.cancel_call(*call);
            self.state = State::Ended;
        }
        sent
    }

    /// Encodes the arguments and hands them to the connection. `Ready(Ok)`: look at the new state.
    fn start(
        &mut self,
        cx: &mut Context<'_>,
        connection: Arc<Connection>,
        turn: Option<u64>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<(), RpcError>> {
        let now = clock::now();
        if self.has_expired(now) {
            return self.give_up(&connection, turn, failure::expired(self.method, Executed::No));
        }
        match connection.form(self.method) {
            Ok(form) => self.form = form,
            Err(error) => return self.give_up(&connection, turn, error),
        }
        let attempt = Attempt {
            method: self.method,
            form: self.form,
            deadline: self.deadline,
            timeout: self.deadline.map(|deadline| clock::millis_left(now, deadline)),
            metadata: &self.metadata,
            turn,
        };
        let (begun, length) = attempt.make(now, &connection, cx, arguments);
        match begun {
            // It may be one that cannot cross by position, which is not known before its types are.
            Err(error) => match self.described(&connection) {
                Ok(true) => Poll::Ready(Ok(())),
                Ok(false) => self.give_up(&connection, turn, error),
                Err(error) => self.give_up(&connection, turn, error),
            },
            Ok(CallStart::Begun(call)) => {
                let has_uploads = self.method.kind.has_argument_streams();
                if has_uploads {
                    uploads.attach(|stream| ItemSink::Remote {
                        connection: Arc::clone(&connection),
                        call,
                        stream,
                    });
                }
                self.state = State::InFlight { connection, call };
                // The answer wakes whoever began the call; for argument streams there is something to do at once.
                if has_uploads { Poll::Ready(Ok(())) } else { Poll::Pending }
            }
            Ok(CallStart::Waiting(turn)) => {
                self.state = State::Queued { connection, turn };
                Poll::Pending
            }
            Ok(CallStart::QueueFull) => {
                let max = self.via().limits().max_waiting_calls;
                self.give_up(&connection, turn, failure::queue_full(self.method, max))
            }
            Ok(CallStart::Not(StartError::TooLong { max })) => {
                self.give_up(&connection, turn, failure::too_long(self.method, length, max))
            }
            Ok(CallStart::Not(StartError::TooManyMethods)) => {
                let error = connection.too_many_methods(self.method);
                self.give_up(&connection, turn, error)
            }
            // Nothing has changed but what is known: at once again.
            Ok(CallStart::Not(StartError::Undescribed)) => match connection.describe(self.method) {
                Ok(()) => Poll::Ready(Ok(())),
                Err(error) => self.give_up(&connection, turn, error),
            },
            Ok(CallStart::Not(StartError::Refused(RefusalReason::Signature))) => {
                match connection.compare(self.method, self.form) {
                    Ok(()) => Poll::Ready(Ok(())),
                    Err(error) => self.give_up(&connection, turn, error),
                }
            }
            Ok(CallStart::Not(StartError::Refused(reason))) => {
                let body = Body::copy_from_slice(&[reason.as_byte()]);
                let error = self.raw(ReplyStatus::Refused, body).error(self.method);
                self.give_up(&connection, turn, error)
            }
            Ok(CallStart::Not(StartError::Closed | StartError::Full)) => {
                self.via().forget(&connection);
                self.state = State::Unsent;
                Poll::Ready(Ok(()))
            }
        }
    }

    /// The connection at hand, else that which is there; `None` if one has to be waited for.
    fn connection(&self) -> Result<Option<Arc<Connection>>, RpcError> {
        match self.lane.take() {
            Some(at_hand) => Ok(Some(at_hand)),
            None => self.via().current(self.method),
        }
    }

    fn connect(&mut self) -> Result<Waiting, RpcError> {
        if self.has_expired(clock::now()) {
            return Err(failure::not_connected(self.method, self.via().trouble()));
        }
        self.via().join(self.method, self.until_sent)
    }

    fn has_expired(&self, now: Instant) -> bool {
        self.until_sent.is_some_and(|until| until <= now)
    }

    /// What an ending on `connection` means; `None`: the call was not executed and is sent again.
    pub(super) fn settle(
        &self,
        connection: Arc<Connection>,
        ending: Ending,
        uploads: &Uploads<'_>,
    ) -> Option<Result<RawReply, RpcError>> {
        let answered = matches!(ending, Ending::Replied { .. });
        let result = self.judge(&connection, ending, uploads)?;
        if answered {
            self.lane.keep(connection);
        }
        Some(result)
    }

    fn judge(
        &self,
        connection: &Arc<Connection>,
        ending: Ending,
        uploads: &Uploads<'_>,
    ) -> Option<Result<RawReply, RpcError>> {
        match ending {
            Ending::Replied { status, metadata, body, codec } => {
                let reply = RawReply { status, metadata, body, codec, limits: self.codec_limits() };
                if reply.refusal() == Some(RefusalReason::Draining) {
                    self.via().forget(connection);
                    let again = self.via().has_others() && !uploads.have_yielded();
                    return (!again).then_some(Ok(reply));
                }
                if reply.refusal() == Some(RefusalReason::Signature) {
                    return self.compared(connection, uploads).map(Err);
                }
                self.via().answered();
                Some(Ok(reply))
            }
            Ending::StreamEnded { status: EndStatus::Clean, .. } => {
                Some(Err(failure::broken(self.method, "its result stream ended before it was opened")))
            }
            Ending::StreamEnded { .. } => {
                Some(Err(failure::broken(self.method, "its result stream failed before it was opened")))
            }
            Ending::Broken(why) => Some(Err(failure::broken(self.method, &why))),
            Ending::Failed(error) => Some(Err(error)),
            Ending::Expired { sent } => {
                let executed = if sent { Executed::Maybe } else { Executed::No };
                Some(Err(failure::expired(self.method, executed)))
            }
            Ending::Lost { sent: false, why } if uploads.have_yielded() => {
                Some(Err(failure::not_sent_again(self.method, &why)))
            }
            Ending::Lost { sent: false, .. } => None,
            Ending::Lost { sent: true, why } => Some(Err(failure::lost(self.method, &why))),
        }
    }

    /// Finds out what the types of the method are, if that is not known; true if calls are made in another form now.
    #[cold]
    fn described(&self, connection: &Connection) -> Result<bool, RpcError> {
        connection.describe(self.method)?;
        Ok(connection.form(self.method)? != self.form)
    }

    /// The peer's signature differs: why the call is not sent again in another form, or `None`.
    #[cold]
    fn compared(&self, connection: &Arc<Connection>, uploads: &Uploads<'_>) -> Option<RpcError> {
        match connection.compare(self.method, self.form) {
            // No item is sent before the peer has said that it takes the method as it is.
            Ok(()) if uploads.have_yielded() => {
                Some(failure::broken(self.method, "was refused by its signature when it was under way"))
            }
            Ok(()) => None,
            Err(error) => Some(error),
        }
    }

    fn raw(&self, status: ReplyStatus, body: Body) -> RawReply {
        RawReply { status, metadata: None, body, codec: self.form.codec, limits: self.codec_limits() }
    }

    fn codec_limits(&self) -> CodecLimits {
        CodecLimits::from(&**self.via().limits())
    }

    fn end<T>(&mut self, result: Result<T, RpcError>) -> Poll<Result<T, RpcError>> {
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
            State::InFlight { connection, call } => connection.cancel_call(*call),
            State::Queued { connection, turn } => connection.leave_queue(*turn),
            State::Unsent | State::Connecting(_) | State::Ended => {}
        }
    }
}
