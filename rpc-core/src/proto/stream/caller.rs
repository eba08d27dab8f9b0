use std::sync::Arc;

use super::{Pool, Receiving, Sending};
use crate::generated::{MethodDescriptor, MethodKind};
use crate::proto::send_queue::SendQueue;
use crate::wire::ItemOf;
use crate::{Limits, Metadata};

/// What the caller of a call has of its streams.
#[derive(Default)]
pub(in crate::proto) struct CallerStreams {
    pub(in crate::proto) arguments: Vec<Sending>,
    pub(in crate::proto) result: Option<Receiving>,
    pub(in crate::proto) opened: Opened,
    /// The index of a method that the peer may still refuse because of its signature: no item is sent before it has not.
    pub(in crate::proto) unanswered: Option<u32>,
}

/// Whether the result stream has been opened.
#[derive(Default)]
pub(in crate::proto) enum Opened {
    #[default]
    No,
    /// With this metadata, of which the caller has not been told.
    Due(Option<Arc<Metadata>>),
    Told,
}

impl CallerStreams {
    /// None for a unary method.
    #[inline]
    pub(in crate::proto) fn of(
        method: &MethodDescriptor,
        unanswered: Option<u32>,
        limits: &Limits,
        pool: &Pool,
    ) -> Option<Box<Self>> {
        (method.kind != MethodKind::Unary).then(|| Self::new(method, unanswered, limits, pool))
    }

    #[inline(never)]
    fn new(method: &MethodDescriptor, unanswered: Option<u32>, limits: &Limits, pool: &Pool) -> Box<Self> {
        let arguments = (0_u32..).zip(method.argument_streams);
        Box::new(Self {
            arguments: arguments.map(|(stream, _)| Sending::new(ItemOf::Call(stream))).collect(),
            result: method.kind.has_result_stream().then(|| Receiving::new(limits, pool)),
            opened: Opened::No,
            unanswered,
        })
    }

    pub(in crate::proto) fn is_opened(&self) -> bool {
        !matches!(self.opened, Opened::No)
    }

    pub(in crate::proto) fn argument(&mut self, stream: u32) -> Option<&mut Sending> {
        self.arguments.get_mut(stream as usize)
    }

    /// Sends no more of any stream.
    pub(in crate::proto) fn stop_arguments(&mut self, place: u32, send: &mut SendQueue) {
        for argument in &mut self.arguments {
            argument.stop(place, send);
        }
    }
}
