use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_core::future::BoxFuture;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::connections::Connections;
use super::shards::ShardSet;
use crate::Endpoint;

/// A server at work. Dropping it stops it at once; [`shutdown`](Self::shutdown) lets calls end.
#[must_use = "dropping a server stops it"]
pub struct RunningServer {
    endpoints: Vec<Endpoint>,
    connections: Arc<Connections>,
    accepting: Vec<AbortHandle>,
    /// Each listener goes with a receiver: closed means that all addresses are free.
    listening: watch::Sender<()>,
    /// `None` if the runtime in which the server was started serves.
    shards: Option<Arc<ShardSet>>,
    stopped: watch::Sender<bool>,
}

impl RunningServer {
    pub(super) fn new(
        endpoints: Vec<Endpoint>,
        connections: Arc<Connections>,
        accepting: Vec<AbortHandle>,
        listening: watch::Sender<()>,
        shards: Option<Arc<ShardSet>>,
    ) -> Self {
        Self { endpoints, connections, accepting, listening, shards, stopped: watch::Sender::new(false) }
    }

    /// What clients have to dial, in the order of `listen`: with the real port where 0 was asked for, and the fresh
    /// name where `mem://` had none.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// Waits until [`shutdown`](Self::shutdown) has come to its end. Cancel-safe.
    #[inline(never)]
    pub fn wait(&self) -> impl Future<Output = ()> + Send {
        let waiting: BoxFuture<'_, ()> = Box::pin(async {
            let mut stopped = self.stopped.subscribe();
            // The sender is ours: this ends with `true` only.
            let _stopped = stopped.wait_for(|stopped| *stopped).await;
        });
        waiting
    }

    /// Stops: listens no more, refuses new calls on the connections that there are (`Unavailable`, not executed, so
    /// that clients make them elsewhere), waits for the calls in flight up to `grace`, open streams among them, and
    /// closes.
    ///
    /// Calls that run longer than `grace` are cancelled; their callers get `Unavailable` with
    /// [`Executed::Maybe`](crate::Executed::Maybe). Handlers that are `blocking` and have begun, and those that are
    /// `detached`, run on to their end without a caller, on the runtime that served them. Afterwards the endpoints are
    /// free to be listened on again. Dropped before its end, the server goes on draining; another `shutdown` or
    /// dropping the server ends that.
    ///
    /// [Shards](crate::server::ServerBuilder::shards) have ended as well, but for those on which something runs on:
    /// they are waited for up to 1 s, and end by themselves.
    #[inline(never)]
    pub fn shutdown(&self, grace: Duration) -> impl Future<Output = ()> + Send {
        // Boxed here, so that it is compiled once and not in every crate that has a server. So is `wait`.
        let stopping: BoxFuture<'_, ()> = Box::pin(self.stop(grace));
        stopping
    }

    async fn stop(&self, grace: Duration) {
        for accepting in &self.accepting {
            accepting.abort();
        }
        // An abort takes effect a little later; until then one more connection may come in.
        self.listening.closed().await;
        self.connections.drain();
        let in_time = tokio::time::timeout(grace, self.connections.quiet()).await.is_ok();
        let text = if in_time {
            "the server was shut down"
        } else {
            "the server was shut down; its grace period is over"
        };
        self.connections.close(text);
        self.connections.gone().await;
        if let Some(shards) = &self.shards {
            shards.end().await;
        }
        self.stopped.send_replace(true);
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        for accepting in &self.accepting {
            accepting.abort();
        }
        self.connections.abort();
        if let Some(shards) = &self.shards {
            shards.stop();
        }
    }
}

impl std::fmt::Debug for RunningServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningServer").field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}
