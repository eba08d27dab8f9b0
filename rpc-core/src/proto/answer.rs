//! What is made of a handler's reply before it is queued, and of a call's metadata before a handler sees it.

use super::outbound::MAX_HEAD;
use super::send_queue::SendQueue;
use crate::codec::Codec;
use crate::server::{ERROR_LIMITS, Reply};
use crate::wire::{self, MetadataRef, ReplyStatus, WireError};
use crate::{Code, Limits, Metadata, RpcError};

/// Queues a reply that fits in one frame.
pub(super) fn send(send: &mut SendQueue, place: u32, reply: &Reply) {
    let head = wire::Reply { place, status: reply.status, metadata: &[], total: None, body: &[] };
    wire::encode_reply_head(&head, reply.body.len(), send.buffer());
    send.buffer().extend_from_slice(&reply.body);
}

/// What goes before the body of a reply: in the same frame, or as a frame of its own that announces chunks.
pub(super) fn head_apart(place: u32, reply: &Reply, in_one: bool) -> Vec<u8> {
    let mut frame = Vec::with_capacity(MAX_HEAD);
    let length = reply.body.len();
    let (total, in_frame) = if in_one { (None, length) } else { (Some(length as u64), 0) };
    let head = wire::Reply { place, status: reply.status, metadata: &[], total, body: &[] };
    wire::encode_reply_head(&head, in_frame, &mut frame);
    frame
}

/// What bounds an answer.
#[derive(Clone, Copy)]
pub(super) struct SendLimits {
    pub(super) max_frame: usize,
    pub(super) max_message: usize,
    /// Our own, of all that wait.
    pub(super) max_reply_bytes: usize,
}

/// The reply as the caller takes it, and as there is room for it beside `queued` bytes: one that is too long becomes an
/// error that says so, and an error keeps what it says of the call and loses words.
pub(super) fn fitted(reply: Reply, limits: SendLimits, queued: usize) -> Reply {
    let length = reply.body.len();
    if length > limits.max_message {
        let max = limits.max_message;
        return shortened(
            reply,
            format!("the answer has {length} bytes, and the caller takes {max} (its max_message)"),
        );
    }
    if length > SHORT_REPLY && queued > 0 && queued.saturating_add(length) > limits.max_reply_bytes {
        let max = limits.max_reply_bytes;
        let text = format!(
            "the answer has {length} bytes and was dropped, since {queued} bytes wait for the caller to read them and the server keeps {max} at most (max_reply_bytes): make fewer calls at once"
        );
        return shortened(reply, text);
    }
    reply
}

fn shortened(reply: Reply, why: String) -> Reply {
    match reply.status {
        ReplyStatus::Refused => Reply { body: reply.body.get(..1).unwrap_or_default().to_vec(), ..reply },
        ReplyStatus::Failed => match Codec::Postcard.decode::<RpcError>(&reply.body, &ERROR_LIMITS) {
            Ok(error) => Reply::failed(&without_details(&error)),
            Err(_ours) => Reply::failed(&RpcError::new(Code::Internal, "the error was too long to be sent")),
        },
        ReplyStatus::Value | ReplyStatus::AppError | ReplyStatus::Opened => {
            Reply::failed(&RpcError::new(Code::ResourceExhausted, why))
        }
    }
}

fn without_details(error: &RpcError) -> RpcError {
    let text: String = error.message().chars().take(SHORT_CHARS).collect();
    RpcError::new(error.code(), text).with_executed(error.executed())
}

/// The metadata of a call.
pub(super) fn metadata(bytes: &[u8], max: usize) -> Result<Metadata, WireError> {
    let mut metadata = Metadata::new();
    for (key, value) in wire::decode_metadata(bytes, max)? {
        match value {
            MetadataRef::Text(text) => metadata.push(key, text),
            MetadataRef::Binary(bytes) => metadata.push(key, bytes.to_vec()),
        }
    }
    Ok(metadata)
}

/// A reply that is no longer is worth no error in its stead.
const SHORT_REPLY: usize = 512;

/// So many characters fit in the smallest `max_message` of a peer, beside the other fields of an error.
const SHORT_CHARS: usize = 200;

// Metadata and head of a call leave room in the smallest frame that a peer may ask for.
const _: () = assert!(MAX_HEAD + (8 << 10) <= Limits::FLOOR_FRAME);
