use bytes::Bytes;

/// What is to be freed where nobody waits for that, and outside of all locks: it may be the application's, whose
/// destructor may want the lock that is held here.
#[derive(Default)]
pub(crate) struct Spent {
    bodies: Vec<Bytes>,
    bytes: usize,
}

/// To free so much takes as long as it takes to send a few chunks.
const SLOW: usize = 4 << 20;

impl Spent {
    /// Adds what is left of a body. `length`: of all of it, if freeing that is work.
    pub(in crate::proto) fn add(&mut self, last: Bytes, length: usize) {
        self.bodies.push(last);
        self.bytes = self.bytes.saturating_add(length);
    }

    #[inline]
    pub(in crate::proto) fn is_empty(&self) -> bool {
        self.bodies.is_empty()
    }

    /// Takes over what `other` has.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        if self.bodies.is_empty() {
            self.bodies = other.bodies;
        } else {
            self.bodies.append(&mut other.bodies);
        }
    }

    /// True if other tasks should not wait for it either.
    pub(crate) fn is_slow(&self) -> bool {
        self.bytes >= SLOW
    }
}
