#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::io::{ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures::FutureExt;
use futures::future::{BoxFuture, poll_fn};
use rpc_core::{Endpoint, Listener, Transport};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::MemTransport;
use super::pipe::{CAPACITY, pipe};

fn endpoint(text: &str) -> Endpoint {
    text.parse().unwrap()
}

async fn poll_once<T>(future: &mut BoxFuture<'_, T>) -> Poll<T> {
    poll_fn(|cx| Poll::Ready(future.poll_unpin(cx))).await
}

async fn listen(text: &str) -> Box<dyn Listener> {
    MemTransport.listen(&endpoint(text)).await.unwrap()
}

#[tokio::test]
async fn without_a_name_each_listener_has_a_fresh_one() {
    let (one, other) = (listen("mem://").await, listen("mem://").await);
    assert_ne!(one.endpoint(), other.endpoint());
    for listener in [&one, &other] {
        assert!(!listener.endpoint().address().is_empty());
        MemTransport.connect(&listener.endpoint()).await.unwrap();
    }
}

#[tokio::test]
async fn a_fresh_name_is_never_one_that_a_user_has() {
    let last = listen("mem://").await.endpoint();
    let number: u64 = last.address().strip_prefix("fresh-").unwrap().parse().unwrap();
    let mut taken = Vec::new();
    for next in number + 1..number + 20 {
        // Another test may have it.
        taken.extend(MemTransport.listen(&endpoint(&format!("mem://fresh-{next}"))).await.ok());
    }
    for _ in 0..20 {
        taken.push(listen("mem://").await);
    }
}

#[tokio::test]
async fn messages_name_the_endpoint() {
    let _listener = listen("mem://messages").await;
    let used = MemTransport.listen(&endpoint("mem://messages")).await.err().unwrap();
    assert_eq!(
        used.to_string(),
        "somebody in this process listens on `mem://messages` already: take another name"
    );
    let refused = MemTransport.connect(&endpoint("mem://massages")).await.unwrap_err();
    assert_eq!(refused.to_string(), "nobody in this process listens on `mem://massages`");
    let nameless = MemTransport.connect(&endpoint("mem://")).await.unwrap_err();
    assert_eq!(nameless.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn a_full_backlog_makes_connect_wait_until_there_is_room_or_nobody_listens() {
    let mut listener = listen("mem://").await;
    let endpoint = listener.endpoint();
    let mut links = Vec::new();
    for _ in 0..1024 {
        links.push(MemTransport.connect(&endpoint).await.unwrap());
    }
    let mut waiting = MemTransport.connect(&endpoint);
    assert!(poll_once(&mut waiting).await.is_pending(), "more than the backlog");
    // A connect that was dropped while it waited has left no place taken.
    let dropped = MemTransport.connect(&endpoint);
    drop(dropped);

    listener.accept().await.unwrap();
    waiting.await.unwrap();

    let mut waiting = MemTransport.connect(&endpoint);
    assert!(poll_once(&mut waiting).await.is_pending(), "more than the backlog");
    drop(listener);
    assert_eq!(waiting.await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn it_works_without_a_tokio_runtime() {
    let listener = listen("mem://").now_or_never().unwrap();
    let endpoint = listener.endpoint();
    let mut client = MemTransport.connect(&endpoint).now_or_never().unwrap().unwrap();
    client.writer.write_all(b"x").now_or_never().unwrap().unwrap();
}

#[tokio::test]
async fn a_pipe_holds_64_kib_and_takes_vectored_writes() {
    let (mut writer, mut reader) = pipe();
    let mut cx = Context::from_waker(Waker::noop());
    let kib = [1; 1 << 10];
    let mut held = 0;
    loop {
        let bufs = [IoSlice::new(&kib), IoSlice::new(&[]), IoSlice::new(&kib), IoSlice::new(&kib)];
        match Pin::new(&mut writer).poll_write_vectored(&mut cx, &bufs) {
            Poll::Ready(written) => held += written.unwrap(),
            Poll::Pending => break,
        }
    }
    assert_eq!(held, CAPACITY);
    writer.shutdown().await.unwrap();
    assert_eq!(writer.write(b"x").await.unwrap_err().kind(), ErrorKind::BrokenPipe);
    let mut all = Vec::new();
    reader.read_to_end(&mut all).await.unwrap();
    assert!(all.len() == CAPACITY && all.iter().all(|byte| *byte == 1));
}

#[tokio::test]
async fn an_idle_pipe_holds_next_to_nothing() {
    let (mut writer, mut reader) = pipe();
    writer.write_all(&[1; CAPACITY]).await.unwrap();
    reader.read_exact(&mut [0; CAPACITY]).await.unwrap();
    assert!(reader.held() <= 1 << 10, "{}", reader.held());
}
