//! Where encoded items go.

use std::sync::Arc;
use std::task::{Context, Poll};

use super::pipe::PipeSink;
use super::{Batch, Credit};
use crate::Metadata;
use crate::driver::Connection;
use crate::proto::{SendRoom, ServedCall};
use crate::wire::EndStatus;

/// An argument stream, where its items are made. Whoever drops it before its end has to say so: see
/// [`EndStatus::Dropped`].
pub(crate) enum ItemSink {
    /// Of a call on a connection. Its room is announced to the waker of the call, whatever else that waits for.
    Remote { connection: Arc<Connection>, call: u32, stream: u32 },
    /// Of a call in this process.
    Pipe(PipeSink),
}

impl ItemSink {
    /// Ready with what may be sent, an item at least; with `None` if nobody wants any more.
    pub(crate) fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<Option<Credit>> {
        room(match self {
            Self::Remote { connection, call, stream } => {
                connection.poll_argument_room(*call, *stream, cx.waker())
            }
            Self::Pipe(pipe) => pipe.poll_room(cx.waker()),
        })
    }

    /// Takes as many whole items as there is room for; the rest stays.
    pub(crate) fn send(&mut self, items: &mut Batch) {
        match self {
            Self::Remote { connection, call, stream } => connection.send_argument(*call, *stream, items),
            Self::Pipe(pipe) => pipe.send(items),
        }
    }

    /// Ends the stream, behind the last item.
    pub(crate) fn end(&mut self, status: EndStatus, body: &[u8]) {
        match self {
            Self::Remote { connection, call, stream } => {
                connection.end_argument(*call, *stream, status, body);
            }
            Self::Pipe(pipe) => pipe.end(status, body),
        }
    }
}

/// A result stream, where its items are made. Its end is the reply of the handler.
pub(crate) enum ResultSink {
    /// Of a call on a connection.
    Remote { connection: Arc<Connection>, call: ServedCall },
    /// Of a call in this process.
    Pipe(PipeSink),
}

impl ResultSink {
    /// Tells the caller that the stream begins. `metadata` is encoded; empty for none.
    pub(crate) fn open(&mut self, metadata: &[u8], decoded: Option<Arc<Metadata>>) {
        match self {
            Self::Remote { connection, call } => connection.open_result(*call, metadata),
            Self::Pipe(pipe) => pipe.open(decoded),
        }
    }

    /// As [`ItemSink::poll_room`].
    pub(crate) fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<Option<Credit>> {
        room(match self {
            Self::Remote { connection, call } => connection.poll_result_room(*call, cx.waker()),
            Self::Pipe(pipe) => pipe.poll_room(cx.waker()),
        })
    }

    /// As [`ItemSink::send`].
    pub(crate) fn send(&mut self, items: &mut Batch) {
        match self {
            Self::Remote { connection, call } => connection.send_result(*call, items),
            Self::Pipe(pipe) => pipe.send(items),
        }
    }
}

fn room(room: SendRoom) -> Poll<Option<Credit>> {
    match room {
        SendRoom::Wait => Poll::Pending,
        SendRoom::Ready(credit) => Poll::Ready(Some(credit)),
        SendRoom::Over => Poll::Ready(None),
    }
}
