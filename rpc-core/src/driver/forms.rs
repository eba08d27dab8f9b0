//! In which form calls of a method travel over a connection, where that is not the plain one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::connection::Connection;
use crate::codec::{Codec, CodecLimits};
use crate::generated::MethodDescriptor;
use crate::proto::{Form, NotBound};
use crate::schema::{Compatibility, Signature};
use crate::server::no_value;
use crate::wire::RefusalReason;
use crate::{Code, Executed, Fault, RpcError};

/// What is known of the methods of a connection that are not called in its own codec.
pub(super) struct Forms {
    codec: Codec,
    /// There is one: what nearly all calls look at.
    any: AtomicBool,
    // A box, since nearly no connection has one.
    known: OnceLock<Box<Mutex<KnownMethods>>>,
}

#[derive(Clone)]
enum Known {
    /// With what was found when the two ends were compared.
    Form(Form, Option<Arc<Compatibility>>),
    /// It cannot be called over this connection.
    Not(RpcError),
}

/// By the id of the method.
type KnownMethods = Vec<(u64, Known)>;

/// What a method is at the other end.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// It is called in this form. With what was found when the two ends were compared.
    Bound(Form, Option<Arc<Compatibility>>),
    Incompatible(RpcError),
    Missing,
}

/// What a method is on the two ends of a connection.
enum Comparison {
    /// The peer refuses it by an equal signature, or without saying what it has: nothing to compare.
    Unknown,
    Compared(Arc<Compatibility>),
    /// Why the peer's signature cannot be read.
    Unreadable(String),
}

impl Known {
    /// How much was known where it was learned: what comes of more stands.
    fn weight(&self) -> u8 {
        match self {
            Self::Form(form, None) => u8::from(form.compared),
            Self::Form(_, Some(_)) | Self::Not(_) => 2,
        }
    }
}

impl Forms {
    pub(super) fn new(codec: Codec) -> Self {
        Self { codec, any: AtomicBool::new(false), known: OnceLock::new() }
    }

    fn known(&self) -> MutexGuard<'_, KnownMethods> {
        self.known.get_or_init(Box::default).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives what stands now, if that is not `what`: of two that came of as much, the first.
    fn learn(&self, method: u64, what: &Known) -> Option<Known> {
        let mut known = self.known();
        match known.iter_mut().find(|(id, _)| *id == method) {
            Some((_, known)) if known.weight() >= what.weight() => return Some(known.clone()),
            Some((_, known)) => *known = what.clone(),
            None => known.push((method, what.clone())),
        }
        self.any.store(true, Ordering::Release);
        None
    }
}

impl Connection {
    /// The codec of the calls that this side makes, where nothing speaks against it.
    pub(crate) fn codec(&self) -> Codec {
        self.forms.codec
    }

    /// How calls of `method` are made here.
    ///
    /// # Errors
    ///
    /// The two ends are known to have incompatible types.
    #[inline]
    pub(crate) fn form(&self, method: &'static MethodDescriptor) -> Result<Form, RpcError> {
        if !self.forms.any.load(Ordering::Acquire) {
            return Ok(Form::of(self.forms.codec));
        }
        self.special_form(method)
    }

    #[cold]
    fn special_form(&self, method: &'static MethodDescriptor) -> Result<Form, RpcError> {
        let known = self.forms.known();
        match known.iter().find(|(id, _)| *id == method.id) {
            Some((_, Known::Form(form, _))) => Ok(*form),
            Some((_, Known::Not(error))) => Err(error.clone()),
            None => Ok(Form::of(self.forms.codec)),
        }
    }

    /// Finds out what the types of `method` are, which runs code of the user's, and whether the codec carries them.
    ///
    /// # Errors
    ///
    /// No codec carries them.
    #[cold]
    pub(crate) fn describe(&self, method: &'static MethodDescriptor) -> Result<(), RpcError> {
        let Some(schema) = method.schema else { return Ok(()) };
        let codec = match schema.codec(method, self.forms.codec) {
            Ok(codec) => codec,
            Err(error) => {
                self.forms.learn(method.id, &Known::Not(error.clone()));
                return Err(error);
            }
        };
        if codec != self.forms.codec {
            self.forms.learn(method.id, &Known::Form(Form::of(codec), None));
        }
        Ok(())
    }

    /// The peer has refused calls of `method` in the form `tried`, since its signature differs. Says whether they are sent
    /// again in another form.
    ///
    /// # Errors
    ///
    /// The types are not compatible.
    #[cold]
    pub(crate) fn compare(&self, method: &'static MethodDescriptor, tried: Form) -> Result<(), RpcError> {
        if tried.compared {
            let text = format!(
                "the peer says that its types of `{method}` differ, and does not take them by name either"
            );
            return Err(not_compatible(text).with_fault(Fault::Peer));
        }
        match self.form(method) {
            Ok(form) if form.compared => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error),
        }
        let what = match self.comparison(method) {
            Comparison::Compared(comparison) if !comparison.is_compatible() => {
                Known::Not(not_compatible(comparison.to_string()))
            }
            Comparison::Unreadable(why) => {
                let text = format!("the peer's types of `{method}` differ, and cannot be read: {why}");
                Known::Not(not_compatible(text).with_fault(Fault::Peer))
            }
            comparison => {
                let compared = match comparison {
                    Comparison::Compared(compared) => Some(compared),
                    _ => None,
                };
                Known::Form(Form { codec: tried.codec.named(), compared: true }, compared)
            }
        };
        let earlier = self.forms.learn(method.id, &what);
        // Not before: who finds no signature has to find what came of it.
        self.lock().proto.forget_peer_signature(method.id);
        if earlier.is_none() {
            match &what {
                Known::Not(error) => tracing::warn!(peer = self.peer_address(), "{error}"),
                Known::Form(_, Some(compared)) => tracing::info!(peer = self.peer_address(), "{compared}"),
                Known::Form(_, None) => {}
            }
        }
        match earlier.unwrap_or(what) {
            Known::Not(error) => Err(error),
            Known::Form(..) => Ok(()),
        }
    }

    /// Finds out what `method` is at the other end, without calling it.
    ///
    /// # Errors
    ///
    /// Why the connection has ended.
    pub(crate) async fn standing(&self, method: &'static MethodDescriptor) -> Result<Standing, RpcError> {
        loop {
            if let Err(error) = self.describe(method) {
                return Ok(Standing::Incompatible(error));
            }
            let form = match self.form(method) {
                Ok(form) => form,
                Err(error) => return Ok(Standing::Incompatible(error)),
            };
            match self.bind(method, form) {
                Ok(index) if self.until_bound(index).await? => {
                    return Ok(Standing::Bound(form, self.compared(method)));
                }
                // The next look finds why not.
                Ok(_) | Err(NotBound::Undescribed) => {}
                Err(NotBound::Refused(RefusalReason::Signature)) => {
                    if let Err(error) = self.compare(method, form) {
                        return Ok(Standing::Incompatible(error));
                    }
                }
                Err(NotBound::Refused(RefusalReason::NoMethod | RefusalReason::NoService)) => {
                    return Ok(Standing::Missing);
                }
                Err(NotBound::Refused(reason)) => {
                    let error = no_value::refused(method, form.codec, &[reason.as_byte()]);
                    return Ok(Standing::Incompatible(error));
                }
                Err(NotBound::TooMany) => {
                    return Ok(Standing::Incompatible(self.too_many_methods(method)));
                }
                Err(NotBound::Closed) => return Err(self.gone()),
            }
        }
    }

    /// The error of a call for which this side would have to bind one method more than it may.
    #[cold]
    pub(crate) fn too_many_methods(&self, method: &'static MethodDescriptor) -> RpcError {
        let text = format!(
            "`{method}` cannot be called over this connection, since {} methods are called over it already (max_methods): \
             raise that limit, or use another client for it",
            self.limits.max_methods
        );
        RpcError::new(Code::ResourceExhausted, text)
            .with_executed(Executed::No)
            .with_fault(Fault::Environment)
    }

    /// Why no method can be bound any more.
    #[cold]
    fn gone(&self) -> RpcError {
        let text = match self.lock().proto.closed() {
            Some(closed) => format!("the connection has ended: {}", closed.text),
            None => "the connection takes no more calls: one of its ends is shutting down".to_owned(),
        };
        RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
    }

    fn compared(&self, method: &'static MethodDescriptor) -> Option<Arc<Compatibility>> {
        match self.forms.known().iter().find(|(id, _)| *id == method.id) {
            Some((_, Known::Form(_, compared))) => compared.clone(),
            _ => None,
        }
    }

    /// What the two ends have of `method`, if the peer said that it differs, and it is not known yet what came of that.
    fn comparison(&self, method: &'static MethodDescriptor) -> Comparison {
        let theirs = self.lock().proto.peer_signature(method.id);
        let (Some(ours), Some(theirs)) = (method.signature(), theirs) else { return Comparison::Unknown };
        match Signature::from_bytes(&theirs, &CodecLimits::from(&*self.limits)) {
            // Ids are made from names, so both sides have the same one.
            Ok(theirs) if theirs.method != ours.method => {
                Comparison::Unreadable("it is that of another method, by its name".to_owned())
            }
            Ok(theirs) => Comparison::Compared(Arc::new(Signature::compatibility(ours, &theirs))),
            Err(error) => Comparison::Unreadable(error.to_string()),
        }
    }
}

fn not_compatible(text: String) -> RpcError {
    RpcError::new(Code::Unimplemented, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

#[cfg(test)]
mod tests;
