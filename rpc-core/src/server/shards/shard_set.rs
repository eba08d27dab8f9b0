use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::shard::{Server, Shard};
use crate::{Code, Executed, Fault, RpcError};

/// The shards of one server. They end when this is [stopped](Self::stop) or dropped, and nothing runs on them any more.
pub(in crate::server) struct ShardSet {
    shards: Vec<Shard>,
    /// Where the next search begins, so that equals have their turns.
    next: AtomicUsize,
    stop: watch::Sender<bool>,
    /// Each thread has a receiver: closed means that all have ended.
    alive: watch::Sender<()>,
}

impl ShardSet {
    /// Starts the threads. Cancel-safe: those that were started end.
    pub(in crate::server) async fn start(count: usize) -> Result<Arc<Self>, RpcError> {
        let (stop, alive) = (watch::Sender::new(false), watch::Sender::new(()));
        let mut shards = Vec::with_capacity(count);
        for number in 0..count {
            let server = Server { stop: stop.subscribe(), alive: alive.subscribe() };
            shards.push(Shard::start(number, server).await.map_err(|error| not_started(number, &error))?);
        }
        Ok(Arc::new(Self { shards, next: AtomicUsize::new(0), stop, alive }))
    }

    /// A place for one more connection, on the shard that has the fewest.
    pub(in crate::server) fn seat(&self) -> Option<(Handle, Seat)> {
        let count = self.shards.len();
        let first = self.next.fetch_add(1, Ordering::Relaxed).checked_rem(count)?;
        // The first of equals is taken.
        let shard = self
            .shards
            .iter()
            .cycle()
            .skip(first)
            .take(count)
            .min_by_key(|shard| shard.connections.load(Ordering::Relaxed))?;
        shard.connections.fetch_add(1, Ordering::Relaxed);
        Some((shard.runtime.clone(), Seat(Arc::clone(&shard.connections))))
    }

    /// Ends the threads once nothing runs on them.
    pub(in crate::server) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// The same, and waits for it a little: what handlers have left behind may run for as long as it likes.
    pub(in crate::server) async fn end(&self) {
        self.stop();
        let _in_time = tokio::time::timeout(PATIENCE, self.alive.closed()).await;
    }
}

/// A connection on a shard, which counts as long as this is not dropped.
pub(in crate::server) struct Seat(Arc<AtomicUsize>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn not_started(number: usize, error: &io::Error) -> RpcError {
    RpcError::new(
        Code::Unavailable,
        format!("cannot start shard {number} of the server: {error}; free threads and memory, or take fewer shards"),
    )
    .with_executed(Executed::No)
    .with_fault(Fault::Environment)
}

/// A thread that has nothing left to do ends within milliseconds.
const PATIENCE: Duration = Duration::from_secs(1);
