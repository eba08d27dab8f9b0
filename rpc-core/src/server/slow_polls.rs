use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Whether the first polls of a method's handlers take so long that they hold up their connection.
///
/// One long poll says little: a thread that the system preempts looks the same. Three within about a thousand calls
/// say that the handler does work, and from then on it gets tasks of its own.
#[derive(Debug, Default)]
pub(crate) struct SlowPolls {
    score: AtomicU32,
}

/// A first poll above this blocks the other calls of a connection for too long.
const LONG: Duration = Duration::from_millis(1);
const STRIKE: u32 = 1_000;
const OUT: u32 = 3 * STRIKE;

impl SlowPolls {
    /// True of what blocks the other calls of a connection for too long.
    pub(crate) fn is_long(took: Duration) -> bool {
        took > LONG
    }

    /// True if handlers of this method are not to be polled in place.
    pub(crate) fn is_slow(&self) -> bool {
        self.score.load(Ordering::Relaxed) >= OUT
    }

    /// Counts a first poll; true if it was the one too many.
    pub(crate) fn count(&self, took: Duration) -> bool {
        // Races lose a count at worst.
        let score = self.score.load(Ordering::Relaxed);
        if Self::is_long(took) {
            let more = score.saturating_add(STRIKE);
            self.score.store(more, Ordering::Relaxed);
            return score < OUT && more >= OUT;
        }
        if score > 0 && score < OUT {
            self.score.store(score.saturating_sub(1), Ordering::Relaxed);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::SlowPolls;

    const QUICK: Duration = Duration::from_micros(5);
    const SLOW: Duration = Duration::from_millis(2);

    #[test]
    fn three_long_polls_close_together_are_too_many_and_it_is_said_once() {
        let polls = SlowPolls::default();
        assert!(!polls.count(SLOW) && !polls.count(SLOW) && !polls.is_slow());
        assert!(polls.count(SLOW) && polls.is_slow());
        assert!(!polls.count(SLOW) && !polls.count(QUICK) && polls.is_slow());
    }

    #[test]
    fn rare_long_polls_are_forgotten() {
        let polls = SlowPolls::default();
        for _ in 0..100 {
            assert!(!polls.count(SLOW));
            assert!((0..1_000).all(|_| !polls.count(QUICK)));
        }
        assert!(!polls.is_slow());
    }
}
