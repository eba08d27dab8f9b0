use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures::FutureExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::accept::{Acceptor, RateLimit};
use super::router::Router;
use crate::driver::Connection;
use crate::proto::{self, Side};
use crate::wire::CloseCode;
use crate::{Limits, Link};

/// The connections of one server.
pub(super) struct Connections {
    limits: Arc<Limits>,
    router: Arc<Router>,
    state: Mutex<State>,
    /// For connections that are refused and not yet gone.
    refusals: Arc<Semaphore>,
    /// A connection ended.
    ended: Notify,
}

#[derive(Default)]
struct State {
    open: BTreeMap<u64, Entry>,
    next: u64,
    /// Those among `open` that had not said hello when they were last looked at, oldest first.
    handshakes: BTreeSet<u64>,
    stopped: bool,
    refusals_log: RateLimit,
}

struct Entry {
    connection: Arc<Connection>,
    /// `None` while it is being started.
    task: Option<AbortHandle>,
}

/// Accepts for ever.
pub(super) async fn accept(mut acceptor: Acceptor, connections: Arc<Connections>) {
    loop {
        let link = acceptor.accept().await;
        connections.add(link);
    }
}

impl Connections {
    pub(super) fn new(limits: Arc<Limits>, router: Arc<Router>) -> Arc<Self> {
        Arc::new(Self {
            limits,
            router,
            state: Mutex::default(),
            refusals: Arc::new(Semaphore::new(REFUSALS)),
            ended: Notify::new(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(self: &Arc<Self>, link: Link) {
        let mut state = self.lock();
        if state.stopped {
            return;
        }
        if state.open.len() >= self.limits.max_connections {
            let left_out = state.refusals_log.pass(Instant::now());
            drop(state);
            if let Some(left_out) = left_out {
                tracing::warn!(
                    peer = link.peer,
                    max = self.limits.max_connections,
                    left_out,
                    "refused a connection: max_connections are open"
                );
            }
            return self.refuse(link);
        }
        self.make_room_for_handshake(&mut state);
        let (connection, task) =
            Connection::new(link, Side::Server, Arc::clone(&self.limits), Arc::clone(&self.router));
        state.next = state.next.wrapping_add(1);
        let id = state.next;
        state.handshakes.insert(id);
        state.open.insert(id, Entry { connection, task: None });
        drop(state);
        // Removes the entry also when the task is aborted, or the runtime goes away: then maybe within `spawn`, which
        // is why the lock is free.
        let ended = Ended { connections: Arc::downgrade(self), id };
        let task = tokio::spawn(async move {
            let _ended = ended;
            task.await;
        });
        let mut state = self.lock();
        if state.stopped {
            task.abort();
        } else if let Some(entry) = state.open.get_mut(&id) {
            entry.task = Some(task.abort_handle());
        }
    }

    /// Says why in the protocol, and hangs up when the client has read that; but not for everybody in a flood.
    fn refuse(&self, link: Link) {
        let text = "the server has no room for another connection (max_connections)";
        let bytes = proto::refusal(&self.limits, text);
        let Link { mut reader, mut writer, .. } = link;
        let Ok(permit) = Arc::clone(&self.refusals).try_acquire_owned() else {
            let _told = writer.write_all(&bytes).now_or_never();
            return;
        };
        tokio::spawn(async move {
            let farewell = async {
                writer.write_all(&bytes).await?;
                writer.shutdown().await?;
                // Hanging up on what the client has said would be a reset, which may destroy the words before it.
                tokio::io::copy(&mut (&mut reader).take(REFUSED_BYTES), &mut tokio::io::sink()).await
            };
            let _told = tokio::time::timeout(REFUSED_FOR, farewell).await;
            drop(permit);
        });
    }

    /// Closes the oldest of those that have not said hello, if there are too many.
    fn make_room_for_handshake(&self, state: &mut State) {
        let State { open, handshakes, .. } = state;
        while handshakes.len() >= self.limits.max_handshakes {
            handshakes.retain(|id| open.get(id).is_some_and(|entry| !entry.connection.is_past_handshake()));
            if handshakes.len() < self.limits.max_handshakes {
                return;
            }
            if let Some(oldest) = handshakes.pop_first().and_then(|id| open.get(&id)) {
                oldest.connection.close(
                    CloseCode::TooManyConnections,
                    "too many connections have not said hello (max_handshakes)",
                );
            }
        }
    }

    /// Tells every peer that no new calls are taken, and takes none.
    pub(super) fn drain(&self) {
        for connection in self.all() {
            connection.drain();
        }
    }

    /// Waits until no call is in flight on any connection.
    pub(super) async fn quiet(&self) {
        loop {
            let all = self.all();
            for connection in &all {
                connection.quiet().await;
            }
            // One may have said hello, and made calls, while another was waited for.
            if all.iter().all(|connection| connection.is_quiet()) {
                return;
            }
        }
    }

    /// Closes every connection, and takes no more.
    pub(super) fn close(&self, text: &str) {
        self.lock().stopped = true;
        for connection in self.all() {
            connection.close(CloseCode::GoingAway, text);
        }
    }

    /// Waits until every connection has handed over its last words.
    pub(super) async fn gone(&self) {
        let mut ended = std::pin::pin!(self.ended.notified());
        loop {
            ended.as_mut().enable();
            if self.lock().open.is_empty() {
                return;
            }
            ended.as_mut().await;
            ended.set(self.ended.notified());
        }
    }

    /// Ends every connection at once.
    pub(super) fn abort(&self) {
        let mut state = self.lock();
        state.stopped = true;
        for task in state.open.values().filter_map(|entry| entry.task.as_ref()) {
            task.abort();
        }
    }

    fn all(&self) -> Vec<Arc<Connection>> {
        self.lock().open.values().map(|entry| Arc::clone(&entry.connection)).collect()
    }
}

struct Ended {
    connections: Weak<Connections>,
    id: u64,
}

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(connections) = self.connections.upgrade() {
            let mut state = connections.lock();
            state.handshakes.remove(&self.id);
            let entry = state.open.remove(&self.id);
            drop(state);
            drop(entry);
            connections.ended.notify_waiters();
        }
    }
}

/// Refused connections that are heard out at the same time.
const REFUSALS: usize = 64;

/// For how long, and how much, a refused connection is heard out.
const REFUSED_FOR: Duration = Duration::from_secs(1);
const REFUSED_BYTES: u64 = 64 << 10;
