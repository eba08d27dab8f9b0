//! What a type is on the wire.

use std::collections::HashSet;

#[cfg(any(test, feature = "introspection"))]
use serde::{Deserialize, Serialize};

use super::TypeRef;

/// A number, by its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is called what it is")]
pub enum Number {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
    F32,
    F64,
}

/// What a type is on the wire, in serde's terms. `isize` and `usize` are 64 bits wide; boxes, references and
/// `#[serde(transparent)]` leave no trace.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub enum Shape {
    /// `bool`.
    Bool,
    /// A number.
    Number(Number),
    /// `char`.
    Char,
    /// Text. Also what parses itself from text, such as a URL.
    Text,
    /// A block of bytes. A `Vec<u8>` without `serde_bytes` within another type is a `List` of `U8`.
    Bytes,
    /// `()`.
    Unit,
    /// There or not.
    Option(TypeRef),
    /// Any number of elements of one type: lists and sets.
    List(TypeRef),
    /// A fixed number of elements: tuples, and arrays, whose elements are all of one type.
    Tuple(Vec<TypeRef>),
    /// Keys and their values, in any order.
    Map {
        /// The type of the keys.
        key: TypeRef,
        /// The type of the values.
        value: TypeRef,
    },
    /// A struct without content.
    UnitStruct {
        /// As serde names it.
        name: String,
    },
    /// A struct around one value.
    Newtype {
        /// As serde names it.
        name: String,
        /// The value.
        inner: TypeRef,
    },
    /// A struct whose fields have no names.
    TupleStruct {
        /// As serde names it.
        name: String,
        /// The fields, in order.
        elements: Vec<TypeRef>,
    },
    /// A struct whose fields have names.
    Struct {
        /// As serde names it.
        name: String,
        /// The fields, in order of declaration; those that serde skips are not among them.
        fields: Vec<Field>,
    },
    /// One of several variants.
    Enum {
        /// As serde names it.
        name: String,
        /// The variants, in order of declaration.
        variants: Vec<Variant>,
    },
    /// Whatever the bytes say it is: `untagged`, `flatten`, internally tagged, JSON values. Only self-describing codecs
    /// carry it.
    Any {
        /// The Rust type, without its modules.
        name: String,
    },
    /// Not to be found out.
    Opaque {
        /// The Rust type, without its modules.
        name: String,
        /// Why, for people.
        reason: String,
    },
}

/// A field of a struct or of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct Field {
    /// As it is written.
    pub name: String,
    /// Other names under which it is read.
    pub aliases: Vec<String>,
    /// What it holds.
    pub shape: TypeRef,
    /// Whether a value without it is understood: `#[serde(default)]`, or an `Option`.
    pub optional: bool,
    /// Whether it may be left out where it is written: `skip_serializing_if`. Positional codecs cannot carry that.
    pub skippable: bool,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct Variant {
    /// As it is written.
    pub name: String,
    /// Other names under which it is read.
    pub aliases: Vec<String>,
    /// The position under which positional codecs write it. Where those of an enum have gaps, such codecs cannot carry it.
    pub index: u32,
    /// What it holds.
    pub content: Content,
}

/// What a variant holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[non_exhaustive]
pub enum Content {
    /// Nothing.
    Unit,
    /// One value.
    Newtype(TypeRef),
    /// Several values without names.
    Tuple(Vec<TypeRef>),
    /// Fields with names.
    Struct(Vec<Field>),
}

impl Shape {
    /// Changes every reference to a type.
    pub(super) fn redirect(&mut self, place: &impl Fn(TypeRef) -> TypeRef) {
        match self {
            Self::Option(inner) | Self::List(inner) | Self::Newtype { inner, .. } => *inner = place(*inner),
            Self::Map { key, value } => (*key, *value) = (place(*key), place(*value)),
            Self::Tuple(elements) | Self::TupleStruct { elements, .. } => redirect(elements, place),
            Self::Struct { fields, .. } => {
                fields.iter_mut().for_each(|field| field.shape = place(field.shape))
            }
            Self::Enum { variants, .. } => {
                for variant in variants {
                    match &mut variant.content {
                        Content::Unit => {}
                        Content::Newtype(inner) => *inner = place(*inner),
                        Content::Tuple(elements) => redirect(elements, place),
                        Content::Struct(fields) => {
                            fields.iter_mut().for_each(|field| field.shape = place(field.shape));
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn redirect(types: &mut [TypeRef], place: &impl Fn(TypeRef) -> TypeRef) {
    for which in types {
        *which = place(*which);
    }
}

impl Field {
    /// A field that is always there, under one name.
    pub fn new(name: impl Into<String>, shape: TypeRef) -> Self {
        Self { name: name.into(), aliases: Vec::new(), shape, optional: false, skippable: false }
    }
}

impl Variant {
    /// A variant with one name.
    pub fn new(name: impl Into<String>, index: u32, content: Content) -> Self {
        Self { name: name.into(), aliases: Vec::new(), index, content }
    }
}

impl Shape {
    /// Whether values of it could be taken for others where neither fields nor variants have their names: a field may be left
    /// out, or the indexes of the variants have gaps. With `#[serde(skip)]` on a variant, `serde_derive` counts it where
    /// values are written and not where they are read. Or only its bytes say what it is.
    pub(crate) fn needs_names(&self) -> bool {
        let may_be_left_out = |fields: &[Field]| fields.iter().any(|field| field.skippable);
        match self {
            Self::Struct { fields, .. } => may_be_left_out(fields),
            Self::Enum { variants, .. } => {
                // Two of one index are no better than a gap.
                let have_gaps = || {
                    let indexes: HashSet<_> = variants.iter().map(|variant| variant.index).collect();
                    let count = u32::try_from(variants.len()).unwrap_or(u32::MAX);
                    !(0..count).all(|index| indexes.contains(&index))
                };
                let in_order = variants.iter().zip(0..).all(|(variant, index)| variant.index == index);
                !in_order && have_gaps()
                    || variants.iter().any(|variant| {
                        matches!(&variant.content, Content::Struct(fields) if may_be_left_out(fields))
                    })
            }
            Self::Any { .. } | Self::Opaque { .. } => true,
            _ => false,
        }
    }
}
