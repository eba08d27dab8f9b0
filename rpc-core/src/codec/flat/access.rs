//! Tuples, structs and enums, while they are decoded.

use serde::de::value::U32Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor};

use super::decoder::Decoder;
use super::refused::Refused;

/// The parts of a tuple or a struct.
pub(super) struct Access<'s, 'de> {
    decoder: &'s mut Decoder<'de>,
    left: usize,
}

impl<'s, 'de> Access<'s, 'de> {
    #[inline(always)]
    pub(super) fn new(decoder: &'s mut Decoder<'de>, length: usize) -> Self {
        Self { decoder, left: length }
    }

    /// Ends the container, of which every part must have been taken.
    #[inline(always)]
    pub(super) fn finish<T>(self, visited: Result<T, Refused>) -> Result<T, Refused> {
        if self.left != 0 {
            return self.decoder.refuse();
        }
        self.decoder.leave();
        self.decoder.note(visited)
    }
}

impl<'de> SeqAccess<'de> for Access<'_, 'de> {
    type Error = Refused;

    #[inline(always)]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        self.decoder.stored_in(size_of::<S::Value>());
        let part = seed.deserialize(&mut *self.decoder);
        self.decoder.note(part).map(Some)
    }

    #[inline(always)]
    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// An enum, whose variant is not known yet, and then the variant.
pub(super) struct Variant<'s, 'de>(pub(super) &'s mut Decoder<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Refused;
    type Variant = Self;

    #[inline(always)]
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Refused> {
        let index: u32 = self.0.varint()?;
        let deserializer: U32Deserializer<Refused> = index.into_deserializer();
        let variant = seed.deserialize(deserializer);
        Ok((self.0.note(variant)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Refused;

    #[inline(always)]
    fn unit_variant(self) -> Result<(), Refused> {
        Ok(())
    }

    #[inline(always)]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Refused> {
        let size = size_of::<S::Value>();
        self.0.enter(size)?;
        self.0.stored_in(size);
        let content = seed.deserialize(&mut *self.0);
        self.0.leave();
        self.0.note(content)
    }

    #[inline(always)]
    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Refused> {
        self.0.parts(length, visitor)
    }

    #[inline(always)]
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.0.parts(fields.len(), visitor)
    }
}
