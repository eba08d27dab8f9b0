//! What the application does with the streams of its calls, and what the peer does.

use std::task::Waker;
use std::time::Instant;

use super::state::Connection;
use crate::clock::later;
use crate::proto::Closed;
use crate::proto::answer::{self, SendLimits};
use crate::proto::call::{ArgumentEvent, ResultEvent, SendRoom, ServedCall};
use crate::proto::stream::ItemLimits;
use crate::stream::{Batch, Credit};
use crate::wire::{CloseCode, EndStatus, Frame};

/// For the caller of a call; `call` is what `start_call` gave.
impl Connection {
    /// What has come of a call with a result stream; else `waker` is woken when something does, and no longer the one
    /// that is `replaced`. `consumed` is what the application has taken since the last time.
    pub(crate) fn poll_result(
        &mut self,
        call: u32,
        waker: &Waker,
        replaced: &mut Option<Waker>,
        consumed: Credit,
    ) -> Option<ResultEvent> {
        self.outbound.poll_result(call, waker, replaced, consumed, (&mut self.send, &mut self.room))
    }

    /// The application has taken so much of a result, and has more of it to take.
    pub(crate) fn result_consumed(&mut self, call: u32, taken: Credit) {
        self.outbound.result_consumed(call, taken, (&mut self.send, &mut self.room));
    }

    /// Whether items of an argument stream may be sent; else the call's `waker` is woken when they may.
    pub(crate) fn poll_argument_room(
        &mut self,
        call: u32,
        stream: u32,
        waker: &Waker,
        replaced: &mut Option<Waker>,
    ) -> SendRoom {
        let at = (call, stream, &self.our_binds);
        self.outbound.poll_argument_room(at, waker, replaced, &self.send, &mut self.room)
    }

    /// Takes as many whole items of an argument stream as may be sent now; the others stay.
    pub(crate) fn send_argument(&mut self, call: u32, stream: u32, items: &mut Batch) {
        if let Some(limits) = self.send_limits().map(item_limits) {
            self.outbound.send_argument((call, stream), items, limits, &mut self.send);
        }
    }

    /// Ends an argument stream, behind its items. An error that does not fit in a frame becomes one that says so.
    pub(crate) fn end_argument(&mut self, call: u32, stream: u32, status: EndStatus, body: &[u8]) {
        if let Some(limits) = self.send_limits() {
            let end = answer::argument_end(status, body, limits);
            self.outbound.end_argument((call, stream), end, &mut self.send);
        }
    }
}

/// For the handler of a call.
impl Connection {
    /// Opens the result stream: what was sent before the first item. `metadata` as on the wire; empty for none.
    pub(crate) fn open_result(&mut self, call: ServedCall, metadata: &[u8]) {
        if self.closed.is_none() {
            self.inbound.open_result(call, metadata, &mut self.send);
        }
    }

    /// Whether items of the result stream may be sent; else `waker` is woken when they may.
    pub(crate) fn poll_result_room(
        &mut self,
        call: ServedCall,
        waker: &Waker,
        replaced: &mut Option<Waker>,
    ) -> SendRoom {
        if self.closed.is_some() {
            return SendRoom::Over;
        }
        self.inbound.poll_result_room(call, waker, replaced, &self.send, &mut self.room)
    }

    /// Takes as many whole items of the result stream as may be sent now; the others stay.
    pub(crate) fn send_result(&mut self, call: ServedCall, items: &mut Batch) {
        if let Some(limits) = self.send_limits().filter(|_| self.closed.is_none()) {
            self.inbound.send_result(call, items, item_limits(limits), &mut self.send);
        }
    }

    /// What has come of an argument stream; else `waker` is woken when something does. `consumed` is what the
    /// application has taken since the last time.
    pub(crate) fn poll_argument(
        &mut self,
        call: ServedCall,
        stream: u32,
        waker: &Waker,
        replaced: &mut Option<Waker>,
        consumed: Credit,
    ) -> Option<ArgumentEvent> {
        if self.closed.is_some() {
            return Some(ArgumentEvent::Over);
        }
        let room = (&mut self.send, &mut self.room);
        self.inbound.poll_argument((call, stream), waker, replaced, consumed, room)
    }

    /// The application has taken so much of an argument stream, and has more of it to take.
    pub(crate) fn argument_consumed(&mut self, call: ServedCall, stream: u32, taken: Credit) {
        if self.closed.is_none() {
            self.inbound.argument_consumed((call, stream), taken, (&mut self.send, &mut self.room));
        }
    }

    /// The handler wants no more of an argument stream. Gives its waker, which is not to be dropped under a lock.
    pub(crate) fn drop_argument(&mut self, call: ServedCall, stream: u32) -> Option<Waker> {
        self.inbound.drop_argument(call, stream)
    }
}

/// For the peer.
impl Connection {
    pub(super) fn handle_stream_frame(&mut self, now: Instant, frame: Frame<'_>) -> Result<(), Closed> {
        self.check_may_stream("a frame of a stream")?;
        match frame {
            Frame::CallItem { stream, item } => {
                self.watch_parts(now, item.more);
                self.inbound.handle_item(now, stream, &item)
            }
            Frame::CallItems { stream, items } => self.inbound.handle_items(stream, &items),
            Frame::CallEnd { stream, end } => self.inbound.handle_end(stream, &end),
            Frame::CallCredit(credit) => self.inbound.handle_credit(&credit),
            Frame::ReplyItem(item) => {
                self.watch_parts(now, item.more);
                self.outbound.handle_item(now, &item, &mut self.send)
            }
            Frame::ReplyItems(items) => self.outbound.handle_items(&items, &mut self.send),
            Frame::ReplyEnd(end) => self.outbound.handle_end(&end, &mut self.send),
            Frame::ReplyCredit { stream, credit } => self.outbound.handle_credit(stream, &credit),
            _ => Ok(()),
        }
    }

    /// The next part of an item may not be long in coming.
    fn watch_parts(&mut self, now: Instant, more: bool) {
        if more {
            self.timers.watch_call(later(now, self.limits.frame_timeout));
        }
    }

    /// Both sides know streams.
    pub(super) fn may_stream(&self) -> bool {
        self.peer.as_ref().is_some_and(|peer| peer.streams)
    }

    pub(super) fn check_may_stream(&self, what: &str) -> Result<(), Closed> {
        if self.may_stream() {
            return Ok(());
        }
        Err(Closed::new(CloseCode::Feature, format!("{what}, but streams are not switched on")))
    }
}

fn item_limits(limits: SendLimits) -> ItemLimits {
    ItemLimits { max_frame: limits.max_frame, max_message: limits.max_message }
}
