//! The streams of calls that this side makes.

use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

use super::answers::check;
use super::call::OutboundCall;
use super::table::{Outbound, find};
use crate::RpcError;
use crate::proto::bind::OurBinds;
use crate::proto::call::{Ending, ResultEvent, SendRoom};
use crate::proto::send_queue::SendQueue;
use crate::proto::stream::{
    Block, CallerStreams, ItemLimits, Later, Opened, Receiving, RoomQueue, Trouble, Who,
};
use crate::proto::{Closed, answer};
use crate::stream::{Batch, Credit};
use crate::wire::{self, CloseCode, EndStatus, Frame};

impl Outbound {
    /// The peer opens a result stream.
    pub(super) fn handle_opened(
        &mut self,
        reply: &wire::Reply<'_>,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let Self { places, calls, limits, .. } = self;
        let (entry, call) = find(places, calls, reply.place)?;
        if call.is_answered() {
            return Err(Closed::new(CloseCode::UnknownReply, "a second Reply for one call"));
        }
        if call.end.is_none() {
            let text = "a Reply that opens the result of a call whose body is not there";
            return Err(Closed::new(CloseCode::Stream, text));
        }
        if reply.total.is_some() || !reply.body.is_empty() {
            return Err(Closed::new(CloseCode::Stream, "a Reply that opens a stream has a body"));
        }
        let streams = call.streams.get_or_insert_default();
        let metadata = check(0, reply.metadata, limits);
        streams.opened = Opened::Told;
        if streams.result.is_none() {
            let why = "its answer is a stream where a value was expected";
            self.break_off(entry, Ending::Broken(why.to_owned()), send);
            return Ok(());
        }
        match metadata {
            Ok(metadata) if call.is_awaited() => {
                if let Some(streams) = &mut call.streams {
                    streams.opened = Opened::Due(metadata);
                }
                self.wake(entry);
            }
            Ok(_) => {}
            Err(why) => self.break_off(entry, Ending::Broken(why), send),
        }
        Ok(())
    }

    /// An item of a result stream, or a part of one.
    pub(in crate::proto) fn handle_item(
        &mut self,
        now: Instant,
        item: &wire::Item<'_>,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let Self { places, calls, limits, assembling, .. } = self;
        let (entry, call) = find(places, calls, item.place)?;
        let streams = call.opened()?;
        let Some(result) = &mut streams.result else { return Ok(()) };
        match result.item(now, item, limits, assembling) {
            Ok(()) if item.more => {}
            Ok(()) => self.wake(entry),
            Err(trouble) => self.refuse(entry, trouble, send)?,
        }
        Ok(())
    }

    /// Several items of a result stream.
    pub(in crate::proto) fn handle_items(
        &mut self,
        items: &wire::Items<'_>,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let Self { places, calls, limits, .. } = self;
        let (entry, call) = find(places, calls, items.place())?;
        let streams = call.opened()?;
        let Some(result) = &mut streams.result else { return Ok(()) };
        match result.items(items, limits) {
            Ok(()) => self.wake(entry),
            Err(trouble) => self.refuse(entry, trouble, send)?,
        }
        Ok(())
    }

    /// The end of a result stream, and of its call.
    pub(in crate::proto) fn handle_end(
        &mut self,
        end: &wire::End<'_>,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let Self { places, calls, limits, assembling, .. } = self;
        let (entry, call) = find(places, calls, end.place)?;
        let codec = call.codec;
        let streams = call.opened()?;
        let ended = match &mut streams.result {
            Some(result) => result.end(end, limits, assembling).map(|()| result.take_end()),
            None => Ok(None),
        };
        call.stop_sending(send)?;
        let ending = match ended {
            Ok(_) if end.status == EndStatus::Dropped => {
                Ending::Broken("the peer ended its stream as only its receiver may".to_owned())
            }
            Ok(ended) => {
                let body = ended.map_or_else(Bytes::new, |(_, body)| body);
                Ending::StreamEnded { status: end.status, body, codec }
            }
            Err(Trouble::Close(closed)) => return Err(closed),
            Err(trouble) => Ending::Failed(self.exhausted(&trouble)),
        };
        self.close(entry);
        self.end(entry, ending);
        Ok(())
    }

    /// The peer takes more of an argument stream.
    pub(in crate::proto) fn handle_credit(
        &mut self,
        stream: u32,
        credit: &wire::Credit,
    ) -> Result<(), Closed> {
        let (entry, call) = self.open_call(credit.place)?;
        let Some(streams) = &mut call.streams else { return Ok(()) };
        let Some(argument) = streams.argument(stream) else { return Ok(()) };
        argument.add(credit)?;
        if argument.waits {
            self.wake(entry);
        }
        Ok(())
    }

    /// What has come of a call with a result stream; else `waker` is woken when something does. `consumed` is what
    /// the application has taken since the last time.
    pub(in crate::proto) fn poll_result(
        &mut self,
        entry: u32,
        waker: &Waker,
        replaced: &mut Option<Waker>,
        consumed: Credit,
        room: (&mut SendQueue, &mut RoomQueue),
    ) -> Option<ResultEvent> {
        let call = self.call(entry)?;
        call.consumed(entry, consumed, room);
        if let Some(streams) = &mut call.streams
            && let Some(result) = &mut streams.result
        {
            if let Opened::Due(metadata) = &mut streams.opened {
                let metadata = metadata.take();
                streams.opened = Opened::Told;
                return Some(ResultEvent::Opened(metadata));
            }
            if let Some(items) = result.take() {
                return Some(ResultEvent::Items(items));
            }
        }
        self.poll(entry, waker, replaced).map(ResultEvent::Ended)
    }

    /// The application has taken so much of a result.
    pub(in crate::proto) fn result_consumed(
        &mut self,
        entry: u32,
        taken: Credit,
        room: (&mut SendQueue, &mut RoomQueue),
    ) {
        if let Some(call) = self.call(entry) {
            call.consumed(entry, taken, room);
        }
    }

    /// The peer has answered a bind.
    pub(in crate::proto) fn handle_bound(&mut self, binds: &OurBinds) {
        for entry in 0..u32::try_from(self.calls.len()).unwrap_or(u32::MAX) {
            let Some(streams) = self.call(entry).and_then(|call| call.streams.as_mut()) else { continue };
            if streams.unanswered.is_some_and(|index| binds.is_accepted(index)) {
                streams.unanswered = None;
                if streams.arguments.iter().any(|argument| argument.waits) {
                    self.wake(entry);
                }
            }
        }
    }

    /// Whether items of an argument stream may be sent; else the call's `waker` is woken when they may.
    pub(in crate::proto) fn poll_argument_room(
        &mut self,
        (entry, stream, binds): (u32, u32, &OurBinds),
        waker: &Waker,
        replaced: &mut Option<Waker>,
        send: &SendQueue,
        queue: &mut RoomQueue,
    ) -> SendRoom {
        let Some(call) = self.call(entry).filter(|call| call.open && call.is_awaited()) else {
            return SendRoom::Over;
        };
        let Some(streams) = call.streams.as_mut() else { return SendRoom::Over };
        if streams.unanswered.is_some_and(|index| binds.is_accepted(index)) {
            streams.unanswered = None;
        }
        let begun = call.end.is_some() && streams.unanswered.is_none();
        let Some(argument) = streams.argument(stream) else { return SendRoom::Over };
        match argument.room(send) {
            Err(Block::Over) => return SendRoom::Over,
            Ok(credit) if begun => {
                argument.waits = false;
                return SendRoom::Ready(credit);
            }
            Err(Block::Full) if begun => {
                if !std::mem::replace(&mut argument.in_queue, true) {
                    queue.push(Later::Wake(Who::Caller { entry, stream }));
                }
            }
            _ => argument.waits = true,
        }
        call.watch(waker, replaced);
        SendRoom::Wait
    }

    /// Takes as many whole items of an argument stream as may be sent now.
    pub(in crate::proto) fn send_argument(
        &mut self,
        (entry, stream): (u32, u32),
        items: &mut Batch,
        limits: ItemLimits,
        send: &mut SendQueue,
    ) {
        let Some((place, call)) = self.sender(entry).map(|call| (call.place, call)) else { return };
        let Some(argument) = call.streams.as_mut().and_then(|streams| streams.argument(stream)) else {
            return;
        };
        if let Err(length) = argument.send(place, items, limits, send) {
            let error =
                answer::item_too_long(&format!("argument stream {stream}"), length, limits.max_message);
            self.break_off(entry, Ending::Failed(error), send);
        }
    }

    /// Ends an argument stream.
    pub(in crate::proto) fn end_argument(
        &mut self,
        (entry, stream): (u32, u32),
        end: (EndStatus, Bytes),
        send: &mut SendQueue,
    ) {
        let Some(call) = self.call(entry).filter(|call| call.open && call.is_awaited()) else { return };
        let (place, begun, (status, body)) = (call.place, call.end.is_some(), end);
        let Some(argument) = call.streams.as_mut().and_then(|streams| streams.argument(stream)) else {
            return;
        };
        if begun {
            argument.end(place, status, body, send);
        } else {
            argument.end_later(status, body);
        }
    }

    /// An item, or the end, of an argument stream that waited beside the buffer is in it.
    pub(in crate::proto) fn item_written(&mut self, place: u32, stream: u32, send: &mut SendQueue) {
        let Some(entry) = self.on_place(place) else { return };
        let Some(call) = self.call(entry) else { return };
        let Some(argument) = call.streams.as_mut().and_then(|streams| streams.argument(stream)) else {
            return;
        };
        argument.whole(place, send);
        if argument.waits {
            self.wake(entry);
        }
    }

    /// What may still be sent of argument streams, and still come of results, by place and stream.
    #[cfg(test)]
    pub(in crate::proto) fn credits(&self) -> crate::proto::stream::Credits {
        let mut credits = Vec::new();
        for call in self.calls.iter().flatten().filter(|call| call.open && call.is_awaited()) {
            let Some(streams) = &call.streams else { continue };
            for (stream, argument) in (0..).zip(&streams.arguments) {
                credits.extend(argument.credit().map(|credit| ((call.place, Some(stream)), credit)));
            }
            let result = streams.result.as_ref().filter(|_| streams.is_opened());
            credits.extend(result.and_then(Receiving::credit).map(|credit| ((call.place, None), credit)));
        }
        credits
    }

    /// There is room in the buffer for a stream.
    pub(in crate::proto) fn has_room(&mut self, later: Later, send: &mut SendQueue) {
        match later {
            Later::Wake(Who::Caller { entry, stream }) => {
                let call = self.call(entry);
                let argument = call.and_then(|call| call.streams.as_mut()?.argument(stream));
                if argument.is_some_and(|argument| std::mem::take(&mut argument.in_queue)) {
                    self.wake(entry);
                }
            }
            Later::Credit(Who::Caller { entry, .. }) => {
                let Some(call) = self.call(entry) else { return };
                let (place, given) = (call.place, call.open && call.is_awaited());
                if let Some(result) = call.streams.as_mut().and_then(|streams| streams.result.as_mut())
                    && std::mem::take(&mut result.in_queue)
                    && given
                {
                    give(place, result.give(), send);
                }
            }
            Later::Wake(Who::Callee { .. }) | Later::Credit(Who::Callee { .. }) => {}
        }
    }

    /// A call that may send.
    fn sender(&mut self, entry: u32) -> Option<&mut OutboundCall> {
        self.call(entry).filter(|call| call.open && call.is_awaited() && call.end.is_some())
    }

    /// An item is more than this side takes.
    fn refuse(&mut self, entry: u32, trouble: Trouble, send: &mut SendQueue) -> Result<(), Closed> {
        if let Trouble::Close(closed) = trouble {
            return Err(closed);
        }
        let error = self.exhausted(&trouble);
        self.break_off(entry, Ending::Failed(error), send);
        Ok(())
    }

    fn exhausted(&self, trouble: &Trouble) -> RpcError {
        answer::exhausted("the result", trouble, &self.limits)
    }

    /// This side ends a call that the peer would go on with.
    fn break_off(&mut self, entry: u32, ending: Ending, send: &mut SendQueue) {
        let Some(call) = self.call(entry) else { return };
        let told_to_stop = !call.is_awaited();
        call.keep_no_more();
        if !told_to_stop {
            self.stop(entry, send);
        }
        self.end(entry, ending);
    }
}

impl OutboundCall {
    /// What of its answer has not come is not wanted any more.
    pub(super) fn keep_no_more(&mut self) {
        if let Some(reply) = &mut self.reply {
            reply.assembly.discard();
        }
        if let Some(result) = self.streams.as_mut().and_then(|streams| streams.result.as_mut()) {
            result.close();
        }
    }

    /// The application has taken so much of the result.
    fn consumed(&mut self, entry: u32, taken: Credit, (send, queue): (&mut SendQueue, &mut RoomQueue)) {
        let (place, given) = (self.place, self.open && self.is_awaited());
        if let Some(result) = self.streams.as_mut().and_then(|streams| streams.result.as_mut())
            && result.consumed(taken)
            && given
        {
            if send.has_room() {
                give(place, result.give(), send);
            } else if !std::mem::replace(&mut result.in_queue, true) {
                queue.push(Later::Credit(Who::Caller { entry, stream: 0 }));
            }
        }
    }

    /// The whole window is for the peer: the call is on its way.
    pub(super) fn raise(&mut self, send: &mut SendQueue) {
        let result = self.streams.as_mut().and_then(|streams| streams.result.as_mut());
        if let Some(credit) = result.and_then(Receiving::raise) {
            give(self.place, credit, send);
        }
    }

    fn opened(&mut self) -> Result<&mut CallerStreams, Closed> {
        match &mut self.streams {
            Some(streams) if streams.is_opened() => Ok(streams),
            _ => Err(Closed::new(CloseCode::Stream, "an item or an end of a result that was not opened")),
        }
    }
}

fn give(place: u32, Credit { items, bytes }: Credit, send: &mut SendQueue) {
    Frame::CallCredit(wire::Credit { place, items, bytes }).encode(send.buffer());
}
