use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use futures_core::future::BoxFuture;

use super::{Next, Request, Response, Terminal};
use crate::{Executed, RpcError};

/// What stands around calls; the [module](super) says where, and what it may rely on.
///
/// Functions and closures of the right shape are interceptors:
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::intercept::{Interceptor, Next, Request};
///
/// fn tenant(name: &'static str) -> impl Interceptor {
///     move |mut request: Request, next: Next| {
///         request.parts.metadata.push("tenant", name);
///         async move { next.run(request).await }
///     }
/// }
/// # let _blue = tenant("blue");
/// ```
///
/// A type with a state of its own implements the trait:
///
/// ```
/// # extern crate rpc_core as farcall;
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use farcall::RpcError;
/// use farcall::intercept::{Interceptor, Next, Request, Response};
///
/// #[derive(Default)]
/// struct Count(AtomicU64);
///
/// impl Interceptor for Count {
///     async fn intercept(&self, request: Request, next: Next) -> Result<Response, RpcError> {
///         self.0.fetch_add(1, Ordering::Relaxed);
///         next.run(request).await
///     }
/// }
/// # let _count = Count::default();
/// ```
pub trait Interceptor: Send + Sync + 'static {
    /// Handles one call: calls [`Next::run`] for what is further in, or answers by itself.
    ///
    /// Dropped when the call is cancelled or its deadline passes.
    fn intercept(
        &self,
        request: Request,
        next: Next,
    ) -> impl Future<Output = Result<Response, RpcError>> + Send;
}

impl<F, Fut> Interceptor for F
where
    F: Fn(Request, Next) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Response, RpcError>> + Send,
{
    fn intercept(
        &self,
        request: Request,
        next: Next,
    ) -> impl Future<Output = Result<Response, RpcError>> + Send {
        self(request, next)
    }
}

/// An interceptor whose type is forgotten.
pub(super) trait Erased: Send + Sync {
    fn intercept(
        self: Arc<Self>,
        request: Request,
        next: Next,
    ) -> BoxFuture<'static, Result<Response, RpcError>>;
}

impl<I: Interceptor> Erased for I {
    fn intercept(
        self: Arc<Self>,
        request: Request,
        next: Next,
    ) -> BoxFuture<'static, Result<Response, RpcError>> {
        Box::pin(async move { Interceptor::intercept(&*self, request, next).await })
    }
}

/// What is known of whether the call behind interceptors ran.
struct Ran(Mutex<Executed>);

impl Ran {
    fn set(&self, executed: Executed) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = executed;
    }

    fn get(&self) -> Executed {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Interceptors in their order, the outermost first. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Interceptors(Option<Arc<[Arc<dyn Erased>]>>);

impl Interceptors {
    /// The same with one more, further in than the others.
    #[must_use]
    pub(crate) fn with(&self, interceptor: impl Interceptor) -> Self {
        let added: Arc<dyn Erased> = Arc::new(interceptor);
        Self(Some(self.as_slice().iter().cloned().chain([added]).collect()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn get(&self, position: usize) -> Option<Arc<dyn Erased>> {
        self.as_slice().get(position).cloned()
    }

    /// Sends a call through all of them to `terminal`. Whatever interceptors make of an error, it says what is known of
    /// whether the call ran: whether a caller may repeat it depends on that.
    pub(crate) async fn run(self, request: Request, terminal: Terminal) -> Result<Response, RpcError> {
        let ran = Arc::new(Ran(Mutex::new(Executed::No)));
        let runs = Arc::clone(&ran);
        let terminal: Terminal = Box::new(move |request| {
            Box::pin(async move {
                // So it stays if an interceptor drops this before its end.
                runs.set(Executed::Maybe);
                let result = terminal(request).await;
                runs.set(result.as_ref().map_or_else(RpcError::executed, |_| Executed::Yes));
                result
            })
        });
        let next = Next::new(self, request.parts.method(), terminal);
        next.run(request).await.map_err(|error| error.with_executed(ran.get()))
    }

    fn as_slice(&self) -> &[Arc<dyn Erased>] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl std::fmt::Debug for Interceptors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} interceptors", self.as_slice().len())
    }
}
