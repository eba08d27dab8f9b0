use std::num::NonZeroU64;
use std::sync::Arc;
use std::task::Waker;

use super::call::{OutboundCall, PartialReply, Told, is_detached, queue};
use super::free_places::FreePlaces;
use crate::Limits;
use crate::proto::Closed;
use crate::proto::call::{Ending, OutgoingCall, Room, StartError};
use crate::proto::handshake::Peer;
use crate::proto::long_body::{Direction, TakenBack};
use crate::proto::send_queue::SendQueue;
use crate::proto::stream::{CallerStreams, Pool};
use crate::wire::{CloseCode, Frame};

/// Calls that this side made.
///
/// ```text
///            start                  Reply, End, Reset, lost
///   free ─────────────▶ open,owned ────────────────────────▶ ended ──poll──▶ free
///                          │  │ deadline                       ▲
///                   cancel │  └────────▶ open,ended ───────────┘ Reply, End
///                          ▼                  │ poll
///                        open ◀───────────────┘
///                          └──────── Reply, End, Reset ──▶ free
/// ```
///
/// A call has its place on the wire while it is open, and its entry until its caller knows the end as well: a caller that
/// is slow to look keeps no place from others.
pub(in crate::proto) struct Outbound {
    pub(super) limits: Arc<Limits>,
    /// Of the streams of both directions.
    pub(super) pool: Pool,
    pub(super) calls: Vec<Option<OutboundCall>>,
    free: Vec<u32>,
    /// The entry of the call on each place.
    pub(super) places: Vec<Option<u32>>,
    /// The lowest first: low places are short on the wire, and keep the peer's table small.
    free_places: FreePlaces,
    open: usize,
    /// Those of them with streams.
    open_with_streams: usize,
    open_bytes: usize,
    /// Replies and items that have begun to come.
    pub(super) assembling: usize,
    /// Callers to wake when the lock is released.
    pub(super) wakers: Vec<Waker>,
}

impl Outbound {
    pub(in crate::proto) fn new(limits: Arc<Limits>, pool: Pool) -> Self {
        Self {
            limits,
            pool,
            calls: Vec::new(),
            free: Vec::new(),
            places: Vec::new(),
            free_places: FreePlaces::default(),
            open: 0,
            open_with_streams: 0,
            open_bytes: 0,
            assembling: 0,
            wakers: Vec::new(),
        }
    }

    /// Whether the peer takes a body of this length now.
    pub(in crate::proto) fn check(&self, length: usize, peer: &Peer) -> Result<(), StartError> {
        Self::may_fit(length, peer)?;
        if self.open >= peer.max_calls || self.open_bytes.saturating_add(length) > peer.max_call_bytes {
            return Err(StartError::Full);
        }
        Ok(())
    }

    /// Whether the peer ever takes a body of this length.
    pub(in crate::proto) fn may_fit(length: usize, peer: &Peer) -> Result<(), StartError> {
        let max = peer.max_message.min(peer.max_call_bytes);
        if length > max { Err(StartError::TooLong { max }) } else { Ok(()) }
    }

    /// Begins a call that has passed [`check`](Self::check). Gives its entry.
    pub(in crate::proto) fn start(
        &mut self,
        call: &mut OutgoingCall<'_>,
        index: u32,
        peer: &Peer,
        send: &mut SendQueue,
        waker: &Waker,
    ) -> Result<u32, StartError> {
        let free = self.free_places.pop();
        let place = free.map_or_else(|| add(&mut self.places), Ok)?;
        let entry = self.free.pop().map_or_else(|| add(&mut self.calls), Ok)?;
        let length = call.length();
        let unanswered = (call.method.schema.is_some() && !call.form.compared).then_some(index);
        let streams = CallerStreams::of(call.method, unanswered, &self.limits, &self.pool);
        let with_streams = usize::from(streams.is_some());
        let (detached, deadline, codec) = (is_detached(call), call.deadline, call.form.codec);
        let placed = queue(place, call, index, peer, send);
        if let (Some(slot), Some(taken)) =
            (self.calls.get_mut(entry as usize), self.places.get_mut(place as usize))
        {
            *taken = Some(entry);
            let begun = slot.insert(OutboundCall {
                length: u32::try_from(length).unwrap_or(u32::MAX),
                open: true,
                owned: true,
                plain: with_streams == 0 && placed.end.is_some(),
                codec,
                told: Told::Nothing(Some(waker.clone())),
                place,
                detached,
                deadline,
                sequence: placed.sequence,
                end: placed.end,
                reply: None,
                streams,
            });
            if with_streams > 0 && begun.end.is_some() {
                begun.raise(send);
            }
        }
        self.open = self.open.saturating_add(1);
        self.open_with_streams = self.open_with_streams.saturating_add(with_streams);
        self.open_bytes = self.open_bytes.saturating_add(length);
        Ok(entry)
    }

    /// The Call frame of a call went into the buffer.
    pub(in crate::proto) fn begun(&mut self, place: u32, sequence: u64) {
        if let Some(call) = self.on_place(place).and_then(|entry| self.call(entry)) {
            call.sequence = NonZeroU64::new(sequence);
        }
    }

    /// The body of a call went into the buffer to its end.
    pub(in crate::proto) fn written_whole(&mut self, place: u32, end: u64, send: &mut SendQueue) {
        let Some(entry) = self.on_place(place) else { return };
        let Some(call) = self.call(entry) else { return };
        call.end = Some(end);
        call.plain = call.streams.is_none() && call.reply.is_none();
        call.raise(send);
        let Some(streams) = &mut call.streams else { return };
        for argument in &mut streams.arguments {
            argument.whole(place, send);
        }
        if streams.arguments.iter().any(|argument| argument.waits) {
            self.wake(entry);
        }
    }

    /// How a call ended, if it has; else `waker` is woken when it does, and no longer the one that is `replaced`.
    pub(in crate::proto) fn poll(
        &mut self,
        entry: u32,
        waker: &Waker,
        replaced: &mut Option<Waker>,
    ) -> Option<Ending> {
        let call = self.call(entry)?;
        if let Told::Nothing(_) = call.told {
            call.watch(waker, replaced);
            return None;
        }
        call.owned = false;
        let told = std::mem::replace(&mut call.told, Told::Nothing(None));
        self.free_if_over(entry);
        match told {
            Told::Ending(ending) => Some(ending),
            Told::Nothing(_) => None,
        }
    }

    /// The caller waits no longer. Gives its waker.
    pub(in crate::proto) fn cancel(&mut self, entry: u32, send: &mut SendQueue) -> Option<Waker> {
        let call = self.call(entry)?;
        call.owned = false;
        if let Some(reply) = &mut call.reply {
            reply.assembly.discard();
        }
        if let Some(result) = call.streams.as_mut().and_then(|streams| streams.result.as_mut()) {
            result.discard();
        }
        // One that has ended for its caller was stopped then.
        let (waker, had_ended) = match std::mem::replace(&mut call.told, Told::Nothing(None)) {
            Told::Nothing(waker) => (waker, false),
            Told::Ending(_) => (None, true),
        };
        let stop = !had_ended && call.open && !call.detached;
        if stop {
            self.stop(entry, send);
        }
        self.free_if_over(entry);
        waker
    }

    /// Ends the call at the peer, or takes it back if nothing of it has left the queue. True if the peer may have, or
    /// come to have, all of it.
    pub(super) fn stop(&mut self, entry: u32, send: &mut SendQueue) -> bool {
        let Some(call) = self.call(entry) else { return false };
        let place = call.place;
        if let Some(streams) = &mut call.streams {
            streams.stop_arguments(place, send);
        }
        let taken = send.take_back(Direction::Call, place);
        if taken == TakenBack::NotBegun {
            self.close(entry);
        } else {
            Frame::Cancel { place }.encode(send.buffer());
        }
        taken == TakenBack::NotThere
    }

    #[inline]
    pub(in crate::proto) fn has_wakers(&self) -> bool {
        !self.wakers.is_empty()
    }

    /// Callers to wake.
    pub(in crate::proto) fn take_wakers(&mut self, into: &mut Vec<Waker>) {
        if !self.has_wakers() {
            return;
        }
        into.append(&mut self.wakers);
        if self.wakers.capacity() > KEPT {
            self.wakers = Vec::new();
        }
    }

    /// How many calls, and bytes of bodies, the peer takes now.
    pub(in crate::proto) fn room(&self, peer: &Peer) -> Room {
        Room {
            calls: peer.max_calls.saturating_sub(self.open),
            bytes: peer.max_call_bytes.saturating_sub(self.open_bytes),
        }
    }

    /// True if a caller waits for an answer of the peer.
    pub(in crate::proto) fn is_awaited(&self) -> bool {
        self.calls.iter().flatten().any(|call| call.open && call.is_awaited())
    }

    /// Calls that the peer has not ended.
    pub(in crate::proto) fn in_flight(&self) -> usize {
        self.open
    }

    /// Those of them without streams.
    pub(in crate::proto) fn unary_in_flight(&self) -> usize {
        self.open.saturating_sub(self.open_with_streams)
    }

    pub(super) fn call(&mut self, entry: u32) -> Option<&mut OutboundCall> {
        self.calls.get_mut(entry as usize)?.as_mut()
    }

    pub(super) fn on_place(&self, place: u32) -> Option<u32> {
        *self.places.get(place as usize)?
    }

    pub(super) fn open_call(&mut self, place: u32) -> Result<(u32, &mut OutboundCall), Closed> {
        find(&self.places, &mut self.calls, place)
    }

    /// The peer has ended the call: its place is free. Gives what had come of its reply.
    pub(super) fn close(&mut self, entry: u32) -> Option<Box<PartialReply>> {
        let mut assembling = self.assembling;
        let call = self.call(entry).filter(|call| call.open)?;
        call.open = false;
        let (place, length, reply) = (call.place, call.length, call.reply.take());
        let with_streams = usize::from(call.streams.is_some());
        if let Some(result) = call.streams.as_mut().and_then(|streams| streams.result.as_mut()) {
            result.forget_partial(&mut assembling);
        }
        if reply.is_some() {
            assembling = assembling.saturating_sub(1);
        }
        self.assembling = assembling;
        self.open_with_streams = self.open_with_streams.saturating_sub(with_streams);
        self.vacate(place, length);
        self.free_if_over(entry);
        reply
    }

    /// The call on `place`, with a body of this length, is not open any more.
    #[inline]
    pub(super) fn vacate(&mut self, place: u32, length: u32) {
        if let Some(taken) = self.places.get_mut(place as usize) {
            *taken = None;
        }
        self.free_places.push(place);
        self.open = self.open.saturating_sub(1);
        self.open_bytes = self.open_bytes.saturating_sub(length as usize);
        if self.open == 0 && self.places.len() > KEPT {
            self.places = Vec::new();
            self.free_places = FreePlaces::default();
        }
    }

    /// Tells the caller, if there still is one, and only the first ending.
    pub(super) fn end(&mut self, entry: u32, ending: Ending) {
        if let Some(call) = self.call(entry).filter(|call| call.is_awaited()) {
            let waker = call.take_waker();
            call.told = Told::Ending(ending);
            self.wakers.extend(waker);
        }
    }

    /// The caller has something to look at.
    pub(super) fn wake(&mut self, entry: u32) {
        let waker = self.call(entry).and_then(OutboundCall::take_waker);
        self.wakers.extend(waker);
    }

    fn free_if_over(&mut self, entry: u32) {
        let Some(slot) = self.calls.get_mut(entry as usize) else { return };
        if slot.as_ref().is_none_or(|call| call.open || call.owned) {
            return;
        }
        // Dropped where it is: to take it out would copy all of it.
        *slot = None;
        self.free.push(entry);
        if self.free.len() == self.calls.len() && self.calls.len() > KEPT {
            // An idle connection keeps a few entries at most.
            self.calls = Vec::new();
            self.free = Vec::new();
        }
    }

    /// Bytes of items of the streams of both directions that have come and were not taken.
    #[cfg(test)]
    pub(in crate::proto) fn buffered(&self) -> usize {
        self.pool.bytes()
    }

    /// Entries in use, messages in parts or bytes, and heap that is held.
    #[cfg(test)]
    pub(in crate::proto) fn held(&self) -> (usize, usize, usize) {
        let used = self.calls.iter().flatten().count();
        let calls = [self.calls.capacity(), self.free.capacity(), self.wakers.capacity()];
        let places = [self.places.capacity(), self.free_places.held()];
        (used, self.assembling.max(self.open_bytes), calls.into_iter().chain(places).sum())
    }
}

/// The call on a place, and its entry.
pub(super) fn find<'c>(
    places: &[Option<u32>],
    calls: &'c mut [Option<OutboundCall>],
    place: u32,
) -> Result<(u32, &'c mut OutboundCall), Closed> {
    let entry = places.get(place as usize).copied().flatten();
    let call = entry.and_then(|entry| Some((entry, calls.get_mut(entry as usize)?.as_mut()?)));
    call.ok_or_else(|| not_made(place))
}

pub(super) fn not_made(place: u32) -> Closed {
    Closed::new(CloseCode::UnknownReply, format!("an answer for place {place}, where no call is"))
}

/// Entries that an idle connection keeps.
const KEPT: usize = 4;

/// Makes room for one more at the end of a table.
fn add<T>(table: &mut Vec<Option<T>>) -> Result<u32, StartError> {
    let index = u32::try_from(table.len()).map_err(|_| StartError::Full)?;
    table.push(None);
    Ok(index)
}
