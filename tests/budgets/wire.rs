//! What goes over a connection, seen from the client.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use farcall::{Endpoint, Link, LinkReader, LinkWriter, Listener, Server, Transport, TransportRegistry};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::scenario::{Adder, AddingClient, AddingServer, Scenario};

pub(crate) fn bytes_per_call(scenario: Scenario) -> Vec<(String, f64)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let counts = runtime.block_on(count(scenario));
    let directions = ["requests", "replies"].into_iter().zip(counts);
    directions.map(|(direction, bytes)| (format!("{direction}.{scenario}"), bytes)).collect()
}

async fn count(scenario: Scenario) -> [f64; 2] {
    let server = Server::builder().service(AddingServer::new(Adder::default())).listen("mem://");
    let server = server.start().await.unwrap();
    let scales =
        Scales { inner: TransportRegistry::global(), sent: Arc::default(), received: Arc::default() };
    let client = AddingClient::builder(server.endpoints()).transport(Arc::new(scales.clone()));
    let client = client.connect().await.unwrap();
    // The connection is greeted, and what a method needs once is done.
    scenario.call(&client, CALLS).await;
    let before = scales.read();
    scenario.call(&client, CALLS).await;
    let after = scales.read();
    [0, 1].map(|way| (after[way] - before[way]) as f64 / f64::from(CALLS))
}

/// Counts what the connections carry that clients make.
#[derive(Clone)]
struct Scales {
    inner: Arc<dyn Transport>,
    sent: Arc<AtomicU64>,
    received: Arc<AtomicU64>,
}

impl Scales {
    fn read(&self) -> [u64; 2] {
        [&self.sent, &self.received].map(|count| count.load(Ordering::Relaxed))
    }
}

impl Transport for Scales {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async move {
            let link = self.inner.connect(endpoint).await?;
            let reader = Reader { inner: link.reader, count: Arc::clone(&self.received) };
            let writer = Writer { inner: link.writer, count: Arc::clone(&self.sent) };
            Ok(Link::new(reader, writer, link.peer))
        }
        .boxed()
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        self.inner.listen(endpoint)
    }
}

struct Reader {
    inner: LinkReader,
    count: Arc<AtomicU64>,
}

impl AsyncRead for Reader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(cx, buf);
        self.count.fetch_add((buf.filled().len() - before) as u64, Ordering::Relaxed);
        polled
    }
}

struct Writer {
    inner: LinkWriter,
    count: Arc<AtomicU64>,
}

impl AsyncWrite for Writer {
    // A vectored write comes here too, by default.
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(cx, buf);
        if let Poll::Ready(Ok(count)) = polled {
            self.count.fetch_add(count as u64, Ordering::Relaxed);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

const CALLS: u32 = 6_400;
