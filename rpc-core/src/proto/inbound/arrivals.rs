use std::time::{Duration, Instant};

use bytes::Bytes;

use super::answers::gone;
use super::place::{Assembling, Phase, Place, Served, Stop, Why};
use super::table::Inbound;
use crate::body::Body;
use crate::clock::{earlier, later};
use crate::generated::MethodKind;
use crate::pool::Room;
use crate::proto::Closed;
use crate::proto::admit::check;
use crate::proto::answer;
use crate::proto::assembly::{Assembly, Part};
use crate::proto::bind::Target;
use crate::proto::call::{ServedCall, StartCall};
use crate::proto::long_body::{Direction, TakenBack};
use crate::proto::send_queue::SendQueue;
use crate::proto::stream::CalleeStreams;
use crate::wire::{self, CloseCode, Frame, RefusalReason};

impl Inbound {
    /// A short Call of a method without streams came. Gives its deadline; `None`, and nothing is done, if there is anything
    /// unusual about it.
    #[inline]
    pub(in crate::proto) fn handle_short(
        &mut self,
        now: Instant,
        place: u32,
        target: Target,
        timeout: Option<u64>,
        body: &[u8],
    ) -> Option<Instant> {
        let limits = &self.limits;
        let bytes = self.bytes.saturating_add(body.len());
        let asked = timeout.map_or(limits.max_deadline, Duration::from_millis);
        let may_be = (place as usize) < limits.max_calls && bytes <= limits.max_call_bytes;
        if !may_be || asked.is_zero() {
            return None;
        }
        let deadline = later(now, asked.min(limits.max_deadline));
        let entry = self.places.entry(place).filter(|entry| matches!(entry, Place::Free))?;
        let length = u32::try_from(body.len()).ok()?;
        let phase = Phase::Waiting { cancelled: false };
        *entry =
            Place::Whole(Served { phase, detached: false, length, deadline: Some(deadline), streams: None });
        self.streamed.remove(place);
        self.in_flight = self.in_flight.saturating_add(1);
        self.bytes = bytes;
        let call = ServedCall { place, number: self.next_number() };
        let (deadline, none) = (Some(deadline), Body::new());
        self.push(StartCall { call, target, deadline, detached: false, metadata: None, body: none });
        if let Some(start) = self.waiting.back_mut() {
            start.body.fill(body);
        }
        deadline
    }

    /// A Call came. Gives the deadline or the time-out that has to be watched.
    pub(in crate::proto) fn handle_call(
        &mut self,
        now: Instant,
        (call, shared): (&wire::Call<'_>, &Bytes),
        target: Result<Target, RefusalReason>,
        may_stream: bool,
    ) -> Result<Option<Instant>, Closed> {
        let place = call.place;
        let limits = &self.limits;
        if place as usize >= limits.max_calls {
            let text = format!("a Call on place {place}, but the limit `max_calls` is {}", limits.max_calls);
            return Err(Closed::new(CloseCode::Place, text));
        }
        if !matches!(self.places.get(place), None | Some(Place::Free | Place::Late)) {
            return Err(Closed::new(CloseCode::Place, format!("a Call on place {place}, which is taken")));
        }
        self.streamed.remove(place);
        let length = call.total.map_or(call.body.len(), |total| usize::try_from(total).unwrap_or(usize::MAX));
        let chunked = call.total.is_some();
        // What this side does not know may have streams.
        let streams = may_stream
            && target.as_ref().map_or(true, |target| target.route.method.kind != MethodKind::Unary);
        let served = ServedCall { place, number: self.next_number() };
        let limits = &self.limits;
        let admitted = match check(now, call, target, length, limits, may_stream) {
            Ok(admitted) => admitted,
            Err((reason, text)) => {
                self.in_flight = self.in_flight.saturating_add(1);
                self.refuse(place, reason, text, (chunked, streams));
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
        if chunked && self.assembling >= limits.max_assembling {
            let text =
                format!("more than {} calls in chunks at once (max_assembling)", limits.max_assembling);
            return Err(Closed::new(CloseCode::Assembling, text));
        }
        let streams = CalleeStreams::of(admitted.method(), served.number, limits, &self.pool);
        self.with_streams = self.with_streams.saturating_add(usize::from(streams.is_some()));
        let (deadline, stalled) = (admitted.deadline(), later(now, limits.frame_timeout));
        self.in_flight = self.in_flight.saturating_add(1);
        self.bytes = self.bytes.saturating_add(length);
        if !chunked {
            self.wait(admitted.start(served, Body::received(call.body, shared)), length, streams);
            return Ok(deadline);
        }
        let start = admitted.start(served, Body::new());
        self.assembling = self.assembling.saturating_add(1);
        let assembly = Assembly::new(now, call.body, length, true);
        self.set(place, Place::Assembling(Box::new(Assembling { start, assembly, streams })));
        Ok(earlier(deadline, Some(stalled)))
    }

    pub(in crate::proto) fn handle_chunk(
        &mut self,
        now: Instant,
        place: u32,
        part: Part<'_>,
    ) -> Result<(), Closed> {
        let entry = match self.places.get(place) {
            Some(Place::Late | Place::Refused { chunks: true, .. }) => return Ok(()),
            Some(entry) => entry,
            None => return Err(no_chunks()),
        };
        let Place::Assembling(assembling) = entry else { return Err(no_chunks()) };
        if assembling.assembly.push(now, part)?
            && let Place::Assembling(whole) = std::mem::take(entry)
        {
            self.assembling = self.assembling.saturating_sub(1);
            let Assembling { start, assembly, streams } = *whole;
            let length = assembly.total();
            self.wait(StartCall { body: assembly.into_body().into(), ..start }, length, streams);
        }
        Ok(())
    }

    /// See [`Assembly::lend`].
    pub(in crate::proto) fn lend_assembly(&mut self, place: u32, part: usize) -> Option<Room> {
        match self.places.get(place)? {
            Place::Assembling(assembling) => assembling.assembly.lend(part),
            _ => None,
        }
    }

    pub(in crate::proto) fn handle_cancel(&mut self, place: u32, send: &mut SendQueue) {
        let Some(entry) = self.places.get(place) else { return };
        match entry {
            Place::Free | Place::Late | Place::Refused { .. } => {}
            Place::Whole(call) => match &mut call.phase {
                Phase::Waiting { cancelled } => {
                    *cancelled = !call.detached;
                    if let Some(streams) = &mut call.streams {
                        streams.stop(&mut self.assembling, &mut self.wakers);
                    }
                }
                Phase::Running(stop @ Stop::No) if !call.detached => {
                    *stop = Stop::Due(Why::Cancelled);
                    if let Some(streams) = &mut call.streams {
                        streams.stop(&mut self.assembling, &mut self.wakers);
                    }
                    self.stopped.push(place);
                }
                // The caller has gone: that comes before whatever else made the handler stop.
                Phase::Running(Stop::Due(why) | Stop::Told(why)) if *why == Why::Broken => {
                    *why = Why::Cancelled;
                }
                Phase::Running(_) => {}
                Phase::Replying => self.cancel_reply(place, send),
            },
            Place::Assembling(partial) => {
                let (length, streams) = (partial.assembly.total(), partial.streams.is_some());
                self.assembling = self.assembling.saturating_sub(1);
                self.bytes = self.bytes.saturating_sub(length);
                self.with_streams = self.with_streams.saturating_sub(usize::from(streams));
                self.refuse(place, RefusalReason::Cancelled, String::new(), (true, streams));
            }
        }
    }

    /// The caller takes no more of an answer that goes out.
    fn cancel_reply(&mut self, place: u32, send: &mut SendQueue) {
        let streams = self.places.get(place).and_then(Place::streams);
        let result = streams.filter(|streams| streams.opened).and_then(|streams| streams.result.as_mut());
        if let Some(result) = result {
            result.sending.stop(place, send);
            Frame::ReplyReset { place, code: RESET_CANCELLED }.encode(send.buffer());
        } else {
            match send.take_back(Direction::Reply, place) {
                TakenBack::Begun => Frame::ReplyReset { place, code: RESET_CANCELLED }.encode(send.buffer()),
                TakenBack::NotBegun => answer::send(send, place, &gone(Why::Cancelled)),
                TakenBack::NotThere => {}
            }
        }
        self.end(place);
    }
}

fn no_chunks() -> Closed {
    Closed::new(CloseCode::Chunk, "a CallChunk for a place where no call is in chunks")
}

/// The code of a ReplyReset for a call that was cancelled.
pub(super) const RESET_CANCELLED: u8 = 1;
