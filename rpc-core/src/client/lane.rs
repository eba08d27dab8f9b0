use std::sync::{Arc, Mutex, PoisonError};

use super::via::Via;
use crate::driver::Connection;

/// Where one copy of a client makes its calls.
///
/// It keeps the connection of its last call at hand. So a task that makes one call after the other with a copy of its own
/// touches nothing on the way to the connection that other threads touch: to look the connection up and to count who holds
/// it would cost more than to encode a call.
#[derive(Clone)]
pub(super) struct Lane(Arc<Inner>);

struct Inner {
    via: Via,
    /// May be over: then the call that is begun on it is told.
    connection: Mutex<Option<Arc<Connection>>>,
}

impl Lane {
    pub(super) fn new(via: Via) -> Self {
        Self(Arc::new(Inner { via, connection: Mutex::new(None) }))
    }

    /// That of another copy.
    pub(super) fn fork(&self) -> Self {
        Self::new(self.0.via.clone())
    }

    /// The same for a call that is made in the current runtime.
    pub(super) fn here(self) -> Self {
        if self.0.via.is_per_runtime() { Self::new(self.0.via.clone().here()) } else { self }
    }

    pub(super) fn via(&self) -> &Via {
        &self.0.via
    }

    /// The connection of the last call, if that is over.
    pub(super) fn take(&self) -> Option<Arc<Connection>> {
        self.0.connection.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A call on this connection was answered.
    pub(super) fn keep(&self, connection: Arc<Connection>) {
        let mut kept = self.0.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.replace(connection);
        drop(kept);
        drop(before);
    }
}
