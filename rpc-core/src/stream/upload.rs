//! Argument streams at the caller: no task, the call polls them itself.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{Batch, Credit, EncodeItems, Gathered, ItemSink, LastItem, encode_rpc_error};
use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};
use crate::generated::MethodDescriptor;
use crate::wire::EndStatus;
use crate::{Code, Executed, Fault, Limits, RpcError};

/// The argument streams of a call, in the order of the method's arguments.
///
/// They are not polled before the call is sent, and a call may be sent again as long as none has given an item.
#[derive(Debug)]
pub struct Uploads<'s> {
    uploads: Vec<Upload<'s>>,
}

impl<'s> Uploads<'s> {
    /// Those of a method without any.
    pub const fn none() -> Self {
        Self { uploads: Vec::new() }
    }

    /// Those of a method with some.
    pub fn new<const N: usize>(uploads: [Upload<'s>; N]) -> Self {
        Self { uploads: uploads.into() }
    }

    /// True once an item was taken out of one of them: the call cannot be made again.
    pub(crate) fn have_yielded(&self) -> bool {
        self.uploads.iter().any(|upload| upload.has_yielded)
    }

    /// From now on items go to these sinks. A stream that has ended without an item ends there, too.
    pub(crate) fn attach(&mut self, mut sink: impl FnMut(u32) -> ItemSink) {
        for (number, upload) in (0_u32..).zip(&mut self.uploads) {
            upload.sink = Some(sink(number));
        }
    }

    /// Sends what the streams have and the receiver takes. The error ends the call: a stream panicked, or has something
    /// that cannot be sent.
    pub(crate) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        method: &'static MethodDescriptor,
        codec: Codec,
        limits: &CodecLimits,
    ) -> Result<(), RpcError> {
        for (number, upload) in self.uploads.iter_mut().enumerate() {
            upload.poll(cx, (codec, limits)).map_err(|trouble| {
                let name = method.argument_streams.get(number).copied().unwrap_or("?");
                trouble.into_error(method, name)
            })?;
        }
        Ok(())
    }
}

impl<'s> FromIterator<Upload<'s>> for Uploads<'s> {
    /// Those of a method that became known while the program runs.
    fn from_iter<I: IntoIterator<Item = Upload<'s>>>(uploads: I) -> Self {
        Self { uploads: uploads.into_iter().collect() }
    }
}

/// One argument stream of a call.
pub struct Upload<'s> {
    /// `None` once it has ended.
    source: Option<Box<dyn Source + Send + 's>>,
    /// Where its items go, until its end was sent or nobody wants more of it.
    sink: Option<ItemSink>,
    /// Taken out of it, and not sent for want of room.
    items: Batch,
    /// What it ended with; sent behind the last item.
    end: Option<(EndStatus, Vec<u8>)>,
    has_yielded: bool,
}

/// An argument stream with the way in which its items are encoded.
pub fn upload<'s, S, P>(stream: S, items: P) -> Upload<'s>
where
    S: Stream<Item = P::Item> + Send + 's,
    P: EncodeItems,
{
    Upload {
        source: Some(Box::new(Encoding { stream: Box::pin(stream), items })),
        sink: None,
        items: Batch::default(),
        end: None,
        has_yielded: false,
    }
}

/// An end fits in the smallest frame that a receiver may ask for, beside its head.
const MAX_END: usize = Limits::FLOOR_FRAME - 64;

impl Upload<'_> {
    fn poll(&mut self, cx: &mut Context<'_>, encoding: (Codec, &CodecLimits)) -> Result<(), Trouble> {
        loop {
            let Some(sink) = &mut self.sink else { return Ok(()) };
            if self.items.is_empty()
                && let Some((status, body)) = &self.end
            {
                sink.end(*status, body);
                self.sink = None;
                return Ok(());
            }
            let room = match sink.poll_room(cx) {
                Poll::Pending => return Ok(()),
                // The stream is kept: the call may be made again.
                Poll::Ready(None) => {
                    self.sink = None;
                    self.items.clear();
                    return Ok(());
                }
                Poll::Ready(Some(room)) => room,
            };
            let gathered = if self.items.is_empty() { Some(self.gather(cx, encoding, room)?) } else { None };
            if let Some(sink) = &mut self.sink
                && !self.items.is_empty()
            {
                sink.send(&mut self.items);
            }
            match gathered {
                Some(Taken::AllThereIs) if self.items.is_empty() => {
                    self.items.rest();
                    return Ok(());
                }
                // It may go on like this for ever, and what was sent is to be written meanwhile.
                Some(Taken::Batch) if self.items.is_empty() => {
                    cx.waker().wake_by_ref();
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// Takes items out of the stream, up to a batch, and its end if that has come.
    fn gather(
        &mut self,
        cx: &mut Context<'_>,
        encoding: (Codec, &CodecLimits),
        room: Credit,
    ) -> Result<Taken, Trouble> {
        let Some(source) = &mut self.source else { return Ok(Taken::ToTheEnd) };
        let items = &mut self.items;
        let gathered = catch_unwind(AssertUnwindSafe(|| source.gather(cx, encoding, room, items)));
        let gathered = gathered.map_err(|panic| {
            self.items.clear();
            Trouble::Panic(panic_text(&*panic).to_owned())
        })?;
        self.has_yielded |= !self.items.is_empty();
        let (status, body) = match gathered {
            Gathered::Full => return Ok(Taken::Batch),
            Gathered::Pending => return Ok(Taken::AllThereIs),
            Gathered::End(LastItem::Clean) => (EndStatus::Clean, Vec::new()),
            Gathered::End(LastItem::AppError(body)) => (EndStatus::AppError, body),
            Gathered::End(LastItem::Failed(error)) => (EndStatus::Failed, encode_rpc_error(&error)),
            Gathered::End(LastItem::NotEncoded(error)) => return Err(Trouble::Encode(error)),
        };
        self.source = None;
        self.has_yielded |= status != EndStatus::Clean;
        if body.len() > MAX_END {
            return Err(Trouble::EndTooLong(body.len()));
        }
        self.end = Some((status, body));
        Ok(Taken::ToTheEnd)
    }
}

/// What was taken out of a stream.
enum Taken {
    /// There may be more.
    Batch,
    /// The stream waits.
    AllThereIs,
    ToTheEnd,
}

impl fmt::Debug for Upload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("has_ended", &self.source.is_none()).finish_non_exhaustive()
    }
}

/// Why a call cannot go on.
enum Trouble {
    Encode(CodecError),
    EndTooLong(usize),
    Panic(String),
}

impl Trouble {
    fn into_error(self, method: &MethodDescriptor, name: &str) -> RpcError {
        let (code, what) = match self {
            Self::Encode(error) => {
                let code = match error.kind() {
                    CodecErrorKind::Size => Code::ResourceExhausted,
                    _ => Code::InvalidArgument,
                };
                (code, format!("has an item that cannot be sent: {error}"))
            }
            Self::EndTooLong(length) => {
                let what = format!("ended with an error of {length} bytes, and {MAX_END} is the most");
                (Code::ResourceExhausted, what)
            }
            Self::Panic(text) => (Code::Internal, format!("panicked: {text}")),
        };
        RpcError::new(code, format!("the argument stream `{name}` of `{method}` {what}"))
            .with_executed(Executed::Maybe)
            .with_fault(Fault::Caller)
    }
}

/// What a panic says.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

/// A stream of the caller's whose type is forgotten.
trait Source {
    /// Takes what it has, up to a batch.
    fn gather(
        &mut self,
        cx: &mut Context<'_>,
        encoding: (Codec, &CodecLimits),
        room: Credit,
        batch: &mut Batch,
    ) -> Gathered;
}

struct Encoding<S, P> {
    stream: Pin<Box<S>>,
    items: P,
}

impl<S, P> Source for Encoding<S, P>
where
    S: Stream<Item = P::Item>,
    P: EncodeItems,
{
    fn gather(
        &mut self,
        cx: &mut Context<'_>,
        encoding: (Codec, &CodecLimits),
        room: Credit,
        batch: &mut Batch,
    ) -> Gathered {
        batch.gather(cx, self.stream.as_mut(), self.items, encoding, room)
    }
}
