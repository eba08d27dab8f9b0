use bytes::Bytes;

use crate::Limits;
use crate::proto::Closed;
use crate::proto::long_body::{Direction, LongBody};
use crate::proto::send_queue::{CHUNK_HEAD, SendQueue};
use crate::stream::{Batch, Credit, NoRun, RunLimits};
use crate::wire::{self, CloseCode, EndStatus, ItemOf};

/// A stream that this side sends.
pub(in crate::proto) struct Sending {
    of: ItemOf,
    items: u64,
    /// Below zero by one item at most.
    bytes: i64,
    /// An item, or the end, waits beside the buffer.
    apart: bool,
    end: End,
    /// Somebody waits for credit, for its turn behind an item that is apart, or for the call to begin.
    pub(in crate::proto) waits: bool,
    /// It stands in the queue for room in the buffer.
    pub(in crate::proto) in_queue: bool,
}

enum End {
    Open,
    /// To be sent behind the item that is apart, or when the call has begun.
    Due(EndStatus, Bytes),
    /// Apart itself.
    Apart,
    Sent,
}

/// Why a stream cannot go on now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proto) enum Block {
    /// For credit, or behind an item that is apart.
    Wait,
    /// The buffer is full.
    Full,
    /// It has ended.
    Over,
}

/// What the peer takes.
#[derive(Clone, Copy)]
pub(in crate::proto) struct ItemLimits {
    pub(in crate::proto) max_frame: usize,
    pub(in crate::proto) max_message: usize,
}

impl Sending {
    pub(in crate::proto) fn new(of: ItemOf) -> Self {
        Self {
            of,
            items: Limits::FLOOR_STREAM_ITEMS as u64,
            bytes: i64::try_from(Limits::FLOOR_STREAM_BYTES).unwrap_or(i64::MAX),
            apart: false,
            end: End::Open,
            waits: false,
            in_queue: false,
        }
    }

    /// The receiver takes more.
    pub(in crate::proto) fn add(&mut self, credit: &wire::Credit) -> Result<(), Closed> {
        self.items = self.items.saturating_add(credit.items);
        self.bytes = self.bytes.saturating_add_unsigned(credit.bytes);
        if self.items > MAX_CREDIT || self.bytes > MAX_CREDIT.cast_signed() {
            return Err(Closed::new(CloseCode::Stream, "the credit of a stream is above 2^62 in sum"));
        }
        Ok(())
    }

    /// What may be sent now: an item at least.
    pub(in crate::proto) fn room(&self, send: &SendQueue) -> Result<Credit, Block> {
        if !matches!(self.end, End::Open) {
            Err(Block::Over)
        } else if self.apart || self.items == 0 || self.bytes <= 0 {
            Err(Block::Wait)
        } else if !send.has_room() {
            Err(Block::Full)
        } else {
            Ok(Credit { items: self.items, bytes: self.bytes.unsigned_abs() })
        }
    }

    /// Takes as many whole items as may be sent now. The error is the length of one that the peer never takes.
    pub(in crate::proto) fn send(
        &mut self,
        place: u32,
        items: &mut Batch,
        limits: ItemLimits,
        send: &mut SendQueue,
    ) -> Result<(), usize> {
        while let Ok(credit) = self.room(send) {
            let frame = limits.max_frame.saturating_sub(CHUNK_HEAD);
            let run = match items.run(RunLimits { credit, frame, item: limits.max_message }) {
                Ok(run) => run,
                Err(NoRun::None) => break,
                Err(NoRun::TooLong(length)) => return Err(length),
            };
            let size = run.size;
            self.items = self.items.saturating_sub(size.count as u64);
            self.bytes = self.bytes.saturating_sub_unsigned(size.bytes as u64);
            if run.data.len().saturating_add(CHUNK_HEAD) > limits.max_frame {
                self.apart = true;
                let item = items.take_one(size);
                send.push_long(LongBody::new(self.direction(), place, Vec::new(), item));
                continue;
            }
            let buffer = send.buffer();
            if size.count == 1 {
                wire::encode_item_head(self.of, place, false, run.data.len(), buffer);
            } else {
                wire::encode_items_head(self.of, place, run.data.len(), buffer);
            }
            buffer.extend_from_slice(run.data);
            items.advance(size);
        }
        Ok(())
    }

    /// Ends the stream as soon as its call has begun.
    pub(in crate::proto) fn end_later(&mut self, status: EndStatus, body: Bytes) {
        if let End::Open = self.end {
            self.end = End::Due(status, body);
        }
    }

    /// Ends the stream, behind what was sent of it. The body fits in a frame. True if the end is in the buffer.
    pub(in crate::proto) fn end(
        &mut self,
        place: u32,
        status: EndStatus,
        body: Bytes,
        send: &mut SendQueue,
    ) -> bool {
        match self.end {
            End::Open if self.apart => self.end = End::Due(status, body),
            End::Open => self.put_end(place, status, body, send),
            End::Due(..) | End::Apart | End::Sent => {}
        }
        self.is_over()
    }

    /// What was apart is in the buffer, or the call has begun. True if that was the last of the stream.
    pub(in crate::proto) fn whole(&mut self, place: u32, send: &mut SendQueue) -> bool {
        self.apart = false;
        match std::mem::replace(&mut self.end, End::Sent) {
            End::Open => self.end = End::Open,
            End::Due(status, body) => self.put_end(place, status, body, send),
            End::Apart | End::Sent => {}
        }
        self.is_over()
    }

    /// Sends no more of the stream, whatever was meant to follow.
    pub(in crate::proto) fn stop(&mut self, place: u32, send: &mut SendQueue) {
        self.cut(place, send);
        self.end = End::Sent;
    }

    /// Leaves out what has not gone into the buffer of the item that is apart; an end may follow at once.
    pub(in crate::proto) fn cut(&mut self, place: u32, send: &mut SendQueue) {
        if std::mem::take(&mut self.apart) {
            send.take_back(self.direction(), place);
        }
    }

    /// What may still be sent, while it is open.
    #[cfg(test)]
    pub(in crate::proto) fn credit(&self) -> Option<(u64, i64)> {
        matches!(self.end, End::Open).then_some((self.items, self.bytes))
    }

    fn is_over(&self) -> bool {
        matches!(self.end, End::Sent)
    }

    fn put_end(&mut self, place: u32, status: EndStatus, body: Bytes, send: &mut SendQueue) {
        if send.takes(body.len()) {
            wire::encode_end_head(self.of, place, status, body.len(), send.buffer());
            send.buffer().extend_from_slice(&body);
            self.end = End::Sent;
        } else {
            let mut head = Vec::new();
            wire::encode_end_head(self.of, place, status, body.len(), &mut head);
            send.push_large(LongBody::new(self.direction(), place, head, body));
            (self.apart, self.end) = (true, End::Apart);
        }
    }

    fn direction(&self) -> Direction {
        Direction::Item(self.of)
    }
}

/// The highest credit, in sum.
const MAX_CREDIT: u64 = 1 << 62;
