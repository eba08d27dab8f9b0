//! What is made of a handler's reply before it is queued, and of a call's metadata before a handler sees it.

use bytes::Bytes;

use super::outbound::MAX_HEAD;
use super::send_queue::{CHUNK_HEAD, SendQueue};
use super::stream::Trouble;
use crate::codec::Codec;
use crate::server::{ERROR_LIMITS, Reply};
use crate::wire::{self, EndStatus, MetadataRef, RefusalReason, ReplyStatus, WireError};
use crate::{Code, Fault, Limits, Metadata, RpcError};

/// Queues a reply that fits in one frame.
pub(super) fn send(send: &mut SendQueue, place: u32, reply: &Reply) {
    let Reply { status, ref metadata, .. } = *reply;
    let head = wire::Reply { place, status, metadata, total: None, body: &[] };
    wire::encode_reply_head(&head, reply.body.len(), send.buffer());
    send.buffer().extend_from_slice(&reply.body);
}

/// What goes before the body of a reply: in the same frame, or as a frame of its own that announces chunks.
pub(super) fn head_apart(place: u32, reply: &Reply, in_one: bool) -> Vec<u8> {
    let mut frame = Vec::with_capacity(MAX_HEAD);
    let length = reply.body.len();
    let (total, in_frame) = if in_one { (None, length) } else { (Some(length as u64), 0) };
    let Reply { status, ref metadata, .. } = *reply;
    let head = wire::Reply { place, status, metadata, total, body: &[] };
    wire::encode_reply_head(&head, in_frame, &mut frame);
    frame
}

/// Whether the reply fits in one frame.
pub(super) fn fits_in_one(reply: &Reply, limits: SendLimits) -> bool {
    reply.body.len().saturating_add(reply.metadata.len()).saturating_add(MAX_HEAD) <= limits.max_frame
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
    if reply.metadata.len() > MAX_METADATA {
        let text = too_much_metadata(reply.metadata.len());
        return shortened(Reply { metadata: Vec::new(), ..reply }, text);
    }
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

/// How a result stream ends that its handler ends with `reply`: its status, and its body, which fits in a frame.
pub(super) fn stream_end(reply: Reply, limits: SendLimits) -> (EndStatus, Bytes) {
    let max_message = limits.max_message.min(limits.max_frame.saturating_sub(CHUNK_HEAD));
    let reply = match reply.status {
        ReplyStatus::Value => return (EndStatus::Clean, Bytes::new()),
        ReplyStatus::Refused | ReplyStatus::Opened => {
            let reason =
                reply.body.first().map_or(RefusalReason::Other, |byte| RefusalReason::from_byte(*byte));
            let text = String::from_utf8_lossy(reply.body.get(1..).unwrap_or_default());
            Reply::failed(&RpcError::new(reason.code(), text))
        }
        ReplyStatus::AppError | ReplyStatus::Failed => reply,
    };
    let reply = fitted(reply, SendLimits { max_message, ..limits }, 0);
    let status = if reply.status == ReplyStatus::AppError { EndStatus::AppError } else { EndStatus::Failed };
    (status, reply.body.into())
}

/// How an argument stream ends, so that its end fits in a frame: an error that is too long becomes one that says so.
pub(super) fn argument_end(status: EndStatus, body: &[u8], limits: SendLimits) -> (EndStatus, Bytes) {
    let status_of = match status {
        EndStatus::Clean | EndStatus::Dropped => return (status, Bytes::new()),
        EndStatus::AppError => ReplyStatus::AppError,
        EndStatus::Failed => ReplyStatus::Failed,
    };
    stream_end(Reply { status: status_of, metadata: Vec::new(), body: body.to_vec() }, limits)
}

/// The error of a call of which an item is longer than the peer takes.
pub(super) fn item_too_long(stream: &str, length: usize, max: usize) -> RpcError {
    let text = format!("an item of {stream} has {length} bytes, and the peer takes {max} (its max_message)");
    RpcError::new(Code::ResourceExhausted, text).with_fault(Fault::Caller)
}

/// The error of a call of which more came than this side takes.
pub(super) fn exhausted(stream: &str, trouble: &Trouble, limits: &Limits) -> RpcError {
    let text = match trouble {
        Trouble::TooMuch => format!(
            "{stream} was given up: items of {} bytes wait on this connection to be taken (max_buffered_bytes)",
            limits.max_buffered_bytes
        ),
        Trouble::TooLong | Trouble::Close(_) => {
            format!("an item of {stream} has more than {} bytes (max_message)", limits.max_message)
        }
    };
    RpcError::new(Code::ResourceExhausted, text)
}

pub(super) fn too_much_metadata(length: usize) -> String {
    format!("the metadata of the answer has {length} bytes, and may have {MAX_METADATA} at most")
}

/// The metadata of a call or a reply.
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

/// All metadata of a frame together (`docs/wire.md` §10).
pub(super) const MAX_METADATA: usize = 8 << 10;

/// So many characters fit in the smallest `max_message` of a peer, beside the other fields of an error.
const SHORT_CHARS: usize = 200;

// Metadata and head of a call leave room in the smallest frame that a peer may ask for.
const _: () = assert!(MAX_HEAD + MAX_METADATA <= Limits::FLOOR_FRAME);
