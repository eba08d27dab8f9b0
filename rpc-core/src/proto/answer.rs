//! What is made of a handler's reply before it is queued.

use bytes::Bytes;

use super::outbound::{MAX_BEGINNING, MAX_HEAD};
use super::send_queue::{CHUNK_HEAD, SendQueue};
use super::stream::Trouble;
use crate::codec::positional;
use crate::server::{ERROR_LIMITS, Reply};
use crate::wire::{self, EndStatus, MAX_METADATA, RefusalReason, ReplyStatus};
use crate::{Code, Fault, Limits, RpcError};

/// Queues a reply that fits in one frame.
pub(super) fn send(send: &mut SendQueue, place: u32, reply: &Reply) {
    let Reply { status, ref metadata, .. } = *reply;
    let head = wire::Reply { place, status, metadata, total: None, body: &[] };
    wire::encode_reply_head(&head, reply.body.len(), send.buffer());
    send.buffer().extend_from_slice(&reply.body);
}

/// Queues a reply that fits in one frame, and copies it only if it is short.
pub(super) fn send_long(out: &mut SendQueue, place: u32, reply: Reply) {
    let length = reply.length();
    let Reply { status, ref metadata, .. } = reply;
    let head = wire::Reply { place, status, metadata, total: None, body: &[] };
    wire::encode_reply_head(&head, length, out.buffer());
    match reply.block {
        None if SendQueue::is_block(length) => out.append(reply.body.into()),
        block => {
            out.buffer().extend_from_slice(&reply.body);
            if let Some(block) = block {
                out.append(*block);
            }
        }
    }
}

/// What goes before the long body of a reply: in the same frame, or as a frame of its own that announces chunks; and that
/// body.
pub(super) fn head_apart(place: u32, mut reply: Reply, in_one: bool) -> (Vec<u8>, Bytes) {
    let mut frame = Vec::with_capacity(MAX_HEAD);
    let length = reply.length();
    if let Some(block) = reply.block.take_if(|_| reply.body.len() > MAX_BEGINNING) {
        reply.body.extend_from_slice(&block);
    }
    let begun = if reply.block.is_some() { reply.body.len() } else { 0 };
    let (total, in_frame) = if in_one { (None, length) } else { (Some(length as u64), begun) };
    let Reply { status, ref metadata, .. } = reply;
    let head = wire::Reply { place, status, metadata, total, body: &[] };
    wire::encode_reply_head(&head, in_frame, &mut frame);
    match reply.block {
        Some(block) => {
            frame.extend_from_slice(&reply.body);
            (frame, *block)
        }
        None => (frame, reply.body.into()),
    }
}

/// True if the reply goes out as it is whatever waits before it: a short one without metadata.
#[inline]
pub(super) fn is_short(reply: &Reply, limits: SendLimits) -> bool {
    reply.body.len() <= SHORT_REPLY.min(limits.max_message)
        && reply.metadata.is_empty()
        && reply.block.is_none()
}

/// Whether the reply fits in one frame.
pub(super) fn fits_in_one(reply: &Reply, limits: SendLimits) -> bool {
    reply.length().saturating_add(reply.metadata.len()).saturating_add(MAX_HEAD) <= limits.max_frame
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
        return shortened(reply, text);
    }
    let length = reply.length();
    if length > limits.max_message {
        let max = limits.max_message;
        return shortened(
            reply,
            format!("the answer has {length} bytes, and the caller takes {max} (its max_message)"),
        );
    }
    match no_room(length.saturating_add(reply.metadata.len()), limits.max_reply_bytes, queued) {
        Some(text) => shortened(reply, text),
        None => reply,
    }
}

/// Why a result stream cannot be opened with this metadata beside `queued` bytes, if it cannot.
pub(super) fn unopened(metadata: &[u8], max_reply_bytes: usize, queued: usize) -> Option<RpcError> {
    let length = metadata.len();
    let text = if length > MAX_METADATA {
        Some(too_much_metadata(length))
    } else {
        no_room(length, max_reply_bytes, queued)
    };
    text.map(|text| RpcError::new(Code::ResourceExhausted, text))
}

/// Why an answer of this length, metadata included, cannot wait beside `queued` bytes, if it cannot.
fn no_room(length: usize, max: usize, queued: usize) -> Option<String> {
    let fits = length <= SHORT_REPLY || queued == 0 || queued.saturating_add(length) <= max;
    (!fits).then(|| {
        format!(
            "the answer has {length} bytes and was dropped, since {queued} bytes wait for the caller to read them and the server keeps {max} at most (max_reply_bytes): make fewer calls at once"
        )
    })
}

fn shortened(reply: Reply, why: String) -> Reply {
    match reply.status {
        ReplyStatus::Refused => {
            let body = reply.body.get(..1).unwrap_or_default().to_vec();
            Reply { metadata: Vec::new(), body, block: None, ..reply }
        }
        ReplyStatus::Failed => match positional::decode::<RpcError>(&reply.body, &ERROR_LIMITS) {
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
    (status, reply.into_body().into())
}

/// How an argument stream ends, so that its end fits in a frame: an error that is too long becomes one that says so.
pub(super) fn argument_end(status: EndStatus, body: &[u8], limits: SendLimits) -> (EndStatus, Bytes) {
    let status_of = match status {
        EndStatus::Clean | EndStatus::Dropped => return (status, Bytes::new()),
        EndStatus::AppError => ReplyStatus::AppError,
        EndStatus::Failed => ReplyStatus::Failed,
    };
    stream_end(Reply { status: status_of, metadata: Vec::new(), body: body.to_vec(), block: None }, limits)
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

fn too_much_metadata(length: usize) -> String {
    format!("the metadata of the answer has {length} bytes, and may have {MAX_METADATA} at most")
}

/// A reply that is no longer is worth no error in its stead.
const SHORT_REPLY: usize = 512;

/// So many characters fit in the smallest `max_message` of a peer, beside the other fields of an error.
const SHORT_CHARS: usize = 200;

// Metadata and head of a call leave room in the smallest frame that a peer may ask for.
const _: () = assert!(MAX_HEAD + MAX_METADATA <= Limits::FLOOR_FRAME);
