//! What the threads of a shard know of it: its own, and those of its blocking pool.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

thread_local! {
    static LOCAL: RefCell<Option<Arc<Local>>> = const { RefCell::new(None) };
}

/// What keeps a shard from ending, and what must not.
#[derive(Default)]
pub(super) struct Local {
    /// Threads of the blocking pool that run a handler.
    busy: AtomicUsize,
    guests: Mutex<Vec<Weak<dyn Guest>>>,
}

/// What runs on a shard for as long as it is needed there, and must not keep the thread after its server.
pub(crate) trait Guest: Send + Sync {
    /// Ends what runs on the shard, once it is not in use. Called again and again until nothing runs there.
    fn let_go(&self);
}

impl Local {
    /// The calling thread is one of this shard.
    pub(super) fn enter(self: &Arc<Self>) {
        LOCAL.with_borrow_mut(|local| *local = Some(Arc::clone(self)));
    }

    pub(super) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Acquire) > 0
    }

    pub(super) fn let_guests_go(&self) {
        let guests = self.guests().clone();
        guests.iter().filter_map(Weak::upgrade).for_each(|guest| guest.let_go());
    }

    fn guests(&self) -> MutexGuard<'_, Vec<Weak<dyn Guest>>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The shard of the calling thread.
fn current() -> Option<Arc<Local>> {
    LOCAL.try_with(|local| local.borrow().clone()).ok().flatten()
}

/// Has `guest` let go when the shard of the calling thread, if it is of one, is to end.
pub(crate) fn lodge(guest: Weak<dyn Guest>) {
    if let Some(local) = current() {
        let mut guests = local.guests();
        guests.retain(|guest| guest.strong_count() > 0);
        guests.push(guest);
    }
}

/// Keeps the shard of the calling thread, if it is of one, from ending.
pub(in crate::server) fn at_work() -> Option<AtWork> {
    let local = current()?;
    local.busy.fetch_add(1, Ordering::AcqRel);
    Some(AtWork(local))
}

pub(in crate::server) struct AtWork(Arc<Local>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
}
