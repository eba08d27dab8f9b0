//! Enums, while they are decoded.

use std::mem::size_of;

use serde::de::value::U32Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor};

use super::access::{Access, Shape};
use super::decoder::Decoder;
use crate::codec::place::{Part, Place};
use crate::codec::{CodecError, CodecErrorKind};

/// An enum whose variant is not known yet, then the variant.
pub(super) struct Variant<'s, 'de> {
    pub(super) decoder: &'s mut Decoder<'de>,
    pub(super) owner: &'static str,
    pub(super) variants: &'static [&'static str],
    pub(super) name: &'static str,
}

impl<'de> Variant<'_, 'de> {
    #[cold]
    fn unknown(&mut self, error: CodecError, index: Option<usize>) -> CodecError {
        let place = Place::whole(self.owner);
        match index {
            Some(index) if index >= self.variants.len() && !self.variants.is_empty() => {
                self.decoder.note(CodecError::placed(
                    CodecErrorKind::Invalid,
                    format_args!("{place} has {} variants, but not number {index}", self.variants.len()),
                ))
            }
            _ => self.decoder.note_at(error, place),
        }
    }

    /// Decodes the parts of a variant with content.
    #[inline]
    fn parts<V: Visitor<'de>>(self, shape: Shape, length: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.decoder.enter(size_of::<V::Value>())?;
        let mut access = Access::new(self.decoder, (self.owner, self.name), shape, length)?;
        let result = visitor.visit_seq(&mut access);
        access.finish(result)
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = CodecError;
    type Variant = Self;

    #[inline]
    fn variant_seed<S>(mut self, seed: S) -> Result<(S::Value, Self), CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        let index: u32 = self.decoder.varint()?;
        let position = usize::try_from(index).ok();
        let deserializer: U32Deserializer<CodecError> = index.into_deserializer();
        match seed.deserialize(deserializer) {
            Ok(value) => {
                self.name = position.and_then(|index| self.variants.get(index)).copied().unwrap_or_default();
                Ok((value, self))
            }
            Err(error) => Err(self.unknown(error, position)),
        }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = CodecError;

    #[inline]
    fn unit_variant(self) -> Result<(), CodecError> {
        Ok(())
    }

    #[inline]
    fn newtype_variant_seed<S>(self, seed: S) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        let size = size_of::<S::Value>();
        self.decoder.enter(size)?;
        self.decoder.stored_in(size);
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => {
                self.decoder.leave();
                Ok(value)
            }
            Err(error) => {
                let place = Place { owner: self.owner, variant: self.name, part: Part::Whole };
                Err(self.decoder.note_at(error, place))
            }
        }
    }

    #[inline]
    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.parts(Shape::Tuple, length, visitor)
    }

    #[inline]
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.parts(Shape::Struct(fields), fields.len(), visitor)
    }
}
