use bytes::Bytes;

use crate::wire::ItemOf;

/// A body that waits beside the buffer.
pub(super) struct LongBody {
    pub(super) direction: Direction,
    pub(super) place: u32,
    /// What goes before the body: for one in chunks a frame of its own, else the rest of the same frame.
    pub(super) head: Vec<u8>,
    pub(super) body: Bytes,
    /// The length of the body when it was queued.
    pub(super) whole: usize,
    /// The same with its head.
    pub(super) all: usize,
    /// Where the last byte of it that is written from where it lies stands in all that is ever written; 0 if there is
    /// none.
    pub(super) held_until: u64,
}

impl LongBody {
    /// What has not gone into the buffer, head included: that has the metadata.
    pub(super) fn left(&self) -> usize {
        self.head.len().saturating_add(self.body.len())
    }

    pub(super) fn new(direction: Direction, place: u32, head: Vec<u8>, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let whole = body.len();
        let all = head.len().saturating_add(whole);
        Self { direction, place, head, body, whole, all, held_until: 0 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Call,
    Reply,
    /// An item of a stream, or its end.
    Item(ItemOf),
}

impl Direction {
    /// A callee sends it.
    pub(super) fn is_reply(self) -> bool {
        matches!(self, Self::Reply | Self::Item(ItemOf::Reply))
    }
}

/// What has gone into the buffer of a body that waited beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Queued {
    /// The Call frame on this place, as the n-th of this side.
    Begun { place: u32, sequence: u64 },
    /// All of it; `end` is where its last byte stands in all that is ever written.
    Whole { direction: Direction, place: u32, end: u64 },
}

/// How far a long body had come when it was taken back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TakenBack {
    /// Nothing of it will ever be written.
    NotBegun,
    /// Its end will never be written.
    Begun,
    /// It is not here: written or in the buffer to its end, or never was.
    NotThere,
}
