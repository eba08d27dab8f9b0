use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::accept::{Acceptor, RateLimit};
use super::farewell::{say, say_and_hang_up};
use super::router::Router;
use super::shards::{Seat, ShardSet};
use crate::driver::Connection;
use crate::poll::now_or_never;
use crate::proto::{self, Side};
use crate::sorted_queue::SortedQueue;
use crate::spawn::{spawn, spawn_on};
use crate::wire::CloseCode;
use crate::{Limits, Link, UnboundLink};

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
    open: SortedQueue<u64, Entry>,
    next: u64,
    /// Those among `open` that had not said hello when they were last looked at, oldest first.
    handshakes: Vec<u64>,
    /// New connections are told so: they were accepted before the server began to stop.
    draining: bool,
    stopped: bool,
    refusals_log: RateLimit,
    losses_log: RateLimit,
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
        connections.add(link, None);
    }
}

/// The same for connections that are served on `shards`.
///
/// Connections are accepted in one place and handed over, rather than accepted by every shard from a socket of its own:
/// so they are spread evenly whoever is idle when they come, and a handler that holds up a shard holds up no new
/// connection of another.
pub(super) async fn accept_for(mut acceptor: Acceptor, connections: Arc<Connections>, shards: Arc<ShardSet>) {
    loop {
        let link = acceptor.accept_unbound().await;
        let Some((runtime, seat)) = shards.seat() else { return };
        let connections = Arc::clone(&connections);
        spawn_on(&runtime, async move { connections.bind(link, seat) });
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

    /// Serves a connection on the shard whose runtime this is.
    fn bind(self: &Arc<Self>, link: UnboundLink, seat: Seat) {
        match link.bind() {
            Ok(link) => self.add(link, Some(seat)),
            Err(error) => {
                let left_out = self.lock().losses_log.pass(Instant::now());
                if let Some(left_out) = left_out {
                    tracing::warn!(%error, left_out, "lost a connection on its way to its shard");
                }
            }
        }
    }

    /// Serves a connection in the runtime of the caller.
    pub(super) fn add(self: &Arc<Self>, link: Link, seat: Option<Seat>) {
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
            return self.refuse(link, seat);
        }
        self.make_room_for_handshake(&mut state);
        let (connection, task) = Connection::new(
            link,
            (Side::Server, crate::codec::Codec::Postcard),
            Arc::clone(&self.limits),
            Arc::clone(&self.router),
        );
        state.next = state.next.wrapping_add(1);
        let id = state.next;
        state.handshakes.push(id);
        let late = state.draining.then(|| Arc::clone(&connection));
        state.open.insert(id, Entry { connection, task: None });
        drop(state);
        if let Some(connection) = late {
            connection.drain();
        }
        // Removes the entry also when the task is aborted, or the runtime goes away: then maybe within `spawn`, which
        // is why the lock is free.
        let ended = Ended { connections: Arc::downgrade(self), id, _seat: seat };
        let task = spawn(async move {
            let _ended = ended;
            task.await;
        });
        let mut state = self.lock();
        if state.stopped {
            task.abort();
        } else if let Some(entry) = state.open.get_mut(id) {
            entry.task = Some(task.abort_handle());
        }
    }

    /// Says why in the protocol, and hangs up when the client has read that; but not for everybody in a flood.
    fn refuse(&self, link: Link, seat: Option<Seat>) {
        let text = "the server has no room for another connection (max_connections)";
        let bytes = proto::refusal(&self.limits, text);
        let Ok(permit) = Arc::clone(&self.refusals).try_acquire_owned() else {
            let mut link = link;
            let _told = now_or_never(say(&mut link, &bytes));
            return;
        };
        spawn(async move {
            let _told = tokio::time::timeout(REFUSED_FOR, say_and_hang_up(link, &bytes)).await;
            drop((permit, seat));
        });
    }

    /// Closes the oldest of those that have not said hello, if there are too many.
    fn make_room_for_handshake(&self, state: &mut State) {
        let State { open, handshakes, .. } = state;
        while handshakes.len() >= self.limits.max_handshakes {
            handshakes.retain(|id| open.get(*id).is_some_and(|entry| !entry.connection.is_past_handshake()));
            if handshakes.len() < self.limits.max_handshakes {
                return;
            }
            let Some(oldest) = handshakes.first().copied() else { return };
            handshakes.remove(0);
            if let Some(oldest) = open.get(oldest) {
                oldest.connection.close(
                    CloseCode::TooManyConnections,
                    "too many connections have not said hello (max_handshakes)",
                );
            }
        }
    }

    /// Tells every peer that no new calls are taken, and takes none.
    pub(super) fn drain(&self) {
        let connections = {
            let mut state = self.lock();
            state.draining = true;
            state.connections()
        };
        for connection in connections {
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
        self.lock().connections()
    }
}

impl State {
    fn connections(&self) -> Vec<Arc<Connection>> {
        self.open.values().map(|entry| Arc::clone(&entry.connection)).collect()
    }
}

struct Ended {
    connections: Weak<Connections>,
    id: u64,
    _seat: Option<Seat>,
}

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(connections) = self.connections.upgrade() {
            let mut state = connections.lock();
            if let Ok(place) = state.handshakes.binary_search(&self.id) {
                state.handshakes.remove(place);
            }
            let entry = state.open.remove(self.id);
            drop(state);
            drop(entry);
            connections.ended.notify_waiters();
        }
    }
}

/// Refused connections that are heard out at the same time.
const REFUSALS: usize = 64;

/// For how long a refused connection is heard out.
const REFUSED_FOR: Duration = Duration::from_secs(1);
