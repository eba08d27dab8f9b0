//! The streams of calls that this side serves.

use std::task::Waker;
use std::time::Instant;

use super::place::{Phase, Place, Served, Stop, Why};
use super::table::Inbound;
use crate::proto::call::{ArgumentEvent, SendRoom, ServedCall};
use crate::proto::send_queue::SendQueue;
use crate::proto::stream::{
    Argument, Block, CalleeStreams, ItemLimits, Later, ResultStream, RoomQueue, Trouble, Who,
};
use crate::proto::{Closed, answer};
use crate::stream::{Batch, Credit};
use crate::wire::{self, CloseCode, EndStatus, Frame, ReplyStatus};
use crate::{Code, RpcError};

impl Inbound {
    /// An item of an argument stream, or a part of one.
    pub(in crate::proto) fn handle_item(
        &mut self,
        now: Instant,
        stream: u32,
        item: &wire::Item<'_>,
    ) -> Result<(), Closed> {
        let Some(streams) = incoming(self.places.get(item.place), self.streamed.contains(item.place))? else {
            return Ok(());
        };
        let Some(argument) = streams.argument(stream) else {
            let error = no_stream(streams, stream);
            self.break_call(item.place, error);
            return Ok(());
        };
        match argument.receiving.item(now, item, &self.limits, &mut self.assembling) {
            Ok(()) => {
                if !item.more {
                    self.wakers.extend(argument.waker.take());
                }
                Ok(())
            }
            Err(trouble) => self.refuse_item(item.place, stream, trouble),
        }
    }

    /// Several items of an argument stream.
    pub(in crate::proto) fn handle_items(
        &mut self,
        stream: u32,
        items: &wire::Items<'_>,
    ) -> Result<(), Closed> {
        let place = items.place();
        let Some(streams) = incoming(self.places.get(place), self.streamed.contains(place))? else {
            return Ok(());
        };
        let Some(argument) = streams.argument(stream) else {
            let error = no_stream(streams, stream);
            self.break_call(place, error);
            return Ok(());
        };
        match argument.receiving.items(items, &self.limits) {
            Ok(()) => {
                self.wakers.extend(argument.waker.take());
                Ok(())
            }
            Err(trouble) => self.refuse_item(place, stream, trouble),
        }
    }

    /// The end of an argument stream.
    pub(in crate::proto) fn handle_end(&mut self, stream: u32, end: &wire::End<'_>) -> Result<(), Closed> {
        let Some(streams) = incoming(self.places.get(end.place), self.streamed.contains(end.place))? else {
            return Ok(());
        };
        let method = streams.method;
        let Some(argument) = streams.argument(stream) else {
            let error = no_stream(streams, stream);
            self.break_call(end.place, error);
            return Ok(());
        };
        match argument.receiving.end(end, &self.limits, &mut self.assembling) {
            Ok(()) if end.status == EndStatus::Dropped => {
                let name = method.argument_streams.get(stream as usize).copied().unwrap_or_default();
                let text = format!("the caller of `{method}` dropped the stream `{name}` before its end");
                self.break_call(end.place, RpcError::new(Code::Cancelled, text));
                Ok(())
            }
            Ok(()) => {
                self.wakers.extend(argument.waker.take());
                Ok(())
            }
            Err(trouble) => self.refuse_item(end.place, stream, trouble),
        }
    }

    /// The caller takes more of the result stream.
    pub(in crate::proto) fn handle_credit(&mut self, credit: &wire::Credit) -> Result<(), Closed> {
        let entry = self.places.get(credit.place);
        let streams = match entry {
            // Credit may come with the first frame of a call.
            Some(Place::Assembling(partial)) => match partial.streams.as_deref_mut() {
                Some(streams) => streams,
                None => return Err(out_of_place()),
            },
            entry => match incoming(entry, self.streamed.contains(credit.place))? {
                Some(streams) => streams,
                None => return Ok(()),
            },
        };
        let Some(result) = &mut streams.result else { return Ok(()) };
        result.sending.add(credit)?;
        if std::mem::take(&mut result.sending.waits) {
            self.wakers.extend(result.waker.take());
        }
        Ok(())
    }

    /// Opens the result stream of a call.
    pub(in crate::proto) fn open_result(&mut self, call: ServedCall, metadata: &[u8], send: &mut SendQueue) {
        let max_reply_bytes = self.limits.max_reply_bytes;
        let Some(streams) = self.running(call) else { return };
        if streams.opened || streams.result.is_none() {
            return;
        }
        if let Some(error) = answer::unopened(metadata, max_reply_bytes, send.queued_for_replies()) {
            return self.break_call(call.place, error);
        }
        streams.opened = true;
        let status = ReplyStatus::Opened;
        let reply = wire::Reply { place: call.place, status, metadata, total: None, body: &[] };
        Frame::Reply(reply).encode(send.buffer());
    }

    /// Whether items of the result stream may be sent; else `waker` is woken when they may.
    pub(in crate::proto) fn poll_result_room(
        &mut self,
        call: ServedCall,
        waker: &Waker,
        replaced: &mut Option<Waker>,
        send: &SendQueue,
        queue: &mut RoomQueue,
    ) -> SendRoom {
        let Some(streams) = self.running(call) else {
            return SendRoom::Over;
        };
        let opened = streams.opened;
        let Some(ResultStream { sending, waker: slot }) = &mut streams.result else { return SendRoom::Over };
        match sending.room(send) {
            Err(Block::Over) => return SendRoom::Over,
            Ok(credit) if opened => {
                sending.waits = false;
                return SendRoom::Ready(credit);
            }
            Err(Block::Full) if opened => {
                if !std::mem::replace(&mut sending.in_queue, true) {
                    queue.push(Later::Wake(Who::Callee { call, stream: 0 }));
                }
            }
            _ => sending.waits = true,
        }
        watch(slot, waker, replaced);
        SendRoom::Wait
    }

    /// Takes as many whole items of the result stream as may be sent now.
    pub(in crate::proto) fn send_result(
        &mut self,
        call: ServedCall,
        items: &mut Batch,
        limits: ItemLimits,
        send: &mut SendQueue,
    ) {
        let streams = self.running(call).filter(|streams| streams.opened);
        let Some(streams) = streams else { return };
        let Some(result) = &mut streams.result else { return };
        if let Err(length) = result.sending.send(call.place, items, limits, send) {
            let error = answer::item_too_long("the result", length, limits.max_message);
            self.break_call(call.place, error);
        }
    }

    /// What has come of an argument stream; else `waker` is woken when something does. `consumed` is what the
    /// application has taken since the last time.
    pub(in crate::proto) fn poll_argument(
        &mut self,
        (call, stream): (ServedCall, u32),
        waker: &Waker,
        replaced: &mut Option<Waker>,
        consumed: Credit,
        room: (&mut SendQueue, &mut RoomQueue),
    ) -> Option<ArgumentEvent> {
        let Some(argument) = self.running(call).and_then(|streams| streams.argument(stream)) else {
            return Some(ArgumentEvent::Over);
        };
        argument.consumed((call, stream), consumed, room);
        let Argument { receiving, waker: slot } = argument;
        if let Some(items) = receiving.take() {
            return Some(ArgumentEvent::Items(items));
        }
        if let Some((status, body)) = receiving.take_end() {
            return Some(ArgumentEvent::End { status, body });
        }
        if receiving.has_ended() {
            return Some(ArgumentEvent::Over);
        }
        watch(slot, waker, replaced);
        None
    }

    /// The application has taken so much of an argument stream.
    pub(in crate::proto) fn argument_consumed(
        &mut self,
        (call, stream): (ServedCall, u32),
        taken: Credit,
        room: (&mut SendQueue, &mut RoomQueue),
    ) {
        if let Some(argument) = self.running(call).and_then(|streams| streams.argument(stream)) {
            argument.consumed((call, stream), taken, room);
        }
    }

    /// The handler wants no more of an argument stream. Gives its waker, which is not to be dropped under a lock.
    pub(in crate::proto) fn drop_argument(&mut self, call: ServedCall, stream: u32) -> Option<Waker> {
        let argument = self.running(call).and_then(|streams| streams.argument(stream))?;
        argument.receiving.discard();
        argument.waker.take()
    }

    /// The item, or the end, of a result stream that waited beside the buffer is in it.
    pub(in crate::proto) fn item_written(&mut self, place: u32, send: &mut SendQueue) {
        let Some(entry) = self.places.get(place) else { return };
        let Some(result) = entry.streams().and_then(|streams| streams.result.as_mut()) else { return };
        let over = result.sending.whole(place, send);
        if std::mem::take(&mut result.sending.waits) {
            self.wakers.extend(result.waker.take());
        }
        if over && matches!(entry, Place::Whole(Served { phase: Phase::Replying, .. })) {
            self.end(place);
        }
    }

    /// What may still be sent of results, and still come of argument streams, by place and stream.
    #[cfg(test)]
    pub(in crate::proto) fn credits(&mut self) -> crate::proto::stream::Credits {
        let mut credits = Vec::new();
        for (place, entry) in self.places.iter_mut() {
            let Place::Whole(call) = entry else { continue };
            let Some(streams) = call.streams.as_ref().filter(|_| call.runs()) else { continue };
            for (stream, argument) in (0..).zip(&streams.arguments) {
                credits.extend(argument.receiving.credit().map(|credit| ((place, Some(stream)), credit)));
            }
            let result = streams.result.as_ref().filter(|_| streams.opened);
            credits.extend(
                result.and_then(|result| result.sending.credit()).map(|credit| ((place, None), credit)),
            );
        }
        credits
    }

    /// There is room in the buffer for a stream.
    pub(in crate::proto) fn has_room(&mut self, later: Later, send: &mut SendQueue) {
        match later {
            Later::Wake(Who::Callee { call, .. }) => {
                if let Some(result) = self.running(call).and_then(|streams| streams.result.as_mut())
                    && std::mem::take(&mut result.sending.in_queue)
                {
                    let waker = result.waker.take();
                    self.wakers.extend(waker);
                }
            }
            Later::Credit(Who::Callee { call, stream }) => {
                if let Some(argument) = self.running(call).and_then(|streams| streams.argument(stream))
                    && std::mem::take(&mut argument.receiving.in_queue)
                    && !argument.receiving.has_ended()
                {
                    give(call.place, stream, argument.receiving.give(), send);
                }
            }
            Later::Wake(Who::Caller { .. }) | Later::Credit(Who::Caller { .. }) => {}
        }
    }

    fn refuse_item(&mut self, place: u32, stream: u32, trouble: Trouble) -> Result<(), Closed> {
        if let Trouble::Close(closed) = trouble {
            return Err(closed);
        }
        let Some(method) = self.places.get(place).and_then(Place::streams).map(|streams| streams.method)
        else {
            return Ok(());
        };
        let name = method.argument_streams.get(stream as usize).copied().unwrap_or_default();
        let error = answer::exhausted(&format!("the stream `{name}` of `{method}`"), &trouble, &self.limits);
        self.break_call(place, error);
        Ok(())
    }

    /// A stream of a call broke: its handler is not started, or dropped, and the call answered with `error`.
    fn break_call(&mut self, place: u32, error: RpcError) {
        let Some(Place::Whole(call)) = self.places.get(place) else { return };
        let runs = call.runs();
        let Some(streams) = &mut call.streams else { return };
        if !runs && !matches!(call.phase, Phase::Waiting { .. }) {
            return;
        }
        streams.broken.get_or_insert(error);
        streams.stop(&mut self.assembling, &mut self.wakers);
        if runs {
            call.phase = Phase::Running(Stop::Due(Why::Broken));
            self.stopped.push(place);
        }
    }
}

impl Argument {
    /// The application has taken so much.
    fn consumed(
        &mut self,
        (call, stream): (ServedCall, u32),
        taken: Credit,
        (send, queue): (&mut SendQueue, &mut RoomQueue),
    ) {
        let receiving = &mut self.receiving;
        if receiving.consumed(taken) {
            if send.has_room() {
                give(call.place, stream, receiving.give(), send);
            } else if !std::mem::replace(&mut receiving.in_queue, true) {
                queue.push(Later::Credit(Who::Callee { call, stream }));
            }
        }
    }
}

/// The streams of the call on a place that a frame has come for; none if it comes too late.
fn incoming(entry: Option<&mut Place>, streamed: bool) -> Result<Option<&mut CalleeStreams>, Closed> {
    match entry {
        Some(Place::Whole(call)) => {
            let wanted = call.runs() || call.phase == Phase::Waiting { cancelled: false };
            let streams = call.streams.as_deref_mut().ok_or_else(out_of_place)?;
            Ok(Some(streams).filter(|streams| wanted && streams.broken.is_none()))
        }
        Some(Place::Refused { streams: true, .. }) => Ok(None),
        Some(Place::Free | Place::Late) | None if streamed => Ok(None),
        _ => Err(out_of_place()),
    }
}

fn out_of_place() -> Closed {
    Closed::new(
        CloseCode::Stream,
        "a frame of a stream for a place where no call has streams that have begun",
    )
}

fn no_stream(streams: &CalleeStreams, stream: u32) -> RpcError {
    let (method, count) = (streams.method, streams.arguments.len());
    let text = format!("an item came for stream {stream} of `{method}`, which has {count} argument streams");
    RpcError::new(Code::InvalidArgument, text)
}

fn watch(slot: &mut Option<Waker>, waker: &Waker, replaced: &mut Option<Waker>) {
    if !slot.as_ref().is_some_and(|known| known.will_wake(waker)) {
        *replaced = slot.replace(waker.clone());
    }
}

pub(super) fn give(place: u32, stream: u32, Credit { items, bytes }: Credit, send: &mut SendQueue) {
    let credit = wire::Credit { place, items, bytes };
    Frame::ReplyCredit { stream, credit }.encode(send.buffer());
}
