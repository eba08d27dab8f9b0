//! What a call without a value says of itself, to whoever reads its reply.

use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::stream::decode_rpc_error;
use crate::wire::RefusalReason;
use crate::{Code, Executed, Fault, RpcError};

/// Why a handler was not run, by the body of the refusal.
pub(crate) fn reason(body: &[u8]) -> RefusalReason {
    body.first().copied().map_or(RefusalReason::Other, RefusalReason::from_byte)
}

/// The error of a call that was refused, made with `codec`.
pub(crate) fn refused(method: &'static MethodDescriptor, codec: Codec, body: &[u8]) -> RpcError {
    let text = readable(body.get(1..).unwrap_or_default());
    let (code, fault, what) = match reason(body) {
        RefusalReason::NoService => (
            Code::Unimplemented,
            Fault::Caller,
            format!("the peer does not serve `{}` (asked for `{method}`)", method.service),
        ),
        RefusalReason::NoMethod => (
            Code::Unimplemented,
            Fault::Caller,
            format!("the service `{}` of the peer has no method `{}`", method.service, method.name),
        ),
        RefusalReason::Codec => (
            Code::Unimplemented,
            Fault::Caller,
            format!("the peer does not speak {codec} (asked for `{method}`)"),
        ),
        RefusalReason::Signature => {
            (Code::Unimplemented, Fault::Caller, format!("the peer's `{method}` has another signature"))
        }
        RefusalReason::Draining => (
            Code::Unavailable,
            Fault::Environment,
            format!("the server is shutting down and did not start `{method}`"),
        ),
        RefusalReason::Overloaded => (
            Code::ResourceExhausted,
            Fault::Environment,
            format!("the server is overloaded and did not start `{method}`"),
        ),
        RefusalReason::Expired => (
            Code::DeadlineExceeded,
            Fault::Environment,
            format!("`{method}` had expired when the server got to it"),
        ),
        RefusalReason::TooLarge => (
            Code::ResourceExhausted,
            Fault::Caller,
            format!("the arguments of `{method}` are longer than the server's `max_message`"),
        ),
        RefusalReason::Undecodable => (
            Code::InvalidArgument,
            Fault::Caller,
            format!("the server did not understand the arguments of `{method}`"),
        ),
        RefusalReason::Cancelled => {
            (Code::Cancelled, Fault::Caller, format!("`{method}` was cancelled before it began"))
        }
        RefusalReason::Other => {
            (Code::Unavailable, Fault::Environment, format!("the server did not start `{method}`"))
        }
    };
    let message = if text.is_empty() { what } else { format!("{what}: {text}") };
    RpcError::new(code, message).with_executed(Executed::No).with_fault(fault)
}

/// The error of a call that failed.
pub(crate) fn failed(method: &'static MethodDescriptor, body: &[u8]) -> RpcError {
    decode_rpc_error(body).unwrap_or_else(|error| {
        let text = format!("`{method}` failed, and why cannot be decoded: {error}");
        RpcError::new(Code::DataLoss, text).with_executed(Executed::Yes).with_fault(Fault::Peer)
    })
}

/// A text from the peer as it may stand in a message or a log: short, and without control characters.
fn readable(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text.get(..LONGEST_TEXT).unwrap_or(text));
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// What a peer of this version sends at most.
const LONGEST_TEXT: usize = 1_024;
