use std::mem::offset_of;
use std::num::NonZeroU64;
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

/// The fields up to `told` are what most answers change. The thread that reads them and that of the caller mostly are on
/// two processors, and so these stand in one cache line, and all of it in two.
#[repr(C, align(64))]
pub(super) struct OutboundCall {
    /// Of its body, which is no longer than that, whatever the peer takes.
    pub(super) length: u32,
    /// The peer has not ended it.
    pub(super) open: bool,
    /// A caller waits for it.
    pub(super) owned: bool,
    /// It has no streams, its body went into the buffer to its end, and nothing of its answer has come.
    pub(super) plain: bool,
    pub(super) codec: Codec,
    pub(super) told: Told,
    pub(super) place: u32,
    /// The handler runs on when the caller has gone.
    pub(super) detached: bool,
    pub(super) deadline: Option<Instant>,
    /// The number of its Call frame; `None` while it waits beside the buffer.
    pub(super) sequence: Option<NonZeroU64>,
    /// Where its last byte stands in all that is written; `None` while its body waits beside the buffer, and for ever
    /// if that was broken off.
    pub(super) end: Option<u64>,
    pub(super) reply: Option<Box<PartialReply>>,
    /// None for a unary call.
    pub(super) streams: Option<Box<CallerStreams>>,
}

const _: () = assert!(offset_of!(OutboundCall, place) == 64 && size_of::<Option<OutboundCall>>() == 128);

/// What the caller is told.
pub(super) enum Told {
    /// Nothing yet. Woken is whoever is to look.
    Nothing(Option<Waker>),
    Ending(Ending),
}

pub(super) struct PartialReply {
    pub(super) status: ReplyStatus,
    pub(super) metadata: Option<std::sync::Arc<crate::Metadata>>,
    pub(super) assembly: Assembly,
}

impl OutboundCall {
    /// Somebody waits for it and has not been told its end.
    pub(super) fn is_awaited(&self) -> bool {
        self.owned && matches!(self.told, Told::Nothing(_))
    }

    /// `waker` is woken from now on, and no longer the one that is `replaced`.
    #[inline]
    pub(super) fn watch(&mut self, waker: &Waker, replaced: &mut Option<Waker>) {
        if let Told::Nothing(known) = &mut self.told
            && !known.as_ref().is_some_and(|known| known.will_wake(waker))
        {
            *replaced = known.replace(waker.clone());
        }
    }

    /// Who is to be woken.
    #[inline]
    pub(super) fn take_waker(&mut self) -> Option<Waker> {
        match &mut self.told {
            Told::Nothing(waker) => waker.take(),
            Told::Ending(_) => None,
        }
    }

    /// Something of its answer has come.
    pub(super) fn is_answered(&self) -> bool {
        self.reply.is_some() || self.streams.as_ref().is_some_and(|streams| streams.is_opened())
    }
}

/// How far a call went into the buffer at once.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) sequence: Option<NonZeroU64>,
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
        return Placed { sequence: NonZeroU64::new(send.count_call()), end: Some(send.end()) };
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
