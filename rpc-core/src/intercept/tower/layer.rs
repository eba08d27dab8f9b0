use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};

use tower_layer::Layer;
use tower_service::Service;

use super::NextService;
use super::error::into_rpc_error;
use crate::RpcError;
use crate::intercept::{Interceptor, Next, Request, Response};

/// A layer of `tower` as an interceptor.
///
/// The layer is applied once, and every call uses a clone of the service that came of it: so what clones share, such as
/// the semaphore of tower's concurrency limit, all calls share. A service that cannot be cloned, such as tower's rate
/// limit, needs a `tower::buffer::BufferLayer` around it. `poll_ready` is awaited before each call; one that is dropped
/// while it waits takes its clone with it, and leaves no permit behind.
///
/// Several layers are one, made by `tower::ServiceBuilder` or as a tuple. Layers have to pass on the request that they
/// got; those that make copies of requests, such as tower's retries, do not fit.
///
/// # Errors
///
/// A layer's error becomes an [`RpcError`]: one in its chain of sources as it is; an `Elapsed`, as tower's and tokio's
/// timeouts give it, `DeadlineExceeded`; an `Overloaded`, as tower's load shedding gives it, `ResourceExhausted`; any
/// other `Internal`, with the error as its source. `Elapsed` and `Overloaded` are told by their `Debug` text, since
/// farcall does not depend on tower.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use std::time::Duration;
/// use farcall::intercept::TowerLayer;
/// use tower::limit::ConcurrencyLimitLayer;
/// use tower::timeout::TimeoutLayer;
///
/// let layers = tower::ServiceBuilder::new()
///     .layer(TimeoutLayer::new(Duration::from_secs(1)))
///     .layer(ConcurrencyLimitLayer::new(16));
/// let interceptor = TowerLayer::new(layers);
/// # let _ = interceptor;
/// ```
pub struct TowerLayer<S> {
    /// Locked while it is cloned.
    service: Mutex<S>,
}

impl<S> TowerLayer<S> {
    /// Puts `layer` around what is further in.
    pub fn new<L: Layer<NextService, Service = S>>(layer: L) -> Self {
        Self { service: Mutex::new(layer.layer(NextService)) }
    }
}

impl<S> Interceptor for TowerLayer<S>
where
    S: Service<Request, Response = Response, Future: Send> + Clone + Send + 'static,
    S::Error: Into<Box<dyn Error + Send + Sync>> + Send,
{
    async fn intercept(&self, mut request: Request, next: Next) -> Result<Response, RpcError> {
        let method = request.parts.method();
        request.next = Some(Box::new(next));
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let answered = match poll_fn(|cx| service.poll_ready(cx)).await {
            Ok(()) => {
                let called = service.call(request);
                drop(service);
                called.await
            }
            Err(error) => Err(error),
        };
        answered.map_err(|error| into_rpc_error(method, error.into()))
    }
}

impl<S> fmt::Debug for TowerLayer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TowerLayer({})", std::any::type_name::<S>())
    }
}
