//! The name of a field or a variant, as a deserializer.

use serde::de::Visitor;
use serde::de::value::BorrowedStrDeserializer;
use serde::{Deserializer, forward_to_deserialize_any};

use super::error::ProbeError;

/// Gives a name to whoever asks for an identifier.
pub(super) struct Identifier {
    pub(super) name: &'static str,
}

impl<'de> Deserializer<'de> for Identifier {
    type Error = ProbeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_borrowed_str(self.name)
    }

    /// An enum of the names alone, as some have that is written by hand.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.name))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any str string
        bytes
    }
}
