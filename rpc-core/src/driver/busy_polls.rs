//! How a connection looks for frames a while longer before its task sleeps.
//!
//! To put a thread to sleep and to wake it costs as much as dozens of small calls, and within a machine or a network the next
//! frames are often there before it sleeps. So the task lets the others of its thread run, and looks again, a bounded
//! number of times. It does so only while several calls are on their way, and ever less often where nothing comes of it.
//! Linux does the same for sockets (`SO_BUSY_POLL`), and Seastar for whole threads (`--idle-poll-time-us`).

use std::future::Future;
use std::pin::pin;
use std::task::Context;

use super::processors::processors;

/// When a task looks once more.
pub(super) struct BusyPolls {
    /// As many times in a row at most.
    most: u16,
    /// Of these; zero when it does not look.
    left: u16,
    /// Occasions that are passed by after the last one in vain.
    after_miss: u16,
    /// Of these.
    passed_by: u16,
}

/// After several occasions in vain, so many are passed by for one that is taken.
const RAREST: u16 = 15;

impl BusyPolls {
    pub(super) fn new(most: usize) -> Self {
        Self::on(processors(), most)
    }

    fn on(processors: usize, most: usize) -> Self {
        // On a single one, to look keeps the peer from sending.
        let most = if processors > 1 { u16::try_from(most).unwrap_or(u16::MAX) } else { 0 };
        Self { most, left: 0, after_miss: 0, passed_by: 0 }
    }

    /// There may be an occasion: something has been done, and more is on its way.
    pub(super) fn begin(&mut self) {
        if self.passed_by < self.after_miss {
            self.passed_by = self.passed_by.saturating_add(1);
        } else {
            (self.left, self.passed_by) = (self.most, 0);
        }
    }

    /// There is something else to do.
    pub(super) fn end(&mut self) {
        self.left = 0;
    }

    /// Frames have come.
    pub(super) fn hit(&mut self) {
        if self.left > 0 {
            (self.left, self.after_miss) = (0, 0);
        }
    }

    /// Whether to look once more.
    pub(super) fn again(&mut self) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        if left == 0 {
            self.after_miss = self.after_miss.saturating_mul(2).saturating_add(1).min(RAREST);
        }
        left > 0
    }
}

/// Lets other tasks of this thread run, and looks for readiness of sockets, before `cx` is polled again.
pub(super) fn yield_now(cx: &mut Context<'_>) {
    // It is done with its first poll: the runtime wakes whoever polled it.
    let _pending = pin!(tokio::task::yield_now()).poll(cx);
}

#[cfg(test)]
mod tests {
    use super::BusyPolls;

    /// How often it looks, of so many occasions of which each is in vain.
    fn in_vain(polls: &mut BusyPolls, occasions: usize) -> usize {
        let mut looks = 0;
        for _ in 0..occasions {
            polls.begin();
            while polls.again() {
                looks += 1;
            }
        }
        looks
    }

    #[test]
    fn it_looks_so_many_times_and_again_after_a_hit() {
        let mut polls = BusyPolls::on(2, 10);
        assert!(!polls.again(), "there was no occasion");
        for _ in 0..100 {
            polls.begin();
            assert!((0..5).all(|_| polls.again()));
            polls.hit();
            assert!(!polls.again(), "what has come is to be looked at first");
        }
        assert_eq!(in_vain(&mut polls, 1), 9);
    }

    #[test]
    fn where_nothing_comes_of_it_it_looks_ever_less_often() {
        let mut polls = BusyPolls::on(2, 10);
        assert_eq!(in_vain(&mut polls, 10), 3 * 9, "at the first, the third and the seventh occasion");
        in_vain(&mut polls, 10_000);
        assert_eq!(in_vain(&mut polls, 160), 10 * 9, "one in sixteen");
        while !polls.again() {
            polls.begin();
        }
        polls.hit();
        assert_eq!(in_vain(&mut polls, 1), 9, "frames came");
    }

    #[test]
    fn none_is_none_and_a_single_processor_has_none_to_spare() {
        assert_eq!(in_vain(&mut BusyPolls::on(2, 0), 1_000), 0);
        assert_eq!(in_vain(&mut BusyPolls::on(1, 10), 1_000), 0);
    }
}
