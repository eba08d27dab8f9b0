use std::task::Waker;
use std::time::Instant;

use super::{Pool, Receiving, Sending};
use crate::clock::earlier;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::wire::ItemOf;
use crate::{Limits, RpcError};

/// What the callee of a call has of its streams.
pub(in crate::proto) struct CalleeStreams {
    /// Of the call.
    pub(in crate::proto) number: u64,
    pub(in crate::proto) method: &'static MethodDescriptor,
    pub(in crate::proto) result: Option<ResultStream>,
    pub(in crate::proto) opened: bool,
    pub(in crate::proto) arguments: Vec<Argument>,
    /// Why the handler must not go on: its input broke, or its output.
    pub(in crate::proto) broken: Option<RpcError>,
}

pub(in crate::proto) struct ResultStream {
    pub(in crate::proto) sending: Sending,
    pub(in crate::proto) waker: Option<Waker>,
}

pub(in crate::proto) struct Argument {
    pub(in crate::proto) receiving: Receiving,
    pub(in crate::proto) waker: Option<Waker>,
}

impl CalleeStreams {
    /// None for a unary method.
    pub(in crate::proto) fn of(
        method: &'static MethodDescriptor,
        number: u64,
        limits: &Limits,
        pool: &Pool,
    ) -> Option<Box<Self>> {
        if method.kind == MethodKind::Unary {
            return None;
        }
        let argument = |_| Argument { receiving: Receiving::new(limits, pool), waker: None };
        let result = || ResultStream { sending: Sending::new(ItemOf::Reply), waker: None };
        Some(Box::new(Self {
            number,
            method,
            result: method.kind.has_result_stream().then(result),
            opened: false,
            arguments: method.argument_streams.iter().map(argument).collect(),
            broken: None,
        }))
    }

    pub(in crate::proto) fn argument(&mut self, stream: u32) -> Option<&mut Argument> {
        self.arguments.get_mut(stream as usize)
    }

    /// The handler goes no further: nothing of its input is kept, and whoever waits is woken.
    pub(in crate::proto) fn stop(&mut self, assembling: &mut usize, wakers: &mut Vec<Waker>) {
        for argument in &mut self.arguments {
            argument.receiving.discard();
            argument.receiving.forget_partial(assembling);
            wakers.extend(argument.waker.take());
        }
        wakers.extend(self.result.as_mut().and_then(|result| result.waker.take()));
    }

    /// When the last part came of the item that has waited longest for its next.
    pub(in crate::proto) fn heard(&self) -> Option<Instant> {
        self.arguments.iter().fold(None, |first, argument| earlier(first, argument.receiving.heard()))
    }
}
