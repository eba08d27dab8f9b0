//! Enums, while they are decoded.

use std::borrow::Cow;
use std::mem::size_of;

use serde::de::{DeserializeSeed, EnumAccess, Error, Unexpected, VariantAccess, Visitor};

use super::decoder::Decoder;
use super::name::Name;
use super::source::Level;
use super::token::{Token, Wanted};
use crate::codec::place::{Part, Place};
use crate::codec::{CodecError, CodecErrorKind};

/// The name that serde gives to an enum, and those of its variants.
type Enum = (&'static str, &'static [&'static str]);

/// An enum whose variant is not known to its type yet, then the variant.
pub(super) struct Variant<'a, 's, 'de> {
    decoder: &'a mut Decoder<'s, 'de>,
    owner: &'static str,
    variants: &'static [&'static str],
    /// As it was written.
    found: Cow<'de, str>,
    /// The same, as the type has it.
    name: &'static str,
    has_content: bool,
}

impl<'a, 's, 'de> Variant<'a, 's, 'de> {
    /// Of which only the name is there.
    pub(super) fn unit(
        decoder: &'a mut Decoder<'s, 'de>,
        (owner, variants): Enum,
        found: Cow<'de, str>,
    ) -> Self {
        Self { decoder, owner, variants, found, name: "", has_content: false }
    }
}

impl<'de> Decoder<'_, 'de> {
    /// Decodes a variant with content: a map with one entry.
    pub(super) fn variant<V: Visitor<'de>>(
        &mut self,
        (owner, variants): Enum,
        length: Option<usize>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let mut level = Level::new(Wanted::Enum, true, length);
        if !self.more(&mut level)? {
            return Err(self.not_one_entry(owner, "no entry"));
        }
        let Token::Text(found) = self.next(Wanted::Name, &"the name of a variant")? else {
            return Err(self.not_one_entry(owner, "a key that is not a string"));
        };
        self.value(&level)?;
        let access = Variant { decoder: self, owner, variants, found, name: "", has_content: true };
        let value = visitor.visit_enum(access)?;
        if self.more(&mut level)? {
            return Err(self.not_one_entry(owner, "more entries than one"));
        }
        Ok(value)
    }

    #[cold]
    fn not_one_entry(&mut self, owner: &'static str, found: &str) -> CodecError {
        self.fail(
            CodecErrorKind::Invalid,
            format_args!(
                "found a map with {found}, expected a variant of `{owner}` by its name, and its content"
            ),
        )
    }
}

impl<'de> Variant<'_, '_, 'de> {
    const fn place(&self) -> Place {
        Place { owner: self.owner, variant: self.name, part: Part::Whole }
    }

    /// An error on its way out of the variant.
    #[cold]
    fn failed(self, error: CodecError) -> CodecError {
        let place = self.place();
        self.decoder.budget.note_at(error, place)
    }

    #[cold]
    fn without_content(self, expected: &'static str) -> CodecError {
        let error = CodecError::invalid_type(Unexpected::UnitVariant, &expected);
        self.failed(error)
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_, 'de> {
    type Error = CodecError;
    type Variant = Self;

    fn variant_seed<S>(mut self, seed: S) -> Result<(S::Value, Self), CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        let found = std::mem::take(&mut self.found);
        self.name = self.variants.iter().find(|name| **name == found).copied().unwrap_or_default();
        match seed.deserialize(Name(&found)) {
            Ok(value) => Ok((value, self)),
            Err(error) => Err(self.failed(error)),
        }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_, 'de> {
    type Error = CodecError;

    fn unit_variant(self) -> Result<(), CodecError> {
        if !self.has_content {
            return Ok(());
        }
        match self.decoder.next(Wanted::Unit, &"nothing")? {
            Token::Null => Ok(()),
            _ => {
                let error =
                    CodecError::invalid_type(Unexpected::Other("content"), &"a variant without content");
                Err(self.failed(error))
            }
        }
    }

    fn newtype_variant_seed<S>(self, seed: S) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.has_content {
            return Err(self.without_content("a variant with a value"));
        }
        let size = size_of::<S::Value>();
        self.decoder.budget.enter(size)?;
        self.decoder.budget.stored_in(size);
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => {
                self.decoder.budget.leave();
                Ok(value)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, CodecError> {
        if !self.has_content {
            return Err(self.without_content("a variant with values"));
        }
        self.decoder.elements((self.owner, self.name), length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        if !self.has_content {
            return Err(self.without_content("a variant with fields"));
        }
        self.decoder.fields((self.owner, self.name), fields, visitor)
    }
}
