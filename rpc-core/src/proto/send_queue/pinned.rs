use std::collections::VecDeque;

/// Bodies that are over, and are held by what stands of them in the buffer.
#[derive(Default)]
pub(super) struct Pinned {
    /// Where the last byte that holds one stands in all that is ever written, and what is held; in order.
    bodies: VecDeque<(u64, usize)>,
}

impl Pinned {
    pub(super) fn add(&mut self, until: u64, bytes: usize) {
        // Nearly always the last: only one that is taken back may end before others.
        let at = self
            .bodies
            .iter()
            .rposition(|(end, _)| *end <= until)
            .map_or(0, |before| before.saturating_add(1));
        self.bodies.insert(at, (until, bytes));
    }

    /// How much is held no more, now that so much is `written`.
    #[inline]
    pub(super) fn release(&mut self, written: u64) -> usize {
        if self.bodies.is_empty() {
            return 0;
        }
        let mut released: usize = 0;
        while let Some((_, bytes)) = self.bodies.pop_front_if(|(end, _)| *end <= written) {
            released = released.saturating_add(bytes);
        }
        if self.bodies.is_empty() {
            self.bodies = VecDeque::new();
        }
        released
    }
}
