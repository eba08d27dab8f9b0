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

/// The first frame of a reply whose body goes out in chunks.
pub(super) fn head_of_long(place: u32, reply: &Reply) -> Vec<u8> {
    let mut frame = Vec::with_capacity(MAX_HEAD);
    let total = Some(reply.body.len() as u64);
    let head = wire::Reply { place, status: reply.status, metadata: &[], total, body: &[] };
    wire::encode_reply_head(&head, 0, &mut frame);
    frame
}

/// The reply as the caller takes it: one that is too long becomes an error that says so, and an error keeps what it
/// says of the call and loses words.
pub(super) fn fitted(reply: Reply, max: usize) -> Reply {
    if reply.body.len() <= max {
        return reply;
    }
    match reply.status {
        ReplyStatus::Refused => Reply { body: reply.body.get(..1).unwrap_or_default().to_vec(), ..reply },
        ReplyStatus::Failed => match Codec::Postcard.decode::<RpcError>(&reply.body, &ERROR_LIMITS) {
            Ok(error) => Reply::failed(&without_details(&error)),
            Err(_ours) => Reply::failed(&RpcError::new(Code::Internal, "the error was too long to be sent")),
        },
        ReplyStatus::Value | ReplyStatus::AppError | ReplyStatus::Opened => {
            let text = format!(
                "the answer has {} bytes, and the caller takes {max} (its max_message)",
                reply.body.len()
            );
            Reply::failed(&RpcError::new(Code::ResourceExhausted, text))
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

/// So many characters fit in the smallest `max_message` of a peer, beside the other fields of an error.
const SHORT_CHARS: usize = 200;

// Metadata and head of a call leave room in the smallest frame that a peer may ask for.
const _: () = assert!(MAX_HEAD + (8 << 10) <= Limits::FLOOR_FRAME);
