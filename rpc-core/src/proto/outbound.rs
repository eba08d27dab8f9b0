use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

use super::Closed;
use super::assembly::Assembly;
use super::call::{Ending, OutgoingCall, Room, StartError};
use super::handshake::Peer;
use super::send_queue::{Direction, LongBody, SendQueue, TakenBack};
use crate::Limits;
use crate::clock::{earlier, later};
use crate::codec::Codec;
use crate::wire::{self, CloseCode, Frame, MethodRef, ReplyStatus};

/// Calls that this side made.
///
/// ```text
///            start                  Reply, Reset, lost
///   free ─────────────▶ open,owned ───────────────────▶ ended ──poll──▶ free
///                          │  │ deadline                  ▲
///                   cancel │  └────────▶ open,ended ──────┘ Reply
///                          ▼                  │ poll
///                        open ◀───────────────┘
///                          └──────── Reply, Reset ──▶ free
/// ```
///
/// A call has its place on the wire while it is open, and its entry until its caller knows the end as well: a caller that
/// is slow to look keeps no place from others.
#[derive(Default)]
pub(super) struct Outbound {
    calls: Vec<Option<OutboundCall>>,
    free: Vec<u32>,
    /// The entry of the call on each place.
    places: Vec<Option<u32>>,
    /// The lowest first: low places are short on the wire, and keep the peer's table small.
    free_places: BinaryHeap<Reverse<u32>>,
    open: usize,
    open_bytes: usize,
    assembling: usize,
    /// Callers to wake when the lock is released.
    wakers: Vec<Waker>,
}

struct OutboundCall {
    place: u32,
    /// The peer has not ended it.
    open: bool,
    /// A caller waits for it.
    owned: bool,
    /// The handler runs on when the caller has gone.
    detached: bool,
    waker: Option<Waker>,
    deadline: Option<Instant>,
    /// Where its last byte stands in all that is written; `None` while its body waits beside the buffer, and for ever
    /// if that was broken off.
    end: Option<u64>,
    body_len: usize,
    codec: Codec,
    reply: Option<Box<PartialReply>>,
    ending: Option<Ending>,
}

struct PartialReply {
    status: ReplyStatus,
    assembly: Assembly,
}

impl Outbound {
    /// Whether the peer takes a body of this length now.
    pub(super) fn check(&self, length: usize, peer: &Peer) -> Result<(), StartError> {
        Self::may_fit(length, peer)?;
        if self.open >= peer.max_calls || self.open_bytes.saturating_add(length) > peer.max_call_bytes {
            return Err(StartError::Full);
        }
        Ok(())
    }

    /// Whether the peer ever takes a body of this length.
    pub(super) fn may_fit(length: usize, peer: &Peer) -> Result<(), StartError> {
        let max = peer.max_message.min(peer.max_call_bytes);
        if length > max { Err(StartError::TooLong { max }) } else { Ok(()) }
    }

    /// Begins a call that has passed [`check`](Self::check). Gives its entry.
    pub(super) fn start(
        &mut self,
        now: Instant,
        call: OutgoingCall<'_>,
        index: u32,
        peer: &Peer,
        send: &mut SendQueue,
        waker: &Waker,
    ) -> Result<u32, StartError> {
        let free = self.free_places.pop().map(|Reverse(place)| place);
        let place = free.map_or_else(|| add(&mut self.places), Ok)?;
        let entry = self.free.pop().map_or_else(|| add(&mut self.calls), Ok)?;
        let length = call.body.len();
        let mut begun = OutboundCall {
            place,
            open: true,
            owned: true,
            detached: call.method.detached,
            waker: Some(waker.clone()),
            deadline: call.deadline,
            end: None,
            body_len: length,
            codec: call.codec,
            reply: None,
            ending: None,
        };
        begun.end = queue(now, place, call, index, peer, send);
        if let (Some(slot), Some(taken)) =
            (self.calls.get_mut(entry as usize), self.places.get_mut(place as usize))
        {
            (*slot, *taken) = (Some(begun), Some(entry));
        }
        self.open = self.open.saturating_add(1);
        self.open_bytes = self.open_bytes.saturating_add(length);
        Ok(entry)
    }

    /// The body of a call went into the buffer to its end.
    pub(super) fn written_whole(&mut self, place: u32, end: u64) {
        if let Some(call) = self.on_place(place).and_then(|entry| self.call(entry)) {
            call.end = Some(end);
        }
    }

    /// How a call ended, if it has; else `waker` is woken when it does, and no longer the one that is `replaced`.
    pub(super) fn poll(&mut self, entry: u32, waker: &Waker, replaced: &mut Option<Waker>) -> Option<Ending> {
        let call = self.call(entry)?;
        if let Some(ending) = call.ending.take() {
            call.owned = false;
            self.free_if_over(entry);
            return Some(ending);
        }
        if !call.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *replaced = call.waker.replace(waker.clone());
        }
        None
    }

    /// The caller waits no longer. Gives its waker.
    pub(super) fn cancel(&mut self, entry: u32, send: &mut SendQueue) -> Option<Waker> {
        let call = self.call(entry)?;
        call.owned = false;
        let waker = call.waker.take();
        if let Some(reply) = &mut call.reply {
            reply.assembly.discard();
        }
        // One that has ended for its caller was stopped then.
        let stop = call.ending.take().is_none() && call.open && !call.detached;
        if stop {
            self.stop(entry, send);
        }
        self.free_if_over(entry);
        waker
    }

    /// The peer takes no new calls: those of which it has seen nothing are made elsewhere.
    pub(super) fn take_back(&mut self, send: &mut SendQueue) {
        let why = Arc::new(Closed::new(CloseCode::GoingAway, "the peer takes no new calls"));
        for place in send.take_back_calls() {
            let Some(entry) = self.on_place(place) else { continue };
            self.close(entry);
            self.end(entry, Ending::Lost { sent: false, why: Arc::clone(&why) });
        }
    }

    /// Ends the call at the peer, or takes it back if nothing of it has left the queue. True if the peer may have, or
    /// come to have, all of it.
    fn stop(&mut self, entry: u32, send: &mut SendQueue) -> bool {
        let Some(place) = self.call(entry).map(|call| call.place) else { return false };
        let taken = send.take_back(Direction::Call, place);
        if taken == TakenBack::NotBegun {
            self.close(entry);
        } else {
            Frame::Cancel { place }.encode(send.buffer());
        }
        taken == TakenBack::NotThere
    }

    pub(super) fn handle_reply(
        &mut self,
        now: Instant,
        reply: &wire::Reply<'_>,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let full = self.assembling >= limits.max_assembling;
        let (entry, call) = self.open_call(reply.place)?;
        if call.reply.is_some() {
            return Err(Closed::new(CloseCode::UnknownReply, "a second Reply for one call"));
        }
        call.stop_sending(send)?;
        let codec = call.codec;
        let length =
            reply.total.map_or(reply.body.len(), |total| usize::try_from(total).unwrap_or(usize::MAX));
        let fits = length <= limits.max_message;
        let wanted = fits && call.is_awaited();
        if reply.total.is_none() {
            // An abandoned call's answer is not worth a copy.
            let body = if wanted { Bytes::copy_from_slice(reply.body) } else { Bytes::new() };
            let ending = if fits {
                Ending::Replied { status: reply.status, body, codec }
            } else {
                too_long(length, limits)
            };
            self.close(entry);
            self.end(entry, ending);
            return Ok(());
        }
        if full {
            let text =
                format!("more than {} replies in chunks at once (max_assembling)", limits.max_assembling);
            return Err(Closed::new(CloseCode::Assembling, text));
        }
        let told_to_stop = !call.is_awaited() && !call.detached;
        let assembly = Assembly::new(now, reply.body, length, wanted);
        call.reply = Some(Box::new(PartialReply { status: reply.status, assembly }));
        self.assembling = self.assembling.saturating_add(1);
        if !fits {
            self.end(entry, too_long(length, limits));
            if !told_to_stop {
                Frame::Cancel { place: reply.place }.encode(send.buffer());
            }
        }
        Ok(())
    }

    pub(super) fn handle_chunk(&mut self, now: Instant, chunk: &wire::Chunk<'_>) -> Result<(), Closed> {
        let (entry, call) = self.open_call(chunk.place)?;
        let codec = call.codec;
        let Some(reply) = &mut call.reply else {
            return Err(Closed::new(CloseCode::Chunk, "a ReplyChunk without a Reply in chunks"));
        };
        if !reply.assembly.push(now, chunk.data)? {
            return Ok(());
        }
        if let Some(reply) = self.close(entry) {
            let PartialReply { status, assembly } = *reply;
            self.end(entry, Ending::Replied { status, body: assembly.into_body(), codec });
        }
        Ok(())
    }

    pub(super) fn handle_reset(&mut self, place: u32, code: u8, send: &mut SendQueue) -> Result<(), Closed> {
        let (entry, call) = self.open_call(place)?;
        call.stop_sending(send)?;
        self.close(entry);
        self.end(entry, Ending::Broken(format!("the peer broke its answer off (code {code})")));
        Ok(())
    }

    /// Ends calls whose deadline passed; gives the earliest of the others, and of replies in chunks that stand still.
    pub(super) fn handle_deadlines(
        &mut self,
        now: Instant,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<Option<Instant>, Closed> {
        let mut next = None;
        let mut expired = Vec::new();
        for (entry, call) in (0_u32..).zip(&self.calls) {
            let Some(call) = call.as_ref().filter(|call| call.open) else { continue };
            match call.deadline.filter(|_| call.is_awaited()) {
                Some(deadline) if deadline <= now => expired.push(entry),
                deadline => next = earlier(next, deadline),
            }
            if let Some(reply) = &call.reply {
                let stalled = later(reply.assembly.heard, limits.frame_timeout);
                if stalled <= now {
                    let text = "a reply in chunks stood still for the frame_timeout";
                    return Err(Closed::new(CloseCode::TimedOut, text));
                }
                next = earlier(next, Some(stalled));
            }
        }
        for entry in expired {
            let Some(call) = self.call(entry) else { continue };
            let detached = call.detached;
            if let Some(reply) = &mut call.reply {
                reply.assembly.discard();
            }
            let sent = detached || self.stop(entry, send);
            self.end(entry, Ending::Expired { sent });
        }
        Ok(next)
    }

    /// The connection is over: every call ends. What stands behind `sent` was never written.
    pub(super) fn lose_all(&mut self, why: &Arc<Closed>, sent: u64) {
        for entry in 0..u32::try_from(self.calls.len()).unwrap_or(u32::MAX) {
            let Some(call) = self.call(entry).filter(|call| call.open) else { continue };
            let sent = call.reply.is_some() || call.end.is_some_and(|end| end <= sent);
            self.close(entry);
            self.end(entry, Ending::Lost { sent, why: Arc::clone(why) });
        }
    }

    /// Callers to wake.
    pub(super) fn take_wakers(&mut self, into: &mut Vec<Waker>) {
        into.append(&mut self.wakers);
        if self.wakers.capacity() > KEPT {
            self.wakers = Vec::new();
        }
    }

    /// How many calls, and bytes of bodies, the peer takes now.
    pub(super) fn room(&self, peer: &Peer) -> Room {
        Room {
            calls: peer.max_calls.saturating_sub(self.open),
            bytes: peer.max_call_bytes.saturating_sub(self.open_bytes),
        }
    }

    /// Calls that the peer has not ended.
    pub(super) fn in_flight(&self) -> usize {
        self.open
    }

    fn call(&mut self, entry: u32) -> Option<&mut OutboundCall> {
        self.calls.get_mut(entry as usize)?.as_mut()
    }

    fn on_place(&self, place: u32) -> Option<u32> {
        *self.places.get(place as usize)?
    }

    fn open_call(&mut self, place: u32) -> Result<(u32, &mut OutboundCall), Closed> {
        let entry = self.on_place(place).ok_or_else(|| not_made(place))?;
        let call = self.call(entry).ok_or_else(|| not_made(place))?;
        Ok((entry, call))
    }

    /// The peer has ended the call: its place is free. Gives what had come of its reply.
    fn close(&mut self, entry: u32) -> Option<Box<PartialReply>> {
        let call = self.call(entry).filter(|call| call.open)?;
        call.open = false;
        let (place, length, reply) = (call.place, call.body_len, call.reply.take());
        if let Some(taken) = self.places.get_mut(place as usize) {
            *taken = None;
        }
        self.free_places.push(Reverse(place));
        if reply.is_some() {
            self.assembling = self.assembling.saturating_sub(1);
        }
        self.open = self.open.saturating_sub(1);
        self.open_bytes = self.open_bytes.saturating_sub(length);
        if self.open == 0 && self.places.len() > KEPT {
            self.places = Vec::new();
            self.free_places = BinaryHeap::new();
        }
        self.free_if_over(entry);
        reply
    }

    /// Tells the caller, if there still is one, and only the first ending.
    fn end(&mut self, entry: u32, ending: Ending) {
        if let Some(call) = self.call(entry).filter(|call| call.is_awaited()) {
            call.ending = Some(ending);
            let waker = call.waker.take();
            self.wakers.extend(waker);
        }
    }

    fn free_if_over(&mut self, entry: u32) {
        let Some(slot) = self.calls.get_mut(entry as usize) else { return };
        if slot.take_if(|call| !call.open && !call.owned).is_none() {
            return;
        }
        self.free.push(entry);
        if self.free.len() == self.calls.len() && self.calls.len() > KEPT {
            // An idle connection keeps a few entries at most.
            self.calls = Vec::new();
            self.free = Vec::new();
        }
    }

    /// Entries in use, messages in parts or bytes, and heap that is held.
    #[cfg(test)]
    pub(super) fn held(&self) -> (usize, usize, usize) {
        let used = self.calls.iter().flatten().count();
        let calls = [self.calls.capacity(), self.free.capacity(), self.wakers.capacity()];
        let places = [self.places.capacity(), self.free_places.capacity()];
        (used, self.assembling.max(self.open_bytes), calls.into_iter().chain(places).sum())
    }
}

impl OutboundCall {
    /// Somebody waits for it and has not been told its end.
    fn is_awaited(&self) -> bool {
        self.owned && self.ending.is_none()
    }

    /// The peer answers: it needs no more of the body. An answer to what was never begun is an offence.
    fn stop_sending(&mut self, send: &mut SendQueue) -> Result<(), Closed> {
        if self.end.is_none() && send.take_back(Direction::Call, self.place) == TakenBack::NotBegun {
            return Err(not_made(self.place));
        }
        Ok(())
    }
}

/// Queues a call; gives where it ends, if that is in the buffer already.
fn queue(
    now: Instant,
    place: u32,
    call: OutgoingCall<'_>,
    index: u32,
    peer: &Peer,
    send: &mut SendQueue,
) -> Option<u64> {
    let length = call.body.len();
    let longest = call.metadata.len().saturating_add(MAX_HEAD).saturating_add(length);
    let in_one = longest <= peer.max_frame;
    if in_one && send.takes(length) {
        wire::encode_call_head(&head(now, place, &call, index, None), length, send.buffer());
        send.buffer().extend_from_slice(call.body);
        return Some(send.end());
    }
    let mut frame = Vec::new();
    let (total, in_frame) = if in_one { (None, length) } else { (Some(length as u64), 0) };
    wire::encode_call_head(&head(now, place, &call, index, total), in_frame, &mut frame);
    let body = Bytes::from(std::mem::take(call.body));
    let body = LongBody { direction: Direction::Call, place, head: frame, body };
    if in_one {
        send.push_large(body)
    } else {
        send.push_long(body)
    }
    None
}

fn head<'a>(
    now: Instant,
    place: u32,
    call: &OutgoingCall<'a>,
    index: u32,
    total: Option<u64>,
) -> wire::Call<'a> {
    wire::Call {
        place,
        method: MethodRef::Index(index),
        detached: call.method.detached,
        timeout: call.deadline.map(|deadline| millis_left(now, deadline)),
        metadata: call.metadata,
        total,
        body: &[],
    }
}

fn too_long(length: usize, limits: &Limits) -> Ending {
    let max = limits.max_message;
    Ending::Broken(format!("its answer has {length} bytes, and this side takes {max} (max_message)"))
}

fn not_made(place: u32) -> Closed {
    Closed::new(CloseCode::UnknownReply, format!("an answer for place {place}, where no call is"))
}

/// Rounded up, so that a call with time left never says that it has none.
fn millis_left(now: Instant, deadline: Instant) -> u64 {
    let left = deadline.saturating_duration_since(now).as_nanos().div_ceil(1_000_000);
    u64::try_from(left).unwrap_or(u64::MAX)
}

/// All fields of a Call or a Reply before metadata and body, at their longest.
pub(super) const MAX_HEAD: usize = 48;

/// Entries that an idle connection keeps.
const KEPT: usize = 4;

/// Makes room for one more at the end of a table.
fn add<T>(table: &mut Vec<Option<T>>) -> Result<u32, StartError> {
    let index = u32::try_from(table.len()).map_err(|_| StartError::Full)?;
    table.push(None);
    Ok(index)
}
