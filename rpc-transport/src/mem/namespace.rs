//! Who listens on which name: one table per process.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use rpc_core::Link;
use tokio::sync::mpsc;

/// The sending end of a listener's backlog.
pub(super) type Backlog = mpsc::Sender<Link>;

static NAMES: LazyLock<Mutex<HashMap<String, Backlog>>> = LazyLock::new(Mutex::default);
static NEXT_FRESH: AtomicU64 = AtomicU64::new(1);

/// A name that is taken until this is dropped.
pub(super) struct Name(String);

impl Name {
    /// Takes `name`; `None` if somebody listens on it.
    pub(super) fn take(name: &str, backlog: Backlog) -> Option<Self> {
        match names().entry(name.to_owned()) {
            Entry::Occupied(_) => None,
            Entry::Vacant(free) => {
                free.insert(backlog);
                Some(Self(name.to_owned()))
            }
        }
    }

    /// Takes a name that nobody has.
    pub(super) fn take_fresh(backlog: &Backlog) -> Self {
        loop {
            let name = format!("fresh-{}", NEXT_FRESH.fetch_add(1, Ordering::Relaxed));
            // A user may have taken a name of this form.
            if let Some(name) = Self::take(&name, backlog.clone()) {
                return name;
            }
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        names().remove(&self.0);
    }
}

/// The backlog of whoever listens on `name`.
pub(super) fn find(name: &str) -> Option<Backlog> {
    names().get(name).cloned()
}

fn names() -> MutexGuard<'static, HashMap<String, Backlog>> {
    NAMES.lock().unwrap_or_else(PoisonError::into_inner)
}
