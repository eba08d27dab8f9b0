#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::io::ErrorKind;
use std::sync::Arc;

use futures::future::join;
use rpc_core::{Identity, Link, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::halves::wrap;
use super::{Faults, FaultyTransport};
use crate::MemTransport;

async fn pair(transport: &FaultyTransport) -> (Link, Link) {
    let mut listener = transport.listen(&"mem://".parse().unwrap()).await.unwrap();
    let endpoint = listener.endpoint();
    let (client, server) = join(transport.connect(&endpoint), listener.accept()).await;
    (client.unwrap(), server.unwrap())
}

fn faulty(faults: Faults) -> FaultyTransport {
    FaultyTransport::new(Arc::new(MemTransport), faults)
}

/// The sizes of the reads that it takes to receive `bytes`.
async fn read_sizes(transport: &FaultyTransport, bytes: usize) -> Vec<usize> {
    let (mut client, mut server) = pair(transport).await;
    client.writer.write_all(&vec![1; bytes]).await.unwrap();
    client.writer.shutdown().await.unwrap();
    let mut sizes = Vec::new();
    loop {
        match server.reader.read(&mut [0; 1 << 10]).await.unwrap() {
            0 => return sizes,
            read => sizes.push(read),
        }
    }
}

#[tokio::test]
async fn one_byte_at_a_time() {
    let sizes = read_sizes(&faulty(Faults::one_byte()), 1000).await;
    assert_eq!(sizes, vec![1; 1000]);
}

#[tokio::test]
async fn a_seed_repeats_its_sizes() {
    let run = async |seed| read_sizes(&faulty(Faults::random(seed, 100).without_pending()), 10_000).await;
    let (one, again, other) = (run(1).await, run(1).await, run(2).await);
    assert_eq!(one, again);
    assert_ne!(one, other);
    assert_eq!(one.iter().sum::<usize>(), 10_000);
    assert!(one.iter().all(|size| (1..=100).contains(size)));
}

#[tokio::test]
async fn each_connection_has_sizes_of_its_own() {
    let transport = faulty(Faults::random(1, 100));
    assert_ne!(read_sizes(&transport, 10_000).await, read_sizes(&transport, 10_000).await);
}

#[tokio::test]
async fn a_cut_comes_after_the_bytes_of_both_directions_and_is_seen_by_all() {
    let transport = faulty(Faults::none());
    let mut listener = transport.listen(&"mem://".parse().unwrap()).await.unwrap();
    transport.set_faults(Faults::none().cut_after(10));
    let mut client = transport.connect(&listener.endpoint()).await.unwrap();
    transport.set_faults(Faults::none());
    let mut server = listener.accept().await.unwrap();

    server.writer.write_all(b"1234").await.unwrap();
    client.reader.read_exact(&mut [0; 4]).await.unwrap();
    // The client waits to read while its own write is cut.
    let waiting = async { client.reader.read(&mut [0; 8]).await.unwrap_err().kind() };
    let cut = async { client.writer.write_all(b"567890 and what is lost").await.unwrap_err().kind() };
    assert_eq!(join(waiting, cut).await, (ErrorKind::ConnectionReset, ErrorKind::ConnectionReset));
    assert_eq!(client.writer.flush().await.unwrap_err().kind(), ErrorKind::ConnectionReset);

    let mut received = Vec::new();
    server.reader.read_to_end(&mut received).await.unwrap();
    assert_eq!(received, b"567890");
    assert_eq!(server.writer.write(b"x").await.unwrap_err().kind(), ErrorKind::BrokenPipe);
}

#[tokio::test]
async fn without_a_byte_to_pass_the_connection_is_cut_and_not_ended() {
    let (mut client, _server) = pair(&faulty(Faults::none().cut_after(0))).await;
    assert_eq!(client.reader.read(&mut [0; 8]).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn dropping_a_writer_alone_ends_its_direction() {
    let (client, mut server) = pair(&faulty(Faults::one_byte())).await;
    let Link { reader: _reader, writer, .. } = client;
    drop(writer);
    assert_eq!(server.reader.read(&mut [0; 8]).await.unwrap(), 0);
}

#[test]
fn who_the_peer_is_is_passed_on() {
    let identity = Identity::new("unix", "uid=1000");
    let link =
        Link::new(tokio::io::empty(), tokio::io::sink(), "unix://@calc").with_identity(identity.clone());
    let wrapped = wrap(link, &Faults::one_byte(), 0);
    assert_eq!((wrapped.peer.as_str(), wrapped.identity), ("unix://@calc", Some(identity)));
}
