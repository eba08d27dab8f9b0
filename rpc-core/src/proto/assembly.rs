use std::time::Instant;

use bytes::Bytes;

use super::Closed;
use crate::pool::Room;
use crate::wire::CloseCode;

/// Bytes of a body that a chunk has to carry unless it is the last.
pub(super) const MIN_CHUNK: usize = 4_096;

/// A body that arrives in chunks. Holds at most twice what has arrived, and never more than the whole, but for room that was used
/// before.
pub(super) struct Assembly {
    data: Room,
    arrived: usize,
    total: usize,
    /// The parts are kept, not only counted.
    wanted: bool,
    /// When the last part came.
    pub(super) heard: Instant,
}

/// A part of a body.
pub(crate) enum Part<'a> {
    Apart(&'a [u8]),
    /// As the last so many bytes of what was [lent](Assembly::lend).
    InPlace {
        body: Room,
        length: usize,
    },
}

impl Part<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Apart(part) => part.len(),
            Self::InPlace { length, .. } => *length,
        }
    }
}

impl Assembly {
    /// Begins with the part in the first frame, which is shorter than the whole.
    pub(super) fn new(now: Instant, first: &[u8], total: usize, wanted: bool) -> Self {
        let data = if wanted { Room::new(first) } else { Room::default() };
        Self { data, arrived: first.len(), total, wanted, heard: now }
    }

    /// Takes the next part; true when the body is whole.
    pub(super) fn push(&mut self, now: Instant, part: Part<'_>) -> Result<bool, Closed> {
        self.heard = now;
        let length = part.len();
        let arrived = self.arrived.saturating_add(length);
        if arrived > self.total {
            return Err(Closed::new(CloseCode::Chunk, "the chunks of a message are longer than its total"));
        }
        if arrived < self.total && length < MIN_CHUNK {
            let text = "a chunk that does not complete its message is shorter than 4096 bytes";
            return Err(Closed::new(CloseCode::Chunk, text));
        }
        self.arrived = arrived;
        match part {
            _ if !self.wanted => {}
            Part::Apart(part) => self.data.push(part, self.total),
            Part::InPlace { body, .. } => self.data = body,
        }
        Ok(arrived == self.total)
    }

    /// What has come, with room for a part of this length that is to be put behind it; `None` if that is not to be.
    pub(super) fn lend(&mut self, part: usize) -> Option<Room> {
        let fits = self.arrived.saturating_add(part) <= self.total;
        (self.wanted && fits && self.data.reserve(part, self.total)).then(|| std::mem::take(&mut self.data))
    }

    /// Nobody waits for the body any more: its parts are counted and dropped.
    pub(super) fn discard(&mut self) {
        self.wanted = false;
        self.data = Room::default();
    }

    pub(super) fn total(&self) -> usize {
        self.total
    }

    /// The whole body; empty if it was discarded.
    pub(super) fn into_body(self) -> Bytes {
        self.data.into_bytes()
    }
}
