//! Where encoded items come from.

use std::sync::Arc;
use std::task::Waker;

use super::Credit;
use super::pipe::PipeSource;
use crate::driver::Connection;
use crate::proto::{ArgumentEvent, ServedCall};

/// An argument stream, where its items are taken. Dropped, it takes no more of them.
pub(crate) enum ItemSource {
    /// Of a call on a connection. `over`: nothing more comes.
    Remote { connection: Arc<Connection>, call: ServedCall, stream: u32, over: bool },
    /// Of a call in this process.
    Pipe(PipeSource),
}

impl ItemSource {
    /// What came next, if it has; else `waker` is woken when it does. `consumed` was taken since the last time, and may
    /// be sent again.
    pub(crate) fn poll(&mut self, waker: &Waker, consumed: Credit) -> Option<ArgumentEvent> {
        match self {
            Self::Remote { connection, call, stream, over } => {
                let event = connection.poll_argument(*call, *stream, waker, consumed);
                *over |= matches!(event, Some(ArgumentEvent::End { .. } | ArgumentEvent::Over));
                event
            }
            Self::Pipe(pipe) => pipe.poll_argument(waker, consumed),
        }
    }

    /// So much was taken, and there is more to take.
    pub(crate) fn consumed(&self, taken: Credit) {
        match self {
            Self::Remote { connection, call, stream, .. } => {
                connection.argument_consumed(*call, *stream, taken);
            }
            Self::Pipe(pipe) => pipe.consumed(taken),
        }
    }
}

impl Drop for ItemSource {
    fn drop(&mut self) {
        // A pipe does the same when it is dropped itself.
        if let Self::Remote { connection, call, stream, over: false } = self {
            connection.drop_argument(*call, *stream);
        }
    }
}
