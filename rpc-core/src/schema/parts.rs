//! What a shape is made of, piece by piece: the one walk over it that fingerprints, equality and bounds share.

use super::{Content, Field, Number, Shape, TypeRef, Variant};
use crate::ordering;

/// A piece of a shape.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    Byte(u8),
    Count(usize),
    Text(&'a str),
    Type(TypeRef),
}

/// How much of a shape counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// What decides the bytes of values: the canonical form of `docs/wire.md` §5.
    Wire,
    /// Also what only readers know: aliases, what may be missing, and the names of what no codec can see into.
    Full,
}

/// The kind of a type to which nothing refers by that number.
pub(super) const UNKNOWN: u8 = 0x1d;

/// Whether a type of this kind is written whole wherever it appears, because a reference is no shorter.
pub(super) const fn is_plain(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Bool
            | Shape::Number(_)
            | Shape::Char
            | Shape::Text
            | Shape::Bytes
            | Shape::Unit
            | Shape::Any { .. }
            | Shape::Opaque { .. }
    )
}

/// Goes through the pieces of `shape`, in the order of the canonical form.
pub(super) fn each<'a>(shape: &'a Shape, detail: Detail, see: &mut dyn FnMut(Part<'a>)) {
    Parts { detail, see }.shape(shape);
}

/// The types to which `shape` refers.
pub(super) fn references(shape: &Shape) -> impl Iterator<Item = TypeRef> + use<> {
    let mut types = Vec::new();
    each(shape, Detail::Wire, &mut |part| {
        if let Part::Type(which) = part {
            types.push(which);
        }
    });
    types.into_iter()
}

struct Parts<'s, 'a> {
    detail: Detail,
    see: &'s mut dyn FnMut(Part<'a>),
}

impl<'a> Parts<'_, 'a> {
    fn shape(&mut self, shape: &'a Shape) {
        match shape {
            Shape::Bool => self.byte(0x01),
            Shape::Number(number) => self.byte(number_kind(*number)),
            Shape::Char => self.byte(0x0e),
            Shape::Text => self.byte(0x0f),
            Shape::Bytes => self.byte(0x10),
            Shape::Unit => self.byte(0x11),
            Shape::Option(inner) => self.kind(0x12, &[*inner]),
            Shape::List(element) => self.kind(0x13, &[*element]),
            Shape::Tuple(elements) => {
                self.byte(0x14);
                self.types(elements);
            }
            Shape::Map { key, value } => self.kind(0x15, &[*key, *value]),
            Shape::UnitStruct { name } => self.named(0x16, name),
            Shape::Newtype { name, inner } => {
                self.named(0x17, name);
                (self.see)(Part::Type(*inner));
            }
            Shape::TupleStruct { name, elements } => {
                self.named(0x18, name);
                self.types(elements);
            }
            Shape::Struct { name, fields } => {
                self.named(0x19, name);
                self.fields(fields);
            }
            Shape::Enum { name, variants } => {
                self.named(0x1a, name);
                self.variants(variants);
            }
            Shape::Any { name } => {
                self.byte(0x1b);
                if self.detail == Detail::Full {
                    (self.see)(Part::Text(name));
                }
            }
            Shape::Opaque { name, .. } => self.named(0x1c, name),
        }
    }

    fn byte(&mut self, byte: u8) {
        (self.see)(Part::Byte(byte));
    }

    fn kind(&mut self, kind: u8, types: &[TypeRef]) {
        self.byte(kind);
        types.iter().for_each(|which| (self.see)(Part::Type(*which)));
    }

    fn named(&mut self, kind: u8, name: &'a str) {
        self.byte(kind);
        (self.see)(Part::Text(name));
    }

    fn types(&mut self, types: &[TypeRef]) {
        (self.see)(Part::Count(types.len()));
        types.iter().for_each(|which| (self.see)(Part::Type(*which)));
    }

    fn names(&mut self, name: &'a str, aliases: &'a [String]) {
        (self.see)(Part::Text(name));
        if self.detail == Detail::Full {
            (self.see)(Part::Count(aliases.len()));
            aliases.iter().for_each(|alias| (self.see)(Part::Text(alias)));
        }
    }

    fn fields(&mut self, fields: &'a [Field]) {
        (self.see)(Part::Count(fields.len()));
        for field in fields {
            self.names(&field.name, &field.aliases);
            let optional = self.detail == Detail::Full && field.optional;
            self.byte(u8::from(field.skippable) | u8::from(optional) << 1);
            (self.see)(Part::Type(field.shape));
        }
    }

    fn variants(&mut self, variants: &'a [Variant]) {
        (self.see)(Part::Count(variants.len()));
        if self.detail == Detail::Full || variants.is_sorted_by_key(|variant| variant.index) {
            variants.iter().for_each(|variant| self.variant(variant));
            return;
        }
        for position in ordering::positions(variants.iter().map(|variant| variant.index.into())) {
            if let Some(variant) = variants.get(position) {
                self.variant(variant);
            }
        }
    }

    fn variant(&mut self, variant: &'a Variant) {
        // `u32` fits: `usize` has 32 bits at least wherever there is an allocator for all this.
        (self.see)(Part::Count(usize::try_from(variant.index).unwrap_or(usize::MAX)));
        self.names(&variant.name, &variant.aliases);
        match &variant.content {
            Content::Unit => self.byte(0),
            Content::Newtype(inner) => self.kind(1, &[*inner]),
            Content::Tuple(elements) => {
                self.byte(2);
                self.types(elements);
            }
            Content::Struct(fields) => {
                self.byte(3);
                self.fields(fields);
            }
        }
    }
}

const fn number_kind(number: Number) -> u8 {
    match number {
        Number::I8 => 0x02,
        Number::I16 => 0x03,
        Number::I32 => 0x04,
        Number::I64 => 0x05,
        Number::I128 => 0x06,
        Number::U8 => 0x07,
        Number::U16 => 0x08,
        Number::U32 => 0x09,
        Number::U64 => 0x0a,
        Number::U128 => 0x0b,
        Number::F32 => 0x0c,
        Number::F64 => 0x0d,
    }
}
