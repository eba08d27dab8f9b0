//! A type as the named form has it: without newtypes, and the content of variants like any other.

use crate::schema::{Content, Field, Number, Shape, SignatureError, TypeRef, Types, Variant};

/// What is told of a side.
#[derive(Clone, Copy)]
pub(super) enum Said<'a> {
    Type(TypeRef),
    Content(&'a Content),
}

/// What the named form shows of a type.
#[derive(Clone, Copy)]
pub(super) enum View<'a> {
    Bool,
    Number(Number),
    Char,
    Text,
    Bytes,
    /// `()`, a unit struct.
    Unit,
    Option(TypeRef),
    List(TypeRef),
    /// A tuple, an array, a tuple struct, the content of a tuple variant.
    Elements(&'a [TypeRef]),
    Map(TypeRef, TypeRef),
    /// A struct, the content of a struct variant.
    Fields(&'a [Field]),
    Enum(&'a [Variant]),
    Any,
    Opaque(&'a str),
    /// A variant without content.
    Nothing,
    /// Not among the types, or newtypes without an end.
    Missing,
}

impl<'a> View<'a> {
    pub(super) fn of(types: &'a Types, said: Said<'a>) -> Self {
        match said {
            Said::Type(which) => Self::of_type(types, which),
            Said::Content(Content::Unit) => Self::Nothing,
            Said::Content(Content::Newtype(inner)) => Self::of_type(types, *inner),
            Said::Content(Content::Tuple(elements)) => Self::Elements(elements),
            Said::Content(Content::Struct(fields)) => Self::Fields(fields),
        }
    }

    pub(super) fn of_type(types: &'a Types, mut which: TypeRef) -> Self {
        for _ in 0..=SignatureError::MAX_NESTING {
            return match types.get(which) {
                Some(Shape::Newtype { inner, .. }) => {
                    which = *inner;
                    continue;
                }
                Some(Shape::Bool) => Self::Bool,
                Some(Shape::Number(number)) => Self::Number(*number),
                Some(Shape::Char) => Self::Char,
                Some(Shape::Text) => Self::Text,
                Some(Shape::Bytes) => Self::Bytes,
                Some(Shape::Unit | Shape::UnitStruct { .. }) => Self::Unit,
                Some(Shape::Option(inner)) => Self::Option(*inner),
                Some(Shape::List(element)) => Self::List(*element),
                Some(Shape::Tuple(elements) | Shape::TupleStruct { elements, .. }) => {
                    Self::Elements(elements)
                }
                Some(Shape::Map { key, value }) => Self::Map(*key, *value),
                Some(Shape::Struct { fields, .. }) => Self::Fields(fields),
                Some(Shape::Enum { variants, .. }) => Self::Enum(variants),
                Some(Shape::Any { .. }) => Self::Any,
                Some(Shape::Opaque { name, .. }) => Self::Opaque(name),
                None => Self::Missing,
            };
        }
        Self::Missing
    }
}

impl Said<'_> {
    pub(super) fn words(self, types: &Types, with_kind: bool) -> String {
        let type_words = |which| if with_kind { types.words_with_kind(which) } else { types.words(which) };
        match self {
            Said::Type(which) => type_words(which),
            Said::Content(Content::Newtype(inner)) => type_words(*inner),
            Said::Content(Content::Unit) => "without content".to_owned(),
            Said::Content(Content::Tuple(elements)) => match elements.len() {
                1 => "1 value".to_owned(),
                count => format!("{count} values"),
            },
            Said::Content(Content::Struct(_)) => "fields with names".to_owned(),
        }
    }
}
