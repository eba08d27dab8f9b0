//! What a type asks a deserializer for, without being generic.

use std::any::{TypeId, type_name};

use serde::de::Visitor;

use super::node::{Arm, Body, Fields};

/// Who asks.
#[derive(Clone, Copy)]
pub(super) struct Visited {
    /// The Rust type, as far as its visitor tells it.
    pub(super) type_name: &'static str,
    /// The same.
    pub(super) type_id: TypeId,
    pub(super) visitor: TypeId,
}

impl Visited {
    pub(super) fn by<V: Visitor<'static>>() -> Self {
        Self {
            type_name: type_name::<V::Value>(),
            type_id: typeid::of::<V::Value>(),
            visitor: typeid::of::<V>(),
        }
    }
}

/// A type that holds others, as it asks for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) kind: Kind,
    /// As serde names it; empty where it does not.
    pub(super) name: &'static str,
    pub(super) length: usize,
    /// Of fields or variants. Methods of one name with arguments of the same types have one visitor.
    pub(super) names: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Option,
    Newtype,
    List,
    Map,
    Tuple,
    TupleStruct,
    Struct,
    Enum,
}

/// So many elements of a tuple are told apart. Longer ones are arrays, in which all are of one type; structs have names.
const ELEMENTS: usize = 16;

/// Longer arrays are not made.
pub(super) const LONGEST: usize = 4_096;

impl Asked {
    pub(super) const fn of(kind: Kind) -> Self {
        Self { kind, name: "", length: 0, names: &[] }
    }

    /// What is known of it at first.
    pub(super) fn body(&self) -> Body {
        match self.kind {
            Kind::Any => Body::Any,
            Kind::Option => Body::Option(None),
            Kind::Newtype => Body::Newtype(None),
            Kind::List => Body::List(None),
            Kind::Map => Body::Map(None, None),
            Kind::Tuple if self.length > ELEMENTS => Body::Tuple(vec![None], self.length),
            Kind::Tuple => Body::Tuple(vec![None; self.length], self.length),
            Kind::TupleStruct => Body::TupleStruct(vec![None; self.length.min(LONGEST)]),
            Kind::Struct => Body::Struct(Fields::new(self.names)),
            Kind::Enum => {
                let arm = |name: &&'static str| Arm { name, content: None, absent: false };
                Body::Enum(self.names.iter().map(arm).collect())
            }
        }
    }

    /// Whether a value of it is longer than those that are made.
    pub(super) const fn is_too_long(&self) -> bool {
        self.length > LONGEST
    }
}
