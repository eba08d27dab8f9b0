use std::collections::VecDeque;
use std::time::Instant;

use bytes::Bytes;

use super::Closed;
use super::admit::check;
use super::answer::{self, SendLimits};
use super::assembly::Assembly;
use super::bind::Target;
use super::call::StartCall;
use super::outbound::MAX_HEAD;
use super::pages::Pages;
use super::send_queue::{Direction, LongBody, SendQueue, TakenBack};
use crate::clock::{earlier, later};
use crate::server::Reply;
use crate::wire::{self, CloseCode, Frame, RefusalReason};
use crate::{Code, Executed, Limits, RpcError};

/// Calls that this side serves, by place.
///
/// ```text
///             whole          taken           finish
///  Assembling ─────▶ Waiting ─────▶ Running ────────▶ Replying ─▶ Free
///      │ Cancel         │ Cancel, expired   │ Cancel, expired: handler dropped, then finish
///      ▼                ▼
///   Refused ─────────▶ Free, or Late while chunks may come ─────▶ next Call on that place
/// ```
///
/// A place is taken until the last byte of its answer is queued, so the peer can never have more handlers at work than
/// it has places, whatever it cancels. Refusals wait for their turn like handlers do, so a peer that never reads can
/// make this side queue no more than it may have in flight.
pub(super) struct Inbound {
    places: Pages<Place>,
    waiting: VecDeque<Next>,
    /// Running calls whose handlers may have to be dropped.
    stopped: Vec<u32>,
    in_flight: usize,
    bytes: usize,
    assembling: usize,
    late: usize,
}

/// What is done when the peer takes more answers.
enum Next {
    Start(StartCall),
    Refuse { place: u32, reason: RefusalReason, text: String },
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
        detached: bool,
        cancelled: bool,
    },
    /// It will not run, and says so when its turn comes. `chunks`: some may still come.
    Refused {
        chunks: bool,
    },
    Running {
        length: usize,
        deadline: Option<Instant>,
        detached: bool,
        stop: Stop,
    },
    /// Its answer waits beside the buffer, or goes out in chunks.
    Replying {
        length: usize,
    },
}

/// Whether a handler has to be dropped.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stop {
    #[default]
    No,
    Due(Why),
    Told(Why),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Cancelled,
    Expired,
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
            stopped: Vec::new(),
            in_flight: 0,
            bytes: 0,
            assembling: 0,
            late: 0,
        }
    }

    /// A Call came. Gives the deadline or the time-out that has to be watched.
    pub(super) fn handle_call(
        &mut self,
        now: Instant,
        call: &wire::Call<'_>,
        target: Result<Target, RefusalReason>,
        limits: &Limits,
    ) -> Result<Option<Instant>, Closed> {
        let place = call.place;
        if place as usize >= limits.max_calls {
            let text = format!("a Call on place {place}, but the limit `max_calls` is {}", limits.max_calls);
            return Err(Closed::new(CloseCode::Place, text));
        }
        if !matches!(self.places.get(place), None | Some(Place::Free | Place::Late)) {
            return Err(Closed::new(CloseCode::Place, format!("a Call on place {place}, which is taken")));
        }
        let length = call.total.map_or(call.body.len(), |total| usize::try_from(total).unwrap_or(usize::MAX));
        let start = match check(now, call, target, length, limits) {
            Ok(start) => start,
            Err((reason, text)) => {
                self.in_flight = self.in_flight.saturating_add(1);
                self.refuse(place, reason, text, call.total.is_some());
                return Ok(None);
            }
        };
        if self.bytes.saturating_add(length) > limits.max_call_bytes {
            let text = format!(
                "the calls in flight have more than {} bytes (max_call_bytes)",
                limits.max_call_bytes
            );
            return Err(Closed::new(CloseCode::Place, text));
        }
        if call.total.is_some() && self.assembling >= limits.max_assembling {
            let text =
                format!("more than {} calls in chunks at once (max_assembling)", limits.max_assembling);
            return Err(Closed::new(CloseCode::Assembling, text));
        }
        self.in_flight = self.in_flight.saturating_add(1);
        self.bytes = self.bytes.saturating_add(length);
        let deadline = start.deadline;
        if call.total.is_none() {
            self.wait(StartCall { body: Bytes::copy_from_slice(call.body), ..start }, length);
            return Ok(deadline);
        }
        self.assembling = self.assembling.saturating_add(1);
        let assembly = Assembly::new(now, call.body, length, true);
        self.set(place, Place::Assembling(Box::new(Assembling { start, assembly })));
        Ok(earlier(deadline, Some(later(now, limits.frame_timeout))))
    }

    pub(super) fn handle_chunk(&mut self, now: Instant, chunk: &wire::Chunk<'_>) -> Result<(), Closed> {
        let entry = match self.places.get(chunk.place) {
            Some(Place::Late | Place::Refused { chunks: true }) => return Ok(()),
            Some(entry) => entry,
            None => return Err(no_chunks()),
        };
        let Place::Assembling(assembling) = entry else { return Err(no_chunks()) };
        if assembling.assembly.push(now, chunk.data)?
            && let Place::Assembling(whole) = std::mem::take(entry)
        {
            self.assembling = self.assembling.saturating_sub(1);
            let Assembling { start, assembly } = *whole;
            let length = assembly.total();
            self.wait(StartCall { body: assembly.into_body(), ..start }, length);
        }
        Ok(())
    }

    pub(super) fn handle_cancel(&mut self, place: u32, send: &mut SendQueue) {
        let Some(entry) = self.places.get(place) else { return };
        match entry {
            Place::Free | Place::Late | Place::Refused { .. } => {}
            Place::Waiting { cancelled, detached, .. } => *cancelled = !*detached,
            Place::Running { stop, detached: false, .. } if *stop == Stop::No => {
                *stop = Stop::Due(Why::Cancelled);
                self.stopped.push(place);
            }
            Place::Running { .. } => {}
            Place::Assembling(partial) => {
                let length = partial.assembly.total();
                self.assembling = self.assembling.saturating_sub(1);
                self.bytes = self.bytes.saturating_sub(length);
                self.refuse(place, RefusalReason::Cancelled, String::new(), true);
            }
            Place::Replying { length } => {
                let length = *length;
                match send.take_back(Direction::Reply, place) {
                    TakenBack::Begun => {
                        Frame::ReplyReset { place, code: RESET_CANCELLED }.encode(send.buffer())
                    }
                    TakenBack::NotBegun => answer::send(send, place, &gone(Why::Cancelled)),
                    TakenBack::NotThere => {}
                }
                self.end(place, length, Place::Free);
            }
        }
    }

    /// The next call to start a handler for. Those that are not worth one any more are answered here.
    pub(super) fn poll_start(&mut self, now: Instant, send: &mut SendQueue) -> Option<StartCall> {
        while let Some(next) = self.waiting.pop_front() {
            let (place, reason, text) = match next {
                Next::Refuse { place, reason, text } => (place, reason, text),
                Next::Start(start) => match self.may_start(now, &start) {
                    Ok(()) => return Some(start),
                    Err(reason) => (start.place, reason, String::new()),
                },
            };
            answer::send(send, place, &Reply::refused(reason, &text));
            match self.places.get(place) {
                Some(Place::Refused { chunks: true }) => self.end(place, 0, Place::Late),
                Some(Place::Waiting { length, .. }) => {
                    let length = *length;
                    self.end(place, length, Place::Free);
                }
                _ => self.end(place, 0, Place::Free),
            }
        }
        None
    }

    /// Makes a waiting call a running one, or says why not.
    fn may_start(&mut self, now: Instant, start: &StartCall) -> Result<(), RefusalReason> {
        let expired = start.deadline.is_some_and(|deadline| deadline <= now);
        match self.places.get(start.place) {
            Some(Place::Waiting { cancelled: false, .. }) if expired => Err(RefusalReason::Expired),
            Some(entry) => match *entry {
                Place::Waiting { length, deadline, detached, cancelled: false } => {
                    *entry = Place::Running { length, deadline, detached, stop: Stop::No };
                    Ok(())
                }
                _ => Err(RefusalReason::Cancelled),
            },
            None => Err(RefusalReason::Cancelled),
        }
    }

    /// Running calls whose handlers have to be dropped, each once.
    pub(super) fn take_stopped(&mut self) -> Vec<u32> {
        let mut stopped = std::mem::take(&mut self.stopped);
        stopped.retain(|place| match self.places.get(*place) {
            Some(Place::Running { stop: stop @ Stop::Due(_), .. }) => {
                if let Stop::Due(why) = *stop {
                    *stop = Stop::Told(why);
                }
                true
            }
            // It has ended by itself since then.
            _ => false,
        });
        stopped
    }

    /// The handler has ended; without a reply if it was dropped, and then whether it may have been polled.
    pub(super) fn finish(
        &mut self,
        place: u32,
        reply: Result<Reply, bool>,
        limits: SendLimits,
        send: &mut SendQueue,
    ) {
        let Some(entry) = self.places.get(place) else { return };
        let Place::Running { length, stop, .. } = *entry else { return };
        let why = match stop {
            Stop::Due(why) | Stop::Told(why) => why,
            Stop::No => Why::Cancelled,
        };
        let reply = reply.unwrap_or_else(|begun| match why {
            _ if begun => gone(why),
            Why::Cancelled => Reply::refused(RefusalReason::Cancelled, ""),
            Why::Expired => Reply::refused(RefusalReason::Expired, ""),
        });
        let reply = answer::fitted(reply, limits, send.queued_for_replies());
        let in_one = reply.body.len().saturating_add(MAX_HEAD) <= limits.max_frame;
        if in_one && send.takes(reply.body.len()) {
            answer::send(send, place, &reply);
            self.end(place, length, Place::Free);
            return;
        }
        *entry = Place::Replying { length };
        let head = answer::head_apart(place, &reply, in_one);
        let body = LongBody { direction: Direction::Reply, place, head, body: reply.body.into() };
        if in_one { send.push_large(body) } else { send.push_long(body) }
    }

    /// The handler has ended, and nobody is there to hear of it.
    pub(super) fn forget(&mut self, place: u32) {
        if let Some(Place::Running { length, .. }) = self.places.get(place) {
            let length = *length;
            self.end(place, length, Place::Free);
        }
    }

    /// The answer of a call went into the buffer to its last chunk.
    pub(super) fn written_whole(&mut self, place: u32) {
        if let Some(Place::Replying { length }) = self.places.get(place) {
            let length = *length;
            self.end(place, length, Place::Free);
        }
    }

    /// Stops what has run out of time; gives the earliest time of what is left.
    pub(super) fn handle_deadlines(
        &mut self,
        now: Instant,
        limits: &Limits,
    ) -> Result<Option<Instant>, Closed> {
        let mut next = None;
        let ahead = |deadline: Option<Instant>| deadline.filter(|deadline| *deadline > now);
        for (place, entry) in self.places.iter_mut() {
            match entry {
                Place::Assembling(partial) => {
                    let stalled = later(partial.assembly.heard, limits.frame_timeout);
                    if stalled <= now {
                        let text = "a call in chunks stood still for the frame_timeout";
                        return Err(Closed::new(CloseCode::TimedOut, text));
                    }
                    next = earlier(next, earlier(Some(stalled), ahead(partial.start.deadline)));
                }
                // Those that have expired are refused when their turn comes.
                Place::Waiting { deadline, .. } => next = earlier(next, ahead(*deadline)),
                Place::Running { deadline, stop: stop @ Stop::No, .. } => match *deadline {
                    Some(deadline) if deadline <= now => {
                        *stop = Stop::Due(Why::Expired);
                        self.stopped.push(place);
                    }
                    deadline => next = earlier(next, deadline),
                },
                Place::Running { .. }
                | Place::Refused { .. }
                | Place::Free
                | Place::Late
                | Place::Replying { .. } => {}
            }
        }
        Ok(next)
    }

    /// The connection is over: what has not begun never will, and handlers are dropped.
    pub(super) fn lose_all(&mut self) {
        self.waiting = VecDeque::new();
        (self.in_flight, self.bytes, self.assembling, self.late) = (0, 0, 0, 0);
        for (place, entry) in self.places.iter_mut() {
            match entry {
                Place::Running { length, detached, stop, .. } => {
                    self.in_flight = self.in_flight.saturating_add(1);
                    self.bytes = self.bytes.saturating_add(*length);
                    if !*detached && *stop == Stop::No {
                        *stop = Stop::Due(Why::Cancelled);
                        self.stopped.push(place);
                    }
                }
                other => *other = Place::Free,
            }
        }
        self.places.release(Place::is_used);
    }

    /// Calls from their first frame to the last byte of their answer.
    pub(super) fn in_flight(&self) -> usize {
        self.in_flight
    }

    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn wait(&mut self, start: StartCall, length: usize) {
        // What the caller's patience is to a detached handler, only the handler itself knows.
        let deadline = start.deadline.filter(|_| !start.detached);
        self.set(
            start.place,
            Place::Waiting { length, deadline, detached: start.detached, cancelled: false },
        );
        self.waiting.push_back(Next::Start(start));
    }

    fn refuse(&mut self, place: u32, reason: RefusalReason, text: String, chunks: bool) {
        self.set(place, Place::Refused { chunks });
        self.waiting.push_back(Next::Refuse { place, reason, text });
    }

    /// A call with a body of `length` bytes has its answer.
    fn end(&mut self, place: u32, length: usize, state: Place) {
        self.set(place, state);
        self.in_flight = self.in_flight.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(length);
        if self.in_flight > 0 {
            return;
        }
        // An idle connection holds little. Only what came since the last time is looked through.
        if self.waiting.capacity() > KEPT && self.waiting.is_empty() {
            self.waiting = VecDeque::new();
        }
        if self.places.held() > self.late.saturating_mul(2).saturating_add(1) {
            self.places.release(Place::is_used);
        }
    }

    fn set(&mut self, place: u32, state: Place) {
        if let Some(entry) = self.places.entry(place) {
            let before = usize::from(matches!(entry, Place::Late));
            let after = usize::from(matches!(state, Place::Late));
            *entry = state;
            self.late = self.late.saturating_add(after).saturating_sub(before);
        }
    }

    /// Entries in use (without late ones), bytes and messages in parts, and heap that is held.
    #[cfg(test)]
    pub(super) fn held(&mut self) -> (usize, usize, usize) {
        let used = self
            .places
            .iter_mut()
            .filter(|(_, place)| place.is_used() && !matches!(place, Place::Late))
            .count();
        let heap = [self.places.held(), self.waiting.capacity(), self.stopped.capacity()];
        (used, self.assembling.max(self.bytes).max(self.waiting.len()), heap.into_iter().sum())
    }

    /// Bytes of all bodies.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

impl Place {
    fn is_used(&self) -> bool {
        !matches!(self, Self::Free)
    }
}

/// The answer of a handler that was dropped.
fn gone(why: Why) -> Reply {
    Reply::failed(&match why {
        Why::Cancelled => RpcError::new(Code::Cancelled, "cancelled by the caller"),
        // `Maybe`, as the caller itself says when its clock is the first to strike.
        Why::Expired => RpcError::new(Code::DeadlineExceeded, "the handler was dropped at its deadline")
            .with_executed(Executed::Maybe),
    })
}

fn no_chunks() -> Closed {
    Closed::new(CloseCode::Chunk, "a CallChunk for a place where no call is in chunks")
}

const RESET_CANCELLED: u8 = 1;

/// Calls for which an idle connection keeps room.
const KEPT: usize = 4;
