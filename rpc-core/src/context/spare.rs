//! Contexts of calls that are over, each thread's own, for the next ones.

use std::cell::Cell;
use std::sync::Arc;

use super::inner::Inner;

thread_local! {
    static KEPT: Cell<Vec<Arc<Inner>>> = const { Cell::new(Vec::new()) };
}

/// As many as may wait at once on a busy thread; 16 KiB at most.
const MOST: usize = 64;

/// One that nobody else has, if there is any.
pub(super) fn take() -> Option<Arc<Inner>> {
    // A thread that ends keeps none.
    KEPT.try_with(|kept| {
        let mut spare = kept.take();
        let last = spare.pop();
        kept.set(spare);
        last
    })
    .ok()
    .flatten()
}

/// Keeps one that nobody else has, and that holds nothing of its call.
pub(super) fn keep(inner: Arc<Inner>) {
    let _ended = KEPT.try_with(|kept| {
        let mut spare = kept.take();
        if spare.len() < MOST {
            spare.push(inner);
        }
        kept.set(spare);
    });
}
