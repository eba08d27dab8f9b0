use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::connection::Connection;
use crate::clock::{self, later};
use crate::{LinkReader, pool};

/// A closed connection that hands over its last words: what is left is written, and what comes is thrown away.
pub(super) struct Lingering {
    until: Instant,
    /// All is written, and the peer has been told that nothing follows.
    shut: bool,
    drained: usize,
}

/// How long a closed connection may take to hand over its last words.
const LINGER: Duration = Duration::from_secs(1);

/// What a closed connection reads to avoid a reset that would destroy those.
const LINGER_BYTES: usize = 256 << 10;

impl Lingering {
    pub(super) fn new(now: Instant) -> Self {
        Self { until: later(now, LINGER), shut: false, drained: 0 }
    }

    /// When it ends at the latest.
    pub(super) fn until(&self) -> Instant {
        self.until
    }

    /// Ready when the peer has everything, or never will.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        connection: &Connection,
        reader: &mut LinkReader,
    ) -> Poll<()> {
        let now = clock::now();
        if now >= self.until {
            return Poll::Ready(());
        }
        if !self.shut {
            let mut state = connection.lock();
            let written = state.poll_write(now, cx, usize::MAX);
            self.shut = match (written, &mut state.writer) {
                (Poll::Ready(Ok(_)), Some(writer)) => Pin::new(writer).poll_shutdown(cx).is_ready(),
                (Poll::Pending, Some(_)) => false,
                (Poll::Ready(Err(_)), _) | (_, None) => return Poll::Ready(()),
            };
        }
        if self.drain(cx, reader) && self.shut { Poll::Ready(()) } else { Poll::Pending }
    }

    /// True if nothing more comes, or too much has.
    fn drain(&mut self, cx: &mut Context<'_>, reader: &mut LinkReader) -> bool {
        let mut buffer = pool::take();
        let over = loop {
            let mut space = ReadBuf::uninit(buffer.spare_capacity_mut());
            match Pin::new(&mut *reader).poll_read(cx, &mut space) {
                Poll::Pending => break false,
                Poll::Ready(Ok(())) if !space.filled().is_empty() && self.drained < LINGER_BYTES => {
                    self.drained = self.drained.saturating_add(space.filled().len());
                }
                Poll::Ready(_) => break true,
            }
        };
        pool::give_back(buffer);
        over
    }
}
