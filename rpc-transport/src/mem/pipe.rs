//! One direction of a connection in memory: a bounded ring of bytes with a reader and a writer.
//!
//! Not `tokio::io::duplex`: that keeps its whole buffer for as long as the connection lives, and both directions
//! of an end share a lock once they are split. Here an idle pipe holds at most [`KEPT`] bytes.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::coop;

/// Bytes that may wait in one direction, as in a socket's buffer.
pub(super) const CAPACITY: usize = 64 << 10;

/// An emptied ring above this size is given back.
const KEPT: usize = 1 << 10;

/// A pipe: what is written to the one comes out of the other.
pub(super) fn pipe() -> (PipeWriter, PipeReader) {
    let shared = Arc::new(Shared::default());
    (PipeWriter(shared.clone()), PipeReader(shared))
}

pub(super) struct PipeReader(Arc<Shared>);

pub(super) struct PipeWriter(Arc<Shared>);

#[derive(Default)]
struct Shared(Mutex<State>);

#[derive(Default)]
struct State {
    ring: VecDeque<u8>,
    /// The writer has shut down or is gone: after the ring comes the end.
    ended: bool,
    /// The reader is gone: nobody takes what is written.
    unread: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        let waker = {
            let mut state = self.lock();
            state.ended = true;
            state.reader.take()
        };
        wake(waker);
    }

    fn leave_unread(&self) {
        let (waker, _ring) = {
            let mut state = self.lock();
            state.unread = true;
            (state.writer.take(), std::mem::take(&mut state.ring))
        };
        wake(waker);
    }
}

/// Wakers are foreign code, so they run after the lock is released.
fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

fn park(place: &mut Option<Waker>, cx: &Context<'_>) {
    match place {
        Some(waker) => waker.clone_from(cx.waker()),
        None => *place = Some(cx.waker().clone()),
    }
}

#[cfg(test)]
impl PipeReader {
    /// Bytes of memory, used or not.
    pub(super) fn held(&self) -> usize {
        self.0.lock().ring.capacity()
    }
}

impl AsyncRead for PipeReader {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let coop = ready!(coop::poll_proceed(cx));
        let waker = {
            let mut state = self.0.lock();
            if state.ring.is_empty() && !state.ended && buf.remaining() > 0 {
                park(&mut state.reader, cx);
                return Poll::Pending;
            }
            state.read_into(buf);
            state.writer.take()
        };
        wake(waker);
        coop.made_progress();
        Poll::Ready(Ok(()))
    }
}

impl State {
    fn read_into(&mut self, buf: &mut ReadBuf<'_>) {
        let (first, second) = self.ring.as_slices();
        let mut taken = 0;
        for part in [first, second] {
            let fits = part.get(..part.len().min(buf.remaining())).unwrap_or(part);
            buf.put_slice(fits);
            taken += fits.len();
        }
        self.ring.drain(..taken);
        if self.ring.is_empty() && self.ring.capacity() > KEPT {
            self.ring = VecDeque::new();
        }
    }

    /// Takes what fits of `bufs`.
    fn write_from<'a>(&mut self, bufs: impl Iterator<Item = &'a [u8]>) -> usize {
        let mut room = CAPACITY.saturating_sub(self.ring.len());
        let before = room;
        for buf in bufs {
            let fits = buf.get(..buf.len().min(room)).unwrap_or(buf);
            self.ring.extend(fits);
            room -= fits.len();
        }
        before - room
    }
}

impl PipeWriter {
    fn poll_write_from<'a>(
        &self,
        cx: &mut Context<'_>,
        empty: bool,
        bufs: impl Iterator<Item = &'a [u8]>,
    ) -> Poll<io::Result<usize>> {
        let coop = ready!(coop::poll_proceed(cx));
        let (written, waker) = {
            let mut state = self.0.lock();
            if state.unread || state.ended {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            if empty {
                return Poll::Ready(Ok(0));
            }
            if state.ring.len() >= CAPACITY {
                park(&mut state.writer, cx);
                return Poll::Pending;
            }
            (state.write_from(bufs), state.reader.take())
        };
        wake(waker);
        coop.made_progress();
        Poll::Ready(Ok(written))
    }
}

impl AsyncWrite for PipeWriter {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_from(cx, buf.is_empty(), std::iter::once(buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let empty = bufs.iter().all(|buf| buf.is_empty());
        self.poll_write_from(cx, empty, bufs.iter().map(|buf| &**buf))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.end();
        Poll::Ready(Ok(()))
    }
}

impl Drop for PipeReader {
    fn drop(&mut self) {
        self.0.leave_unread();
    }
}

impl Drop for PipeWriter {
    fn drop(&mut self) {
        self.0.end();
    }
}
