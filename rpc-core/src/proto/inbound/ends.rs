use std::collections::VecDeque;
use std::time::Instant;

use super::place::{Phase, Place, Stop, Why};
use super::table::Inbound;
use crate::clock::{earlier, later};
use crate::proto::Closed;
use crate::proto::stream::Marks;
use crate::wire::CloseCode;

impl Inbound {
    /// Stops what has run out of time; gives the earliest time of what is left.
    pub(in crate::proto) fn handle_deadlines(&mut self, now: Instant) -> Result<Option<Instant>, Closed> {
        let mut next = None;
        let ahead = |deadline: Option<Instant>| deadline.filter(|deadline| *deadline > now);
        for (place, entry) in self.places.iter_mut() {
            let parts = match entry {
                Place::Assembling(partial) => {
                    next = earlier(next, ahead(partial.start.deadline));
                    Some(("a call in chunks", partial.assembly.heard))
                }
                Place::Whole(call) => match (call.phase, call.deadline) {
                    (Phase::Running(Stop::No), Some(deadline)) if deadline <= now => {
                        call.phase = Phase::Running(Stop::Due(Why::Expired));
                        if let Some(streams) = &mut call.streams {
                            streams.stop(&mut self.assembling, &mut self.wakers);
                        }
                        self.stopped.push(place);
                        None
                    }
                    // Those that wait and have expired are refused when their turn comes.
                    (Phase::Waiting { .. } | Phase::Running(Stop::No), deadline) => {
                        next = earlier(next, ahead(deadline));
                        call.streams.as_ref().and_then(|streams| Some(("an item in parts", streams.heard()?)))
                    }
                    (Phase::Running(Stop::Due(_) | Stop::Told(_)) | Phase::Replying, _) => None,
                },
                Place::Refused { .. } | Place::Free | Place::Late => None,
            };
            let Some((what, heard)) = parts else { continue };
            let stalled = later(heard, self.limits.frame_timeout);
            if stalled <= now {
                let text = format!("{what} stood still for the frame_timeout");
                return Err(Closed::new(CloseCode::TimedOut, text));
            }
            next = earlier(next, Some(stalled));
        }
        Ok(next)
    }

    /// The connection is over: what has not begun never will, and handlers are dropped.
    pub(in crate::proto) fn lose_all(&mut self) {
        (self.waiting, self.refusals) = (VecDeque::new(), Vec::new());
        self.streamed = Marks::default();
        self.reset_counts();
        for (place, entry) in self.places.iter_mut() {
            match entry {
                Place::Whole(call) if let Phase::Running(stop) = call.phase => {
                    self.in_flight = self.in_flight.saturating_add(1);
                    self.with_streams = self.with_streams.saturating_add(usize::from(call.streams.is_some()));
                    self.bytes = self.bytes.saturating_add(call.length as usize);
                    if let Some(streams) = &mut call.streams {
                        streams.stop(&mut self.assembling, &mut self.wakers);
                    }
                    if !call.detached && stop == Stop::No {
                        call.phase = Phase::Running(Stop::Due(Why::Cancelled));
                        self.stopped.push(place);
                    }
                }
                other => *other = Place::Free,
            }
        }
        self.places.release(Place::is_used);
    }
}
