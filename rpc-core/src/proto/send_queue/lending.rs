//! Writing without a lock: what is written is lent out, and what is queued meanwhile stands behind it.

use super::SendQueue;
use super::outgoing::Outgoing;

/// Bytes that are being written.
pub(crate) struct Lent(Outgoing);

impl Lent {
    pub(crate) fn outgoing(&self) -> &Outgoing {
        &self.0
    }

    #[cfg(test)]
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.0.bytes()
    }
}

impl SendQueue {
    /// Takes out what is to be written next, so that it can be written while others queue more; `None` if there is
    /// nothing, or if it is out already.
    pub(in crate::proto) fn lend(&mut self) -> Option<Lent> {
        if self.lent > 0 || self.out.pending() == 0 {
            return None;
        }
        self.lent = self.out.pending();
        Some(Lent(std::mem::take(&mut self.out)))
    }

    /// Ends the loan; so many of its bytes are written.
    pub(in crate::proto) fn take_back_lent(&mut self, lent: Lent, count: usize) {
        let Lent(mut before) = lent;
        let whole = std::mem::take(&mut self.lent);
        if whole == 0 {
            // All was dropped meanwhile.
            return before.clear(&mut self.spent);
        }
        let count = count.min(whole);
        self.written = self.written.saturating_add(count as u64);
        before.advance(count, &mut self.spent);
        self.release_pinned();
        if count < whole {
            // What was queued meanwhile stands behind the rest.
            before.append(std::mem::take(&mut self.out));
            self.out = before;
        }
    }
}
