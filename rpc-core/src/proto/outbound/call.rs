use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

use crate::codec::Codec;
use crate::generated::MethodKind;
use crate::proto::assembly::Assembly;
use crate::proto::call::{Ending, OutgoingCall};
use crate::proto::handshake::Peer;
use crate::proto::long_body::{Direction, LongBody};
use crate::proto::send_queue::SendQueue;
use crate::proto::stream::CallerStreams;
use crate::wire::{self, MethodRef, ReplyStatus};

pub(super) struct OutboundCall {
    pub(super) place: u32,
    /// The peer has not ended it.
    pub(super) open: bool,
    /// A caller waits for it.
    pub(super) owned: bool,
    /// The handler runs on when the caller has gone.
    pub(super) detached: bool,
    pub(super) waker: Option<Waker>,
    pub(super) deadline: Option<Instant>,
    /// The number of its Call frame; `None` while it waits beside the buffer.
    pub(super) sequence: Option<u64>,
    /// Where its last byte stands in all that is written; `None` while its body waits beside the buffer, and for ever
    /// if that was broken off.
    pub(super) end: Option<u64>,
    pub(super) body_len: usize,
    pub(super) codec: Codec,
    pub(super) reply: Option<Box<PartialReply>>,
    /// None for a unary call.
    pub(super) streams: Option<Box<CallerStreams>>,
    pub(super) ending: Option<Ending>,
}

pub(super) struct PartialReply {
    pub(super) status: ReplyStatus,
    pub(super) metadata: Option<std::sync::Arc<crate::Metadata>>,
    pub(super) assembly: Assembly,
}

impl OutboundCall {
    /// Somebody waits for it and has not been told its end.
    pub(super) fn is_awaited(&self) -> bool {
        self.owned && self.ending.is_none()
    }

    /// Something of its answer has come.
    pub(super) fn is_answered(&self) -> bool {
        self.reply.is_some() || self.streams.as_ref().is_some_and(|streams| streams.is_opened())
    }
}

/// How far a call went into the buffer at once.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) sequence: Option<u64>,
    pub(super) end: Option<u64>,
}

/// Queues a call.
pub(super) fn queue(
    place: u32,
    call: &mut OutgoingCall<'_>,
    index: u32,
    peer: &Peer,
    send: &mut SendQueue,
) -> Placed {
    let length = call.length();
    let longest = call.metadata.len().saturating_add(MAX_HEAD).saturating_add(length);
    let in_one = longest <= peer.max_frame;
    if in_one && send.takes(length.saturating_add(call.metadata.len())) {
        wire::encode_call_head(&head(place, call, index, None), length, send.buffer());
        match call.block.take() {
            None if SendQueue::is_block(length) => send.append(Bytes::from(std::mem::take(call.body))),
            block => {
                send.buffer().extend_from_slice(call.body);
                if let Some(block) = block {
                    send.append(block);
                }
            }
        }
        return Placed { sequence: Some(send.count_call()), end: Some(send.end()) };
    }
    let mut frame = Vec::new();
    if let Some(block) = call.block.take_if(|_| call.body.len() > MAX_BEGINNING) {
        call.body.extend_from_slice(&block);
    }
    let begun = if call.block.is_some() { call.body.len() } else { 0 };
    let (total, in_frame) = if in_one { (None, length) } else { (Some(length as u64), begun) };
    wire::encode_call_head(&head(place, call, index, total), in_frame, &mut frame);
    let body = match call.block.take() {
        Some(block) => {
            frame.extend_from_slice(call.body);
            block
        }
        None => Bytes::from(std::mem::take(call.body)),
    };
    let body = LongBody::new(Direction::Call, place, frame, body);
    if in_one {
        send.push_large(body)
    } else {
        send.push_long(body)
    }
    Placed::default()
}

fn head<'a>(place: u32, call: &OutgoingCall<'a>, index: u32, total: Option<u64>) -> wire::Call<'a> {
    wire::Call {
        place,
        method: MethodRef::Index(index),
        detached: is_detached(call),
        timeout: call.timeout,
        metadata: call.metadata,
        total,
        body: &[],
    }
}

/// A call with streams lives as long as its caller, who is one end of them.
pub(super) fn is_detached(call: &OutgoingCall<'_>) -> bool {
    call.method.detached && call.method.kind == MethodKind::Unary
}

/// What stands before a block at the end of a body goes with the head of its frame, up to this length: with metadata that
/// fits in the smallest frame.
pub(in crate::proto) const MAX_BEGINNING: usize = 4 << 10;

/// All fields of a Call or a Reply before metadata and body, at their longest.
pub(in crate::proto) const MAX_HEAD: usize = 48;
