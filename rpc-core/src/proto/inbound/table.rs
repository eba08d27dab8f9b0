use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;

use super::place::{Phase, Place, Served};
use crate::Limits;
use crate::proto::call::{ServedCall, StartCall};
use crate::proto::pages::Pages;
use crate::proto::stream::{CalleeStreams, Marks, Pool};
use crate::wire::RefusalReason;

/// Calls that this side serves, by place.
///
/// ```text
///             whole          taken           finish
///  Assembling ─────▶ Waiting ─────▶ Running ────────▶ Replying ─▶ Free
///      │ Cancel         │ Cancel, expired   │ Cancel, expired, broken: handler dropped, then finish
///      ▼                ▼
///   Refused ─────────▶ Free, or Late while chunks may come ─────▶ next Call on that place
/// ```
///
/// A place is taken until the last byte of its answer is queued, so the peer can never have more handlers at work than
/// it has places, whatever it cancels. Refusals wait for their turn like handlers do, so a peer that never reads can
/// make this side queue no more than it may have in flight.
pub(in crate::proto) struct Inbound {
    pub(super) limits: Arc<Limits>,
    /// Of the streams of both directions.
    pub(super) pool: Pool,
    pub(super) places: Pages<Place>,
    pub(super) waiting: VecDeque<StartCall>,
    /// Calls that will not run, and say so when the peer takes more answers.
    pub(super) refusals: Vec<Refusal>,
    /// Running calls whose handlers may have to be dropped.
    pub(super) stopped: Vec<u32>,
    pub(super) in_flight: usize,
    /// Those of them with streams.
    pub(super) with_streams: usize,
    pub(super) bytes: usize,
    /// Calls and items that have begun to come.
    pub(super) assembling: usize,
    late: usize,
    /// Where a call with streams was the last, and has ended: what comes of its streams is ignored.
    pub(super) streamed: Marks,
    /// Calls so far that were not refused at once.
    numbers: u64,
    /// Handlers to wake when the lock is released.
    pub(super) wakers: Vec<Waker>,
}

/// Why a call will not run.
pub(super) struct Refusal {
    pub(super) place: u32,
    pub(super) reason: RefusalReason,
    pub(super) text: String,
}

impl Inbound {
    pub(in crate::proto) fn new(limits: Arc<Limits>, pool: Pool) -> Self {
        Self {
            limits,
            pool,
            places: Pages::new(),
            waiting: VecDeque::new(),
            refusals: Vec::new(),
            stopped: Vec::new(),
            in_flight: 0,
            with_streams: 0,
            bytes: 0,
            assembling: 0,
            late: 0,
            streamed: Marks::default(),
            numbers: 0,
            wakers: Vec::new(),
        }
    }

    /// Calls from their first frame to the last byte of their answer.
    pub(in crate::proto) fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// Those of them without streams.
    pub(in crate::proto) fn unary_in_flight(&self) -> usize {
        self.in_flight.saturating_sub(self.with_streams)
    }

    pub(in crate::proto) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty() || !self.refusals.is_empty()
    }

    #[inline]
    pub(in crate::proto) fn has_wakers(&self) -> bool {
        !self.wakers.is_empty()
    }

    /// Handlers to wake.
    pub(in crate::proto) fn take_wakers(&mut self, into: &mut Vec<Waker>) {
        if !self.has_wakers() {
            return;
        }
        into.append(&mut self.wakers);
        if self.wakers.capacity() > KEPT {
            self.wakers = Vec::new();
        }
    }

    /// The number of the next call.
    pub(super) fn next_number(&mut self) -> u64 {
        self.numbers = self.numbers.saturating_add(1);
        self.numbers
    }

    /// All arguments of a call are here but what comes in streams.
    pub(super) fn wait(&mut self, start: StartCall, length: usize, streams: Option<Box<CalleeStreams>>) {
        let StartCall { call: ServedCall { place, .. }, detached, .. } = start;
        // What the caller's patience is to a detached handler, only the handler itself knows.
        let deadline = start.deadline.filter(|_| !detached);
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let phase = Phase::Waiting { cancelled: false };
        self.set(place, Place::Whole(Served { phase, detached, length, deadline, streams }));
        self.push(start);
    }

    pub(super) fn refuse(
        &mut self,
        place: u32,
        reason: RefusalReason,
        text: String,
        (chunks, streams): (bool, bool),
    ) {
        self.set(place, Place::Refused { chunks, streams });
        self.refusals.push(Refusal { place, reason, text });
    }

    #[inline]
    pub(super) fn push(&mut self, start: StartCall) {
        reserve(&mut self.waiting);
        self.waiting.push_back(start);
    }

    /// The call on a place has its answer.
    pub(super) fn end(&mut self, place: u32) {
        let Some(entry) = self.places.get(place) else { return };
        let (length, mut streamed) = (entry.length(), false);
        let mut after = Place::Free;
        if let Place::Refused { chunks, streams } = *entry {
            streamed = streams;
            if chunks {
                after = Place::Late;
            }
        } else if let Some(streams) = entry.streams() {
            streams.stop(&mut self.assembling, &mut self.wakers);
            streamed = true;
            self.with_streams = self.with_streams.saturating_sub(1);
        }
        if streamed {
            self.streamed.insert(place);
        }
        self.set(place, after);
        self.ended(length);
    }

    /// A call with a body of this length takes no place any more.
    pub(super) fn ended(&mut self, length: usize) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(length);
        if self.in_flight > 0 {
            return;
        }
        // An idle connection holds little. Only what came since the last time is looked through.
        if self.waiting.is_empty() {
            self.waiting.shrink_to(1);
        }
        if self.places.held() > self.late.saturating_mul(2).saturating_add(1) {
            self.places.release(Place::is_used);
        }
    }

    pub(super) fn set(&mut self, place: u32, state: Place) {
        if let Some(entry) = self.places.entry(place) {
            let before = usize::from(matches!(entry, Place::Late));
            let after = usize::from(matches!(state, Place::Late));
            *entry = state;
            self.late = self.late.saturating_add(after).saturating_sub(before);
        }
    }

    /// No place is late any more, nor anything else but running.
    pub(super) fn reset_counts(&mut self) {
        (self.in_flight, self.with_streams, self.bytes) = (0, 0, 0);
        (self.assembling, self.late) = (0, 0);
    }

    /// The streams of a call that runs and that nothing has stopped.
    pub(super) fn running(&mut self, call: ServedCall) -> Option<&mut CalleeStreams> {
        let Place::Whole(served) = self.places.get(call.place)? else { return None };
        let runs = served.runs();
        served.streams.as_deref_mut().filter(|streams| runs && streams.number == call.number)
    }

    /// Entries in use (without late ones), bytes and messages in parts, and heap that is held.
    #[cfg(test)]
    pub(in crate::proto) fn held(&mut self) -> (usize, usize, usize) {
        let used = self
            .places
            .iter_mut()
            .filter(|(_, place)| place.is_used() && !matches!(place, Place::Late))
            .count();
        let heap = [
            self.places.held(),
            self.waiting.capacity(),
            self.refusals.capacity(),
            self.stopped.capacity(),
            self.wakers.capacity(),
            self.streamed.held(),
        ];
        (
            used,
            self.assembling.max(self.bytes).max(self.waiting.len().max(self.refusals.len())),
            heap.into_iter().sum(),
        )
    }

    /// Bytes of all bodies.
    #[cfg(test)]
    pub(in crate::proto) fn bytes(&self) -> usize {
        self.bytes
    }
}

/// Makes room for one more: first for one, since a connection that makes one call after the other needs no more and keeps
/// that when it is idle, then for several.
#[inline]
fn reserve<T>(queue: &mut VecDeque<T>) {
    match queue.capacity() {
        0 => queue.reserve_exact(1),
        1 if !queue.is_empty() => queue.reserve_exact(SEVERAL),
        _ => {}
    }
}

const SEVERAL: usize = 7;

/// Wakers for which an idle connection keeps room.
const KEPT: usize = 4;
