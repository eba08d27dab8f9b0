//! What variants hold, out of JSON.

use std::fmt;

use rpc_core::schema::{Content, TypeRef, Variant};
use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};

use super::elements::Elements;
use super::fields::Members;
use super::{Data, MembersVisitor, Shaped};

/// What a variant holds.
pub(super) struct Held<'t> {
    pub(super) shaped: Shaped<'t>,
    pub(super) variant: &'t Variant,
}

impl<'de> DeserializeSeed<'de> for Held<'_> {
    type Value = Data;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        let Self { shaped, variant } = self;
        match &variant.content {
            Content::Newtype(inner) => shaped.inside(*inner).deserialize(deserializer),
            Content::Tuple(elements) => {
                deserializer.deserialize_any(TupleVisitor { shaped: shaped.deeper(), elements })
            }
            Content::Struct(fields) => {
                let members = Members { owner: &variant.name, noun: "field", fields };
                deserializer.deserialize_any(MembersVisitor::new(shaped.deeper(), members))
            }
            _ => Err(D::Error::custom(format_args!("it holds nothing: write \"{}\" alone", variant.name))),
        }
    }
}

struct TupleVisitor<'t> {
    shaped: Shaped<'t>,
    elements: &'t [TypeRef],
}

impl<'de> Visitor<'de> for TupleVisitor<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", self.elements.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Data, A::Error> {
        Elements::Each(self.elements).read(self.shaped, &mut list, &self)
    }
}
