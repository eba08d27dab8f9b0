use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;

use super::Closed;
use super::bind::Target;
use crate::body::Body;
use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::stream::{Credit, Items};
use crate::wire::{EndStatus, RefusalReason, ReplyStatus};
use crate::{Metadata, RpcError};

/// A call that is to be sent. Its body is taken if it is long, else copied.
pub(crate) struct OutgoingCall<'a> {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) form: Form,
    pub(crate) deadline: Option<Instant>,
    /// The milliseconds until then, as on the wire.
    pub(crate) timeout: Option<u64>,
    /// As on the wire, at most 8 KiB; empty for none.
    pub(crate) metadata: &'a [u8],
    pub(crate) body: &'a mut Vec<u8>,
    /// The end of the body, behind what is in `body`; it is not copied.
    pub(crate) block: Option<Bytes>,
}

/// How the bodies of a call are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) codec: Codec,
    /// The signatures are known to differ, and to be compatible.
    pub(crate) compared: bool,
}

impl Form {
    pub(crate) const fn of(codec: Codec) -> Self {
        Self { codec, compared: false }
    }

    pub(super) fn byte(self) -> u8 {
        self.codec.byte() | if self.compared { 0x80 } else { 0 }
    }
}

impl OutgoingCall<'_> {
    /// Of the whole body.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        self.body.len().saturating_add(self.block.as_ref().map_or(0, Bytes::len))
    }
}

/// Why a call was not begun. Nothing of it was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StartError {
    /// The connection is closed, or about to be.
    Closed,
    /// As many calls or bytes are in flight as the peer takes.
    Full,
    /// The peer has no such method, service or codec.
    Refused(RefusalReason),
    /// As many methods are bound on the connection as this side's `max_methods`.
    TooManyMethods,
    /// The types of the method are not yet known: to be tried again when they are.
    Undescribed,
    /// The body is longer than the peer takes.
    TooLong {
        /// What the peer takes.
        max: usize,
    },
}

/// What may be begun now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) calls: usize,
    /// Of bodies.
    pub(crate) bytes: usize,
}

/// How a call ended.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    /// With an answer.
    Replied { status: ReplyStatus, metadata: Option<Arc<Metadata>>, body: Body, codec: Codec },
    /// After it was opened, with the end of its result stream.
    StreamEnded { status: EndStatus, body: Bytes, codec: Codec },
    /// With an answer that broke off, or was longer than we take.
    Broken(String),
    /// This side broke it off: an item of one of its streams is longer, or more has come of them, than may be.
    Failed(RpcError),
    /// Its deadline passed. `sent`: the peer may have, or come to have, all of it; else its handler never runs.
    Expired { sent: bool },
    /// The connection ended. `sent` as above.
    Lost { sent: bool, why: Arc<Closed> },
}

/// A call that is served. Places are used again; numbers are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ServedCall {
    pub(crate) place: u32,
    pub(crate) number: u64,
}

/// Whether items of a stream may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SendRoom {
    /// The waker is woken when they may.
    Wait,
    /// So much may be sent now; bytes fall below zero by one item at most.
    Ready(Credit),
    /// The call has ended, or nobody wants more of this stream.
    Over,
}

/// What comes of a call whose result is a stream.
#[derive(Debug)]
pub(crate) enum ResultEvent {
    Opened(Option<Arc<Metadata>>),
    Items(Items),
    Ended(Ending),
}

/// What comes of an argument stream.
#[derive(Debug)]
pub(crate) enum ArgumentEvent {
    Items(Items),
    End {
        status: EndStatus,
        body: Bytes,
    },
    /// The call is over, and with it the stream.
    Over,
}

/// A call that a handler can be started for.
pub(crate) struct StartCall {
    pub(crate) call: ServedCall,
    pub(crate) target: Target,
    /// When its handler is dropped, and what the handler sees as the end of its caller's patience.
    pub(crate) deadline: Option<Instant>,
    /// The handler runs on when its caller has gone.
    pub(crate) detached: bool,
    pub(crate) metadata: Option<Arc<Metadata>>,
    pub(crate) body: Body,
}
