use std::time::Instant;

use bytes::Bytes;

use super::Closed;
use crate::wire::CloseCode;

/// Bytes of a body that a chunk has to carry unless it is the last.
pub(super) const MIN_CHUNK: usize = 4_096;

/// A body that arrives in chunks. Holds at most twice what has arrived, and never more than the whole.
pub(super) struct Assembly {
    data: Vec<u8>,
    total: usize,
    /// When the last part came.
    pub(super) heard: Instant,
}

impl Assembly {
    /// Begins with the part in the first frame, which is shorter than the whole.
    pub(super) fn new(now: Instant, first: &[u8], total: usize) -> Self {
        Self { data: first.to_vec(), total, heard: now }
    }

    /// Takes the next part; true when the body is whole.
    pub(super) fn push(&mut self, now: Instant, part: &[u8]) -> Result<bool, Closed> {
        self.heard = now;
        let arrived = self.data.len().saturating_add(part.len());
        if arrived > self.total {
            return Err(Closed::new(CloseCode::Chunk, "the chunks of a message are longer than its total"));
        }
        if arrived < self.total && part.len() < MIN_CHUNK {
            let text = "a chunk that does not complete its message is shorter than 4096 bytes";
            return Err(Closed::new(CloseCode::Chunk, text));
        }
        if arrived > self.data.capacity() {
            let wanted = arrived.saturating_mul(2).min(self.total);
            self.data.reserve_exact(wanted.saturating_sub(self.data.len()));
        }
        self.data.extend_from_slice(part);
        Ok(arrived == self.total)
    }

    pub(super) fn total(&self) -> usize {
        self.total
    }

    pub(super) fn into_body(self) -> Bytes {
        self.data.into()
    }
}
