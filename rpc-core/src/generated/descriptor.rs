use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::MethodSchema;
use crate::codec::Codec;
use crate::schema::{ServiceSignature, Signature};

/// What a service is, as its trait says it: names, documentation, methods and their options.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServiceDescriptor {
    /// The name on the wire.
    pub name: &'static str,
    /// [`wire_id`](crate::wire_id) of the name.
    pub id: u64,
    /// The trait's documentation; empty if it has none.
    pub docs: &'static str,
    /// The methods in the order of the trait, without those that `#[cfg]` removed.
    pub methods: &'static [&'static MethodDescriptor],
}

/// What a method of a service is, as its trait says it.
#[derive(Debug)]
#[non_exhaustive]
pub struct MethodDescriptor {
    /// The service's name on the wire.
    pub service: &'static str,
    /// The service's id.
    pub service_id: u64,
    /// The method's name on the wire.
    pub name: &'static str,
    /// [`wire_id`](crate::wire_id) of `Service.method`.
    pub id: u64,
    /// The method's documentation; empty if it has none.
    pub docs: &'static str,
    /// Whether one value or a stream goes each way.
    pub kind: MethodKind,
    /// What travels with the call, in order. A `&Context` does not, and streams follow it.
    pub arguments: &'static [ArgumentDescriptor],
    /// The names of the arguments that are streams, in order.
    pub argument_streams: &'static [&'static str],
    /// The deadline of a call that sets none; `None` if the client's default holds.
    pub timeout: Option<Duration>,
    /// Whether executing a call twice is as good as once, so that it may be sent again.
    pub idempotent: bool,
    /// Whether the handler goes on when its caller has gone.
    pub detached: bool,
    /// Whether the handler runs on the pool for blocking work.
    pub blocking: bool,
    /// Whether the handler runs as a task of its own from its first poll on.
    pub spawn: bool,
    /// The name of the method's variant in the request enum.
    pub variant: &'static str,
    /// The position of that variant in the trait's source, removed methods counted.
    pub variant_index: u32,
    /// The names in `arguments`, as serde wants them.
    pub(crate) argument_names: &'static [&'static str],
    /// What the types are; `None` for a method that was not made by the macro.
    pub(crate) schema: Option<&'static MethodSchema>,
}

/// Whether one value or a stream goes each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MethodKind {
    /// One request, one answer.
    Unary,
    /// One request, a stream of answers.
    ServerStreaming,
    /// One stream of requests or several, one answer.
    ClientStreaming,
    /// Streams both ways.
    Bidirectional,
}

impl MethodKind {
    /// Whether arguments of the method are streams.
    pub const fn has_argument_streams(self) -> bool {
        matches!(self, Self::ClientStreaming | Self::Bidirectional)
    }

    /// Whether the result of the method is a stream.
    pub const fn has_result_stream(self) -> bool {
        matches!(self, Self::ServerStreaming | Self::Bidirectional)
    }
}

/// An argument that travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArgumentDescriptor {
    /// The name on the wire.
    pub name: &'static str,
    /// Other names under which it is understood.
    pub aliases: &'static [&'static str],
    /// Whether a call without it is still understood.
    pub default: bool,
}

impl ServiceDescriptor {
    /// What all methods of the service take and give. The first time it is found by running the `Deserialize` and
    /// `Serialize` implementations of the types; that takes some ten thousands of instructions for each method.
    pub fn signature(&self) -> ServiceSignature {
        let methods = self.methods.iter().filter_map(|method| method.signature()).cloned();
        ServiceSignature::new(self.name, methods.collect())
    }

    /// Why the service cannot be served: the [problem](MethodDescriptor::problem) of each method that has one. Empty for a
    /// service that can.
    pub fn problems(&self) -> Vec<String> {
        self.methods.iter().filter_map(|method| method.problem()).collect()
    }
}

impl MethodDescriptor {
    /// What the method takes and gives, as [`ServiceDescriptor::signature`] finds it; `None` for a method that was not made
    /// by the macro.
    pub fn signature(&'static self) -> Option<&'static Signature> {
        self.schema.map(|schema| &schema.found(self).signature)
    }

    /// Why a server that has this method refuses to start, in the words in which it does so; `None` if it does not. Types are
    /// found as by [`ServiceDescriptor::signature`].
    pub fn problem(&'static self) -> Option<String> {
        let why = self.schema?.carrier(self, Codec::Postcard).err()?;
        Some(format!("`{self}` cannot be served: {why}"))
    }
}

/// `Service.method`, as it stands on the wire.
impl fmt::Display for MethodDescriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service, self.name)
    }
}

#[doc(hidden)]
impl ServiceDescriptor {
    pub const fn new(
        name: &'static str,
        id: u64,
        docs: &'static str,
        methods: &'static [&'static MethodDescriptor],
    ) -> Self {
        Self { name, id, docs, methods }
    }
}

#[doc(hidden)]
impl MethodDescriptor {
    pub const fn new(service: (&'static str, u64), method: (&'static str, u64), docs: &'static str) -> Self {
        Self {
            service: service.0,
            service_id: service.1,
            name: method.0,
            id: method.1,
            docs,
            kind: MethodKind::Unary,
            arguments: &[],
            argument_streams: &[],
            timeout: None,
            idempotent: false,
            detached: false,
            blocking: false,
            spawn: false,
            variant: "",
            variant_index: 0,
            argument_names: &[],
            schema: None,
        }
    }

    pub const fn with_variant(mut self, name: &'static str, index: u32) -> Self {
        self.variant = name;
        self.variant_index = index;
        self
    }

    /// `names` repeats the names in `arguments`.
    pub const fn with_arguments(
        mut self,
        names: &'static [&'static str],
        arguments: &'static [ArgumentDescriptor],
    ) -> Self {
        self.argument_names = names;
        self.arguments = arguments;
        self
    }

    /// `names` are those of the arguments that are streams.
    pub const fn with_streams(mut self, kind: MethodKind, names: &'static [&'static str]) -> Self {
        self.kind = kind;
        self.argument_streams = names;
        self
    }

    pub const fn with_schema(mut self, schema: &'static MethodSchema) -> Self {
        self.schema = Some(schema);
        self
    }

    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    pub const fn with_idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    pub const fn with_detached(mut self) -> Self {
        self.detached = true;
        self
    }

    pub const fn with_blocking(mut self) -> Self {
        self.blocking = true;
        self
    }

    pub const fn with_spawn(mut self) -> Self {
        self.spawn = true;
        self
    }
}

#[doc(hidden)]
impl ArgumentDescriptor {
    pub const fn new(name: &'static str) -> Self {
        Self { name, aliases: &[], default: false }
    }

    pub const fn with_aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    pub const fn with_default(mut self) -> Self {
        self.default = true;
        self
    }
}
