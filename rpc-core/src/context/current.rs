use std::future::Future;

use super::Context;

tokio::task_local! {
    static CURRENT: Context;
}

impl Context {
    /// The context of the handler in which this is called; [`Context::new`] outside of one.
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// Runs `future` with `context` as the current one. Cancel-safe as `future` is.
    pub async fn scope<F: Future>(context: Self, future: F) -> F::Output {
        CURRENT.scope(context, future).await
    }

    /// Runs `work` with `context` as the current one.
    pub fn scope_sync<T>(context: Self, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(context, work)
    }
}
