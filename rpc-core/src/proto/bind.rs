use super::Closed;
use super::call::{Form, StartError};
use super::send_queue::SendQueue;
use crate::Limits;
use crate::codec::Codec;
use crate::generated::{MethodDescriptor, MethodKind};
use crate::server::{Route, Router};
use crate::wire::{Bind, Bound, CloseCode, Frame, RefusalReason};

/// The methods that this side has bound, by the order of their first call.
#[derive(Default)]
pub(super) struct OurBinds {
    /// Sorted by method id and form.
    index: Vec<((u64, u8), u32)>,
    /// The one that was asked for last, if it is not refused.
    last: Option<((u64, u8), u32)>,
    /// Why a method cannot be called, by index.
    refused: Vec<Option<RefusalReason>>,
    /// Binds that the peer has answered.
    answered: usize,
    /// It has, since somebody looked.
    news: bool,
    /// What the peer has in place of methods whose signatures differ, by id, until it is known what comes of that.
    // A box, since nearly no connection has one.
    signatures: Option<Box<Signatures>>,
}

/// By the id of the method.
type Signatures = Vec<(u64, Vec<u8>)>;

/// Why a method has no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotBound {
    /// The connection is closed, or about to be.
    Closed,
    /// The peer does not take it so.
    Refused(RefusalReason),
    /// As many methods are bound as this side's `max_methods`.
    TooMany,
    /// Its types are not yet known, or not those for this form. To find out runs code of the user's, and here the
    /// connection is locked.
    Undescribed,
}

impl From<NotBound> for StartError {
    fn from(why: NotBound) -> Self {
        match why {
            NotBound::Closed => Self::Closed,
            NotBound::Refused(reason) => Self::Refused(reason),
            NotBound::TooMany => Self::TooManyMethods,
            NotBound::Undescribed => Self::Undescribed,
        }
    }
}

impl OurBinds {
    /// The index of a method in this form; binds it first if it is new.
    #[inline]
    pub(super) fn index(
        &mut self,
        method: &MethodDescriptor,
        form: Form,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<u32, NotBound> {
        let key = (method.id, form.byte());
        match self.last {
            Some((last, index)) if last == key => Ok(index),
            _ => {
                let index = self.find(method, form, limits, send)?;
                self.last = Some((key, index));
                Ok(index)
            }
        }
    }

    fn find(
        &mut self,
        method: &MethodDescriptor,
        form: Form,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<u32, NotBound> {
        let key = (method.id, form.byte());
        match self.index.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => {
                let index = self.index.get(at).map_or(0, |(_, index)| *index);
                match self.refused.get(index as usize) {
                    Some(Some(reason)) => Err(NotBound::Refused(*reason)),
                    _ => Ok(index),
                }
            }
            Err(at) => self.bind(at, method, form, limits, send),
        }
    }

    #[cold]
    fn bind(
        &mut self,
        at: usize,
        method: &MethodDescriptor,
        form: Form,
        limits: &Limits,
        send: &mut SendQueue,
    ) -> Result<u32, NotBound> {
        if self.refused.len() >= limits.max_methods {
            return Err(NotBound::TooMany);
        }
        let signatures = match method.schema {
            None => Vec::new(),
            Some(schema) => {
                let found =
                    schema.known().filter(|found| form.codec.is_self_describing() || !found.needs_names);
                vec![found.ok_or(NotBound::Undescribed)?.fingerprint()]
            }
        };
        let index = u32::try_from(self.refused.len()).map_err(|_| NotBound::TooMany)?;
        let bind = Bind {
            service: method.service_id,
            codec: form.codec.byte(),
            base: index,
            methods: vec![method.id],
            fingerprint: 0,
            signatures,
            compared: form.compared,
        };
        Frame::Bind(bind).encode(send.buffer());
        self.index.insert(at, ((method.id, form.byte()), index));
        self.refused.push(None);
        Ok(index)
    }

    /// The peer's answer. Every bind of ours names one method.
    pub(super) fn bound(&mut self, bound: Bound) -> Result<(), Closed> {
        let next = bound.base as usize == self.answered;
        let Some(refused) = self.refused.get_mut(bound.base as usize).filter(|_| next) else {
            return Err(Closed::new(CloseCode::Bind, "a Bound does not answer the next Bind"));
        };
        if [&bound.missing, &bound.differing]
            .into_iter()
            .any(|positions| !matches!(positions.as_slice(), [] | [0]))
        {
            let text = "a Bound names positions that its Bind does not have, or one twice";
            return Err(Closed::new(CloseCode::Bind, text));
        }
        self.answered = self.answered.saturating_add(1);
        (self.news, self.last) = (true, None);
        *refused = match bound.status {
            0 if !bound.missing.is_empty() => Some(RefusalReason::NoMethod),
            0 if !bound.differing.is_empty() => Some(RefusalReason::Signature),
            0 => None,
            1 => Some(RefusalReason::NoService),
            2 => Some(RefusalReason::Codec),
            _ => Some(RefusalReason::Other),
        };
        if *refused == Some(RefusalReason::Signature)
            && let Some(signature) = bound.signatures.into_iter().find(|signature| !signature.is_empty())
            && let Some(((method, _), _)) = self.index.iter().find(|(_, index)| *index == bound.base)
        {
            let signatures = self.signatures.get_or_insert_default();
            if signatures.iter().all(|(known, _)| known != method) {
                signatures.push((*method, signature));
            }
        }
        Ok(())
    }

    /// What the peer has in place of `method`, if it said so, and it was not forgotten since.
    pub(super) fn signature(&self, method: u64) -> Option<&[u8]> {
        let (_, signature) = self.signatures.as_ref()?.iter().find(|(known, _)| *known == method)?;
        Some(signature)
    }

    pub(super) fn forget_signature(&mut self, method: u64) {
        if let Some(signatures) = &mut self.signatures {
            signatures.retain(|(known, _)| *known != method);
        }
    }

    /// The index of a method in this form, if it has one.
    pub(super) fn known(&self, method: &MethodDescriptor, form: Form) -> Option<u32> {
        let at = self.index.binary_search_by_key(&(method.id, form.byte()), |(key, _)| *key).ok()?;
        self.index.get(at).map(|(_, index)| *index)
    }

    /// Whether the peer has answered a bind since the last time.
    pub(super) fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// True if calls on `index` are not refused, as far as is known.
    pub(super) fn is_taken(&self, index: u32) -> bool {
        matches!(self.refused.get(index as usize), Some(None))
    }

    /// True if the peer has said that calls on `index` are not refused.
    pub(super) fn is_accepted(&self, index: u32) -> bool {
        self.is_answered(index) && self.is_taken(index)
    }

    /// True if the peer has said whether calls on `index` are refused.
    pub(super) fn is_answered(&self, index: u32) -> bool {
        self.answered > index as usize
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
    given: GivenSignatures,
}

/// The methods whose signature the peer was given, or cannot be given. Each is encoded once at most, however often the
/// peer binds it: the connection is locked meanwhile.
#[derive(Default)]
struct GivenSignatures(Vec<u64>);

impl GivenSignatures {
    /// The signature of `method`, if it was not asked for before and fits into `room`; else nothing.
    fn once(&mut self, method: u64, room: &mut usize, encode: impl FnOnce() -> Option<Vec<u8>>) -> Vec<u8> {
        if *room == 0 || self.0.contains(&method) {
            return Vec::new();
        }
        self.0.push(method);
        let Some(bytes) = encode().filter(|bytes| bytes.len() <= *room) else {
            return Vec::new();
        };
        *room = room.saturating_sub(bytes.len());
        bytes
    }
}

impl PeerBinds {
    /// `room`: how much may be in the answer of what is not asked for.
    pub(super) fn bind(
        &mut self,
        bind: &Bind,
        router: &Router,
        limits: &Limits,
        room: usize,
    ) -> Result<Bound, Closed> {
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
        let mut bound = Bound {
            base: bind.base,
            status: 0,
            missing: Vec::new(),
            differing: Vec::new(),
            signatures: Vec::new(),
        };
        // Of a Bound with all positions in it.
        if self.methods.len() < FEW {
            self.methods.reserve_exact(bind.methods.len());
        }
        let mut room = room.saturating_sub(bind.methods.len().saturating_mul(10).saturating_add(32));
        let signatures = bind.signatures.iter().copied().chain(std::iter::repeat(0));
        let whole = match (router.service(bind.service), Codec::from_byte(bind.codec)) {
            (None, _) => Err((1, RefusalReason::NoService)),
            (_, None) => Err((2, RefusalReason::Codec)),
            (Some(service), Some(codec)) => Ok((service, codec)),
        };
        bound.status = whole.err().map_or(0, |(status, _)| status);
        for ((position, id), theirs) in (0_u32..).zip(&bind.methods).zip(signatures) {
            let target = match whole {
                Err((_, reason)) => Err(reason),
                Ok((service, codec)) => match router.route(service, *id) {
                    Some(route) if may_differ(bind, codec) || is_equal(route.method, theirs) => {
                        Ok(Target { route, codec })
                    }
                    Some(route) => {
                        bound.differing.push(position);
                        bound.signatures.push(self.signature(route.method, &mut room));
                        Err(RefusalReason::Signature)
                    }
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

    /// What this side has in place of a method that differs, if the peer was not given it before, and there is room for it.
    fn signature(&mut self, method: &'static MethodDescriptor, room: &mut usize) -> Vec<u8> {
        let Some(schema) = method.schema else { return Vec::new() };
        // One that is too large to be sent is not given.
        self.given.once(method.id, room, || schema.found(method).signature.to_bytes().ok())
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

/// So many methods are kept without room for others: an idle connection holds little memory.
const FEW: usize = 16;

/// Whether calls are served though the signatures differ.
fn may_differ(bind: &Bind, codec: Codec) -> bool {
    bind.compared && codec.is_self_describing()
}

/// Whether a peer's signature of `method`, if both sides know theirs, is that of this side.
fn is_equal(method: &'static MethodDescriptor, theirs: u64) -> bool {
    theirs == 0 || method.schema.is_none_or(|schema| schema.found(method).fingerprint() == theirs)
}

#[cfg(test)]
mod tests;
