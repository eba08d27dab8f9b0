//! The halves of a faulty connection.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use futures::task::AtomicWaker;
use rpc_core::{Link, LinkReader, LinkWriter};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Faults;
use crate::random::Random;

/// Wraps `link`; `number` tells the connections of one transport apart.
pub(super) fn wrap(link: Link, faults: &Faults, number: u64) -> Link {
    let wire = Arc::new(Wire {
        reader: Mutex::new(Some(link.reader)),
        writer: Mutex::new(Some(link.writer)),
        left: AtomicU64::new(faults.cut_after.unwrap_or(u64::MAX)),
        reading: AtomicWaker::new(),
        writing: AtomicWaker::new(),
    });
    let half = |which: u64| Whims {
        pending: faults.pending,
        stalled: false,
        next: None,
        most_bytes: faults.most_bytes,
        random: faults.seed.map(|seed| Random::new(seed ^ Random::new(2 * number + which).next())),
    };
    let reader = FaultyReader { wire: wire.clone(), whims: half(0) };
    let writer = FaultyWriter { wire, whims: half(1) };
    Link::new(reader, writer, link.peer).with_identity(link.identity)
}

/// The connection itself. Each half can take both away, so that a cut closes it although the other half sleeps.
struct Wire {
    reader: Mutex<Option<LinkReader>>,
    writer: Mutex<Option<LinkWriter>>,
    /// Bytes until the cut.
    left: AtomicU64,
    reading: AtomicWaker,
    writing: AtomicWaker,
}

impl Wire {
    /// Counts `bytes`; cuts when they were the last. No lock of a half may be held.
    fn count(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let before = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| match left {
            u64::MAX => None,
            left => Some(left.saturating_sub(bytes)),
        });
        if before.is_ok_and(|before| before <= bytes) {
            self.cut();
        }
    }

    /// Bytes that may still pass; an error once the connection is cut, so that 0 never looks like its end.
    fn pass(&self) -> io::Result<usize> {
        match self.left.load(Ordering::SeqCst) {
            0 => {
                self.cut();
                Err(cut_off())
            }
            left => Ok(usize::try_from(left).unwrap_or(usize::MAX)),
        }
    }

    fn cut(&self) {
        take(&self.reader);
        take(&self.writer);
        self.reading.wake();
        self.writing.wake();
    }
}

fn lock<T>(half: &Mutex<T>) -> MutexGuard<'_, T> {
    half.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Drops what `half` holds, after its lock is released.
fn take<T>(half: &Mutex<Option<T>>) {
    let taken = lock(half).take();
    drop(taken);
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the connection was cut on purpose")
}

/// When a half stalls and how much it takes at once.
struct Whims {
    pending: bool,
    stalled: bool,
    most_bytes: usize,
    random: Option<Random>,
    /// The size of the next read or write, kept until it has happened, so that a seed gives the same sizes whatever
    /// the timing.
    next: Option<usize>,
}

impl Whims {
    /// `Pending` at every other call, and woken at once.
    fn stall(&mut self, cx: &Context<'_>) -> Poll<()> {
        self.stalled = self.pending && !self.stalled;
        if self.stalled {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    }

    fn most(&mut self) -> usize {
        let (random, most_bytes) = (&mut self.random, self.most_bytes);
        *self.next.get_or_insert_with(|| random.as_mut().map_or(most_bytes, |it| it.up_to(most_bytes)))
    }
}

struct FaultyReader {
    wire: Arc<Wire>,
    whims: Whims,
}

impl AsyncRead for FaultyReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.whims.stall(cx));
        let most = self.whims.most().min(self.wire.pass()?).min(buf.remaining());
        self.wire.reading.register(cx.waker());
        let taken = {
            let mut reader = lock(&self.wire.reader);
            let Some(reader) = reader.as_mut() else { return Poll::Ready(Err(cut_off())) };
            let mut part = ReadBuf::new(buf.initialize_unfilled_to(most));
            ready!(Pin::new(reader).poll_read(cx, &mut part))?;
            part.filled().len()
        };
        buf.advance(taken);
        self.whims.next = None;
        self.wire.count(taken);
        Poll::Ready(Ok(()))
    }
}

struct FaultyWriter {
    wire: Arc<Wire>,
    whims: Whims,
}

impl FaultyWriter {
    fn poll_inner<T>(
        &self,
        cx: &mut Context<'_>,
        poll: impl FnOnce(Pin<&mut LinkWriter>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        self.wire.writing.register(cx.waker());
        match lock(&self.wire.writer).as_mut() {
            Some(writer) => poll(Pin::new(writer), cx),
            None => Poll::Ready(Err(cut_off())),
        }
    }
}

impl AsyncWrite for FaultyWriter {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.whims.stall(cx));
        let most = self.whims.most().min(self.wire.pass()?);
        let part = buf.get(..most).unwrap_or(buf);
        let written = ready!(self.poll_inner(cx, |writer, cx| writer.poll_write(cx, part)))?;
        self.whims.next = None;
        self.wire.count(written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.whims.stall(cx));
        self.poll_inner(cx, |writer, cx| writer.poll_flush(cx))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.whims.stall(cx));
        self.poll_inner(cx, |writer, cx| writer.poll_shutdown(cx))
    }
}

/// Dropping one half must drop that half alone, although the other half still holds the wire.
impl Drop for FaultyReader {
    fn drop(&mut self) {
        take(&self.wire.reader);
    }
}

impl Drop for FaultyWriter {
    fn drop(&mut self) {
        take(&self.wire.writer);
    }
}
