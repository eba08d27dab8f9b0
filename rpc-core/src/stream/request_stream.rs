use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use bytes::Bytes;
use futures_core::Stream;
use futures_core::stream::FusedStream;

use super::payload::decode_rpc_error;
use super::{Ahead, Broken, Credit, DecodeItems, Inbox, ItemSource, Kept, ahead};
use crate::clock;
use crate::codec::{Codec, CodecError, CodecLimits};
use crate::generated::MethodDescriptor;
use crate::proto::ArgumentEvent;
use crate::wire::EndStatus;
use crate::{Code, Executed, Fault, RpcError};

/// An argument stream, as the handler of a call gets it: what the caller sends, item by item, as the trait has it.
///
/// It ends with `None` where the caller's stream ended, and behind the first `Err` of a stream of `Result`s; never
/// because something broke. When an item cannot be decoded, the caller drops its stream or the connection is lost, the
/// handler is dropped and the call fails; until then the stream is pending. So it is where the handler has answered: a
/// task that is to outlive the handler leaves the stream behind.
///
/// The caller may be ahead of the handler by [`Limits::max_stream_items`](crate::Limits::max_stream_items) and
/// [`Limits::max_stream_bytes`](crate::Limits::max_stream_bytes); then it waits until the handler has taken some.
/// Cancel-safe: dropping a `next` loses no item. Dropped, it takes no more, and the caller rests.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use futures::StreamExt;
/// use farcall::RequestStream;
///
/// async fn average(numbers: RequestStream<f64>) -> f64 {
///     let (sum, count) = numbers.fold((0.0, 0), |(sum, count), next| async move { (sum + next, count + 1) }).await;
///     sum / f64::from(count)
/// }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct RequestStream<T> {
    state: State,
    /// What came of the source, and was not yet taken by the handler.
    inbox: Inbox,
    ahead: Ahead<T>,
    codec: Codec,
    limits: CodecLimits,
    decoder: Box<dyn Decode<T> + Send + Sync>,
    broken: Arc<Broken>,
    method: &'static MethodDescriptor,
    number: u32,
    deadline: Option<Instant>,
}

/// What a stream of a call has to know of it.
pub(crate) struct CallOfStream {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) number: u32,
    pub(crate) codec: Codec,
    pub(crate) limits: CodecLimits,
    pub(crate) broken: Arc<Broken>,
    pub(crate) deadline: Option<Instant>,
}

enum State {
    Open(ItemSource),
    Ended,
    /// The handler is about to be dropped.
    Broken,
}

impl<T> RequestStream<T> {
    /// `None` for a source gives a stream that is broken from the beginning.
    pub(crate) fn new<P>(source: Option<ItemSource>, call: CallOfStream, items: P) -> Self
    where
        P: DecodeItems<Item = T>,
    {
        let CallOfStream { method, number, codec, limits, broken, deadline } = call;
        Self {
            state: source.map_or(State::Broken, State::Open),
            inbox: Inbox::new(),
            ahead: items.items_ahead(),
            codec,
            limits,
            decoder: Box::new(Decoder(items)),
            broken,
            method,
            number,
            deadline,
        }
    }

    /// What the source has next. Tells it what was taken.
    fn poll_source(&mut self, waker: &Waker) -> Option<ArgumentEvent> {
        let State::Open(source) = &mut self.state else { return None };
        source.poll(waker, self.inbox.take_credit())
    }

    /// Tells the source what was taken, if that is due.
    #[inline]
    fn tell(&mut self) {
        if let Some(taken) = self.inbox.due() {
            self.consumed(taken);
        }
    }

    #[inline(never)]
    fn consumed(&mut self, taken: Credit) {
        if let State::Open(source) = &self.state {
            source.consumed(taken);
        }
    }

    /// There is no item that is decoded.
    #[inline(never)]
    fn poll_encoded(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        if let Some(item) = self.next_ahead() {
            return Poll::Ready(Some(item));
        }
        match self.decoder.next(&mut self.inbox, self.codec, &self.limits) {
            Some(Ok(item)) => {
                self.tell();
                Poll::Ready(Some(item))
            }
            Some(Err(error)) => self.not_decoded(&error),
            None => self.poll_more(cx),
        }
    }

    /// Decodes what has come, if it is worth it. Gives the first of it.
    #[inline]
    fn next_ahead(&mut self) -> Option<T> {
        let ahead = self.ahead.as_mut().filter(|_| self.inbox.has_many())?;
        self.decoder.decode_ahead(&mut self.inbox, (self.codec, &self.limits), &mut **ahead);
        ahead.next()
    }

    /// There is no item here.
    #[inline(never)]
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        match self.state {
            State::Open(_) => {}
            State::Ended => return Poll::Ready(None),
            State::Broken => return Poll::Pending,
        }
        if self.inbox.yields() {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match self.poll_source(cx.waker()) {
            None => {
                self.inbox.waits();
                Poll::Pending
            }
            Some(ArgumentEvent::Items(items)) => {
                self.inbox.put(items);
                Pin::new(self).poll_next(cx)
            }
            Some(ArgumentEvent::End { status, body }) => self.end(status, &body),
            Some(ArgumentEvent::Over) => self.over(),
        }
    }

    #[cold]
    #[inline(never)]
    fn not_decoded(&mut self, error: &CodecError) -> Poll<Option<T>> {
        self.fail(Code::InvalidArgument, &format!("has an item that cannot be decoded: {error}"))
    }

    fn end(&mut self, status: EndStatus, body: &Bytes) -> Poll<Option<T>> {
        if status == EndStatus::Clean {
            self.state = State::Ended;
            return Poll::Ready(None);
        }
        match self.decoder.last_item(status, self.codec, body, &self.limits) {
            Some(Ok(item)) => {
                self.state = State::Ended;
                Poll::Ready(Some(item))
            }
            Some(Err(error)) => self
                .fail(Code::InvalidArgument, &format!("ended with an error that cannot be decoded: {error}")),
            None => match status {
                EndStatus::Failed => match decode_rpc_error(body) {
                    Ok(error) => {
                        self.fail(error.code(), &format!("failed at the caller: {}", error.message()))
                    }
                    Err(error) => self.fail(
                        Code::InvalidArgument,
                        &format!("failed at the caller, and why cannot be decoded: {error}"),
                    ),
                },
                EndStatus::Dropped => self.fail(Code::Cancelled, "was dropped by the caller before its end"),
                EndStatus::Clean | EndStatus::AppError => self.fail(
                    Code::InvalidArgument,
                    "ended with an error of its own, but its items have no such type",
                ),
            },
        }
    }

    /// The call cannot go on.
    fn fail(&mut self, code: Code, what: &str) -> Poll<Option<T>> {
        self.fail_with(code, Executed::Yes, what)
    }

    fn fail_with(&mut self, code: Code, executed: Executed, what: &str) -> Poll<Option<T>> {
        self.state = State::Broken;
        self.inbox.clear();
        let text = format!("the argument stream `{}` of `{}` {what}", self.name(), self.method);
        self.broken.fail(RpcError::new(code, text).with_executed(executed).with_fault(Fault::Caller));
        Poll::Pending
    }

    /// The call is over: whoever drives the handler is about to drop it for the same reason.
    fn over(&mut self) -> Poll<Option<T>> {
        const WHAT: &str = "broke off, since its call is over";
        if self.deadline.is_none_or(|deadline| deadline > clock::now()) {
            return self.fail(Code::Cancelled, WHAT);
        }
        self.fail_with(Code::DeadlineExceeded, Executed::Maybe, WHAT)
    }

    fn name(&self) -> &'static str {
        self.method.argument_streams.get(self.number as usize).copied().unwrap_or("?")
    }
}

impl<T> Stream for RequestStream<T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = self.get_mut();
        if let Some(ahead) = &mut this.ahead
            && let Some(item) = ahead.next()
        {
            return Poll::Ready(Some(item));
        }
        this.poll_encoded(cx)
    }
}

impl<T> FusedStream for RequestStream<T> {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Ended)
    }
}

impl<T> fmt::Debug for RequestStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestStream({} of {})", self.name(), self.method)
    }
}

/// A [`DecodeItems`] whose type is forgotten, since users name the items alone.
trait Decode<T> {
    /// The next item of those that have come, if it is not the turn of others.
    fn next(&self, inbox: &mut Inbox, codec: Codec, limits: &CodecLimits) -> Option<Result<T, CodecError>>;

    fn decode_ahead(
        &self,
        inbox: &mut Inbox,
        encoding: (Codec, &CodecLimits),
        ahead: &mut (dyn Kept<T> + Send + Sync),
    );

    fn last_item(
        &self,
        status: EndStatus,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<T, CodecError>>;
}

struct Decoder<P>(P);

impl<P: DecodeItems> Decode<P::Item> for Decoder<P> {
    fn next(
        &self,
        inbox: &mut Inbox,
        codec: Codec,
        limits: &CodecLimits,
    ) -> Option<Result<P::Item, CodecError>> {
        let item = inbox.next()?;
        Some(self.0.value(item, &mut codec.decode_run(limits)).map(|value| self.0.item(value)))
    }

    fn decode_ahead(
        &self,
        inbox: &mut Inbox,
        encoding: (Codec, &CodecLimits),
        ahead: &mut (dyn Kept<P::Item> + Send + Sync),
    ) {
        ahead::decode(ahead, inbox, encoding, self.0, |value| self.0.item(value));
    }

    fn last_item(
        &self,
        status: EndStatus,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<P::Item, CodecError>> {
        self.0.last_item(status, codec, body, limits)
    }
}
