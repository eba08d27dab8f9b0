//! Futures of `accept` and `connect` may be dropped at any time.

use std::collections::BTreeSet;

use futures::future::join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::Subject;
use super::subject::{poll_some, serve_echo};

const CONNECTIONS: u8 = 64;

pub(super) async fn cancelled_accept(subject: &Subject) {
    let mut listener = subject.listen().await;
    let endpoint = listener.endpoint();
    let clients = join_all((0..CONNECTIONS).map(|number| {
        let endpoint = &endpoint;
        async move {
            let mut link = subject.connect(endpoint).await;
            link.writer.write_all(&[number]).await.expect("writing");
            link.writer.flush().await.expect("flushing");
            assert_eq!(link.reader.read_u8().await.expect("the answer"), number);
            link
        }
    }));
    let server = async {
        let mut numbers = BTreeSet::new();
        let mut links = Vec::new();
        for round in 0.. {
            if links.len() == usize::from(CONNECTIONS) {
                break;
            }
            // Dropped after 0 to 3 polls.
            let Some(link) = poll_some(&mut listener.accept(), round % 4).await else {
                tokio::task::yield_now().await;
                continue;
            };
            let mut link = link.expect("accepting a connection");
            let number = link.reader.read_u8().await.expect("the number");
            assert!(numbers.insert(number), "the connection {number} was accepted twice");
            link.writer.write_all(&[number]).await.expect("writing");
            link.writer.flush().await.expect("flushing");
            links.push(link);
        }
        links
    };
    let _links = futures::future::join(clients, server).await;
    let more = poll_some(&mut listener.accept(), 10).await;
    assert!(more.is_none(), "a connection that nobody made");
}

pub(super) async fn cancelled_connect(subject: &Subject) {
    let listener = subject.listen().await;
    let endpoint = listener.endpoint();
    let server = tokio::spawn(serve_echo(listener));
    for round in 0..200 {
        // Dropped after 0 to 3 polls.
        drop(poll_some(&mut subject.transport.connect(&endpoint), round % 4).await);
        if round % 20 == 0 {
            let mut link = subject.connect(&endpoint).await;
            link.writer.write_all(b"still here").await.expect("writing");
            link.writer.shutdown().await.expect("ending the direction");
            let mut answer = Vec::new();
            link.reader.read_to_end(&mut answer).await.expect("reading");
            assert_eq!(answer, b"still here");
        }
    }
    server.abort();
}
