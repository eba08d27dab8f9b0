use std::collections::VecDeque;
use std::time::Instant;

use super::arrivals::RESET_CANCELLED;
use super::place::{Phase, Place, Served, Stop, Why};
use super::table::{Inbound, Refusal};
use crate::generated::MethodKind;
use crate::proto::answer::{self, SendLimits};
use crate::proto::call::{ServedCall, StartCall};
use crate::proto::long_body::{Direction, LongBody};
use crate::proto::send_queue::SendQueue;
use crate::scratch;
use crate::server::Reply;
use crate::wire::{Frame, RefusalReason, ReplyStatus};
use crate::{Code, Executed, RpcError};

impl Inbound {
    /// Moves the calls to start handlers for to `into`, where there is none, at most so many. Those that are not worth one
    /// any more are answered here.
    pub(in crate::proto) fn take_starts(
        &mut self,
        now: Instant,
        most: usize,
        send: &mut SendQueue,
        into: &mut VecDeque<StartCall>,
    ) {
        if !self.refusals.is_empty() && !self.answer_refusals(send) {
            return;
        }
        if self.waiting.len() <= most {
            // As they are: to move each of them would be most of the work.
            std::mem::swap(into, &mut self.waiting);
        } else {
            into.extend(self.waiting.drain(..most));
        }
        into.retain(|start| self.starts(now, start, send));
    }

    /// Answers calls that will not run, as far as the peer takes it; true if that is all of them.
    #[cold]
    fn answer_refusals(&mut self, send: &mut SendQueue) -> bool {
        let mut refusals = std::mem::take(&mut self.refusals).into_iter();
        while send.queued() <= self.limits.max_outbound
            && let Some(Refusal { place, reason, text }) = refusals.next()
        {
            answer::send(send, place, &Reply::refused(reason, &text));
            self.end(place);
        }
        self.refusals = refusals.collect();
        self.refusals.is_empty()
    }

    fn starts(&mut self, now: Instant, start: &StartCall, send: &mut SendQueue) -> bool {
        if let Err(reply) = self.may_start(now, start) {
            answer::send(send, start.call.place, &reply);
            self.end(start.call.place);
            return false;
        }
        if start.target.route.method.kind != MethodKind::Unary {
            self.raise(start.call, send);
        }
        true
    }

    /// Makes a waiting call a running one, or says why not.
    fn may_start(&mut self, now: Instant, start: &StartCall) -> Result<(), Reply> {
        let refused = |reason| Err(Reply::refused(reason, ""));
        let expired = start.deadline.is_some_and(|deadline| deadline <= now);
        let Some(Place::Whole(call)) = self.places.get(start.call.place) else {
            return refused(RefusalReason::Cancelled);
        };
        if call.phase != (Phase::Waiting { cancelled: false }) {
            return refused(RefusalReason::Cancelled);
        }
        if expired {
            return refused(RefusalReason::Expired);
        }
        if let Some(broken) = call.streams.as_mut().and_then(|streams| streams.broken.take()) {
            return Err(Reply::failed(&broken.with_executed(Executed::No)));
        }
        call.phase = Phase::Running(Stop::No);
        Ok(())
    }

    /// A handler takes items from now on: the peer may send as many as there is room for.
    fn raise(&mut self, call: ServedCall, send: &mut SendQueue) {
        let Some(streams) = self.running(call) else { return };
        for (stream, argument) in (0_u32..).zip(&mut streams.arguments) {
            if let Some(credit) = argument.receiving.raise() {
                super::streams::give(call.place, stream, credit, send);
            }
        }
    }

    /// Running calls whose handlers have to be dropped, each once.
    pub(in crate::proto) fn take_stopped(&mut self) -> Vec<u32> {
        let mut stopped = std::mem::take(&mut self.stopped);
        stopped.retain(|place| match self.places.get(*place) {
            Some(Place::Whole(call)) if let Phase::Running(Stop::Due(why)) = call.phase => {
                call.phase = Phase::Running(Stop::Told(why));
                true
            }
            // It has ended by itself since then.
            _ => false,
        });
        stopped
    }

    /// The handler has ended; without a reply if it was dropped, and then whether it may have been polled.
    pub(in crate::proto) fn finish(
        &mut self,
        place: u32,
        reply: Result<Reply, bool>,
        limits: SendLimits,
        send: &mut SendQueue,
    ) {
        let Some(entry) = self.places.get(place) else { return };
        let Place::Whole(call) = entry else { return };
        let Phase::Running(stop) = call.phase else { return };
        let reply = match reply {
            Ok(reply) if stop == Stop::No && call.streams.is_none() && answer::is_short(&reply, limits) => {
                answer::send(send, place, &reply);
                scratch::give_back(reply.body);
                let length = call.length as usize;
                *entry = Place::Free;
                return self.ended(length);
            }
            reply => reply,
        };
        let why = stop.why();
        let reply = final_reply(call, reply, why);
        if let Some(streams) = call.streams.as_mut().filter(|streams| streams.opened)
            && let Some(result) = &mut streams.result
        {
            let ended = if why == Some(Why::Cancelled) {
                result.sending.stop(place, send);
                Frame::ReplyReset { place, code: RESET_CANCELLED }.encode(send.buffer());
                true
            } else {
                let (status, body) = answer::stream_end(reply, limits);
                if why.is_some() {
                    // What is left of an item is of no use before an error that came in between.
                    result.sending.cut(place, send);
                }
                result.sending.end(place, status, body, send)
            };
            if ended {
                self.end(place);
            } else {
                self.reply_later(place);
            }
            return;
        }
        let reply = answer::fitted(reply, limits, send.queued_for_replies());
        let in_one = answer::fits_in_one(&reply, limits);
        if in_one && send.takes(reply.length().saturating_add(reply.metadata.len())) {
            answer::send_long(send, place, reply);
            self.end(place);
            return;
        }
        self.reply_later(place);
        let (head, body) = answer::head_apart(place, reply, in_one);
        let body = LongBody::new(Direction::Reply, place, head, body);
        if in_one { send.push_large(body) } else { send.push_long(body) }
    }

    /// The place is taken until the rest of its answer is in the buffer.
    fn reply_later(&mut self, place: u32) {
        let Some(Place::Whole(call)) = self.places.get(place) else { return };
        if let Phase::Running(_) = call.phase {
            if let Some(streams) = &mut call.streams {
                streams.stop(&mut self.assembling, &mut self.wakers);
            }
            call.phase = Phase::Replying;
        }
    }

    /// The handler has ended, and nobody is there to hear of it.
    pub(in crate::proto) fn forget(&mut self, place: u32) {
        if let Some(Place::Whole(Served { phase: Phase::Running(_), .. })) = self.places.get(place) {
            self.end(place);
        }
    }

    /// The answer of a call went into the buffer to its last chunk.
    pub(in crate::proto) fn written_whole(&mut self, place: u32) {
        if let Some(Place::Whole(Served { phase: Phase::Replying, .. })) = self.places.get(place) {
            self.end(place);
        }
    }
}

/// What becomes of the answer of a handler that was told to stop, or was dropped.
fn final_reply(call: &mut Served, reply: Result<Reply, bool>, why: Option<Why>) -> Reply {
    let broken = call.streams.as_mut().and_then(|streams| streams.broken.take());
    let streams_out = call.streams.as_ref().is_some_and(|streams| streams.result.is_some());
    let ran = match &reply {
        Ok(reply) => reply.status != ReplyStatus::Refused,
        Err(begun) => *begun,
    };
    match (reply, why) {
        (Ok(reply), None) => reply,
        // It ended by itself before it was dropped, and had what it needed for that.
        (Ok(reply), Some(Why::Cancelled | Why::Expired)) if !streams_out => reply,
        (Ok(reply), Some(Why::Broken))
            if !streams_out && matches!(reply.status, ReplyStatus::Value | ReplyStatus::AppError) =>
        {
            reply
        }
        (_, Some(Why::Broken)) => {
            let error = broken.unwrap_or_else(|| RpcError::new(Code::Internal, "a stream of the call broke"));
            Reply::failed(&error.with_executed(if ran { Executed::Yes } else { Executed::No }))
        }
        (_, why) => match why.unwrap_or(Why::Cancelled) {
            why if ran => gone(why),
            Why::Expired => Reply::refused(RefusalReason::Expired, ""),
            Why::Cancelled | Why::Broken => Reply::refused(RefusalReason::Cancelled, ""),
        },
    }
}

/// The answer of a handler that was dropped.
pub(super) fn gone(why: Why) -> Reply {
    Reply::failed(&match why {
        Why::Cancelled | Why::Broken => RpcError::new(Code::Cancelled, "cancelled by the caller"),
        // `Maybe`, as the caller itself says when its clock is the first to strike.
        Why::Expired => RpcError::new(Code::DeadlineExceeded, "the handler was dropped at its deadline")
            .with_executed(Executed::Maybe),
    })
}
