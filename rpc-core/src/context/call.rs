use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::{Metadata, MetadataValue};

/// What changes while a call is served.
#[derive(Default)]
pub(super) struct Call {
    /// One of the three below.
    state: AtomicU8,
    cancelled: Notify,
    reply_metadata: Mutex<Metadata>,
    /// There is some: most calls have none, and need not lock anything to see that.
    has_reply_metadata: AtomicBool,
}

const SERVED: u8 = 0;
const ANSWERED: u8 = 1;
const CANCELLED: u8 = 2;

impl Call {
    /// Becomes that of another call.
    pub(super) fn renew(&mut self) {
        *self.state.get_mut() = SERVED;
        if std::mem::take(self.has_reply_metadata.get_mut()) {
            *self.reply_metadata.get_mut().unwrap_or_else(PoisonError::into_inner) = Metadata::new();
        }
    }

    pub(super) fn cancel(&self) {
        if self.end(CANCELLED) {
            self.cancelled.notify_waiters();
        }
    }

    pub(super) fn answered(&self) {
        self.end(ANSWERED);
    }

    /// True if that is how it ended; false if it had ended before.
    fn end(&self, state: u8) -> bool {
        self.state.compare_exchange(SERVED, state, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.state.load(Ordering::Acquire) == CANCELLED
    }

    pub(super) async fn cancelled(&self) {
        // Made before the look, so that it is told of a cancellation in between.
        let told = self.cancelled.notified();
        if !self.is_cancelled() {
            told.await;
        }
    }

    pub(super) fn set_reply_metadata(&self, key: String, value: MetadataValue) {
        let mut metadata = self.reply_metadata();
        metadata.push(key, value);
        self.has_reply_metadata.store(true, Ordering::Release);
    }

    pub(super) fn has_reply_metadata(&self) -> bool {
        self.has_reply_metadata.load(Ordering::Acquire)
    }

    pub(super) fn take_reply_metadata(&self) -> Metadata {
        if !self.has_reply_metadata() {
            return Metadata::new();
        }
        let mut metadata = self.reply_metadata();
        self.has_reply_metadata.store(false, Ordering::Release);
        std::mem::take(&mut *metadata)
    }

    fn reply_metadata(&self) -> MutexGuard<'_, Metadata> {
        self.reply_metadata.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
