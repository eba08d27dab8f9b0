use std::time::Instant;

use bytes::Bytes;

use super::state::Connection;
use crate::Limits;
use crate::codec::Codec;
use crate::pool::Room;
use crate::proto::Closed;
use crate::proto::assembly::Part;
use crate::proto::bind::Target;
use crate::wire::{ChunkOf, Frame, MethodRef, RefusalReason, ReplyStatus, ShortFrame};

impl Connection {
    /// What most frames are, in a few steps if nothing is unusual about it.
    #[inline]
    pub(super) fn handle_short(&mut self, now: Instant, frame: ShortFrame<'_>) -> Result<(), Closed> {
        match frame {
            ShortFrame::Reply { place, status, body } if self.outbound.handle_short(place, status, body) => {
                return Ok(());
            }
            ShortFrame::Call { place, method, timeout, body } if !self.draining.is_ours() => {
                if let Some(target) = self.peer_binds.unary(method)
                    && let Some(watch) = self.inbound.handle_short(now, place, target, timeout, body)
                {
                    self.draining.count_call();
                    self.timers.watch_call(watch);
                    return Ok(());
                }
            }
            ShortFrame::Call { .. } | ShortFrame::Reply { .. } => {}
        }
        self.handle_frame(now, frame.into(), &Bytes::new())
    }

    /// `shared`: what slices of the frame can share, or empty.
    pub(super) fn handle_frame(
        &mut self,
        now: Instant,
        frame: Frame<'_>,
        shared: &Bytes,
    ) -> Result<(), Closed> {
        match frame {
            Frame::Call(call) => {
                let target = self.target(call.method)?;
                let target = if self.draining.count_call() { target } else { Err(RefusalReason::Draining) };
                let watch = self.inbound.handle_call(now, (&call, shared), target, self.may_stream())?;
                if let Some(at) = watch {
                    self.timers.watch_call(at);
                }
            }
            Frame::CallChunk(chunk) => {
                self.inbound.handle_chunk(now, chunk.place, Part::Apart(chunk.data))?
            }
            Frame::Cancel { place } => self.inbound.handle_cancel(place, &mut self.send),
            Frame::Bind(bind) => {
                let room = self.peer.as_ref().map_or(Limits::FLOOR_FRAME, |peer| peer.max_frame);
                let bound = self.peer_binds.bind(&bind, &self.router, &self.limits, room)?;
                Frame::Bound(bound).encode(self.send.buffer());
            }
            Frame::Reply(reply) => {
                if reply.status == ReplyStatus::Opened {
                    self.check_may_stream("a Reply that opens a stream")?;
                }
                self.outbound.handle_reply(now, &reply, shared, &mut self.send)?;
                if reply.total.is_some() {
                    self.timers.watch_call(crate::clock::later(now, self.limits.frame_timeout));
                }
            }
            Frame::ReplyChunk(chunk) => {
                self.outbound.handle_chunk(now, chunk.place, Part::Apart(chunk.data))?
            }
            Frame::ReplyReset { place, code } => self.outbound.handle_reset(place, code, &mut self.send)?,
            Frame::Bound(bound) => {
                self.our_binds.bound(bound)?;
                self.outbound.handle_bound(&self.our_binds);
            }
            Frame::Ping(token) => self.send.set_pong(token),
            Frame::Pong(token) => self.handle_pong(now, token),
            Frame::Optional { .. } => {}
            Frame::Drain { step, last } => self.handle_drain(step, last),
            Frame::Close(close) => {
                let text =
                    format!("the peer closed the connection ({}): {}", close.reason(), quoted(close.text));
                self.abandon(Closed::new(close.reason(), text));
            }
            Frame::CallItem { .. }
            | Frame::CallEnd { .. }
            | Frame::CallCredit { .. }
            | Frame::CallItems { .. }
            | Frame::ReplyItem { .. }
            | Frame::ReplyEnd { .. }
            | Frame::ReplyCredit { .. }
            | Frame::ReplyItems { .. } => self.handle_stream_frame(now, frame)?,
        }
        Ok(())
    }

    /// Where a chunk of this length is to be read to, of which the head has come; `None`: it is a frame like any other.
    pub(crate) fn lend_assembly(&mut self, of: ChunkOf, place: u32, length: usize) -> Option<Room> {
        match of {
            ChunkOf::Call => self.inbound.lend_assembly(place, length),
            ChunkOf::Reply => self.outbound.lend_assembly(place, length),
        }
    }

    /// A chunk was read to where it was to be.
    pub(crate) fn handle_chunk(&mut self, now: Instant, of: ChunkOf, place: u32, part: Part<'_>) {
        let handled = match of {
            ChunkOf::Call => self.inbound.handle_chunk(now, place, part),
            ChunkOf::Reply => self.outbound.handle_chunk(now, place, part),
        };
        if let Err(closed) = handled {
            self.close(closed);
        }
    }

    fn target(&self, method: MethodRef) -> Result<Result<Target, RefusalReason>, Closed> {
        match method {
            MethodRef::Index(index) => self.peer_binds.target(index),
            MethodRef::Id(id) => Ok(self
                .router
                .route_by_id(id)
                .map(|route| Target { route, codec: Codec::Postcard })
                .ok_or(RefusalReason::NoMethod)),
        }
    }
}

/// A text from the peer as it may stand in a message or a log: short, and without control characters.
fn quoted(text: &str) -> String {
    text.chars().take(128).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
