//! A type in a few words, for sentences.

use std::fmt::Write;

use super::{Number, Shape, TypeRef, Types};

/// Levels of options, lists, tuples and maps that are told.
const MAX_LEVELS: usize = 5;

/// Elements of a tuple that are told.
const MAX_ELEMENTS: usize = 6;

/// Characters of one name that are told. A peer may have chosen it.
const MAX_NAME: usize = 64;

/// Characters after which nothing more is begun.
const MAX_WORDS: usize = 160;

impl Types {
    /// What a type is in a few words, as one would write it in Rust: `Vec<Point>`, `Option<i64>`, `(i64, String)`,
    /// `Map<String, i64>`. Types with a name are told by it; what is too long or nested too deep ends with `…`.
    ///
    /// ```
    /// use rpc_core::schema::{Number, Shape, Types};
    ///
    /// let mut types = Types::default();
    /// let number = types.add(Shape::Number(Number::I64));
    /// let list = types.add(Shape::List(number));
    /// assert_eq!(types.words(list), "Vec<i64>");
    /// ```
    pub fn words(&self, which: TypeRef) -> String {
        let mut words = String::new();
        write(self, which, MAX_LEVELS, &mut words);
        words
    }

    /// As [`words`](Self::words), with what kind of type it is where that is by its name alone: `the enum Color`.
    pub(super) fn words_with_kind(&self, which: TypeRef) -> String {
        let kind = match self.get(which) {
            Some(Shape::UnitStruct { .. }) => "the unit struct ",
            Some(Shape::Newtype { .. }) => "the newtype ",
            Some(Shape::TupleStruct { .. }) => "the tuple struct ",
            Some(Shape::Struct { .. }) => "the struct ",
            Some(Shape::Enum { .. }) => "the enum ",
            Some(Shape::Any { .. }) => "the self-describing ",
            Some(Shape::Opaque { .. }) => "the unknown type ",
            _ => "",
        };
        format!("{kind}{}", self.words(which))
    }
}

/// A number's Rust name.
pub(super) const fn number(number: Number) -> &'static str {
    match number {
        Number::I8 => "i8",
        Number::I16 => "i16",
        Number::I32 => "i32",
        Number::I64 => "i64",
        Number::I128 => "i128",
        Number::U8 => "u8",
        Number::U16 => "u16",
        Number::U32 => "u32",
        Number::U64 => "u64",
        Number::U128 => "u128",
        Number::F32 => "f32",
        Number::F64 => "f64",
    }
}

/// A name as it may stand in a message: on one line, and not too long.
pub(super) fn name(name: &str) -> String {
    let mut told: String = name.chars().take(MAX_NAME).flat_map(char::escape_debug).collect();
    if name.chars().nth(MAX_NAME).is_some() {
        told.push('…');
    }
    told
}

fn write(types: &Types, which: TypeRef, levels: usize, out: &mut String) {
    let Some(shape) = types.get(which) else {
        out.push_str("a type that is not described");
        return;
    };
    let nested = matches!(shape, Shape::Option(_) | Shape::List(_) | Shape::Tuple(_) | Shape::Map { .. });
    if out.len() > MAX_WORDS || (nested && levels == 0) {
        out.push('…');
        return;
    }
    let levels = levels.saturating_sub(1);
    match shape {
        Shape::Bool => out.push_str("bool"),
        Shape::Number(of) => out.push_str(number(*of)),
        Shape::Char => out.push_str("char"),
        Shape::Text => out.push_str("String"),
        Shape::Bytes => out.push_str("bytes"),
        Shape::Unit => out.push_str("()"),
        Shape::Option(inner) => {
            out.push_str("Option<");
            write(types, *inner, levels, out);
            out.push('>');
        }
        Shape::List(element) => {
            out.push_str("Vec<");
            write(types, *element, levels, out);
            out.push('>');
        }
        Shape::Map { key, value } => {
            out.push_str("Map<");
            write(types, *key, levels, out);
            out.push_str(", ");
            write(types, *value, levels, out);
            out.push('>');
        }
        Shape::Tuple(elements) => tuple(types, elements, levels, out),
        Shape::UnitStruct { name: of }
        | Shape::Newtype { name: of, .. }
        | Shape::TupleStruct { name: of, .. }
        | Shape::Struct { name: of, .. }
        | Shape::Enum { name: of, .. }
        | Shape::Any { name: of }
        | Shape::Opaque { name: of, .. } => out.push_str(&name(of)),
    }
}

fn tuple(types: &Types, elements: &[TypeRef], levels: usize, out: &mut String) {
    if let [first, rest @ ..] = elements
        && !rest.is_empty()
        && rest.iter().all(|element| element == first)
    {
        out.push('[');
        write(types, *first, levels, out);
        // Writing to a `String` cannot fail.
        let _ = write!(out, "; {}]", elements.len());
        return;
    }
    out.push('(');
    for (index, element) in elements.iter().enumerate() {
        if index == MAX_ELEMENTS {
            out.push('…');
            break;
        }
        write(types, *element, levels, out);
        if index.saturating_add(1) < elements.len() {
            out.push_str(", ");
        } else if index == 0 {
            out.push(',');
        }
    }
    out.push(')');
}
