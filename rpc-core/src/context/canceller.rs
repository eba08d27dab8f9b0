use std::sync::Weak;

use super::inner::Inner;

/// Cancels a call for as long as somebody has its context.
///
/// Kept where calls are stopped, beyond the end of many: a whole context would keep metadata with it.
pub(crate) struct Canceller {
    pub(super) inner: Weak<Inner>,
}

impl Canceller {
    /// See [`Context::cancel`](super::Context::cancel).
    pub(crate) fn cancel(&self) {
        if let Some(inner) = self.inner.upgrade() {
            inner.call().cancel();
        }
    }
}
