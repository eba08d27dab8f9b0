use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use futures_core::stream::FusedStream;

use super::{Ahead, DecodeItems, Inbox, Kept, ahead};
use crate::client::{Given, ResultStream};
use crate::codec::{Codec, CodecError, CodecLimits};
use crate::{Code, Executed, Fault, RpcError};

/// The result stream of a call, as its caller gets it: what the handler sends, item by item.
///
/// Items are `Result<T, E>`, where `E` is [`RpcError`] or, if the stream has an error type of its own,
/// [`CallError`](crate::CallError). The first `Err` is the last item: either the handler's own, or it says why the stream
/// broke. `None` without an `Err` before it means that the handler has sent everything.
///
/// `'s` is what the call's argument streams borrow; without any it is `'static`. Those are polled by this stream and
/// nothing else: while nobody polls it, they rest, and once
/// [`Limits::max_stream_items`](crate::Limits::max_stream_items) or
/// [`Limits::max_stream_bytes`](crate::Limits::max_stream_bytes) wait here, the handler rests, too.
///
/// Dropping the stream cancels the call, and the handler is dropped. Dropping a `next` loses nothing. The client's default
/// timeout holds until the stream is opened; a timeout of the method or of the call, and the deadline of a parent, hold
/// to its end.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use futures::StreamExt;
/// use farcall::{ReplyStream, RpcError};
///
/// async fn sum(mut numbers: ReplyStream<'_, u64>) -> Result<u64, RpcError> {
///     let mut sum = 0;
///     while let Some(number) = numbers.next().await {
///         sum += number?;
///     }
///     Ok(sum)
/// }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct ReplyStream<'s, T, E = RpcError> {
    stream: ResultStream<'s>,
    limits: CodecLimits,
    decoder: Box<dyn Decode<T, E> + Send + Sync>,
    ahead: Ahead<T>,
}

impl<'s, T, E> ReplyStream<'s, T, E> {
    pub(crate) fn new<P>(stream: ResultStream<'s>, limits: CodecLimits, items: P) -> Self
    where
        P: DecodeItems<Value = T, Error = E>,
    {
        Self { stream, limits, decoder: Box::new(Decoder(items)), ahead: items.values_ahead() }
    }
}

impl<T, E: From<RpcError>> ReplyStream<'_, T, E> {
    /// There is no item that is decoded.
    #[inline(never)]
    fn poll_encoded(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        if let Some(value) = self.next_ahead() {
            return Poll::Ready(Some(Ok(value)));
        }
        let codec = self.stream.codec();
        match self.decoder.next(codec, self.stream.inbox(), &self.limits) {
            Some(Ok(value)) => {
                self.stream.tell();
                Poll::Ready(Some(Ok(value)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(self.not_decoded(&error)))),
            None => self.poll_more(cx),
        }
    }

    /// Decodes what has come, if it is worth it. Gives the first of it.
    #[inline]
    fn next_ahead(&mut self) -> Option<T> {
        let ahead = self.ahead.as_mut().filter(|_| self.stream.inbox().has_many())?;
        let codec = self.stream.codec();
        self.decoder.decode_ahead(codec, self.stream.inbox(), &self.limits, &mut **ahead);
        ahead.next()
    }

    /// There is no item here.
    #[inline(never)]
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        Poll::Ready(match ready!(self.stream.poll_more(cx)) {
            Some(Given::Items) => return Pin::new(self).poll_next(cx),
            Some(Given::AppError { body, codec }) => Some(Err(self.error(codec, &body))),
            Some(Given::Failed(error)) => Some(Err(error.into())),
            None => None,
        })
    }

    #[cold]
    #[inline(never)]
    fn not_decoded(&mut self, error: &CodecError) -> E {
        self.stream.end();
        self.broken(format!("an item of its result stream cannot be decoded: {error}"))
    }

    fn error(&self, codec: Codec, body: &Bytes) -> E {
        match self.decoder.error(codec, body, &self.limits) {
            Some(Ok(error)) => error,
            Some(Err(error)) => {
                self.broken(format!("the error that its result stream ended with cannot be decoded: {error}"))
            }
            None => {
                self.broken("its result stream ended with an error that its items do not have".to_owned())
            }
        }
    }

    fn broken(&self, what: String) -> E {
        let text = format!("`{}` ran, but {what}", self.stream.method());
        RpcError::new(Code::DataLoss, text).with_executed(Executed::Yes).with_fault(Fault::Peer).into()
    }
}

impl<T, E: From<RpcError>> Stream for ReplyStream<'_, T, E> {
    type Item = Result<T, E>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        let this = self.get_mut();
        if let Some(ahead) = &mut this.ahead
            && let Some(value) = ahead.next()
        {
            return Poll::Ready(Some(Ok(value)));
        }
        this.poll_encoded(cx)
    }
}

impl<T, E: From<RpcError>> FusedStream for ReplyStream<'_, T, E> {
    fn is_terminated(&self) -> bool {
        self.stream.has_ended()
    }
}

impl<T, E> fmt::Debug for ReplyStream<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReplyStream({})", self.stream.method())
    }
}

/// A [`DecodeItems`] whose type is forgotten, since users name the items alone. It has no size, so that its box does not
/// allocate.
trait Decode<T, E> {
    /// The next item of those that have come, if it is not the turn of others.
    fn next(&self, codec: Codec, inbox: &mut Inbox, limits: &CodecLimits) -> Option<Result<T, CodecError>>;

    fn decode_ahead(
        &self,
        codec: Codec,
        inbox: &mut Inbox,
        limits: &CodecLimits,
        ahead: &mut (dyn Kept<T> + Send + Sync),
    );

    fn error(&self, codec: Codec, body: &Bytes, limits: &CodecLimits) -> Option<Result<E, CodecError>>;
}

struct Decoder<P>(P);

impl<P: DecodeItems> Decode<P::Value, P::Error> for Decoder<P> {
    fn next(
        &self,
        codec: Codec,
        inbox: &mut Inbox,
        limits: &CodecLimits,
    ) -> Option<Result<P::Value, CodecError>> {
        inbox.next().map(|item| self.0.value(item, &mut codec.decode_run(limits)))
    }

    fn decode_ahead(
        &self,
        codec: Codec,
        inbox: &mut Inbox,
        limits: &CodecLimits,
        ahead: &mut (dyn Kept<P::Value> + Send + Sync),
    ) {
        ahead::decode(ahead, inbox, (codec, limits), self.0, |value| value);
    }

    fn error(
        &self,
        codec: Codec,
        body: &Bytes,
        limits: &CodecLimits,
    ) -> Option<Result<P::Error, CodecError>> {
        self.0.error(codec, body, limits)
    }
}
