//! Ends, half closes, and peers that go away.

use futures::future::join;
use rpc_core::Link;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::Subject;

pub(super) async fn half_close(subject: &Subject) {
    const BYTES: usize = 1 << 20;
    for client_ends_first in [true, false] {
        let (client, server) = subject.pair().await;
        let (mut first, mut second) = if client_ends_first { (client, server) } else { (server, client) };
        first.writer.write_all(b"last words").await.expect("writing");
        first.writer.shutdown().await.expect("ending one direction");

        let mut words = Vec::new();
        second.reader.read_to_end(&mut words).await.expect("reading up to the end");
        assert_eq!(words, b"last words");

        let answer = async {
            second.writer.write_all(&vec![7; BYTES]).await.expect("writing in the other direction");
            second.writer.shutdown().await.expect("ending the other direction");
        };
        let mut received = Vec::new();
        let (_, read) = join(answer, first.reader.read_to_end(&mut received)).await;
        read.expect("reading after the own direction has ended");
        assert_eq!(received.len(), BYTES);
    }
}

pub(super) async fn end_is_told_again_and_again(subject: &Subject) {
    let (mut client, mut server) = subject.pair().await;
    client.writer.write_all(b"x").await.expect("writing");
    client.writer.shutdown().await.expect("ending the direction");
    assert_eq!(server.reader.read_u8().await.expect("the byte before the end"), b'x');
    for _ in 0..5 {
        assert_eq!(server.reader.read(&mut [0; 8]).await.expect("the end"), 0);
    }
}

pub(super) async fn peer_gone_while_reading(subject: &Subject) {
    let (client, server) = subject.pair().await;
    for (mut stays, goes) in [(client, server), swapped(subject).await] {
        let reading = tokio::spawn(async move { stays.reader.read(&mut [0; 8]).await });
        // On most runs the reader sleeps by now; if not, the case holds as well.
        tokio::task::yield_now().await;
        drop(goes);
        let read = reading.await.expect("the reading task");
        assert!(matches!(read, Ok(0) | Err(_)), "bytes from a peer that sent none: {read:?}");
    }
}

pub(super) async fn peer_gone_after_part_of_a_frame(subject: &Subject) {
    let (client, server) = subject.pair().await;
    for (mut stays, mut goes) in [(client, server), swapped(subject).await] {
        goes.writer.write_all(b"half a fr").await.expect("writing");
        goes.writer.flush().await.expect("flushing");
        let mut frame = Vec::new();
        let mut part = [0; 9];
        stays.reader.read_exact(&mut part).await.expect("the part that was sent");
        drop(goes);
        // An end or an error, but soon, and no further byte.
        let _ = stays.reader.read_to_end(&mut frame).await;
        assert!(frame.is_empty(), "bytes that nobody sent");
    }
}

pub(super) async fn peer_gone_while_writing(subject: &Subject) {
    let (client, server) = subject.pair().await;
    for (mut stays, goes) in [(client, server), swapped(subject).await] {
        let writing = tokio::spawn(async move {
            let bytes = vec![0; 64 << 10];
            // Buffers between the two take some of it; nobody takes all.
            loop {
                match stays.writer.write(&bytes).await {
                    Ok(0) => return "0 bytes written".to_owned(),
                    Ok(_) => {}
                    Err(error) => return error.to_string(),
                }
            }
        });
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        drop(goes);
        let why = writing.await.expect("the writing task");
        assert!(!why.is_empty(), "an error without a message");
    }
}

/// Two ends with the server's first.
async fn swapped(subject: &Subject) -> (Link, Link) {
    let (client, server) = subject.pair().await;
    (server, client)
}
