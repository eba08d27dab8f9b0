#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{self, Poll};
use std::time::Duration;

use tokio::io::{AsyncWrite, DuplexStream};

use super::{CallStart, Connection};
use crate::codec::Codec;
use crate::proto::{Ending, Form, OutgoingCall, Side};
use crate::server::{HandlerFuture, Incoming, Reply, Router};
use crate::{Limits, Link, MethodDescriptor, Service, ServiceDescriptor};

mod blocks;
mod cancel;
mod left;
mod streams;

/// A service whose every method is served by `dispatch`.
struct Served<F> {
    descriptor: &'static ServiceDescriptor,
    dispatch: F,
}

impl<F> Service for Served<F>
where
    F: Fn(Incoming) -> HandlerFuture + Send + Sync + 'static,
{
    fn descriptor(&self) -> &'static ServiceDescriptor {
        self.descriptor
    }

    fn dispatch(&self, incoming: Incoming) -> HandlerFuture {
        (self.dispatch)(incoming)
    }
}

/// A writer that counts how often it is written to.
struct Counting {
    inner: tokio::io::WriteHalf<DuplexStream>,
    writes: Arc<AtomicUsize>,
}

impl AsyncWrite for Counting {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writes.fetch_add(1, Ordering::Relaxed);
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// A client's connection to a server with one service.
pub(super) struct Pair {
    pub(super) client: Arc<Connection>,
    server: Arc<Connection>,
    client_writes: Arc<AtomicUsize>,
    server_writes: Arc<AtomicUsize>,
    server_task: tokio::task::JoinHandle<()>,
}

pub(super) async fn connect<F>(descriptor: &'static ServiceDescriptor, dispatch: F) -> Pair
where
    F: Fn(Incoming) -> HandlerFuture + Send + Sync + 'static,
{
    connect_to(Served { descriptor, dispatch }).await
}

async fn connect_to(service: impl Service) -> Pair {
    let limits = Arc::new(Limits::default());
    let serving = Arc::new(Router::new(vec![Arc::new(service)]).unwrap());
    let (near, far) = tokio::io::duplex(256 << 10);
    let (near, client_writes) = link(near);
    let (far, server_writes) = link(far);
    let (client, task) =
        Connection::new(near, (Side::Client, Codec::Postcard), Arc::clone(&limits), Arc::default());
    tokio::spawn(task);
    let (server, task) = Connection::new(far, (Side::Server, Codec::Postcard), limits, serving);
    let server_task = tokio::spawn(task);
    client.established().await.unwrap();
    Pair { client, server, client_writes, server_writes, server_task }
}

fn link(end: DuplexStream) -> (Link, Arc<AtomicUsize>) {
    let (reader, inner) = tokio::io::split(end);
    let writes = Arc::new(AtomicUsize::new(0));
    (Link::new(reader, Counting { inner, writes: Arc::clone(&writes) }, "test"), writes)
}

impl Pair {
    /// Begins a call without arguments.
    async fn start(&self, method: &'static MethodDescriptor) -> u32 {
        self.start_within(method, None).await
    }

    async fn start_within(&self, method: &'static MethodDescriptor, timeout: Option<Duration>) -> u32 {
        let begun = poll_fn(|cx| {
            let now = crate::clock::now();
            let mut call = OutgoingCall {
                method,
                form: Form::of(Codec::Postcard),
                deadline: timeout.map(|timeout| now + timeout),
                timeout: timeout.map(crate::clock::millis),
                metadata: &[],
                body: &mut Vec::new(),
                block: None,
            };
            Poll::Ready(self.client.start_call(now, &mut call, None, cx.waker()))
        });
        match begun.await {
            CallStart::Begun(call) => call,
            _ => panic!("the call does not begin"),
        }
    }

    async fn end(&self, call: u32) -> Ending {
        poll_fn(|cx| self.client.poll_call(call, cx.waker())).await
    }
}

pub(super) fn done() -> Reply {
    Reply::refused(crate::wire::RefusalReason::Other, "")
}
