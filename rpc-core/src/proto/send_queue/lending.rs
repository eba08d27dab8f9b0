//! Writing without a lock: what is written is lent out, and what is queued meanwhile stands behind it.

use super::SendQueue;
use crate::pool;

/// Bytes that are being written.
pub(crate) struct Lent {
    buffer: Vec<u8>,
    start: usize,
    boundary: usize,
}

impl Lent {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }
}

impl SendQueue {
    /// Takes out what is to be written next, so that it can be written while others queue more; `None` if there is
    /// nothing, or if it is out already.
    pub(in crate::proto) fn lend(&mut self) -> Option<Lent> {
        if self.lent > 0 || self.buffer.len() <= self.start {
            return None;
        }
        let lent =
            Lent { buffer: std::mem::take(&mut self.buffer), start: self.start, boundary: self.boundary };
        self.lent = lent.bytes().len();
        (self.start, self.boundary) = (0, 0);
        Some(lent)
    }

    /// Ends the loan; so many of its bytes are written.
    pub(in crate::proto) fn take_back_lent(&mut self, lent: Lent, count: usize) {
        let Lent { buffer: mut before, start, boundary } = lent;
        if std::mem::take(&mut self.lent) == 0 {
            // All was dropped meanwhile.
            return pool::give_back(before);
        }
        let behind = std::mem::take(&mut self.buffer);
        if start.saturating_add(count) >= before.len() {
            self.written = self.written.saturating_add(before.len().saturating_sub(start) as u64);
            pool::give_back(before);
            self.buffer = behind;
            return;
        }
        // What was queued meanwhile stands behind the rest.
        before.extend_from_slice(&behind);
        pool::give_back(behind);
        (self.buffer, self.start, self.boundary) = (before, start, boundary);
        self.advance(count);
    }
}
