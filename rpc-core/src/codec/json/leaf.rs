//! Scalars, as `serde_json` reads them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

use crate::codec::named::Token;

/// A number, bool or null.
pub(super) enum Leaf {
    Null,
    Bool(bool),
    Unsigned(u64),
    Negative(i64),
    Float(f64),
}

impl From<Leaf> for Token<'_> {
    fn from(leaf: Leaf) -> Self {
        match leaf {
            Leaf::Null => Self::Null,
            Leaf::Bool(value) => Self::Bool(value),
            Leaf::Unsigned(value) => Self::Unsigned(value),
            Leaf::Negative(value) => Self::Negative(value),
            Leaf::Float(value) => Self::F64(value),
        }
    }
}

impl<'de> Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LeafVisitor)
    }
}

struct LeafVisitor;

impl Visitor<'_> for LeafVisitor {
    type Value = Leaf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Leaf, E> {
        Ok(Leaf::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Leaf, E> {
        Ok(Leaf::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Leaf, E> {
        Ok(Leaf::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Leaf, E> {
        Ok(Leaf::Negative(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Leaf, E> {
        Ok(Leaf::Float(value))
    }
}

/// A text, lent where it has no escape in it.
pub(super) struct Text<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}
