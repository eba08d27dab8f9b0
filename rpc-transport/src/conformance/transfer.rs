//! Bytes arrive, all of them, in order, both ways.

use futures::future::join;
use rpc_core::{Link, LinkReader, LinkWriter};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::Subject;
use super::subject::{assert_carries, echo};
use crate::random::Random;

pub(super) async fn echo_with_short_reads_and_writes(subject: &Subject) {
    let mut random = Random::printed();
    let sent = random.bytes(1 << 20);
    let (client, server) = subject.pair().await;
    let server = tokio::spawn(echo(server));
    let (_, received) =
        join(send_in_pieces(client.writer, &sent, random.clone()), receive_in_pieces(client.reader, random))
            .await;
    assert!(sent == received, "what came back is not what was sent");
    server.await.expect("the echo");
}

pub(super) async fn both_directions_at_once(subject: &Subject) {
    const EACH_WAY: usize = 8 << 20;
    let (client, server) = subject.pair().await;
    let one_end = |link: Link, own: u8, others: u8| {
        let Link { mut reader, mut writer, .. } = link;
        let send = async move {
            writer.write_all(&vec![own; EACH_WAY]).await.expect("writing");
            writer.shutdown().await.expect("ending the direction");
            writer
        };
        let receive = async move {
            let mut all = Vec::new();
            reader.read_to_end(&mut all).await.expect("reading");
            assert_eq!(all.len(), EACH_WAY);
            assert!(all.iter().all(|byte| *byte == others), "a byte of the wrong direction");
            reader
        };
        tokio::spawn(async move { join(send, receive).await })
    };
    let (client, server) = (one_end(client, 1, 2), one_end(server, 2, 1));
    // The halves live until both ends are done: closing is another case's subject.
    let _halves = (client.await.expect("the client"), server.await.expect("the server"));
}

pub(super) async fn halves_on_different_threads(subject: &Subject) {
    const BYTES: usize = 1 << 20;
    let (client, server) = subject.pair().await;
    let server = tokio::spawn(echo(server));
    let runtime = tokio::runtime::Handle::current();
    let Link { mut reader, mut writer, .. } = client;
    let writing = tokio::task::spawn_blocking({
        let runtime = runtime.clone();
        move || {
            runtime.block_on(async {
                for byte in 0..=u8::MAX {
                    writer.write_all(&[byte; BYTES / 256]).await.expect("writing");
                }
                writer.shutdown().await.expect("ending the direction");
            });
            writer
        }
    });
    let reading = tokio::task::spawn_blocking(move || {
        let mut all = Vec::new();
        runtime.block_on(reader.read_to_end(&mut all)).expect("reading");
        all
    });
    let received = reading.await.expect("the reading thread");
    drop(writing.await.expect("the writing thread"));
    assert_eq!(received.len(), BYTES);
    assert!(received.is_sorted(), "bytes out of order");
    server.await.expect("the echo");
}

pub(super) async fn zero_byte_write(subject: &Subject) {
    let (mut client, mut server) = subject.pair().await;
    for _ in 0..3 {
        let written = client.writer.write(&[]).await.expect("a write of nothing");
        assert_eq!(written, 0);
        assert_carries(&mut client, &mut server).await;
    }
}

async fn send_in_pieces(mut writer: LinkWriter, mut bytes: &[u8], mut random: Random) -> LinkWriter {
    while !bytes.is_empty() {
        let piece = bytes.get(..random.up_to(3000)).unwrap_or(bytes);
        let written = writer.write(piece).await.expect("writing");
        assert!(written > 0, "a write of bytes took none");
        bytes = bytes.get(written..).expect("a write took no more than it was given");
    }
    writer.shutdown().await.expect("ending the direction");
    writer
}

async fn receive_in_pieces(mut reader: LinkReader, mut random: Random) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let mut piece = vec![0; random.up_to(3000)];
        match reader.read(&mut piece).await.expect("reading") {
            0 => return all,
            read => all.extend_from_slice(piece.get(..read).expect("a read gave no more than fits")),
        }
    }
}
