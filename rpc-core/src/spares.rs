//! What a thread keeps of the past to use it again: a bounded number of values, without a lock.

use std::cell::Cell;
use std::thread::LocalKey;

/// Values that may be used again. Made to be a thread's own.
pub(crate) struct Spares<T>(Cell<Vec<T>>);

impl<T> Spares<T> {
    pub(crate) const fn new() -> Self {
        Self(Cell::new(Vec::new()))
    }
}

/// Looks at what this thread keeps; `None` on one that ends, which keeps nothing. While `look` runs, there is nothing to be
/// seen for others.
pub(crate) fn with<T, R>(
    key: &'static LocalKey<Spares<T>>,
    look: impl FnOnce(&mut Vec<T>) -> R,
) -> Option<R> {
    key.try_with(|spares| {
        let mut kept = spares.0.take();
        let seen = look(&mut kept);
        spares.0.set(kept);
        seen
    })
    .ok()
}

/// Keeps a value, if there are not as many already.
pub(crate) fn keep<T>(key: &'static LocalKey<Spares<T>>, most: usize, value: T) {
    with(key, |kept| {
        if kept.len() < most {
            kept.push(value);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Spares, keep, with};

    thread_local! {
        static KEPT: Spares<u8> = const { Spares::new() };
    }

    #[test]
    fn so_many_are_kept_and_no_more() {
        (0..5).for_each(|value| keep(&KEPT, 3, value));
        let taken: Vec<_> = std::iter::from_fn(|| with(&KEPT, Vec::pop).flatten()).collect();
        assert_eq!(taken, [2, 1, 0]);
    }

    #[test]
    fn whoever_looks_meanwhile_sees_nothing() {
        keep(&KEPT, 3, 7);
        let seen = with(&KEPT, |kept| (kept.len(), with(&KEPT, |kept| kept.len())));
        assert_eq!(seen, Some((1, Some(0))));
    }
}
