//! Bytes to the link, without copying them together.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;

use crate::LinkWriter;
use crate::proto::{Lent, Outgoing};

/// As many pieces as go to the link at once. Of a large frame there are two: its beginning, and its body.
const SLICES: usize = 16;

/// Writes and flushes as far as it goes without waiting. Gives how many bytes were taken.
pub(super) fn write_out(
    writer: &mut LinkWriter,
    cx: &mut Context<'_>,
    lent: Option<&Lent>,
) -> (usize, Poll<io::Result<()>>) {
    let mut count: usize = 0;
    while let Some(out) = lent.map(Lent::outgoing).filter(|out| !out.is_written(count)) {
        match poll_write(writer, cx, out, count) {
            Poll::Pending => return (count, Poll::Pending),
            Poll::Ready(Ok(0)) => return (count, Poll::Ready(Err(io::ErrorKind::WriteZero.into()))),
            Poll::Ready(Ok(taken)) => count = count.saturating_add(taken),
            Poll::Ready(Err(error)) => return (count, Poll::Ready(Err(error))),
        }
    }
    (count, Pin::new(writer).poll_flush(cx))
}

/// Writes what the link takes at once of what is behind the first `skip` bytes, of which there is some.
#[inline]
pub(super) fn poll_write(
    writer: &mut LinkWriter,
    cx: &mut Context<'_>,
    out: &Outgoing,
    skip: usize,
) -> Poll<io::Result<usize>> {
    match out.piece(skip) {
        Some(piece) => Pin::new(writer).poll_write(cx, piece),
        None => poll_write_pieces(writer, cx, out, skip),
    }
}

fn poll_write_pieces(
    writer: &mut LinkWriter,
    cx: &mut Context<'_>,
    out: &Outgoing,
    skip: usize,
) -> Poll<io::Result<usize>> {
    let mut slices = [IoSlice::new(&[]); SLICES];
    let used = out.slices(skip, &mut slices);
    match slices.get(..used).unwrap_or_default() {
        slices @ [_, _, ..] if writer.is_write_vectored() => Pin::new(writer).poll_write_vectored(cx, slices),
        [first, ..] => Pin::new(writer).poll_write(cx, first),
        [] => Poll::Ready(Ok(0)),
    }
}
