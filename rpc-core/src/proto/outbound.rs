use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

use super::assembly::Assembly;
use super::handshake::Peer;
use super::send_queue::{Direction, LongBody, SendQueue, TakenBack};
use super::Closed;
use crate::clock::later;
use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::wire::{self, CloseCode, Frame, MethodRef, RefusalReason, ReplyStatus};
use crate::Limits;

/// A call that is to be sent. Its body is taken if it is long, else copied.
pub(crate) struct OutgoingCall<'a> {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) codec: Codec,
    pub(crate) deadline: Option<Instant>,
    /// As on the wire; empty for none.
    pub(crate) metadata: &'a [u8],
    pub(crate) body: &'a mut Vec<u8>,
}

/// Why a call was not begun. Nothing was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StartError {
    /// The connection is closed, or about to be.
    Closed,
    /// As many calls or bytes are in flight as the peer takes.
    Full,
    /// The peer has no such method, service or codec.
    Refused(RefusalReason),
    /// The body is longer than the peer takes.
    TooLong {
        /// What the peer takes.
        max: usize,
    },
}

/// How a call ended.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    /// With an answer.
    Replied { status: ReplyStatus, body: Bytes, codec: Codec },
    /// With an answer that broke off, or was longer than we take.
    Broken(String),
    /// Its deadline passed; `sent`: it had been written whole.
    Expired { sent: bool },
    /// The connection ended; `sent`: it had been written whole.
    Lost { sent: bool, why: Arc<Closed> },
}

/// Calls that this side made: one entry for each place, found by index.
///
/// ```text
///            start                  Reply, Reset, lost
///   free ─────────────▶ open,owned ───────────────────▶ ended ──take──▶ free
///                          │  │ deadline                  ▲
///                   cancel │  └────────▶ open,ended ──────┘ Reply: the place is free for the peer too
///                          ▼                  │ take
///                        open ◀───────────────┘
///                          └──────── Reply, Reset ──▶ free
/// ```
#[derive(Default)]
pub(super) struct Outbound {
    calls: Vec<OutboundCall>,
    free: Vec<u32>,
    open: usize,
    open_bytes: usize,
    assembling: usize,
    /// Callers to wake when the lock is released.
    pub(super) wakers: Vec<Waker>,
    /// Places that became free since it was last asked.
    pub(super) freed: usize,
}

#[derive(Default)]
struct OutboundCall {
    /// The peer has not ended it.
    open: bool,
    /// A caller waits for it.
    owned: bool,
    waker: Option<Waker>,
    deadline: Option<Instant>,
    /// Where its last byte stands in all that is written; `None` while its body is queued in chunks.
    end: Option<u64>,
    body_len: usize,
    codec: Option<Codec>,
    reply: Option<Box<PartialReply>>,
    ending: Option<Ending>,
}

enum PartialReply {
    Collected { status: ReplyStatus, assembly: Assembly },
    /// Too long for us: the rest is counted and dropped.
    Dropped { left: usize, heard: Instant },
}

impl Outbound {
    pub(super) fn start(
        &mut self,
        now: Instant,
        call: OutgoingCall<'_>,
        index: u32,
        peer: &Peer,
        send: &mut SendQueue,
        waker: &Waker,
    ) -> Result<u32, StartError> {
        let length = call.body.len();
        if length > peer.max_message {
            return Err(StartError::TooLong { max: peer.max_message });
        }
        if self.open >= peer.max_calls || self.open_bytes.saturating_add(length) > peer.max_call_bytes {
            return Err(StartError::Full);
        }
        let place = match self.free.pop() {
            Some(place) => place,
            None => {
                self.calls.push(OutboundCall::default());
                u32::try_from(self.calls.len().saturating_sub(1)).map_err(|_| StartError::Full)?
            }
        };
        let head = wire::Call {
            place,
            method: MethodRef::Index(index),
            detached: false,
            timeout: call.deadline.map(|deadline| millis_left(now, deadline)),
            metadata: call.metadata,
            total: None,
            body: &[],
        };
        let head_room = call.metadata.len().saturating_add(MAX_HEAD);
        let end = if length.saturating_add(head_room) <= peer.max_frame {
            wire::encode_call_head(&head, length, send.buffer());
            send.buffer().extend_from_slice(call.body);
            Some(send.end())
        } else {
            let mut frame = Vec::new();
            wire::encode_call_head(&wire::Call { total: Some(length as u64), ..head }, 0, &mut frame);
            let body = Bytes::from(std::mem::take(call.body));
            send.push_long(LongBody { direction: Direction::Call, place, head: frame, body });
            None
        };
        if let Some(entry) = self.calls.get_mut(place as usize) {
            *entry = OutboundCall {
                open: true,
                owned: true,
                waker: Some(waker.clone()),
                deadline: call.deadline,
                end,
                body_len: length,
                codec: Some(call.codec),
                reply: None,
                ending: None,
            };
        }
        self.open = self.open.saturating_add(1);
        self.open_bytes = self.open_bytes.saturating_add(length);
        Ok(place)
    }

    /// The body of a call went into the buffer to its last chunk.
    pub(super) fn written_whole(&mut self, place: u32, end: u64) {
        if let Some(call) = self.calls.get_mut(place as usize) {
            call.end = Some(end);
        }
    }

    /// How a call ended, if it has; else `waker` is woken when it does.
    pub(super) fn poll(&mut self, place: u32, waker: &Waker) -> Option<Ending> {
        let call = self.calls.get_mut(place as usize)?;
        if let Some(ending) = call.ending.take() {
            call.owned = false;
            self.free_if_over(place);
            return Some(ending);
        }
        match &mut call.waker {
            Some(known) if known.will_wake(waker) => {}
            slot => *slot = Some(waker.clone()),
        }
        None
    }

    /// The caller waits no longer.
    pub(super) fn cancel(&mut self, place: u32, send: &mut SendQueue) {
        let Some(call) = self.calls.get_mut(place as usize) else { return };
        call.owned = false;
        call.waker = None;
        let told = call.ending.take().is_some();
        if call.open && !told {
            self.stop(place, send);
        }
        self.free_if_over(place);
    }

    /// Ends the call at the peer, or takes it back if nothing of it has left the queue.
    fn stop(&mut self, place: u32, send: &mut SendQueue) {
        if send.take_back(Direction::Call, place) == TakenBack::NotBegun {
            self.close(place);
        } else {
            Frame::Cancel { place }.encode(send.buffer());
        }
    }

    pub(super) fn handle_reply(
        &mut self,
        now: Instant,
        reply: &wire::Reply<'_>,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let call = self.open_call(reply.place)?;
        if call.reply.is_some() {
            return Err(Closed::new(CloseCode::UnknownReply, "a second Reply for one call"));
        }
        let length = reply.total.map_or(reply.body.len(), |total| usize::try_from(total).unwrap_or(usize::MAX));
        if length <= limits.max_message {
            if reply.total.is_none() {
                let codec = call.codec.unwrap_or(Codec::Postcard);
                // An abandoned call's answer is not worth a copy.
                let body = if call.owned { Bytes::copy_from_slice(reply.body) } else { Bytes::new() };
                self.close(reply.place);
                self.end(reply.place, Ending::Replied { status: reply.status, body, codec });
                return Ok(());
            }
            let assembly = Assembly::new(now, reply.body, length);
            call.reply = Some(Box::new(PartialReply::Collected { status: reply.status, assembly }));
        } else {
            let text = format!(
                "its answer has {length} bytes, and this side takes {} (max_message)",
                limits.max_message
            );
            if reply.total.is_none() {
                self.close(reply.place);
                self.end(reply.place, Ending::Broken(text));
                return Ok(());
            }
            let left = length.saturating_sub(reply.body.len());
            call.reply = Some(Box::new(PartialReply::Dropped { left, heard: now }));
            self.end(reply.place, Ending::Broken(text));
            Frame::Cancel { place: reply.place }.encode(send.buffer());
        }
        self.assembling = self.assembling.saturating_add(1);
        if self.assembling > limits.max_assembling {
            let text = format!("more than {} replies in chunks at once (max_assembling)", limits.max_assembling);
            return Err(Closed::new(CloseCode::Assembling, text));
        }
        Ok(())
    }

    pub(super) fn handle_chunk(&mut self, now: Instant, chunk: &wire::Chunk<'_>) -> Result<(), Closed> {
        let call = self.open_call(chunk.place)?;
        let codec = call.codec.unwrap_or(Codec::Postcard);
        let whole = match call.reply.as_deref_mut() {
            Some(PartialReply::Collected { assembly, .. }) => assembly.push(now, chunk.data)?,
            Some(PartialReply::Dropped { left, heard }) => {
                *heard = now;
                *left = left.checked_sub(chunk.data.len()).ok_or_else(|| {
                    Closed::new(CloseCode::Chunk, "the chunks of a reply are longer than its total")
                })?;
                *left == 0
            }
            None => return Err(Closed::new(CloseCode::Chunk, "a ReplyChunk without a Reply in chunks")),
        };
        if whole {
            let reply = call.reply.take();
            self.close(chunk.place);
            self.assembling = self.assembling.saturating_sub(1);
            if let Some(PartialReply::Collected { status, assembly }) = reply.map(|reply| *reply) {
                self.end(chunk.place, Ending::Replied { status, body: assembly.into_body(), codec });
            }
        }
        Ok(())
    }

    pub(super) fn handle_reset(&mut self, place: u32, code: u8) -> Result<(), Closed> {
        if self.open_call(place)?.reply.take().is_some() {
            self.assembling = self.assembling.saturating_sub(1);
        }
        self.close(place);
        self.end(place, Ending::Broken(format!("the peer broke its answer off (code {code})")));
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
        for (place, call) in (0_u32..).zip(&self.calls).filter(|(_, call)| call.open) {
            if call.ending.is_none() && call.owned && call.deadline.is_some_and(|deadline| deadline <= now) {
                expired.push(place);
            } else if call.owned && call.ending.is_none() {
                next = earlier(next, call.deadline);
            }
            if let Some(heard) = call.reply.as_deref().map(PartialReply::heard) {
                let stalled = later(heard, limits.frame_timeout);
                if stalled <= now {
                    return Err(Closed::new(CloseCode::TimedOut, "a reply in chunks stood still for the frame_timeout"));
                }
                next = earlier(next, Some(stalled));
            }
        }
        for place in expired {
            let sent = self.calls.get(place as usize).is_some_and(|call| was_sent(call, send));
            self.stop(place, send);
            self.end(place, Ending::Expired { sent });
        }
        Ok(next)
    }

    /// The connection is over: every call ends.
    pub(super) fn lose_all(&mut self, why: &Arc<Closed>, send: &SendQueue) {
        for place in 0..u32::try_from(self.calls.len()).unwrap_or(u32::MAX) {
            let Some(call) = self.calls.get(place as usize).filter(|call| call.open) else { continue };
            let sent = was_sent(call, send);
            self.close(place);
            self.end(place, Ending::Lost { sent, why: Arc::clone(why) });
        }
    }

    /// Calls that the peer has not ended.
    pub(super) fn in_flight(&self) -> usize {
        self.open
    }

    fn open_call(&mut self, place: u32) -> Result<&mut OutboundCall, Closed> {
        let call = self.calls.get_mut(place as usize).filter(|call| call.open);
        call.ok_or_else(|| Closed::new(CloseCode::UnknownReply, format!("an answer for place {place}, where no call is")))
    }

    /// The peer has ended the call.
    fn close(&mut self, place: u32) {
        if let Some(call) = self.calls.get_mut(place as usize).filter(|call| call.open) {
            call.open = false;
            call.reply = None;
            self.open = self.open.saturating_sub(1);
            self.open_bytes = self.open_bytes.saturating_sub(call.body_len);
            self.freed = self.freed.saturating_add(1);
        }
        self.free_if_over(place);
    }

    /// Tells the caller, if there still is one, and only the first ending.
    fn end(&mut self, place: u32, ending: Ending) {
        let Some(call) = self.calls.get_mut(place as usize) else { return };
        if call.owned && call.ending.is_none() {
            call.ending = Some(ending);
            self.wakers.extend(call.waker.take());
        }
    }

    fn free_if_over(&mut self, place: u32) {
        if let Some(call) = self.calls.get_mut(place as usize)
            && !call.open
            && !call.owned
            && call.codec.take().is_some()
        {
            call.ending = None;
            self.free.push(place);
            if self.open == 0 && self.free.len() == self.calls.len() {
                // Nothing is in flight: an idle connection keeps a few entries at most.
                self.calls.truncate(KEPT);
                self.calls.shrink_to(KEPT);
                self.free = (0..u32::try_from(self.calls.len()).unwrap_or(0)).rev().collect();
            }
        }
    }
}

impl PartialReply {
    fn heard(&self) -> Instant {
        match self {
            Self::Collected { assembly, .. } => assembly.heard,
            Self::Dropped { heard, .. } => *heard,
        }
    }
}

fn was_sent(call: &OutboundCall, send: &SendQueue) -> bool {
    call.end.is_some_and(|end| end <= send.written())
}

pub(super) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
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
