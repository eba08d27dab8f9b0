//! A value of a known type, out of JSON.

use rpc_core::schema::{Shape, TypeRef, Types, Variant};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error};

use super::Data;
use super::scalar::scalar;
use super::visitor::ShapedVisitor;

/// Reads a value of the type `which`. The types may come from a peer: however they refer to each other, it goes
/// [no deeper](Self::MAX_DEPTH) than any codec does.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Shaped<'t> {
    pub(super) types: &'t Types,
    pub(super) which: TypeRef,
    depth: usize,
}

impl<'t> Shaped<'t> {
    /// Nesting that `Limits::max_depth` may not go above.
    const MAX_DEPTH: usize = 128;

    pub(in crate::cli) const fn new(types: &'t Types, which: TypeRef) -> Self {
        Self { types, which, depth: 0 }
    }

    /// What is in it.
    pub(in crate::cli) const fn inside(self, which: TypeRef) -> Self {
        Self { types: self.types, which, depth: self.depth.saturating_add(1) }
    }

    /// What is in it without being a type of its own, such as the fields of a variant.
    pub(super) const fn deeper(self) -> Self {
        self.inside(self.which)
    }

    /// What the type `which` is, for sentences.
    pub(super) fn words(self, which: TypeRef) -> String {
        self.types.words(which)
    }

    /// What is in newtypes around it, where that has an end.
    pub(super) fn bare(self) -> Option<&'t Shape> {
        let mut which = self.which;
        for _ in 0..Self::MAX_DEPTH {
            match self.types.get(which)? {
                Shape::Newtype { inner, .. } => which = *inner,
                shape => return Some(shape),
            }
        }
        None
    }

    fn variants(self) -> &'t [Variant] {
        match self.types.get(self.which) {
            Some(Shape::Enum { variants, .. }) => variants,
            _ => &[],
        }
    }

    pub(super) fn variant<E: Error>(self, name: &str) -> Result<&'t Variant, E> {
        let mut variants = self.variants().iter();
        let found =
            variants.find(|known| known.name == name || known.aliases.iter().any(|alias| alias == name));
        found.ok_or_else(|| {
            let known =
                self.variants().iter().map(|variant| format!("`{}`", variant.name)).collect::<Vec<_>>();
            let owner = self.types.words(self.which);
            E::custom(format_args!("`{owner}` has no variant `{name}`: it has {}", known.join(", ")))
        })
    }
}

impl<'de> DeserializeSeed<'de> for Shaped<'_> {
    type Value = Data;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        if self.depth > Self::MAX_DEPTH {
            return Err(D::Error::custom(format_args!("a value has more than {} levels", Self::MAX_DEPTH)));
        }
        let Some(shape) = self.types.get(self.which) else {
            return Err(D::Error::custom("its type is not described"));
        };
        match shape {
            Shape::Newtype { inner, .. } => self.inside(*inner).deserialize(deserializer),
            Shape::Option(_) => deserializer.deserialize_option(ShapedVisitor(self)),
            Shape::Any { .. } | Shape::Opaque { .. } => Data::deserialize(deserializer),
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::TupleStruct { .. }
            | Shape::Map { .. }
            | Shape::Struct { .. }
            | Shape::Enum { .. } => deserializer.deserialize_any(ShapedVisitor(self)),
            other => scalar(other, deserializer),
        }
    }
}

/// An error on its way out of a part.
pub(super) fn at<E: Error>(place: &str, error: &E) -> E {
    E::custom(format_args!("{place}: {error}"))
}
