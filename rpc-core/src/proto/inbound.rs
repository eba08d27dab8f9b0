use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::Closed;
use super::assembly::Assembly;
use super::bind::Target;
use super::outbound::{MAX_HEAD, earlier};
use super::pages::Pages;
use super::send_queue::{Direction, LongBody, SendQueue, TakenBack};
use crate::clock::later;
use crate::server::Reply;
use crate::wire::{self, CloseCode, Frame, MetadataRef, RefusalReason};
use crate::{Executed, Limits, Metadata, RpcError};

/// A call that a handler can be started for.
pub(crate) struct StartCall {
    pub(crate) place: u32,
    pub(crate) target: Target,
    pub(crate) deadline: Option<Instant>,
    pub(crate) metadata: Option<Arc<Metadata>>,
    pub(crate) body: Bytes,
}

/// Calls that this side serves, by place.
///
/// ```text
///             whole          taken           finish
///  Assembling ─────▶ Waiting ─────▶ Running ────────▶ Replying ─▶ Free
///      │ Cancel         │ Cancel       │ Cancel: handler dropped, then finish
///      ▼                ▼ finish (refused)
///     Late ────────▶ next Call on that place
/// ```
///
/// A place is taken until the last byte of its answer is queued, so the peer can never have more handlers at work than
/// it has places, whatever it cancels.
pub(super) struct Inbound {
    places: Pages<Place>,
    waiting: VecDeque<StartCall>,
    /// Running calls whose handler has to be dropped.
    pub(super) cancelled: Vec<u32>,
    in_flight: usize,
    bytes: usize,
    assembling: usize,
}

#[derive(Default)]
enum Place {
    #[default]
    Free,
    /// Answered before its chunks were all there: the rest is ignored.
    Late,
    Assembling(Box<Assembling>),
    Waiting {
        length: usize,
        deadline: Option<Instant>,
        cancelled: bool,
    },
    Running {
        length: usize,
        deadline: Option<Instant>,
    },
    /// Its answer goes out in chunks.
    Replying {
        length: usize,
    },
}

struct Assembling {
    start: StartCall,
    assembly: Assembly,
}

impl Inbound {
    pub(super) fn new() -> Self {
        Self {
            places: Pages::new(),
            waiting: VecDeque::new(),
            cancelled: Vec::new(),
            in_flight: 0,
            bytes: 0,
            assembling: 0,
        }
    }

    /// A Call came. Gives the deadline or the time-out that has to be watched.
    pub(super) fn handle_call(
        &mut self,
        now: Instant,
        call: &wire::Call<'_>,
        target: Result<Target, RefusalReason>,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<Option<Instant>, Closed> {
        if call.place as usize >= limits.max_calls {
            let text = format!("a Call on place {}, but the limit `max_calls` is {}", call.place, limits.max_calls);
            return Err(Closed::new(CloseCode::Place, text));
        }
        let taken = !matches!(self.places.get(call.place), None | Some(Place::Free | Place::Late));
        if taken {
            return Err(Closed::new(CloseCode::Place, format!("a Call on place {}, which is taken", call.place)));
        }
        let length = call.total.map_or(call.body.len(), |total| usize::try_from(total).unwrap_or(usize::MAX));
        let begun = match self.check(now, call, target, length, limits) {
            Ok(begun) => begun,
            Err((reason, text)) => {
                self.set(call.place, if call.total.is_some() { Place::Late } else { Place::Free });
                send_reply(send, call.place, &Reply::refused(reason, &text));
                return Ok(None);
            }
        };
        if self.bytes.saturating_add(length) > limits.max_call_bytes {
            let text = format!("the calls in flight have more than {} bytes (max_call_bytes)", limits.max_call_bytes);
            return Err(Closed::new(CloseCode::Place, text));
        }
        self.in_flight = self.in_flight.saturating_add(1);
        self.bytes = self.bytes.saturating_add(length);
        let deadline = begun.deadline;
        if call.total.is_none() {
            let start = StartCall { body: Bytes::copy_from_slice(call.body), ..begun };
            self.set(call.place, Place::Waiting { length, deadline, cancelled: false });
            self.waiting.push_back(start);
            return Ok(deadline);
        }
        self.assembling = self.assembling.saturating_add(1);
        if self.assembling > limits.max_assembling {
            let text = format!("more than {} calls in chunks at once (max_assembling)", limits.max_assembling);
            return Err(Closed::new(CloseCode::Assembling, text));
        }
        let assembly = Assembly::new(now, call.body, length);
        self.set(call.place, Place::Assembling(Box::new(Assembling { start: begun, assembly })));
        Ok(earlier(deadline, Some(later(now, limits.frame_timeout))))
    }

    /// Everything for which one call is refused, and the connection lives.
    fn check(
        &self,
        now: Instant,
        call: &wire::Call<'_>,
        target: Result<Target, RefusalReason>,
        length: usize,
        limits: &Limits,
    ) -> Result<StartCall, (RefusalReason, String)> {
        let target = target.map_err(|reason| (reason, String::new()))?;
        if length > limits.max_message {
            let text = format!("{length} bytes, and `max_message` is {}", limits.max_message);
            return Err((RefusalReason::TooLarge, text));
        }
        if call.timeout == Some(0) {
            return Err((RefusalReason::Expired, String::new()));
        }
        let granted = call.timeout.map_or(limits.max_deadline, Duration::from_millis).min(limits.max_deadline);
        let metadata = wire::decode_metadata(call.metadata, limits.max_metadata)
            .map_err(|error| (RefusalReason::Undecodable, error.to_string()))?;
        Ok(StartCall {
            place: call.place,
            target,
            deadline: Some(later(now, granted)),
            metadata: (!metadata.is_empty()).then(|| Arc::new(owned(&metadata))),
            body: Bytes::new(),
        })
    }

    pub(super) fn handle_chunk(&mut self, now: Instant, chunk: &wire::Chunk<'_>) -> Result<(), Closed> {
        let assembling = match self.places.get(chunk.place) {
            Some(Place::Assembling(assembling)) => assembling,
            Some(Place::Late) => return Ok(()),
            _ => return Err(Closed::new(CloseCode::Chunk, "a CallChunk for a place where no call is in chunks")),
        };
        if !assembling.assembly.push(now, chunk.data)? {
            return Ok(());
        }
        self.assembling = self.assembling.saturating_sub(1);
        let place = std::mem::take(assembling_place(&mut self.places, chunk.place)?);
        if let Place::Assembling(whole) = place {
            let Assembling { start, assembly } = *whole;
            let (length, deadline) = (assembly.total(), start.deadline);
            self.set(chunk.place, Place::Waiting { length, deadline, cancelled: false });
            self.waiting.push_back(StartCall { body: assembly.into_body(), ..start });
        }
        Ok(())
    }

    pub(super) fn handle_cancel(&mut self, place: u32, send: &mut SendQueue) {
        let Some(entry) = self.places.get(place) else { return };
        match entry {
            Place::Free | Place::Late => {}
            Place::Waiting { cancelled, .. } => *cancelled = true,
            Place::Running { .. } => self.cancelled.push(place),
            Place::Assembling(partial) => {
                let length = partial.assembly.total();
                *entry = Place::Late;
                self.assembling = self.assembling.saturating_sub(1);
                self.ended(length);
                send_reply(send, place, &Reply::refused(RefusalReason::Cancelled, ""));
            }
            Place::Replying { length } => {
                let length = *length;
                match send.take_back(Direction::Reply, place) {
                    TakenBack::Begun => Frame::ReplyReset { place, code: RESET_CANCELLED }.encode(send.buffer()),
                    TakenBack::NotBegun => {
                        let error = RpcError::new(crate::Code::Cancelled, "cancelled by the caller");
                        send_reply(send, place, &Reply::failed(&error));
                    }
                    TakenBack::NotThere => {}
                }
                self.set(place, Place::Free);
                self.ended(length);
            }
        }
    }

    /// The next call to start a handler for. Those that are not worth one any more are answered here.
    pub(super) fn poll_start(&mut self, now: Instant, send: &mut SendQueue) -> Option<StartCall> {
        while let Some(start) = self.waiting.pop_front() {
            let Some(entry) = self.places.get(start.place) else { continue };
            let Place::Waiting { length, deadline, cancelled } = *entry else { continue };
            let reason = if cancelled {
                RefusalReason::Cancelled
            } else if deadline.is_some_and(|deadline| deadline <= now) {
                RefusalReason::Expired
            } else {
                *entry = Place::Running { length, deadline };
                return Some(start);
            };
            *entry = Place::Free;
            self.ended(length);
            send_reply(send, start.place, &Reply::refused(reason, ""));
        }
        None
    }

    /// The handler has ended.
    pub(super) fn finish(&mut self, place: u32, reply: Reply, limits: SendLimits, send: &mut SendQueue) {
        let Some(entry) = self.places.get(place) else { return };
        let Place::Running { length, .. } = *entry else { return };
        let reply = if reply.body.len() <= limits.max_message { reply } else { too_long(&reply, limits.max_message) };
        if reply.body.len().saturating_add(MAX_HEAD) <= limits.max_frame {
            *entry = Place::Free;
            self.ended(length);
            send_reply(send, place, &reply);
            return;
        }
        *entry = Place::Replying { length };
        let total = Some(reply.body.len() as u64);
        let mut head = Vec::new();
        let announced = wire::Reply { place, status: reply.status, metadata: &[], total, body: &[] };
        wire::encode_reply_head(&announced, 0, &mut head);
        send.push_long(LongBody { direction: Direction::Reply, place, head, body: reply.body.into() });
    }

    /// The answer of a call went into the buffer to its last chunk.
    pub(super) fn written_whole(&mut self, place: u32) {
        if let Some(entry) = self.places.get(place)
            && let Place::Replying { length } = *entry
        {
            *entry = Place::Free;
            self.ended(length);
        }
    }

    /// Cancels what has run out of time; gives the earliest time of what is left.
    pub(super) fn handle_deadlines(&mut self, now: Instant, limits: &Limits) -> Result<Option<Instant>, Closed> {
        let mut next = None;
        for (place, entry) in self.places.iter_mut() {
            match entry {
                Place::Assembling(partial) => {
                    let stalled = later(partial.assembly.heard, limits.frame_timeout);
                    if stalled <= now {
                        let text = "a call in chunks stood still for the frame_timeout";
                        return Err(Closed::new(CloseCode::TimedOut, text));
                    }
                    next = earlier(next, Some(stalled));
                }
                Place::Running { deadline, .. } if deadline.is_some_and(|deadline| deadline <= now) => {
                    *deadline = None;
                    self.cancelled.push(place);
                }
                Place::Running { deadline, .. } => next = earlier(next, *deadline),
                // Looked at when their turn comes.
                Place::Waiting { .. } | Place::Free | Place::Late | Place::Replying { .. } => {}
            }
        }
        Ok(next)
    }

    /// The connection is over: no call is worth a handler any more.
    pub(super) fn lose_all(&mut self) {
        self.waiting.clear();
        for (place, entry) in self.places.iter_mut() {
            if matches!(entry, Place::Running { .. }) {
                self.cancelled.push(place);
            }
        }
    }

    /// Calls from their first frame to the last byte of their answer.
    pub(super) fn in_flight(&self) -> usize {
        self.in_flight
    }

    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn ended(&mut self, length: usize) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(length);
        let idle = self.in_flight == 0 && self.waiting.is_empty();
        if idle && self.places.is_large() && !self.places.any(|place| matches!(place, Place::Late)) {
            // An idle connection holds no more than one page.
            self.places.release();
            self.waiting = VecDeque::new();
        }
    }

    fn set(&mut self, place: u32, state: Place) {
        if let Some(entry) = self.places.entry(place) {
            *entry = state;
        }
    }
}

/// What bounds an answer.
#[derive(Clone, Copy)]
pub(super) struct SendLimits {
    pub(super) max_frame: usize,
    pub(super) max_message: usize,
}

fn assembling_place(places: &mut Pages<Place>, place: u32) -> Result<&mut Place, Closed> {
    places.get(place).ok_or_else(|| Closed::new(CloseCode::Chunk, "a CallChunk for a place without a call"))
}

fn send_reply(send: &mut SendQueue, place: u32, reply: &Reply) {
    let head = wire::Reply { place, status: reply.status, metadata: &[], total: None, body: &[] };
    wire::encode_reply_head(&head, reply.body.len(), send.buffer());
    send.buffer().extend_from_slice(&reply.body);
}

fn too_long(reply: &Reply, max: usize) -> Reply {
    let text = format!("the answer has {} bytes, and the caller takes {max} (its max_message)", reply.body.len());
    Reply::failed(&RpcError::new(crate::Code::ResourceExhausted, text).with_executed(Executed::Yes))
}

fn owned(entries: &[(&str, MetadataRef<'_>)]) -> Metadata {
    let mut metadata = Metadata::new();
    for (key, value) in entries {
        match value {
            MetadataRef::Text(text) => metadata.push(*key, *text),
            MetadataRef::Binary(bytes) => metadata.push(*key, bytes.to_vec()),
        }
    }
    metadata
}

const RESET_CANCELLED: u8 = 1;
