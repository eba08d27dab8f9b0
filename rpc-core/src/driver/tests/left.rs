//! Calls that were taken to be started, and are left since the peer takes no answers.

use std::collections::BTreeSet;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::io::{AsyncWrite, DuplexStream, WriteHalf};
use tokio::time::timeout;

use super::{Pair, Served};
use crate::codec::Codec;
use crate::driver::Connection;
use crate::proto::{Ending, Side};
use crate::server::{Reply, Router};
use crate::wire::{CloseCode, ReplyStatus};
use crate::{Limits, Link, MethodDescriptor, ServiceDescriptor};

const SERVICE: (&str, u64) = ("Answers", 1);
static ANSWER: MethodDescriptor = MethodDescriptor::new(SERVICE, ("answer", 2), "");
static DETACHED: MethodDescriptor = MethodDescriptor::new(SERVICE, ("detached", 3), "").with_detached();
static DESCRIPTOR: ServiceDescriptor =
    ServiceDescriptor::new(SERVICE.0, SERVICE.1, "", &[&ANSWER, &DETACHED]);

const SOON: Duration = Duration::from_secs(20);

/// Lets nothing through while it is shut.
#[derive(Default)]
struct Gate(AtomicBool, Mutex<Option<Waker>>);

impl Gate {
    fn shut(&self, shut: bool) {
        self.0.store(shut, Ordering::SeqCst);
        let waker = self.1.lock().unwrap().take();
        waker.into_iter().for_each(Waker::wake);
    }
}

struct Gated(WriteHalf<DuplexStream>, Arc<Gate>);

impl AsyncWrite for Gated {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        *self.1.1.lock().unwrap() = Some(cx.waker().clone());
        if self.1.0.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// A server whose answers go through a gate, and how many handlers it has started.
async fn gated() -> (Pair, Arc<Gate>, Arc<AtomicUsize>) {
    let limits = Limits { max_frame: Limits::FLOOR_FRAME, max_outbound: 64 << 10, ..Limits::default() };
    let started = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&started);
    let dispatch = move |incoming: crate::server::Incoming| {
        counted.fetch_add(1, Ordering::Relaxed);
        incoming.run(|_| async {
            Reply { status: ReplyStatus::Value, metadata: Vec::new(), body: vec![7; 1_000], block: None }
        })
    };
    let router = Router::new(vec![Arc::new(Served { descriptor: &DESCRIPTOR, dispatch })]).unwrap();
    let (near, far) = tokio::io::duplex(1 << 20);
    let (near, client_writes) = super::link(near);
    let gate = Arc::new(Gate::default());
    let (reader, inner) = tokio::io::split(far);
    let far = Link::new(reader, Gated(inner, Arc::clone(&gate)), "test");
    let (client, task) =
        Connection::new(near, (Side::Client, Codec::Postcard), Arc::default(), Arc::default());
    tokio::spawn(task);
    let (server, task) =
        Connection::new(far, (Side::Server, Codec::Postcard), Arc::new(limits), Arc::new(router));
    let server_task = tokio::spawn(task);
    client.established().await.unwrap();
    let pair = Pair { client, server, client_writes, server_writes: Arc::default(), server_task };
    (pair, gate, started)
}

async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn those_that_are_cancelled_are_never_started_and_all_end_once() {
    let (pair, gate, started) = gated().await;
    gate.shut(true);
    let mut calls = Vec::new();
    for _ in 0..300 {
        calls.push(pair.start(&ANSWER).await);
    }
    settle().await;
    let before = started.load(Ordering::Relaxed);
    assert!((60..200).contains(&before), "{before} answers of 1,000 bytes are more than may wait");
    let cancelled: Vec<_> = calls.drain(200..).collect();
    cancelled.iter().rev().for_each(|call| pair.client.cancel_call(*call));
    settle().await;
    gate.shut(false);
    for call in calls {
        let ending = timeout(SOON, pair.end(call)).await.unwrap();
        assert!(matches!(ending, Ending::Replied { status: ReplyStatus::Value, .. }), "{ending:?}");
    }
    timeout(SOON, pair.client.quiet()).await.unwrap();
    timeout(SOON, pair.server.quiet()).await.unwrap();
    assert_eq!(started.load(Ordering::Relaxed), 200);
    // No place is lost: as many may be called again as at first.
    let calls: Vec<_> = futures::future::join_all((0..1_024).map(|_| pair.start(&ANSWER))).await;
    assert_eq!(calls.iter().collect::<BTreeSet<_>>().len(), 1_024);
    for call in calls {
        timeout(SOON, pair.end(call)).await.unwrap();
    }
}

#[tokio::test]
async fn those_of_a_lost_connection_are_never_started() {
    let (pair, gate, started) = gated().await;
    gate.shut(true);
    for number in 0..300 {
        pair.start(if number % 10 == 9 { &DETACHED } else { &ANSWER }).await;
    }
    settle().await;
    let before = started.load(Ordering::Relaxed);
    assert!((60..200).contains(&before), "{before} answers of 1,000 bytes are more than may wait");
    pair.server.close(CloseCode::GoingAway, "the test ends it");
    settle().await;
    gate.shut(false);
    timeout(SOON, pair.server_task).await.unwrap().unwrap();
    let after = started.load(Ordering::Relaxed) - before;
    assert!(after <= 30, "{after} handlers were started for nobody");
}

#[tokio::test]
async fn those_on_the_way_when_the_server_drains_are_answered() {
    let (pair, gate, started) = gated().await;
    gate.shut(true);
    let mut calls = Vec::new();
    for _ in 0..300 {
        calls.push(pair.start(&ANSWER).await);
    }
    settle().await;
    pair.server.drain();
    settle().await;
    gate.shut(false);
    for call in calls {
        let ending = timeout(SOON, pair.end(call)).await.unwrap();
        assert!(matches!(ending, Ending::Replied { status: ReplyStatus::Value, .. }), "{ending:?}");
    }
    timeout(SOON, pair.server.quiet()).await.unwrap();
    assert_eq!(started.load(Ordering::Relaxed), 300);
}

#[tokio::test(start_paused = true)]
async fn those_that_expire_are_never_started() {
    let (pair, gate, started) = gated().await;
    gate.shut(true);
    let mut calls = Vec::new();
    for _ in 0..300 {
        calls.push(pair.start_within(&ANSWER, Some(Duration::from_secs(5))).await);
    }
    settle().await;
    let before = started.load(Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(6)).await;
    gate.shut(false);
    for call in calls {
        assert!(matches!(pair.end(call).await, Ending::Expired { .. }));
    }
    pair.client.quiet().await;
    pair.server.quiet().await;
    assert_eq!(started.load(Ordering::Relaxed), before);
}
