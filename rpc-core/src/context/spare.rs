//! Contexts of calls that are over, each thread's own, for the next ones.

use std::sync::Arc;

use super::inner::Inner;
use crate::spares::{self, Spares};

thread_local! {
    static KEPT: Spares<Arc<Inner>> = const { Spares::new() };
}

/// As many as may wait at once on a busy thread; 16 KiB at most.
const MOST: usize = 64;

/// One that nobody else has, if there is any.
pub(super) fn take() -> Option<Arc<Inner>> {
    spares::with(&KEPT, Vec::pop).flatten()
}

/// Keeps one that nobody else has, and that holds nothing of its call.
pub(super) fn keep(inner: Arc<Inner>) {
    spares::keep(&KEPT, MOST, inner);
}
