//! A lock that is held for a moment only: whoever finds it taken looks again before their thread sleeps.
//!
//! To sleep and to be woken costs some ten microseconds, on both sides; what is done under the lock of a connection takes
//! a tenth of one for a call, and a few for all that one read has brought. The mutex of `std` gives up after about one.
//! With 64 callers on two threads, a fourth to a half more calls go through for this.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use super::processors::processors;

/// How often it is looked at: some ten microseconds in all. Longer than that it is held only by a thread that the system
/// has put aside.
const LOOKS: usize = 200;

/// Between two looks, in turns of which each is tens of cycles: to look takes the lock's memory from its holder.
const PAUSE: usize = 4;

/// A poisoned one is locked as any other.
#[inline]
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    try_lock(mutex).unwrap_or_else(|| lock_taken(mutex))
}

#[cold]
fn lock_taken<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // On a single one, its holder cannot go on meanwhile.
    let looks = if processors() > 1 { LOOKS } else { 0 };
    for _ in 0..looks {
        for _ in 0..PAUSE {
            std::hint::spin_loop();
        }
        if let Some(locked) = try_lock(mutex) {
            return locked;
        }
    }
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[inline]
fn try_lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match mutex.try_lock() {
        Ok(locked) => Some(locked),
        Err(TryLockError::Poisoned(locked)) => Some(locked.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{Barrier, Mutex, mpsc};
    use std::time::Duration;

    use super::lock;

    #[test]
    fn one_at_a_time_has_it() {
        let (count, begin) = (Mutex::new(0_u32), Barrier::new(4));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    begin.wait();
                    for _ in 0..10_000 {
                        let mut count = lock(&count);
                        *count += 1;
                    }
                });
            }
        });
        assert_eq!(*lock(&count), 40_000);
    }

    #[test]
    fn one_that_is_held_for_long_is_waited_for() {
        let (value, (asked, asks)) = (Mutex::new(1), mpsc::channel());
        std::thread::scope(|scope| {
            let mut held = lock(&value);
            let waits = scope.spawn(|| {
                asked.send(()).unwrap();
                *lock(&value)
            });
            asks.recv().unwrap();
            // Long beyond all looks, as a rule.
            std::thread::sleep(Duration::from_millis(20));
            *held = 2;
            drop(held);
            assert_eq!(waits.join().unwrap(), 2);
        });
    }

    #[test]
    fn what_a_panic_leaves_behind_can_be_had() {
        let value = Mutex::new(1);
        let panics = || {
            let mut value = lock(&value);
            *value = 2;
            std::panic::resume_unwind(Box::new(()));
        };
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
        assert_eq!(*lock(&value), 2);
    }
}
