use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use futures::FutureExt;
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::accept::Acceptor;
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
    /// A connection ended.
    ended: Notify,
}

#[derive(Default)]
struct State {
    open: BTreeMap<u64, Entry>,
    next: u64,
    /// Those that have not said hello when they were last looked at, oldest first.
    handshakes: VecDeque<Weak<Connection>>,
    stopped: bool,
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
        Arc::new(Self { limits, router, state: Mutex::default(), ended: Notify::new() })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(self: &Arc<Self>, link: Link) {
        let mut state = self.lock();
        if state.stopped {
            return;
        }
        if state.open.len() >= self.limits.max_connections {
            drop(state);
            tracing::warn!(
                peer = link.peer,
                max = self.limits.max_connections,
                "refused a connection: max_connections are open"
            );
            return refuse(link, &self.limits);
        }
        self.make_room_for_handshake(&mut state);
        let (connection, task) =
            Connection::new(link, Side::Server, Arc::clone(&self.limits), Arc::clone(&self.router));
        state.handshakes.push_back(Arc::downgrade(&connection));
        state.next = state.next.wrapping_add(1);
        let id = state.next;
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

    /// Closes the oldest of those that have not said hello, if there are too many.
    fn make_room_for_handshake(&self, state: &mut State) {
        while state.handshakes.len() >= self.limits.max_handshakes {
            state
                .handshakes
                .retain(|waiting| waiting.upgrade().is_some_and(|waiting| !waiting.is_past_handshake()));
            if state.handshakes.len() < self.limits.max_handshakes {
                return;
            }
            if let Some(oldest) = state.handshakes.pop_front().and_then(|oldest| oldest.upgrade()) {
                oldest.close(
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
        for connection in self.all() {
            connection.quiet().await;
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
            let entry = connections.lock().open.remove(&self.id);
            drop(entry);
            connections.ended.notify_waiters();
        }
    }
}

/// Says why in the protocol, as far as that goes without waiting, and hangs up.
fn refuse(link: Link, limits: &Limits) {
    let bytes = proto::refusal(limits, "the server has no room for another connection (max_connections)");
    let Link { mut writer, .. } = link;
    let _told = writer.write_all(&bytes).now_or_never();
}
