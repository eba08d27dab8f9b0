//! Transports that let a test look at the connections, and hold them up.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use farcall::{Endpoint, Link, LinkReader, LinkWriter, Listener, Transport};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;

/// Counts the connections of a server, and those that were made.
#[derive(Clone)]
pub(crate) struct Watched {
    inner: Arc<dyn Transport>,
    /// That the server has now.
    open: Arc<watch::Sender<usize>>,
    /// That either end ever had.
    made: Arc<watch::Sender<usize>>,
}

impl Watched {
    pub(crate) fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, open: Arc::new(watch::Sender::new(0)), made: Arc::new(watch::Sender::new(0)) }
    }

    /// Waits until the server has so many connections.
    pub(crate) async fn until_open(&self, count: usize) {
        self.open.subscribe().wait_for(|open| *open == count).await.unwrap();
    }

    /// Waits until that many ends of connections have been made.
    pub(crate) async fn until_made(&self, count: usize) {
        self.made.subscribe().wait_for(|made| *made >= count).await.unwrap();
    }

    /// Ends of connections that were ever made.
    pub(crate) fn made(&self) -> usize {
        *self.made.borrow()
    }
}

impl Transport for Watched {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async move {
            let link = self.inner.connect(endpoint).await?;
            self.made.send_modify(|made| *made += 1);
            Ok(link)
        }
        .boxed()
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        async move {
            let inner = self.inner.listen(endpoint).await?;
            Ok(Box::new(WatchedListener { inner, watched: self.clone() }) as Box<dyn Listener>)
        }
        .boxed()
    }
}

struct WatchedListener {
    inner: Box<dyn Listener>,
    watched: Watched,
}

impl Listener for WatchedListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        async {
            let link = self.inner.accept().await?;
            self.watched.open.send_modify(|open| *open += 1);
            self.watched.made.send_modify(|made| *made += 1);
            let reader = CountedReader { inner: link.reader, open: Arc::clone(&self.watched.open) };
            Ok(Link { reader: Box::new(reader), ..link })
        }
        .boxed()
    }

    fn endpoint(&self) -> Endpoint {
        self.inner.endpoint()
    }
}

struct CountedReader {
    inner: LinkReader,
    open: Arc<watch::Sender<usize>>,
}

impl AsyncRead for CountedReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl Drop for CountedReader {
    fn drop(&mut self) {
        self.open.send_modify(|open| *open -= 1);
    }
}

/// Holds back what clients write while it is shut: to them the peer looks as if it took no bytes.
#[derive(Clone)]
pub(crate) struct Valve {
    inner: Arc<dyn Transport>,
    state: Arc<ValveState>,
}

#[derive(Default)]
struct ValveState {
    shut: AtomicBool,
    stuck: Mutex<Vec<Waker>>,
}

impl Valve {
    pub(crate) fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, state: Arc::default() }
    }

    pub(crate) fn shut(&self) {
        self.state.shut.store(true, Ordering::SeqCst);
    }

    pub(crate) fn open(&self) {
        let mut stuck = self.state.stuck.lock().unwrap();
        self.state.shut.store(false, Ordering::SeqCst);
        stuck.drain(..).for_each(Waker::wake);
    }
}

impl Transport for Valve {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async move {
            let link = self.inner.connect(endpoint).await?;
            let writer = ValveWriter { inner: link.writer, state: Arc::clone(&self.state) };
            Ok(Link { writer: Box::new(writer), ..link })
        }
        .boxed()
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        self.inner.listen(endpoint)
    }
}

struct ValveWriter {
    inner: LinkWriter,
    state: Arc<ValveState>,
}

impl AsyncWrite for ValveWriter {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        {
            let mut stuck = self.state.stuck.lock().unwrap();
            if self.state.shut.load(Ordering::SeqCst) {
                stuck.push(cx.waker().clone());
                return Poll::Pending;
            }
        }
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
