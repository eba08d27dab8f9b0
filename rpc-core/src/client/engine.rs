use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::runtime::Handle;

use super::encode::EncodeArguments;
use super::intercepted::InterceptedCall;
use super::local_call::LocalCall;
use super::remote_call::{RemoteCall, Stage};
use super::reply::{RawReply, lost};
use crate::codec::Codec;
use crate::generated::MethodDescriptor;
use crate::stream::{Credit, Items, Uploads};
use crate::wire::EndStatus;
use crate::{Metadata, RpcError};

/// A call at work, wherever it is executed. Dropping it cancels.
pub(super) enum Engine {
    Remote(RemoteCall),
    Local(Box<LocalCall>),
    Intercepted(Box<InterceptedCall>),
}

/// What first comes of a call.
pub(super) enum Answer {
    Reply(RawReply),
    /// The result is a stream, and this is its beginning.
    Opened(Option<Arc<Metadata>>),
}

/// What comes next of a result stream.
pub(super) enum Next {
    Items(Items),
    End { status: EndStatus, body: Bytes, codec: Codec },
    Failed(RpcError),
}

impl Answer {
    /// Of a method whose result is no stream.
    pub(super) fn reply(self, method: &'static MethodDescriptor) -> Result<RawReply, RpcError> {
        match self {
            Self::Reply(reply) => Ok(reply),
            Self::Opened(_) => {
                Err(lost(format!("`{method}` was answered with a stream, which it does not return")))
            }
        }
    }
}

impl Engine {
    /// The answer, or the opening of the result stream; up to then, `uploads` are what the call sends.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn EncodeArguments,
        uploads: &mut Uploads<'_>,
    ) -> Poll<Result<Answer, RpcError>> {
        match self {
            Self::Remote(call) => call.poll(cx, arguments, uploads),
            Self::Local(call) => call.poll(cx, uploads),
            Self::Intercepted(call) => call.poll(cx, uploads),
        }
    }

    /// What the items of the result stream are encoded in.
    pub(super) fn codec(&self) -> Codec {
        match self {
            Self::Remote(call) => call.codec(),
            Self::Local(call) => call.codec(),
            Self::Intercepted(call) => call.codec(),
        }
    }

    /// The caller has taken so much of the result stream, and has more of it to take.
    pub(super) fn consumed(&mut self, taken: Credit) {
        match self {
            Self::Remote(call) => call.consumed(taken),
            Self::Local(call) => call.consumed(taken),
            Self::Intercepted(call) => call.consumed(taken),
        }
    }

    /// What comes next of the result stream, which is open. The caller has taken `consumed` since the last time.
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        uploads: &mut Uploads<'_>,
        consumed: Credit,
    ) -> Poll<Next> {
        match self {
            Self::Remote(call) => call.poll_next(cx, uploads, consumed),
            Self::Local(call) => call.poll_next(cx, uploads, consumed),
            Self::Intercepted(call) => call.poll_next(cx, uploads, consumed),
        }
    }

    /// Goes on with the argument streams while nobody waits for what comes.
    pub(super) fn upload(&mut self, cx: &mut Context<'_>, uploads: &mut Uploads<'_>) -> Result<(), RpcError> {
        match self {
            Self::Remote(call) => call.upload(cx, uploads),
            Self::Local(call) => call.upload(cx, uploads),
            Self::Intercepted(call) => call.upload(cx, uploads),
        }
    }

    pub(super) fn stage(&self) -> Stage {
        match self {
            Self::Remote(call) => call.stage(),
            // The handler is at work from the first poll on.
            Self::Local(_) => Stage::Sent,
            Self::Intercepted(call) => call.stage(),
        }
    }

    /// Where timers are set, if that is not the runtime of the caller.
    pub(super) fn runtime(&self) -> Option<Handle> {
        match self {
            Self::Remote(call) => call.via().runtime(),
            Self::Local(_) => None,
            Self::Intercepted(call) => call.runtime(),
        }
    }

    /// Why there is no connection, for a call that waits for one.
    pub(super) fn trouble(&self) -> Option<RpcError> {
        match self {
            Self::Remote(call) if call.stage() == Stage::Unsent => call.via().trouble(),
            Self::Intercepted(call) => call.trouble(),
            Self::Remote(_) | Self::Local(_) => None,
        }
    }
}
