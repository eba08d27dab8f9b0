//! Bytes to the link, without copying them together.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;

use crate::LinkWriter;
use crate::proto::Lent;

/// As many pieces as go to the link at once. Of a large frame there are two: its beginning, and its body.
pub(super) const SLICES: usize = 16;

/// Writes and flushes as far as it goes without waiting. Gives how many bytes were taken.
pub(super) fn write_out(
    writer: &mut LinkWriter,
    cx: &mut Context<'_>,
    lent: Option<&Lent>,
) -> (usize, Poll<io::Result<()>>) {
    let mut count: usize = 0;
    loop {
        let mut slices = [IoSlice::new(&[]); SLICES];
        let used = lent.map_or(0, |lent| lent.slices(count, &mut slices));
        if used == 0 {
            break;
        }
        match poll_write_slices(writer, cx, slices.get(..used).unwrap_or_default()) {
            Poll::Pending => return (count, Poll::Pending),
            Poll::Ready(Ok(0)) => return (count, Poll::Ready(Err(io::ErrorKind::WriteZero.into()))),
            Poll::Ready(Ok(taken)) => count = count.saturating_add(taken),
            Poll::Ready(Err(error)) => return (count, Poll::Ready(Err(error))),
        }
    }
    (count, Pin::new(writer).poll_flush(cx))
}

/// Writes what the link takes at once. `slices` are not empty, and neither is any of them.
pub(super) fn poll_write_slices(
    writer: &mut LinkWriter,
    cx: &mut Context<'_>,
    slices: &[IoSlice<'_>],
) -> Poll<io::Result<usize>> {
    match slices {
        [_, _, ..] if writer.is_write_vectored() => Pin::new(writer).poll_write_vectored(cx, slices),
        [first, ..] => Pin::new(writer).poll_write(cx, first),
        [] => Poll::Ready(Ok(0)),
    }
}
