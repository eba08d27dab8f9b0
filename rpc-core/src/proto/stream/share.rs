use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The bytes of all items of one connection that have come and were not taken.
#[derive(Clone, Default)]
pub(in crate::proto) struct Pool(Arc<AtomicUsize>);

/// What one stream has of a [`Pool`]; given back when the stream is over.
pub(super) struct Share {
    pool: Pool,
    bytes: usize,
}

impl Pool {
    /// Bytes of all shares.
    pub(in crate::proto) fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn share(&self) -> Share {
        Share { pool: self.clone(), bytes: 0 }
    }
}

impl Share {
    /// Takes `bytes` more; false if all shares would then be above `max`.
    pub(super) fn grow(&mut self, bytes: usize, max: usize) -> bool {
        // The connection's lock is held: nobody else counts at the same time.
        let all = self.pool.bytes().saturating_add(bytes);
        if all > max {
            return false;
        }
        self.pool.0.store(all, Ordering::Relaxed);
        self.bytes = self.bytes.saturating_add(bytes);
        true
    }

    /// Gives `bytes` back, or all that it has; how much that was.
    pub(super) fn shrink(&mut self, bytes: usize) -> usize {
        let bytes = bytes.min(self.bytes);
        self.bytes = self.bytes.saturating_sub(bytes);
        self.pool.0.store(self.pool.bytes().saturating_sub(bytes), Ordering::Relaxed);
        bytes
    }

    pub(super) fn clear(&mut self) {
        self.shrink(self.bytes);
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.clear();
    }
}
