use std::cell::Cell;
use std::task::Context;
use std::time::Instant;

use super::encode::{EncodeArguments, not_encoded};
use crate::RpcError;
use crate::codec::CodecLimits;
use crate::driver::{CallStart, Connection};
use crate::generated::MethodDescriptor;
use crate::proto::{Form, OutgoingCall};

/// One attempt to begin a call, on one connection.
pub(super) struct Attempt<'a> {
    pub(super) method: &'static MethodDescriptor,
    pub(super) form: Form,
    pub(super) deadline: Option<Instant>,
    /// The milliseconds until then, as on the wire.
    pub(super) timeout: Option<u64>,
    /// As on the wire.
    pub(super) metadata: &'a [u8],
    /// What an earlier attempt was given.
    pub(super) turn: Option<u64>,
}

thread_local! {
    /// Where arguments are encoded before the connection is locked.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A scratch buffer that grew past this is not kept.
const KEPT_SCRATCH: usize = 64 << 10;

impl Attempt<'_> {
    /// Encodes the arguments and hands them to the connection. Gives what came of that, and how many bytes they are.
    pub(super) fn make(
        self,
        now: Instant,
        connection: &Connection,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
    ) -> (Result<CallStart, RpcError>, usize) {
        let Self { method, form, deadline, timeout, metadata, turn } = self;
        // Taken, not borrowed: a `Serialize` of the user's may make calls of its own.
        // A thread that ends has none any more.
        let mut body = SCRATCH.try_with(Cell::take).unwrap_or_default();
        body.clear();
        let limits = CodecLimits::from(&*connection.limits);
        let (begun, length) = match arguments.encode_apart(form.codec, &limits, &mut body) {
            Ok(block) => {
                let mut call =
                    OutgoingCall { method, form, deadline, timeout, metadata, body: &mut body, block };
                let length = call.length();
                (Ok(connection.start_call(now, &mut call, turn, cx.waker())), length)
            }
            Err(error) => (Err(not_encoded(method, &error)), 0),
        };
        if body.capacity() <= KEPT_SCRATCH {
            let _ended = SCRATCH.try_with(|scratch| scratch.set(body));
        }
        (begun, length)
    }
}
