//! What a method takes and gives.

#[cfg(any(test, feature = "introspection"))]
use serde::{Deserialize, Serialize};

use super::{TypeRef, Types};

/// What one method takes and gives, with all types in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct Signature {
    /// The name on the wire, `Service.method`.
    pub method: String,
    /// Its arguments, in order; neither a `&Context` nor streams.
    pub arguments: Vec<Argument>,
    /// Its arguments that are streams, in order.
    pub streams: Vec<StreamSignature>,
    /// What it gives.
    pub outcome: Outcome,
    /// The type of its own errors, of a method that returns `Result<_, E>`.
    pub error: Option<TypeRef>,
    /// What the `TypeRef`s refer to.
    pub types: Types,
}

/// An argument that travels with the call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct Argument {
    /// The name on the wire.
    pub name: String,
    /// Other names under which it is understood.
    pub aliases: Vec<String>,
    /// Its type.
    pub shape: TypeRef,
    /// Whether a call without it is understood.
    pub optional: bool,
}

/// A stream of items.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct StreamSignature {
    /// The name of the argument; empty for the result.
    pub name: String,
    /// The type of its items.
    pub item: TypeRef,
    /// The type of the error that ends it, of a stream of `Result<_, E>`.
    pub error: Option<TypeRef>,
}

/// What a method gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub enum Outcome {
    /// One value.
    Value(TypeRef),
    /// A stream.
    Stream(StreamSignature),
}

/// What all methods of a service take and give.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct ServiceSignature {
    /// The service's name on the wire.
    pub service: String,
    /// One for each method, in the order of the trait.
    pub methods: Vec<Signature>,
}

impl Signature {
    /// Of a method without arguments that gives `outcome`.
    pub fn new(method: impl Into<String>, types: Types, outcome: Outcome) -> Self {
        Self {
            method: method.into(),
            arguments: Vec::new(),
            streams: Vec::new(),
            outcome,
            error: None,
            types,
        }
    }
}

impl Signature {
    /// All types that cross, with what each is for people: `argument `a``, `the result`.
    pub fn crossings(&self) -> impl Iterator<Item = (String, TypeRef)> + '_ {
        let mut all = Vec::new();
        for argument in &self.arguments {
            all.push((format!("argument `{}`", argument.name), argument.shape));
        }
        for stream in &self.streams {
            stream.cross(&format!("argument stream `{}`", stream.name), &mut all);
        }
        match &self.outcome {
            Outcome::Value(value) => all.push(("the result".to_owned(), *value)),
            Outcome::Stream(stream) => stream.cross("the result stream", &mut all),
        }
        all.extend(self.error.map(|error| ("the error".to_owned(), error)));
        all.into_iter()
    }
}

impl Argument {
    /// One that has to be there, under one name.
    pub fn new(name: impl Into<String>, shape: TypeRef) -> Self {
        Self { name: name.into(), aliases: Vec::new(), shape, optional: false }
    }
}

impl StreamSignature {
    /// Of items that cannot fail.
    pub fn new(name: impl Into<String>, item: TypeRef) -> Self {
        Self { name: name.into(), item, error: None }
    }
}

impl StreamSignature {
    fn cross(&self, called: &str, all: &mut Vec<(String, TypeRef)>) {
        all.push((format!("an item of {called}"), self.item));
        all.extend(self.error.map(|error| (format!("the error of {called}"), error)));
    }
}

impl ServiceSignature {
    /// Of a service with these methods.
    pub fn new(service: impl Into<String>, methods: Vec<Signature>) -> Self {
        Self { service: service.into(), methods }
    }
}
