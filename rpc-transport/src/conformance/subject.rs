//! What is tested, and what every case needs.

use std::io;
use std::sync::Arc;
use std::task::Poll;

use futures::FutureExt;
use futures::future::{BoxFuture, join, poll_fn};
use rpc_core::{Endpoint, Link, Listener, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A transport under test.
pub struct Subject {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) invalid: Vec<Endpoint>,
    fresh: Box<dyn Fn() -> Endpoint + Send + Sync>,
}

impl Subject {
    /// A transport, and an endpoint on which it can listen: each time another one, or one such as port 0 that stands
    /// for another one each time. Cases run at the same time.
    pub fn new(transport: Arc<dyn Transport>, fresh: impl Fn() -> Endpoint + Send + Sync + 'static) -> Self {
        Self { transport, invalid: Vec::new(), fresh: Box::new(fresh) }
    }

    /// Adds an endpoint that `connect` and `listen` must both refuse as `InvalidInput`.
    pub fn invalid(mut self, endpoint: Endpoint) -> Self {
        self.invalid.push(endpoint);
        self
    }

    pub(super) fn fresh(&self) -> Endpoint {
        (self.fresh)()
    }

    pub(super) async fn listen(&self) -> Box<dyn Listener> {
        self.transport.listen(&self.fresh()).await.expect("listening on a fresh endpoint")
    }

    pub(super) async fn connect(&self, endpoint: &Endpoint) -> Link {
        self.transport.connect(endpoint).await.expect("connecting to a listener")
    }

    /// Two ends of a connection.
    pub(super) async fn pair(&self) -> (Link, Link) {
        let mut listener = self.listen().await;
        self.pair_on(listener.as_mut()).await
    }

    /// Two ends of a connection to `listener`: the client's and the server's.
    pub(super) async fn pair_on(&self, listener: &mut dyn Listener) -> (Link, Link) {
        let endpoint = listener.endpoint();
        let (client, server) = join(self.connect(&endpoint), listener.accept()).await;
        (client, server.expect("accepting a connection"))
    }
}

/// Panics unless both ends of a connection carry a byte each way.
pub(super) async fn assert_carries(one: &mut Link, other: &mut Link) {
    exchange(one, other).await;
    exchange(other, one).await;
}

async fn exchange(from: &mut Link, to: &mut Link) {
    from.writer.write_all(b"?").await.expect("writing a byte");
    from.writer.flush().await.expect("flushing a byte");
    assert_eq!(to.reader.read_u8().await.expect("reading a byte"), b'?');
}

/// Polls up to `polls` times and lets others run in between; `None` if the future is not ready by then.
pub(super) async fn poll_some<T>(future: &mut BoxFuture<'_, T>, polls: usize) -> Option<T> {
    for _ in 0..polls {
        if let Poll::Ready(value) = poll_fn(|cx| Poll::Ready(future.poll_unpin(cx))).await {
            return Some(value);
        }
        tokio::task::yield_now().await;
    }
    None
}

/// Accepts for ever, and sends back each connection's bytes.
pub(super) async fn serve_echo(mut listener: Box<dyn Listener>) {
    loop {
        tokio::spawn(echo(listener.accept().await.expect("accepting a connection")));
    }
}

/// Sends back what comes until the end, and then ends; a connection that breaks is dropped.
pub(super) async fn echo(mut link: Link) {
    let copied: io::Result<_> = async {
        tokio::io::copy(&mut link.reader, &mut link.writer).await?;
        link.writer.shutdown().await
    }
    .await;
    drop(copied);
}
