//! Answers that are streams, and arguments that are.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::reply_metadata;
use super::service::{Incoming, Reply};
use crate::generated::EncodePayload;
use crate::stream::{
    Batch, CallOfStream, Credit, DecodeItems, EncodeItems, Gathered, LastItem, RequestStream, ResultSink,
};
use crate::wire::ReplyStatus;
use crate::{Code, Executed, Fault, RpcError};

impl Incoming {
    /// The argument stream of this number. A dispatcher takes each once.
    pub fn argument_stream<P: DecodeItems>(&self, number: u32, items: P) -> RequestStream<P::Item> {
        let source = self.streams.as_deref().and_then(|streams| streams.take_argument(number));
        let broken = self.streams.as_deref().map(|streams| Arc::clone(&streams.broken)).unwrap_or_default();
        if source.is_none() {
            let text = format!("the dispatcher of `{}` took a stream that is not there", self.method);
            broken.fail(RpcError::new(Code::Internal, text));
        }
        let (method, codec, limits) = (self.method, self.codec, self.limits);
        let deadline = self.context.deadline();
        RequestStream::new(source, CallOfStream { method, number, codec, limits, broken, deadline }, items)
    }

    /// Opens the result stream and sends all of `stream`; the answer says how it ended.
    ///
    /// It is polled only while the caller takes more. What follows an `Err` is never polled.
    pub async fn reply_stream<P, S>(&self, items: P, stream: S) -> Reply
    where
        P: EncodeItems,
        S: Stream<Item = P::Item> + Send,
    {
        let Some(mut sink) = self.streams.as_deref().and_then(|streams| streams.take_result()) else {
            let text = format!("`{}` was answered with a stream, but has none or had it before", self.method);
            return Reply::failed(&RpcError::new(Code::Internal, text));
        };
        let metadata = self.context.take_reply_metadata();
        match reply_metadata::encode(self.method, &[], &metadata) {
            Ok(encoded) => sink.open(&encoded, (!metadata.is_empty()).then(|| Arc::new(metadata))),
            Err(error) => return Reply::failed(&error),
        }
        let mut stream = pin!(stream);
        let mut sender = Sender::new(sink);
        let sent = poll_fn(|cx| {
            sender.poll(cx, |cx, room, batch| self.gather(cx, stream.as_mut(), items, (room, batch)))
        })
        .await;
        // Too late to be sent.
        drop(self.context.take_reply_metadata());
        sent.unwrap_or_else(|Unwanted| {
            // This may see it before the connection's task stops the handler, for which it would count as answered.
            self.context.cancel();
            unwanted()
        })
    }

    /// The answer of a method that returns `Result<impl Stream, E>`.
    pub async fn reply_stream_result<P, S, E>(
        &self,
        err: impl EncodePayload<E>,
        items: P,
        result: Result<S, E>,
    ) -> Reply
    where
        P: EncodeItems,
        S: Stream<Item = P::Item> + Send,
    {
        match result {
            Ok(stream) => self.reply_stream(items, stream).await,
            Err(error) => self.encode(ReplyStatus::AppError, err, &error),
        }
    }

    /// The answer of a method that returns `Result<impl Stream, RpcError>`.
    pub async fn reply_stream_rpc<P, S>(&self, items: P, result: Result<S, RpcError>) -> Reply
    where
        P: EncodeItems,
        S: Stream<Item = P::Item> + Send,
    {
        match result {
            Ok(stream) => self.reply_stream(items, stream).await,
            Err(error) => Reply::failed(&error.with_executed(Executed::Yes)),
        }
    }

    /// Takes what the stream has, up to a batch.
    fn gather<P: EncodeItems>(
        &self,
        cx: &mut Context<'_>,
        stream: Pin<&mut impl Stream<Item = P::Item>>,
        items: P,
        (room, batch): (Credit, &mut Batch),
    ) -> Poll<Option<Reply>> {
        Poll::Ready(Some(match batch.gather(cx, stream, items, (self.codec, &self.limits), room) {
            Gathered::Full => return Poll::Ready(None),
            Gathered::Pending => return Poll::Pending,
            Gathered::End(LastItem::Clean) => ended(ReplyStatus::Value, Vec::new()),
            Gathered::End(LastItem::AppError(body)) => ended(ReplyStatus::AppError, body),
            // Whatever another service said of its own handler: this one ran.
            Gathered::End(LastItem::Failed(error)) => Reply::failed(&error.with_executed(Executed::Yes)),
            Gathered::End(LastItem::NotEncoded(error)) => Reply::failed(&self.not_encoded("an item", &error)),
        }))
    }
}

/// Items on their way from a stream to the caller.
struct Sender {
    sink: ResultSink,
    /// Taken from the stream, and not sent for want of room.
    batch: Batch,
    end: Option<Reply>,
}

impl Sender {
    fn new(sink: ResultSink) -> Self {
        Self { sink, batch: Batch::default(), end: None }
    }

    /// Ready when all is sent, with how the stream ended. `gather` is not called while there is no room; it gives the
    /// end of the stream, and is pending when the stream is.
    fn poll(
        &mut self,
        cx: &mut Context<'_>,
        mut gather: impl FnMut(&mut Context<'_>, Credit, &mut Batch) -> Poll<Option<Reply>>,
    ) -> Poll<Result<Reply, Unwanted>> {
        let mut is_full = false;
        loop {
            ready!(self.poll_send(cx))?;
            if let Some(end) = self.end.take() {
                return Poll::Ready(Ok(end));
            }
            if is_full {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let Some(room) = ready!(self.sink.poll_room(cx)) else {
                return Poll::Ready(Err(Unwanted));
            };
            match gather(cx, room, &mut self.batch) {
                Poll::Ready(end) => (is_full, self.end) = (end.is_none(), end),
                Poll::Pending => {
                    ready!(self.poll_send(cx))?;
                    self.batch.rest();
                    return Poll::Pending;
                }
            }
        }
    }

    /// Ready when everything that waited is sent.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Unwanted>> {
        while !self.batch.is_empty() {
            if ready!(self.sink.poll_room(cx)).is_none() {
                return Poll::Ready(Err(Unwanted));
            }
            self.sink.send(&mut self.batch);
        }
        Poll::Ready(Ok(()))
    }
}

/// The caller takes no more of the stream.
struct Unwanted;

fn ended(status: ReplyStatus, body: Vec<u8>) -> Reply {
    Reply { status, metadata: Vec::new(), body, block: None }
}

/// Nobody reads it but an interceptor: the call is over.
fn unwanted() -> Reply {
    let error = RpcError::new(Code::Cancelled, "the caller takes no more of the stream");
    Reply::failed(&error.with_fault(Fault::Caller))
}
