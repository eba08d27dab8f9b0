//! What a connection hears that is not taken.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::Link;

/// Writes `words`; what is written of them stays so if this is dropped.
pub(super) async fn say(link: &mut Link, mut words: &[u8]) -> io::Result<()> {
    while !words.is_empty() {
        let written = poll_fn(|cx| Pin::new(&mut link.writer).poll_write(cx, words)).await?;
        words = words.get(written..).filter(|_| written > 0).ok_or(io::ErrorKind::WriteZero)?;
    }
    Ok(())
}

/// Writes `words`, hears the peer out, up to a limit, and hangs up.
pub(super) async fn say_and_hang_up(mut link: Link, words: &[u8]) -> io::Result<()> {
    say(&mut link, words).await?;
    poll_fn(|cx| Pin::new(&mut link.writer).poll_shutdown(cx)).await?;
    // Hanging up on what the client has said would be a reset, which may destroy the words before it.
    let mut left = HEARD_BYTES;
    let mut page = [0; 1024];
    while left > 0 {
        let mut read = ReadBuf::new(&mut page);
        poll_fn(|cx| Pin::new(&mut link.reader).poll_read(cx, &mut read)).await?;
        match read.filled().len() {
            0 => break,
            count => left = left.saturating_sub(count),
        }
    }
    Ok(())
}

const HEARD_BYTES: usize = 64 << 10;
