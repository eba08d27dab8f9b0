use std::collections::VecDeque;
use std::time::Instant;

use bytes::Bytes;

use super::share::{Pool, Share};
use crate::Limits;
use crate::proto::Closed;
use crate::proto::assembly::MIN_CHUNK;
use crate::stream::{Credit, Items};
use crate::wire::{self, CloseCode, EndStatus};

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
    /// Items that have come and that the application has not taken; their bytes are in `share`.
    untaken: u64,
    share: Share,
    /// Whole items, and behind them the parts of the next.
    data: Vec<u8>,
    lengths: VecDeque<usize>,
    partial: Option<Partial>,
    /// Nobody wants more: what comes is counted and thrown away.
    discards: bool,
    end: End,
    /// It stands in the queue of those that give credit when the buffer has room.
    pub(in crate::proto) in_queue: bool,
}

struct Partial {
    length: usize,
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
            untaken: 0,
            share: pool.share(),
            data: Vec::new(),
            lengths: VecDeque::new(),
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
        let before = partial.map_or(0, |partial| partial.length);
        let length = before.saturating_add(item.data.len());
        if item.more {
            self.partial = Some(Partial { length, heard: now });
        }
        if self.discards {
            return Ok(());
        }
        if length > limits.max_message {
            self.cut(before);
            return Err(Trouble::TooLong);
        }
        if !self.share.grow(item.data.len(), limits.max_buffered_bytes.max(limits.max_message)) {
            self.cut(before);
            return Err(Trouble::TooMuch);
        }
        self.data.extend_from_slice(item.data);
        if !item.more {
            self.lengths.push_back(length);
            self.untaken = self.untaken.saturating_add(1);
        }
        Ok(())
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
        if !self.share.grow(end.body.len(), limits.max_buffered_bytes.max(limits.max_message)) {
            return Err(Trouble::TooMuch);
        }
        self.end = End::Come(end.status, Bytes::copy_from_slice(end.body));
        Ok(())
    }

    /// The whole items that have come.
    pub(in crate::proto) fn take(&mut self) -> Option<Items> {
        if self.lengths.is_empty() {
            return None;
        }
        // Of an item that is thrown away nothing stands behind the others.
        let kept = self.partial.as_ref().filter(|_| !self.discards);
        let whole = self.data.len().saturating_sub(kept.map_or(0, |partial| partial.length));
        let rest = self.data.split_off(whole);
        let data = std::mem::replace(&mut self.data, rest);
        Some(Items::new(data, std::mem::take(&mut self.lengths)))
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
        let items = taken.items.min(self.untaken);
        self.untaken = self.untaken.saturating_sub(items);
        let bytes = self.share.shrink(usize::try_from(taken.bytes).unwrap_or(usize::MAX));
        self.owed = self.owed.plus(Credit { items, bytes: bytes as u64 });
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
            self.cut(self.partial.as_ref().map_or(0, |partial| partial.length));
        }
    }

    /// Keeps nothing more, nor the last bytes of what is here.
    fn cut(&mut self, bytes: usize) {
        self.discards = true;
        self.drop_last(bytes);
    }

    /// Those of an item that is not whole.
    fn drop_last(&mut self, bytes: usize) {
        self.data.truncate(self.data.len().saturating_sub(bytes));
        self.share.shrink(bytes);
    }

    /// Nobody wants anything of it.
    pub(in crate::proto) fn discard(&mut self) {
        self.discards = true;
        (self.data, self.lengths, self.untaken) = (Vec::new(), VecDeque::new(), 0);
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
                self.drop_last(partial.length);
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

/// With so much every stream begins.
const FLOOR: Credit =
    Credit { items: Limits::FLOOR_STREAM_ITEMS as u64, bytes: Limits::FLOOR_STREAM_BYTES as u64 };

pub(super) fn violation(text: &str) -> Closed {
    Closed::new(CloseCode::Stream, text)
}
