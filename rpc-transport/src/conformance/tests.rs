//! The suite finds what it is there to find: each broken transport fails the case that is about its fault.

use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures::FutureExt;
use futures::future::BoxFuture;
use rpc_core::{Endpoint, Link, LinkReader, LinkWriter, Listener, Transport};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{Subject, cases};
use crate::MemTransport;

/// One way in which a transport can be wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    KeepsFirstReadWaker,
    KeepsFirstWriteWaker,
    FlipsABit,
    EndsOnce,
    IgnoresShutdown,
    LosesCancelledAccept,
    KeepsAddress,
    SharesAddress,
    IgnoresParameters,
}

/// Whether the case `name` passes on a transport with `fault`.
async fn passes(fault: Fault, name: &str) -> bool {
    let subject = Subject::new(Arc::new(Broken(fault)), || Endpoint::new("mem", ""));
    let case = cases().into_iter().find(|case| case.name == name).expect("a case of this name");
    AssertUnwindSafe(case.run(&subject)).catch_unwind().await.is_ok()
}

// Time is paused, so that a hang costs none: the clock jumps to the hang guard when nothing runs any more.
#[tokio::test(start_paused = true)]
async fn each_fault_is_found() {
    for (fault, name) in [
        (Fault::KeepsFirstReadWaker, "latest_waker_of_a_read"),
        (Fault::KeepsFirstWriteWaker, "latest_waker_of_a_write"),
        (Fault::FlipsABit, "echo_with_short_reads_and_writes"),
        (Fault::EndsOnce, "end_is_told_again_and_again"),
        (Fault::IgnoresShutdown, "half_close"),
        (Fault::LosesCancelledAccept, "cancelled_accept"),
        (Fault::KeepsAddress, "address_is_free_after_drop"),
        (Fault::KeepsAddress, "nobody_listening"),
        (Fault::KeepsAddress, "connections_that_wait_end_with_the_listener"),
        (Fault::SharesAddress, "address_in_use"),
        (Fault::IgnoresParameters, "parameters"),
    ] {
        assert!(passes(Fault::None, name).await, "{name} fails without a fault");
        assert!(!passes(fault, name).await, "{name} passes in spite of its fault");
    }
}

struct Broken(Fault);

impl Transport for Broken {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async move {
            let endpoint = self.seen(endpoint);
            Ok(break_link(MemTransport.connect(&endpoint).await?, self.0))
        }
        .boxed()
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        async move {
            let endpoint = self.seen(endpoint);
            let inner = match MemTransport.listen(&endpoint).await {
                Err(_) if self.0 == Fault::SharesAddress => {
                    MemTransport.listen(&Endpoint::new("mem", "")).await?
                }
                other => other?,
            };
            Ok(Box::new(BrokenListener { inner: Some(inner), fault: self.0 }) as Box<dyn Listener>)
        }
        .boxed()
    }
}

impl Broken {
    fn seen(&self, endpoint: &Endpoint) -> Endpoint {
        match self.0 {
            Fault::IgnoresParameters => Endpoint::new(endpoint.scheme(), endpoint.address()),
            _ => endpoint.clone(),
        }
    }
}

struct BrokenListener {
    inner: Option<Box<dyn Listener>>,
    fault: Fault,
}

impl Listener for BrokenListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        async {
            let link = self.inner.as_mut().expect("there until drop").accept().await?;
            if self.fault == Fault::LosesCancelledAccept {
                tokio::task::yield_now().await;
            }
            Ok(break_link(link, self.fault))
        }
        .boxed()
    }

    fn endpoint(&self) -> Endpoint {
        self.inner.as_ref().expect("there until drop").endpoint()
    }
}

impl Drop for BrokenListener {
    fn drop(&mut self) {
        if self.fault == Fault::KeepsAddress {
            std::mem::forget(self.inner.take());
        }
    }
}

fn break_link(link: Link, fault: Fault) -> Link {
    let reader = BrokenReader { inner: link.reader, fault, waker: None, ended: false };
    let writer = BrokenWriter { inner: link.writer, fault, waker: None, written: 0 };
    Link::new(reader, writer, link.peer)
}

struct BrokenReader {
    inner: LinkReader,
    fault: Fault,
    waker: Option<Waker>,
    ended: bool,
}

impl AsyncRead for BrokenReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.ended && self.fault == Fault::EndsOnce {
            return Poll::Pending;
        }
        let first = self.waker.get_or_insert_with(|| cx.waker().clone()).clone();
        let waker = if self.fault == Fault::KeepsFirstReadWaker { &first } else { cx.waker() };
        let cx = &mut Context::from_waker(waker);
        let before = buf.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buf);
        self.ended = read.is_ready() && buf.filled().len() == before;
        read
    }
}

struct BrokenWriter {
    inner: LinkWriter,
    fault: Fault,
    waker: Option<Waker>,
    written: usize,
}

impl AsyncWrite for BrokenWriter {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let first = self.waker.get_or_insert_with(|| cx.waker().clone()).clone();
        let waker = if self.fault == Fault::KeepsFirstWriteWaker { &first } else { cx.waker() };
        let cx = &mut Context::from_waker(waker);
        let mut bytes = buf.to_vec();
        if self.fault == Fault::FlipsABit && self.written > 500_000 {
            bytes.iter_mut().take(1).for_each(|byte| *byte ^= 1);
        }
        let written = std::task::ready!(Pin::new(&mut self.inner).poll_write(cx, &bytes))?;
        self.written += written;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.fault {
            Fault::IgnoresShutdown => Poll::Ready(Ok(())),
            _ => Pin::new(&mut self.inner).poll_shutdown(cx),
        }
    }
}
