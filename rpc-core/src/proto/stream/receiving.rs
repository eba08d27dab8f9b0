use std::time::Instant;

use bytes::Bytes;

use super::share::{Pool, Share};
use crate::Limits;
use crate::proto::Closed;
use crate::proto::assembly::MIN_CHUNK;
use crate::stream::{Credit, Items};
use crate::wire::{self, CloseCode, EndStatus, varint};

/// A stream that comes from the peer.
pub(in crate::proto) struct Receiving {
    /// What the peer may still begin; bytes fall below zero by one item at most.
    items: u64,
    bytes: i64,
    /// What the peer may have sent, at most, beyond what the application has taken.
    window: Credit,
    /// The peer has been given the whole window.
    raised: bool,
    /// Taken, and not yet given back to the peer.
    owed: Credit,
    /// Items that have come and that the application has not taken; in `share` with a byte more for each.
    untaken: Credit,
    share: Share,
    /// Whole items, each behind its length, and the parts of the next, behind room for its length.
    data: Vec<u8>,
    partial: Option<Partial>,
    /// Nobody wants more: what comes is counted and thrown away.
    discards: bool,
    end: End,
    /// It stands in the queue of those that give credit when the buffer has room.
    pub(in crate::proto) in_queue: bool,
}

struct Partial {
    length: usize,
    /// Where it begins in `data`, if that has it.
    start: usize,
    /// When the last part came.
    heard: Instant,
}

enum End {
    NotYet,
    Come(EndStatus, Bytes),
    Told,
}

/// What is wrong with an item.
pub(in crate::proto) enum Trouble {
    /// The connection has to be closed.
    Close(Closed),
    /// It is longer than `max_message`: the call fails.
    TooLong,
    /// More has come of all streams than `max_buffered_bytes`: the call fails.
    TooMuch,
}

impl From<Closed> for Trouble {
    fn from(closed: Closed) -> Self {
        Self::Close(closed)
    }
}

impl Receiving {
    pub(in crate::proto) fn new(limits: &Limits, pool: &Pool) -> Self {
        let window = Credit { items: limits.max_stream_items as u64, bytes: limits.max_stream_bytes as u64 };
        Self {
            items: FLOOR.items,
            bytes: FLOOR.bytes.cast_signed(),
            window,
            raised: false,
            owed: Credit::default(),
            untaken: Credit::default(),
            share: pool.share(),
            data: Vec::new(),
            partial: None,
            discards: false,
            end: End::NotYet,
            in_queue: false,
        }
    }

    /// Takes an item or a part of one. `assembling` counts the bodies that are incomplete.
    pub(in crate::proto) fn item(
        &mut self,
        now: Instant,
        item: &wire::Item<'_>,
        limits: &Limits,
        assembling: &mut usize,
    ) -> Result<(), Trouble> {
        if !matches!(self.end, End::NotYet) {
            return Err(violation("an item behind the end of its stream").into());
        }
        if item.more && item.data.len() < MIN_CHUNK {
            let text = "a part that does not complete its item is shorter than 4096 bytes";
            return Err(Closed::new(CloseCode::Chunk, text).into());
        }
        let partial = self.partial.take();
        match &partial {
            None if self.items == 0 || self.bytes <= 0 => {
                return Err(violation("an item without credit").into());
            }
            None if item.more && *assembling >= limits.max_assembling => {
                let text =
                    format!("more than {} bodies in parts at once (max_assembling)", limits.max_assembling);
                return Err(Closed::new(CloseCode::Assembling, text).into());
            }
            None => {
                self.items = self.items.saturating_sub(1);
                *assembling = assembling.saturating_add(usize::from(item.more));
            }
            Some(_) => *assembling = assembling.saturating_sub(usize::from(!item.more)),
        }
        self.bytes = self.bytes.saturating_sub_unsigned(item.data.len() as u64);
        let begun = partial.is_some();
        let (before, start) = partial.map_or((0, self.data.len()), |partial| (partial.length, partial.start));
        let length = before.saturating_add(item.data.len());
        if item.more {
            self.partial = Some(Partial { length, start, heard: now });
        }
        if self.discards {
            return Ok(());
        }
        if length > limits.max_message {
            self.cut(start, before);
            return Err(Trouble::TooLong);
        }
        if !self.grow(item.data.len().saturating_add(usize::from(!item.more)), limits) {
            self.cut(start, before);
            return Err(Trouble::TooMuch);
        }
        match (begun, item.more) {
            (false, false) => varint::encode(length as u64, &mut self.data),
            (false, true) => self.data.extend_from_slice(&long_length(0)),
            (true, _) => {}
        }
        self.data.extend_from_slice(item.data);
        if begun
            && !item.more
            && let Some(room) = self.data.get_mut(start..).and_then(<[u8]>::first_chunk_mut)
        {
            *room = long_length(length);
        }
        if !item.more {
            self.untaken = self.untaken.plus(Credit::of(length));
        }
        Ok(())
    }

    /// Takes several items, none in parts.
    pub(in crate::proto) fn items(
        &mut self,
        items: &wire::Items<'_>,
        limits: &Limits,
    ) -> Result<(), Trouble> {
        if !matches!(self.end, End::NotYet) {
            return Err(violation("an item behind the end of its stream").into());
        }
        if self.partial.is_some() {
            return Err(violation("a frame of whole items within an item").into());
        }
        let (count, bytes) = (items.count() as u64, items.bytes() as u64);
        let left = u64::try_from(self.bytes).unwrap_or(0);
        // The last one may go above what is left.
        let before_last = || bytes.saturating_sub(items.iter().last().map_or(0, <[u8]>::len) as u64);
        if self.items < count || left == 0 || (left <= bytes && left <= before_last()) {
            return Err(violation("an item without credit").into());
        }
        self.items = self.items.saturating_sub(count);
        self.bytes = self.bytes.saturating_sub_unsigned(bytes);
        if self.discards {
            return Ok(());
        }
        if items.bytes() > limits.max_message && items.iter().any(|item| item.len() > limits.max_message) {
            self.discards = true;
            return Err(Trouble::TooLong);
        }
        if !self.grow(items.bytes().saturating_add(items.count()), limits) {
            self.discards = true;
            return Err(Trouble::TooMuch);
        }
        self.data.extend_from_slice(items.data());
        self.untaken = self.untaken.plus(Credit { items: count, bytes });
        Ok(())
    }

    fn grow(&mut self, bytes: usize, limits: &Limits) -> bool {
        self.share.grow(bytes, limits.max_buffered_bytes.max(limits.max_message))
    }

    /// The stream ends.
    pub(in crate::proto) fn end(
        &mut self,
        end: &wire::End<'_>,
        limits: &Limits,
        assembling: &mut usize,
    ) -> Result<(), Trouble> {
        if !matches!(self.end, End::NotYet) {
            return Err(violation("a second end of a stream").into());
        }
        if self.partial.is_some() && end.status == EndStatus::Clean {
            return Err(violation("the clean end of a stream within an item").into());
        }
        self.forget_partial(assembling);
        self.end = End::Told;
        if self.discards {
            return Ok(());
        }
        if end.body.len() > limits.max_message {
            return Err(Trouble::TooLong);
        }
        if !self.grow(end.body.len(), limits) {
            return Err(Trouble::TooMuch);
        }
        self.end = End::Come(end.status, Bytes::copy_from_slice(end.body));
        Ok(())
    }

    /// The whole items that have come.
    pub(in crate::proto) fn take(&mut self) -> Option<Items> {
        let start = match &mut self.partial {
            // Of an item that is thrown away nothing stands behind the others.
            Some(partial) if !self.discards => std::mem::take(&mut partial.start),
            _ => self.data.len(),
        };
        if start == 0 {
            return None;
        }
        let rest = self.data.split_off(start);
        Some(Items::new(std::mem::replace(&mut self.data, rest)))
    }

    /// The end of the stream, once, when it has come and all items are taken.
    pub(in crate::proto) fn take_end(&mut self) -> Option<(EndStatus, Bytes)> {
        match std::mem::replace(&mut self.end, End::Told) {
            End::Come(status, body) => {
                self.share.shrink(body.len());
                Some((status, body))
            }
            End::NotYet => {
                self.end = End::NotYet;
                None
            }
            End::Told => None,
        }
    }

    /// True if nothing more comes of it.
    pub(in crate::proto) fn has_ended(&self) -> bool {
        !matches!(self.end, End::NotYet)
    }

    /// The application has taken so much. True if the peer is to be told: half of the window is free.
    pub(in crate::proto) fn consumed(&mut self, taken: Credit) -> bool {
        let taken =
            Credit { items: taken.items.min(self.untaken.items), bytes: taken.bytes.min(self.untaken.bytes) };
        self.untaken = self.untaken.minus(taken);
        let held = taken.items.saturating_add(taken.bytes);
        self.share.shrink(usize::try_from(held).unwrap_or(usize::MAX));
        self.owed = self.owed.plus(taken);
        !self.owed.is_none()
            && !self.discards
            && !self.has_ended()
            && (self.owed.items >= self.window.items / 2 || self.owed.bytes >= self.window.bytes / 2)
    }

    /// What the peer is given now.
    pub(in crate::proto) fn give(&mut self) -> Credit {
        let owed = std::mem::take(&mut self.owed);
        self.grant(owed);
        owed
    }

    /// What makes the first credit the whole window, once.
    pub(in crate::proto) fn raise(&mut self) -> Option<Credit> {
        if std::mem::replace(&mut self.raised, true) || self.discards || self.has_ended() {
            return None;
        }
        let more = Credit {
            items: self.window.items.saturating_sub(FLOOR.items),
            bytes: self.window.bytes.saturating_sub(FLOOR.bytes),
        };
        self.grant(more);
        (!more.is_none()).then_some(more)
    }

    fn grant(&mut self, credit: Credit) {
        self.items = self.items.saturating_add(credit.items);
        self.bytes = self.bytes.saturating_add_unsigned(credit.bytes);
    }

    /// Nobody wants more than the whole items that are here.
    pub(in crate::proto) fn close(&mut self) {
        if !self.discards {
            let (start, length) =
                self.partial.as_ref().map_or((usize::MAX, 0), |partial| (partial.start, partial.length));
            self.cut(start, length);
        }
    }

    /// Keeps nothing more, nor what is here of an item that begins at `start`.
    fn cut(&mut self, start: usize, bytes: usize) {
        self.discards = true;
        self.drop_partial(start, bytes);
    }

    fn drop_partial(&mut self, start: usize, bytes: usize) {
        self.data.truncate(start);
        self.share.shrink(bytes);
    }

    /// Nobody wants anything of it.
    pub(in crate::proto) fn discard(&mut self) {
        self.discards = true;
        (self.data, self.untaken) = (Vec::new(), Credit::default());
        if let End::Come(..) = self.end {
            self.end = End::Told;
        }
        self.share.clear();
    }

    /// The item that has begun is not completed.
    pub(in crate::proto) fn forget_partial(&mut self, assembling: &mut usize) {
        if let Some(partial) = self.partial.take() {
            *assembling = assembling.saturating_sub(1);
            if !self.discards {
                self.drop_partial(partial.start, partial.length);
            }
        }
    }

    /// What may still come, while it is open.
    #[cfg(test)]
    pub(in crate::proto) fn credit(&self) -> Option<(u64, i64)> {
        (!self.has_ended()).then_some((self.items, self.bytes))
    }

    /// When the last part of an item came that is not whole.
    pub(in crate::proto) fn heard(&self) -> Option<Instant> {
        self.partial.as_ref().map(|partial| partial.heard)
    }
}

/// A length in more bytes than its shortest form may need, so that there is room for it before it is known.
fn long_length(length: usize) -> [u8; 5] {
    let mut left = length;
    let mut bytes = [0x80; 5];
    for byte in &mut bytes {
        let [low, ..] = left.to_le_bytes();
        *byte |= low & 0x7f;
        left >>= 7;
    }
    bytes[4] &= 0x7f;
    bytes
}

/// With so much every stream begins.
const FLOOR: Credit =
    Credit { items: Limits::FLOOR_STREAM_ITEMS as u64, bytes: Limits::FLOOR_STREAM_BYTES as u64 };

pub(super) fn violation(text: &str) -> Closed {
    Closed::new(CloseCode::Stream, text)
}
