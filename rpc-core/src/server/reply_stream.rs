//! Answers that are streams, and arguments that are.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::reply_metadata;
use super::service::{Incoming, Reply};
use crate::generated::EncodePayload;
use crate::stream::{CallOfStream, DecodeItems, EncodeItems, EncodedItem, Items, RequestStream, ResultSink};
use crate::wire::ReplyStatus;
use crate::{Code, Executed, Fault, RpcError};

/// What is sent at once, and polled for before other tasks get their turn: few enough that none waits for long, enough
/// that a small item costs little more than its encoding.
const BATCH_ITEMS: usize = 128;
const BATCH_BYTES: usize = 32 << 10;

/// A batch from this length on is handed over as it is; a shorter one is copied, and its buffer used again.
const HANDED_OVER: usize = 16 << 10;

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
        let sent =
            poll_fn(|cx| sender.poll(cx, |cx, batch| self.gather(cx, stream.as_mut(), items, batch))).await;
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
        mut stream: Pin<&mut impl Stream<Item = P::Item>>,
        items: P,
        batch: &mut Batch,
    ) -> Gathered {
        while !batch.is_full() {
            let item = match stream.as_mut().poll_next(cx) {
                Poll::Ready(Some(item)) => item,
                Poll::Ready(None) => return Gathered::End(ended(ReplyStatus::Value, Vec::new())),
                Poll::Pending => return Gathered::Pending,
            };
            let start = batch.data.len();
            match items.encode(item, self.codec, &self.limits, &mut batch.data) {
                Ok(EncodedItem::Item) => batch.lengths.push_back(batch.data.len().saturating_sub(start)),
                Ok(EncodedItem::AppError) => {
                    return Gathered::End(ended(ReplyStatus::AppError, batch.data.split_off(start)));
                }
                // Whatever another service said of its own handler: this one ran.
                Ok(EncodedItem::Failed(error)) => {
                    return Gathered::End(Reply::failed(&error.with_executed(Executed::Yes)));
                }
                Err(error) => return Gathered::End(Reply::failed(&self.not_encoded("an item", &error))),
            }
        }
        Gathered::Full
    }
}

/// What came of polling a stream for a batch.
enum Gathered {
    /// There may be more.
    Full,
    Pending,
    /// There is no more.
    End(Reply),
}

/// Items on their way from a stream to the caller.
struct Sender {
    sink: ResultSink,
    batch: Batch,
    /// Taken from the batch, and not sent for want of room.
    waiting: Items,
    end: Option<Reply>,
}

#[derive(Default)]
struct Batch {
    data: Vec<u8>,
    lengths: VecDeque<usize>,
}

impl Sender {
    fn new(sink: ResultSink) -> Self {
        Self { sink, batch: Batch::default(), waiting: Items::default(), end: None }
    }

    /// Ready when all is sent, with how the stream ended. `gather` is not called while there is no room.
    fn poll(
        &mut self,
        cx: &mut Context<'_>,
        mut gather: impl FnMut(&mut Context<'_>, &mut Batch) -> Gathered,
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
            if !ready!(self.sink.poll_room(cx)) {
                return Poll::Ready(Err(Unwanted));
            }
            let gathered = gather(cx, &mut self.batch);
            self.waiting = self.batch.take();
            match gathered {
                Gathered::Full => is_full = true,
                Gathered::End(reply) => self.end = Some(reply),
                Gathered::Pending => {
                    ready!(self.poll_send(cx))?;
                    return Poll::Pending;
                }
            }
        }
    }

    /// Ready when everything that waited is sent.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Unwanted>> {
        while !self.waiting.is_empty() {
            if !ready!(self.sink.poll_room(cx)) {
                return Poll::Ready(Err(Unwanted));
            }
            self.sink.send(&mut self.waiting);
        }
        Poll::Ready(Ok(()))
    }
}

impl Batch {
    fn is_full(&self) -> bool {
        self.lengths.len() >= BATCH_ITEMS || self.data.len() >= BATCH_BYTES
    }

    fn take(&mut self) -> Items {
        if self.lengths.is_empty() {
            return Items::default();
        }
        let data = if self.data.len() >= HANDED_OVER {
            Bytes::from(std::mem::take(&mut self.data))
        } else {
            let copy = Bytes::copy_from_slice(&self.data);
            self.data.clear();
            copy
        };
        Items::new(data, std::mem::take(&mut self.lengths))
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
