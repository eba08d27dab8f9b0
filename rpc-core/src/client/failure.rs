//! What callers read when a call failed on its way.

use std::any::Any;

use crate::generated::MethodDescriptor;
use crate::proto::Closed;
use crate::stream::panic_text;
use crate::{Code, Endpoint, Executed, Fault, RpcError};

pub(super) fn no_runtime() -> RpcError {
    let text =
        "there is no tokio runtime here: await `connect` or the call in one, or use the blocking client";
    RpcError::new(Code::FailedPrecondition, text).with_executed(Executed::No).with_fault(Fault::Caller)
}

pub(super) fn no_timers() -> RpcError {
    let text = "the tokio runtime here has no timers: build it with `enable_all()`";
    RpcError::new(Code::FailedPrecondition, text).with_executed(Executed::No).with_fault(Fault::Caller)
}

/// What a transport's panic says to the caller. A runtime without I/O or timers is by far the most common reason.
pub(super) fn panicked(endpoint: &Endpoint, panic: &(dyn Any + Send)) -> String {
    let said = panic_text(panic);
    format!(
        "connecting to `{endpoint}` panicked; build the tokio runtime with `enable_all()` if it lacks timers or I/O: \
         {said}"
    )
}

pub(super) fn closed() -> RpcError {
    RpcError::new(Code::Unavailable, "the client was closed: make another")
        .with_executed(Executed::No)
        .with_fault(Fault::Caller)
}

/// Why a connection is given up.
pub(super) fn did_not_last(endpoint: &Endpoint, why: &str) -> RpcError {
    let text = format!("the connection to `{endpoint}` did not last: {why}");
    RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

/// Whether another attempt to connect may go otherwise.
pub(super) fn may_pass(error: &RpcError) -> bool {
    error.code() == Code::Unavailable
}

pub(super) fn expired(method: &'static MethodDescriptor, executed: Executed) -> RpcError {
    let text = match executed {
        Executed::No => format!("the deadline of `{method}` passed before it was sent"),
        _ => format!("the deadline of `{method}` passed before its answer came"),
    };
    RpcError::new(Code::DeadlineExceeded, text).with_executed(executed).with_fault(Fault::Environment)
}

pub(super) fn runtime_gone() -> RpcError {
    let text = "the tokio runtime in which the client was connected has shut down: connect again";
    RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

/// No connection came about before the deadline; `trouble` is what the last attempt said.
pub(super) fn not_connected(method: &'static MethodDescriptor, trouble: Option<RpcError>) -> RpcError {
    match trouble {
        Some(error) => {
            let text = format!("`{method}` was not sent before its deadline: {}", error.message());
            RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
        }
        None => expired(method, Executed::No),
    }
}

pub(super) fn queue_full(method: &'static MethodDescriptor, max: usize) -> RpcError {
    let text =
        format!("`{method}` was not sent: {max} callers of this client wait already (max_waiting_calls)");
    RpcError::new(Code::ResourceExhausted, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

pub(super) fn too_long(method: &'static MethodDescriptor, length: usize, max: usize) -> RpcError {
    let text = format!(
        "the arguments of `{method}` have {length} bytes, and the peer takes {max} (its max_message)"
    );
    RpcError::new(Code::ResourceExhausted, text).with_executed(Executed::No).with_fault(Fault::Caller)
}

pub(super) fn lost(method: &'static MethodDescriptor, why: &Closed) -> RpcError {
    let text = format!("the connection was lost before `{method}` was answered: {why}");
    RpcError::new(Code::Unavailable, text).with_executed(Executed::Maybe).with_fault(Fault::Environment)
}

/// The connection was lost before the peer had the whole call, but what goes with it is used up.
pub(super) fn not_sent_again(method: &'static MethodDescriptor, why: &Closed) -> RpcError {
    let text = format!(
        "`{method}` did not begin before the connection was lost, and is not sent again, since its argument streams have \
         given items: {why}"
    );
    RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

pub(super) fn stream_lost(method: &'static MethodDescriptor, why: &Closed) -> RpcError {
    let text = format!("the connection was lost before the result stream of `{method}` ended: {why}");
    RpcError::new(Code::Unavailable, text).with_executed(Executed::Maybe).with_fault(Fault::Environment)
}

pub(super) fn stream_expired(method: &'static MethodDescriptor) -> RpcError {
    let text = format!("the deadline of `{method}` passed before its result stream ended");
    RpcError::new(Code::DeadlineExceeded, text).with_executed(Executed::Maybe).with_fault(Fault::Environment)
}

/// The call of which this one was a part was cancelled.
pub(super) fn cancelled(method: &'static MethodDescriptor, executed: Executed) -> RpcError {
    let text = format!("`{method}` was cancelled with the call that made it");
    RpcError::new(Code::Cancelled, text).with_executed(executed).with_fault(Fault::Caller)
}

/// The future of a call was dropped while an interceptor still wanted its answer.
pub(super) fn dropped(method: &'static MethodDescriptor) -> RpcError {
    RpcError::new(Code::Cancelled, format!("the caller of `{method}` dropped the call"))
        .with_executed(Executed::Maybe)
        .with_fault(Fault::Caller)
}

/// A request stands for a whole call, and so for none whose arguments or result are streams.
#[cfg(feature = "tower")]
pub(super) fn has_streams(method: &'static MethodDescriptor) -> RpcError {
    let text =
        format!("`{method}` has streams, and cannot be called with a request: use the generated client");
    RpcError::new(Code::Unimplemented, text).with_executed(Executed::No).with_fault(Fault::Caller)
}

/// An interceptor answered with a stream that is not that of the call.
pub(super) fn foreign_stream(method: &'static MethodDescriptor) -> RpcError {
    let text = format!("an interceptor answered `{method}` with the stream of another call");
    RpcError::new(Code::Internal, text).with_executed(Executed::Maybe).with_fault(Fault::Caller)
}

/// The other end of a connection cannot be called any more.
pub(super) fn peer_gone(method: &'static MethodDescriptor, why: &str) -> RpcError {
    let text = format!("`{method}` was not sent, since the connection to the peer is gone: {why}");
    RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

/// The future of a call was polled after it had given its answer.
pub(super) fn polled_again(method: &'static MethodDescriptor) -> RpcError {
    RpcError::new(Code::Internal, format!("`{method}` was polled after its end"))
        .with_executed(Executed::Maybe)
        .with_fault(Fault::Caller)
}

pub(super) fn broken(method: &'static MethodDescriptor, why: &str) -> RpcError {
    RpcError::new(Code::DataLoss, format!("`{method}` ran, but {why}"))
        .with_executed(Executed::Yes)
        .with_fault(Fault::Peer)
}

pub(super) fn metadata(method: &'static MethodDescriptor, why: &str) -> RpcError {
    RpcError::new(Code::InvalidArgument, format!("the metadata of `{method}` cannot be sent: {why}"))
        .with_executed(Executed::No)
        .with_fault(Fault::Caller)
}
