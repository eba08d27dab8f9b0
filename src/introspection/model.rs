use std::collections::BTreeMap;
use std::time::Duration;

use rpc_core::schema::{Notes, Signature, TypeRef};
use rpc_core::{ArgumentDescriptor, Limits, MethodDescriptor, MethodKind, ServiceDescriptor};
use serde::{Deserialize, Serialize};

/// A server, as it describes itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServerInfo {
    /// The version of farcall with which it was built.
    pub farcall: String,
    /// Its services, by name.
    pub services: Vec<ServiceSummary>,
    /// What its callers have to keep to.
    pub limits: CallerLimits,
}

/// A service in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServiceSummary {
    /// The name on the wire.
    pub name: String,
    /// The documentation of the trait; empty if it has none.
    pub docs: String,
    /// The names of its methods, in the order of the trait.
    pub methods: Vec<String>,
}

/// A method: all that a caller has to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MethodInfo {
    /// The service's name on the wire.
    pub service: String,
    /// The method's name on the wire, without that of the service.
    pub name: String,
    /// Its documentation; empty if it has none.
    pub docs: String,
    /// Whether one value or a stream goes each way.
    pub kind: MethodKind,
    /// What travels with the call, in order; streams follow it.
    pub arguments: Vec<ArgumentInfo>,
    /// The names of the arguments that are streams, in order.
    pub argument_streams: Vec<String>,
    /// The deadline of a call that sets none; `None` if the client's default holds.
    pub timeout: Option<Duration>,
    /// Whether executing a call twice is as good as once.
    pub idempotent: bool,
    /// Whether the handler goes on when its caller has gone.
    pub detached: bool,
    /// What it takes and gives; `None` for a method that was not made by the macro.
    pub signature: Option<Signature>,
    /// What the types of the signature say of themselves, by [`Describe`](crate::Describe). Signatures leave that behind
    /// when they travel: [`described`](Self::described) has both.
    #[serde(default)]
    pub notes: BTreeMap<TypeRef, Notes>,
}

/// An argument that travels with the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ArgumentInfo {
    /// The name on the wire.
    pub name: String,
    /// Other names under which it is understood.
    pub aliases: Vec<String>,
    /// Whether a call without it is understood.
    pub default: bool,
}

/// The [`Limits`] of a server that its callers notice, under the same names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[allow(missing_docs, reason = "`Limits` has the description of each")]
pub struct CallerLimits {
    pub max_message: usize,
    pub max_calls: usize,
    pub max_call_bytes: usize,
    pub max_stream_items: usize,
    pub max_stream_bytes: usize,
    pub max_metadata: usize,
    pub max_methods: usize,
    pub max_depth: usize,
    pub max_deadline: Duration,
}

impl ServiceSummary {
    pub(super) fn new(service: &ServiceDescriptor) -> Self {
        let methods = service.methods.iter().map(|method| method.name.to_owned()).collect();
        Self { name: service.name.to_owned(), docs: service.docs.to_owned(), methods }
    }
}

impl MethodInfo {
    pub(super) fn new(method: &'static MethodDescriptor) -> Self {
        Self {
            service: method.service.to_owned(),
            name: method.name.to_owned(),
            docs: method.docs.to_owned(),
            kind: method.kind,
            arguments: method.arguments.iter().map(ArgumentInfo::new).collect(),
            argument_streams: owned(method.argument_streams),
            timeout: method.timeout,
            idempotent: method.idempotent,
            detached: method.detached,
            signature: method.signature().cloned(),
            notes: method
                .signature()
                .map(|signature| signature.types.all_notes().iter().cloned().collect())
                .unwrap_or_default(),
        }
    }

    /// The signature, whose types have their notes.
    ///
    /// ```
    /// # use farcall::introspection::MethodInfo;
    /// fn definitions(method: &MethodInfo) -> Option<String> {
    ///     let signature = method.described()?;
    ///     let types = signature.crossings().map(|(_, which)| which);
    ///     Some(signature.types.definitions(types))
    /// }
    /// ```
    pub fn described(&self) -> Option<Signature> {
        let mut signature = self.signature.clone()?;
        for (which, notes) in &self.notes {
            signature.types.set_notes(*which, notes.clone());
        }
        Some(signature)
    }
}

impl ArgumentInfo {
    fn new(argument: &ArgumentDescriptor) -> Self {
        Self { name: argument.name.to_owned(), aliases: owned(argument.aliases), default: argument.default }
    }
}

impl From<&Limits> for CallerLimits {
    fn from(limits: &Limits) -> Self {
        Self {
            max_message: limits.max_message,
            max_calls: limits.max_calls,
            max_call_bytes: limits.max_call_bytes,
            max_stream_items: limits.max_stream_items,
            max_stream_bytes: limits.max_stream_bytes,
            max_metadata: limits.max_metadata,
            max_methods: limits.max_methods,
            max_depth: limits.max_depth,
            max_deadline: limits.max_deadline,
        }
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
