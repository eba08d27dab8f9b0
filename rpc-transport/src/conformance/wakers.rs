//! The waker of the latest poll is woken, whatever was polled before.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use rpc_core::{LinkReader, LinkWriter};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::sync::Notify;
use tokio::task::yield_now;

use super::Subject;

/// Stands for a task.
#[derive(Default)]
struct Sleeper(Notify);

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }
}

impl Sleeper {
    fn new() -> (Arc<Self>, Waker) {
        let sleeper = Arc::new(Self::default());
        (sleeper.clone(), sleeper.into())
    }
}

pub(super) async fn latest_waker_of_a_read(subject: &Subject) {
    let (mut client, mut server) = subject.pair().await;
    let (_, earlier) = Sleeper::new();
    let (latest, waker) = Sleeper::new();
    for _ in 0..10 {
        assert!(poll_read(&mut server.reader, &earlier).is_pending(), "a byte that nobody sent");
        assert!(poll_read(&mut server.reader, &waker).is_pending(), "a byte that nobody sent");
        client.writer.write_all(b"x").await.expect("writing");
        client.writer.flush().await.expect("flushing");
        loop {
            latest.0.notified().await;
            if let Poll::Ready(byte) = poll_read(&mut server.reader, &waker) {
                assert_eq!(byte, Some(b'x'));
                break;
            }
        }
    }
}

pub(super) async fn latest_waker_of_a_write(subject: &Subject) {
    let (mut client, mut server) = subject.pair().await;
    let (_, earlier) = Sleeper::new();
    let (latest, waker) = Sleeper::new();
    fill(&mut client.writer, &earlier).await;
    while poll_write(&mut client.writer, &waker).is_ready() {
        yield_now().await;
    }
    let drain = tokio::spawn(async move {
        let mut all = Vec::new();
        server.reader.read_to_end(&mut all).await
    });
    loop {
        latest.0.notified().await;
        if poll_write(&mut client.writer, &waker).is_ready() {
            break;
        }
    }
    client.writer.shutdown().await.expect("ending the direction");
    drain.await.expect("the draining task").expect("reading");
}

/// Writes until nothing is taken any more; a lone `Pending` may have another reason.
async fn fill(writer: &mut LinkWriter, waker: &Waker) {
    let mut refused = 0;
    while refused < 16 {
        refused = if poll_write(writer, waker).is_ready() { 0 } else { refused + 1 };
        yield_now().await;
    }
}

fn poll_write(writer: &mut LinkWriter, waker: &Waker) -> Poll<()> {
    let cx = &mut Context::from_waker(waker);
    Pin::new(writer).poll_write(cx, &[0; 16 << 10]).map(|written| {
        assert_ne!(written.expect("writing"), 0);
    })
}

/// One byte, or `None` at the end.
fn poll_read(reader: &mut LinkReader, waker: &Waker) -> Poll<Option<u8>> {
    let (cx, mut byte) = (&mut Context::from_waker(waker), [0]);
    let mut buf = ReadBuf::new(&mut byte);
    Pin::new(reader).poll_read(cx, &mut buf).map(|read| {
        read.expect("reading");
        buf.filled().first().copied()
    })
}
