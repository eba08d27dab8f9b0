use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

use futures_core::future::BoxFuture;
use tokio::runtime::{Handle, Id};

use super::connector::Connector;
use super::remote::Remote;
use crate::poll::all;
use crate::server::{Guest, lodge};

/// The connections of a client that has one for each runtime that calls.
#[derive(Default)]
pub(super) struct Homes {
    /// The runtime of the client's own connection: the first that connected or called.
    first: OnceLock<Id>,
    others: RwLock<Others>,
}

#[derive(Default)]
struct Others {
    homes: Vec<(Id, Arc<Remote>)>,
    closed: bool,
}

impl Homes {
    /// What calls from the current runtime go through; `None` for the client's `own` connection. `make` makes another.
    pub(super) fn find(&self, own: &Arc<Connector>, make: impl FnOnce() -> Remote) -> Option<Arc<Remote>> {
        let id = Handle::try_current().ok()?.id();
        let first = self.first.get_or_init(|| {
            lodge_weakly(own);
            id
        });
        if *first == id {
            return None;
        }
        let known = self.others.read().unwrap_or_else(PoisonError::into_inner).find(id);
        if known.is_some() {
            return known;
        }
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        if others.closed {
            // That is closed too, and says so.
            return None;
        }
        // A runtime may have several threads.
        let known = others.find(id);
        if known.is_some() {
            return known;
        }
        let home = Arc::new(make());
        let idle = others.take_idle();
        others.homes.push((id, Arc::clone(&home)));
        drop(others);
        // Outside of the lock, since connections end with it.
        drop(idle);
        lodge_weakly(&home.connector);
        Some(home)
    }

    /// Connections beside the client's own, or attempts at some.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.others.read().unwrap().homes.len()
    }

    /// Closes all but the client's own, and makes no more.
    pub(super) async fn close(&self) {
        let homes = {
            let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
            others.closed = true;
            others.homes.clone()
        };
        let closing = homes.iter().map(|(_, home)| Box::pin(home.connector.close()) as BoxFuture<'_, ()>);
        all(closing.collect()).await;
    }
}

impl Others {
    fn find(&self, id: Id) -> Option<Arc<Remote>> {
        let found = self.homes.iter().find(|(known, _)| *known == id);
        found.map(|(_, home)| Arc::clone(home))
    }

    /// Those without calls and without a connection, as they are when their runtimes have ended.
    fn take_idle(&mut self) -> Vec<(Id, Arc<Remote>)> {
        let is_idle = |home: &Arc<Remote>| Arc::strong_count(home) == 1 && !home.connector.has_connection();
        self.homes.extract_if(.., |(_, home)| is_idle(home)).collect()
    }
}

fn lodge_weakly(connector: &Arc<Connector>) {
    let connector: Weak<Connector> = Arc::downgrade(connector);
    lodge(connector);
}

/// A shard does not outlive its server for a connection that nobody uses any more.
impl Guest for Connector {
    fn let_go(&self) {
        if let Some(connection) = self.current() {
            self.forget(&connection);
        }
    }
}
