//! Ids that nobody else has, and nobody can guess.

use std::hash::{BuildHasher, RandomState};
use std::num::{NonZeroU64, NonZeroU128};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) fn nonzero_u64() -> NonZeroU64 {
    loop {
        if let Some(id) = NonZeroU64::new(random()) {
            return id;
        }
    }
}

pub(super) fn nonzero_u128() -> NonZeroU128 {
    loop {
        if let Some(id) = NonZeroU128::new(u128::from(random()) << 64 | u128::from(random())) {
            return id;
        }
    }
}

/// A count under a keyed hash: the standard library's, whose key comes from the operating system.
fn random() -> u64 {
    static KEY: OnceLock<RandomState> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    KEY.get_or_init(RandomState::new).hash_one(COUNT.fetch_add(1, Ordering::Relaxed))
}
