//! The transport that wraps another.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt;
use futures::future::BoxFuture;
use rpc_core::{Endpoint, Link, Listener, Transport, UnboundLink};

use super::Faults;
use super::halves::wrap;

/// A transport whose connections are those of another one, with [`Faults`] on both ends.
///
/// Register it in the place of the other, and a program runs through it unchanged:
///
/// ```
/// use std::sync::Arc;
/// use rpc_transport::faulty::{Faults, FaultyTransport};
/// use rpc_transport::{MemTransport, TransportRegistry};
///
/// let faulty = Arc::new(FaultyTransport::new(Arc::new(MemTransport), Faults::one_byte()));
/// TransportRegistry::default().replace("mem", faulty.clone())?;
/// faulty.set_faults(Faults::none().cut_after(500)); // for later connections
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct FaultyTransport {
    inner: Arc<dyn Transport>,
    shared: Arc<Shared>,
}

struct Shared {
    faults: Mutex<Faults>,
    connections: AtomicU64,
}

impl FaultyTransport {
    /// Wraps `inner`.
    pub fn new(inner: Arc<dyn Transport>, faults: Faults) -> Self {
        Self {
            inner,
            shared: Arc::new(Shared { faults: Mutex::new(faults), connections: AtomicU64::new(0) }),
        }
    }

    /// Changes what happens to the connections that are made from now on.
    pub fn set_faults(&self, faults: Faults) {
        *self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }
}

impl Shared {
    fn wrap(&self, link: Link) -> Link {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone();
        wrap(link, &faults, self.connections.fetch_add(1, Ordering::Relaxed))
    }
}

impl Transport for FaultyTransport {
    fn check_connect(&self, endpoint: &Endpoint) -> io::Result<()> {
        self.inner.check_connect(endpoint)
    }

    fn check_listen(&self, endpoint: &Endpoint) -> io::Result<()> {
        self.inner.check_listen(endpoint)
    }

    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        async move { Ok(self.shared.wrap(self.inner.connect(endpoint).await?)) }.boxed()
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        async move {
            let inner = self.inner.listen(endpoint).await?;
            Ok(Box::new(FaultyListener { inner, shared: self.shared.clone() }) as Box<dyn Listener>)
        }
        .boxed()
    }
}

struct FaultyListener {
    inner: Box<dyn Listener>,
    shared: Arc<Shared>,
}

impl Listener for FaultyListener {
    fn accept(&mut self) -> BoxFuture<'_, io::Result<Link>> {
        async { Ok(self.shared.wrap(self.inner.accept().await?)) }.boxed()
    }

    fn accept_unbound(&mut self) -> BoxFuture<'_, io::Result<UnboundLink>> {
        async {
            let shared = Arc::clone(&self.shared);
            Ok(self.inner.accept_unbound().await?.map(move |link| shared.wrap(link)))
        }
        .boxed()
    }

    fn endpoint(&self) -> Endpoint {
        self.inner.endpoint()
    }
}
