use super::Closed;
use super::send_queue::SendQueue;
use crate::Limits;
use crate::codec::Codec;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::server::{Route, Router};
use crate::wire::{Bind, Bound, CloseCode, Frame, RefusalReason};

/// The methods that this side has bound, by the order of their first call.
#[derive(Default)]
pub(super) struct OurBinds {
    /// Sorted by method id.
    index: Vec<(u64, u32)>,
    /// Why a method cannot be called, by index.
    refused: Vec<Option<RefusalReason>>,
    /// Binds that the peer has answered.
    answered: usize,
}

impl OurBinds {
    /// The index of a method; binds it first if it is new.
    pub(super) fn index(
        &mut self,
        method: &MethodDescriptor,
        codec: Codec,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<u32, RefusalReason> {
        let at = match self.index.binary_search_by_key(&method.id, |(id, _)| *id) {
            Ok(at) => {
                let index = self.index.get(at).map_or(0, |(_, index)| *index);
                return match self.refused.get(index as usize) {
                    Some(Some(reason)) => Err(*reason),
                    _ => Ok(index),
                };
            }
            Err(at) => at,
        };
        if self.refused.len() >= limits.max_methods {
            return Err(RefusalReason::Overloaded);
        }
        let index = u32::try_from(self.refused.len()).map_err(|_| RefusalReason::Overloaded)?;
        let bind = Bind {
            service: method.service_id,
            codec: codec.byte(),
            base: index,
            methods: vec![method.id],
            fingerprint: 0,
            signatures: Vec::new(),
        };
        Frame::Bind(bind).encode(send.buffer());
        self.index.insert(at, (method.id, index));
        self.refused.push(None);
        Ok(index)
    }

    /// The peer's answer. Every bind of ours names one method.
    pub(super) fn bound(&mut self, bound: &Bound) -> Result<(), Closed> {
        let next = bound.base as usize == self.answered;
        let Some(refused) = self.refused.get_mut(bound.base as usize).filter(|_| next) else {
            return Err(Closed::new(CloseCode::Bind, "a Bound does not answer the next Bind"));
        };
        self.answered = self.answered.saturating_add(1);
        *refused = match bound.status {
            0 if bound.missing.contains(&0) => Some(RefusalReason::NoMethod),
            0 if bound.differing.contains(&0) => Some(RefusalReason::Signature),
            0 => None,
            1 => Some(RefusalReason::NoService),
            2 => Some(RefusalReason::Codec),
            _ => Some(RefusalReason::Other),
        };
        Ok(())
    }
}

/// A method that the peer has bound, or why it cannot be called.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub(crate) route: Route,
    pub(crate) codec: Codec,
}

/// The methods that the peer has bound, by index.
#[derive(Default)]
pub(super) struct PeerBinds {
    methods: Vec<Result<Target, RefusalReason>>,
}

impl PeerBinds {
    pub(super) fn bind(&mut self, bind: &Bind, router: &Router, limits: &Limits) -> Result<Bound, Closed> {
        if bind.base as usize != self.methods.len() {
            let text =
                format!("a Bind with base {}, but {} methods are bound", bind.base, self.methods.len());
            return Err(Closed::new(CloseCode::Bind, text));
        }
        if bind.methods.is_empty() {
            return Err(Closed::new(CloseCode::Bind, "a Bind of no methods"));
        }
        if self.methods.len().saturating_add(bind.methods.len()) > limits.max_methods {
            let text = format!("more than {} methods are bound (max_methods)", limits.max_methods);
            return Err(Closed::new(CloseCode::Bind, text));
        }
        let mut bound = Bound { base: bind.base, status: 0, missing: Vec::new(), differing: Vec::new() };
        let whole = match (router.service(bind.service), Codec::from_byte(bind.codec)) {
            (None, _) => Err((1, RefusalReason::NoService)),
            (_, None) => Err((2, RefusalReason::Codec)),
            (Some(service), Some(codec)) => Ok((service, codec)),
        };
        bound.status = whole.err().map_or(0, |(status, _)| status);
        for (position, id) in (0_u32..).zip(&bind.methods) {
            let target = match whole {
                Err((_, reason)) => Err(reason),
                Ok((service, codec)) => match router.route(service, *id) {
                    Some(route) => Ok(Target { route, codec }),
                    None => {
                        bound.missing.push(position);
                        Err(RefusalReason::NoMethod)
                    }
                },
            };
            self.methods.push(target);
        }
        Ok(bound)
    }

    /// The same if it is a method without streams that can be called, and stops with its caller.
    #[inline]
    pub(super) fn unary(&self, index: u32) -> Option<Target> {
        let target = self.methods.get(index as usize)?.as_ref().ok()?;
        let method = target.route.method;
        (method.kind == MethodKind::Unary && !method.detached).then_some(*target)
    }

    /// What a call on `index` is for. `Err(Closed)`: the index was never bound.
    pub(super) fn target(&self, index: u32) -> Result<Result<Target, RefusalReason>, Closed> {
        self.methods.get(index as usize).copied().ok_or_else(|| {
            Closed::new(CloseCode::Bind, format!("a Call on method index {index}, which is not bound"))
        })
    }
}
