use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;

use super::call::{OutboundCall, PartialReply, Told};
use super::table::{Outbound, find, not_made};
use crate::body::Body;
use crate::pool::Room;
use crate::proto::Closed;
use crate::proto::assembly::{Assembly, Part};
use crate::proto::call::Ending;
use crate::proto::long_body::{Direction, TakenBack};
use crate::proto::send_queue::SendQueue;
use crate::wire::{self, CloseCode, Frame, ReplyStatus};
use crate::{Limits, Metadata};

impl Outbound {
    /// The short answer of a call without streams that somebody waits for. False, and nothing is done, if the call is none
    /// such.
    #[inline]
    pub(in crate::proto) fn handle_short(&mut self, place: u32, status: ReplyStatus, body: &[u8]) -> bool {
        let Ok((_, call)) = find(&self.places, &mut self.calls, place) else { return false };
        if !call.plain || !call.is_awaited() {
            return false;
        }
        call.open = false;
        let (length, codec) = (call.length, call.codec);
        self.wakers.extend(call.take_waker());
        call.told = Told::Ending(Ending::Replied { status, metadata: None, body: Body::new(), codec });
        if let Told::Ending(Ending::Replied { body: told, .. }) = &mut call.told {
            told.fill(body);
        }
        self.vacate(place, length);
        true
    }

    pub(in crate::proto) fn handle_reply(
        &mut self,
        now: Instant,
        reply: &wire::Reply<'_>,
        shared: &Bytes,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        if reply.status == ReplyStatus::Opened {
            return self.handle_opened(reply, send);
        }
        let Self { places, calls, limits, .. } = self;
        let full = self.assembling >= limits.max_assembling;
        let (entry, call) = find(places, calls, reply.place)?;
        if call.is_answered() {
            return Err(Closed::new(CloseCode::UnknownReply, "a second Reply for one call"));
        }
        call.stop_sending(send)?;
        let codec = call.codec;
        let length =
            reply.total.map_or(reply.body.len(), |total| usize::try_from(total).unwrap_or(usize::MAX));
        let metadata = check(length, reply.metadata, limits);
        let wanted = metadata.is_ok() && call.is_awaited();
        if reply.total.is_none() {
            // An abandoned call's answer is not worth a copy.
            let body = if wanted { Body::received(reply.body, shared) } else { Body::new() };
            let status = reply.status;
            let ending = metadata.map_or_else(Ending::Broken, |metadata| Ending::Replied {
                status,
                metadata,
                body,
                codec,
            });
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
        let (metadata, broken) = match metadata {
            Ok(metadata) => (metadata, None),
            Err(why) => (None, Some(why)),
        };
        call.plain = false;
        call.reply = Some(Box::new(PartialReply { status: reply.status, metadata, assembly }));
        let uploads = call.streams.as_ref().is_some_and(|streams| !streams.arguments.is_empty());
        self.assembling = self.assembling.saturating_add(1);
        if uploads {
            // They are over, long before the call may be.
            self.wake(entry);
        }
        if let Some(why) = broken {
            self.end(entry, Ending::Broken(why));
            if !told_to_stop {
                Frame::Cancel { place: reply.place }.encode(send.buffer());
            }
        }
        Ok(())
    }

    pub(in crate::proto) fn handle_chunk(
        &mut self,
        now: Instant,
        place: u32,
        part: Part<'_>,
    ) -> Result<(), Closed> {
        let (entry, call) = self.open_call(place)?;
        let codec = call.codec;
        let Some(reply) = &mut call.reply else {
            return Err(Closed::new(CloseCode::Chunk, "a ReplyChunk without a Reply in chunks"));
        };
        if !reply.assembly.push(now, part)? {
            return Ok(());
        }
        if let Some(reply) = self.close(entry) {
            let PartialReply { status, metadata, assembly } = *reply;
            self.end(entry, Ending::Replied { status, metadata, body: assembly.into_body().into(), codec });
        }
        Ok(())
    }

    /// See [`Assembly::lend`].
    pub(in crate::proto) fn lend_assembly(&mut self, place: u32, part: usize) -> Option<Room> {
        let (_, call) = self.open_call(place).ok()?;
        call.reply.as_mut()?.assembly.lend(part)
    }

    pub(in crate::proto) fn handle_reset(
        &mut self,
        place: u32,
        code: u8,
        send: &mut SendQueue,
    ) -> Result<(), Closed> {
        let (entry, call) = self.open_call(place)?;
        call.stop_sending(send)?;
        self.close(entry);
        self.end(entry, Ending::Broken(format!("the peer broke its answer off (code {code})")));
        Ok(())
    }
}

impl OutboundCall {
    /// The peer answers: it needs no more of the body, nor of argument streams. An answer to what was never begun is an
    /// offence.
    pub(super) fn stop_sending(&mut self, send: &mut SendQueue) -> Result<(), Closed> {
        if let Some(streams) = &mut self.streams {
            streams.stop_arguments(self.place, send);
        }
        if self.end.is_none() && send.take_back(Direction::Call, self.place) == TakenBack::NotBegun {
            return Err(not_made(self.place));
        }
        Ok(())
    }
}

/// Whether this side takes an answer of this length and with this metadata. The error says why not.
pub(super) fn check(
    length: usize,
    metadata: &[u8],
    limits: &Limits,
) -> Result<Option<Arc<Metadata>>, String> {
    if length > limits.max_message {
        let max = limits.max_message;
        return Err(format!("its answer has {length} bytes, and this side takes {max} (max_message)"));
    }
    if metadata.is_empty() {
        return Ok(None);
    }
    Metadata::received(metadata, limits.max_metadata)
        .map(|metadata| Some(Arc::new(metadata)))
        .map_err(|error| format!("its answer is unreadable: {error}"))
}
