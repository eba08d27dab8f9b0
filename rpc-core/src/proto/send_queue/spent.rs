use bytes::Bytes;

/// Bodies that are sent, to be freed where nobody waits for that.
#[derive(Default)]
pub(crate) struct Spent {
    bodies: Vec<Bytes>,
    bytes: usize,
}

/// To free so much takes as long as it takes to send a few chunks.
const SLOW: usize = 4 << 20;

impl Spent {
    /// Adds the last part of a body of this length.
    pub(super) fn add(&mut self, last: Bytes, length: usize) {
        self.bodies.push(last);
        self.bytes = self.bytes.saturating_add(length);
    }

    /// True if other tasks should not wait for it either.
    pub(crate) fn is_slow(&self) -> bool {
        self.bytes >= SLOW
    }
}
