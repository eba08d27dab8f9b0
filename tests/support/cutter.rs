use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll};

use farcall::{Endpoint, Link, LinkReader, LinkWriter, Listener, Transport};
use futures::FutureExt;
use futures::future::BoxFuture;
use futures::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Cuts the connections that clients have made when it is told to.
#[derive(Clone)]
pub(crate) struct Cutter {
    inner: Arc<dyn Transport>,
    cords: Arc<Mutex<Vec<Weak<Cord>>>>,
}

impl Cutter {
    pub(crate) fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, cords: Arc::default() }
    }

    pub(crate) fn cut_all(&self) {
        let cords = std::mem::take(&mut *self.cords.lock().unwrap());
        cords.iter().filter_map(Weak::upgrade).for_each(|cord| cord.cut());
    }
}

impl Transport for Cutter {
    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async move {
            let link = self.inner.connect(endpoint).await?;
            let cord = Arc::new(Cord {
                reader: Mutex::new(Some(link.reader)),
                writer: Mutex::new(Some(link.writer)),
                reading: AtomicWaker::new(),
                writing: AtomicWaker::new(),
            });
            self.cords.lock().unwrap().push(Arc::downgrade(&cord));
            Ok(Link::new(Reader(Arc::clone(&cord)), Writer(cord), link.peer))
        }
        .boxed()
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        self.inner.listen(endpoint)
    }
}

struct Cord {
    reader: Mutex<Option<LinkReader>>,
    writer: Mutex<Option<LinkWriter>>,
    reading: AtomicWaker,
    writing: AtomicWaker,
}

impl Cord {
    fn cut(&self) {
        drop(self.reader.lock().unwrap().take());
        drop(self.writer.lock().unwrap().take());
        self.reading.wake();
        self.writing.wake();
    }

    fn poll_writer<T>(
        &self,
        cx: &mut Context<'_>,
        poll: impl FnOnce(Pin<&mut LinkWriter>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        self.writing.register(cx.waker());
        match self.writer.lock().unwrap().as_mut() {
            Some(writer) => poll(Pin::new(writer), cx),
            None => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
        }
    }
}

struct Reader(Arc<Cord>);

impl AsyncRead for Reader {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.0.reading.register(cx.waker());
        match self.0.reader.lock().unwrap().as_mut() {
            Some(reader) => Pin::new(reader).poll_read(cx, buf),
            None => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
        }
    }
}

struct Writer(Arc<Cord>);

impl AsyncWrite for Writer {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.0.poll_writer(cx, |writer, cx| writer.poll_write(cx, buf))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.poll_writer(cx, |writer, cx| writer.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.poll_writer(cx, |writer, cx| writer.poll_shutdown(cx))
    }
}

/// Both halves hold the cord, but each closes only itself.
impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.0.reader.lock().unwrap().take());
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.0.writer.lock().unwrap().take());
    }
}
