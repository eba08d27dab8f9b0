//! What is made of parts, while it is decoded: hands them out one by one and pays for them.

use std::borrow::Cow;
use std::mem::size_of;

use serde::de::value::{BorrowedStrDeserializer, CowStrDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::decoder::Decoder;
use super::source::Level;
use super::token::{Token, Wanted};
use crate::codec::place::{Part, Place};
use crate::codec::{CodecError, CodecErrorKind};

/// The parts of one list or map.
pub(super) struct Access<'a, 's, 'de> {
    decoder: &'a mut Decoder<'s, 'de>,
    owner: &'static str,
    variant: &'static str,
    fields: &'static [&'static str],
    level: Level,
    /// How many parts are stored in the value itself, and so paid for: those that a struct or tuple has. A peer may send
    /// more, and chooses how many there are of a list or map.
    free: usize,
    /// How many parts were begun.
    taken: usize,
    /// The name of the field that was begun, of a struct.
    field: Option<Cow<'de, str>>,
    value_open: bool,
    ended: bool,
}

impl<'a, 's, 'de> Access<'a, 's, 'de> {
    pub(super) fn new(
        decoder: &'a mut Decoder<'s, 'de>,
        (owner, variant): (&'static str, &'static str),
        fields: &'static [&'static str],
        level: Level,
        free: usize,
    ) -> Self {
        Self {
            decoder,
            owner,
            variant,
            fields,
            level,
            free,
            taken: 0,
            field: None,
            value_open: false,
            ended: false,
        }
    }

    /// Ends the list or map: every part must have been taken.
    pub(super) fn finish<T>(&mut self, result: Result<T, CodecError>) -> Result<T, CodecError> {
        match result {
            Ok(value) => {
                if self.value_open || (!self.ended && self.decoder.more(&mut self.level)?) {
                    return Err(self.unread());
                }
                self.decoder.budget.leave();
                Ok(value)
            }
            Err(error) => Err(self.decoder.budget.note_at(error, self.place(Part::Whole))),
        }
    }

    /// Goes to the next part, of `size` bytes in memory; `false` at the end.
    fn advance(&mut self, size: usize) -> Result<bool, CodecError> {
        if self.ended || !self.decoder.more(&mut self.level)? {
            self.ended = true;
            return Ok(false);
        }
        self.taken = self.taken.saturating_add(1);
        self.store(size)?;
        Ok(true)
    }

    #[inline]
    fn store(&mut self, size: usize) -> Result<(), CodecError> {
        if self.taken > self.free {
            self.decoder.budget.charge(size, 1)?;
        }
        self.decoder.budget.stored_in(size);
        Ok(())
    }

    const fn place(&self, part: Part) -> Place {
        Place { owner: self.owner, variant: self.variant, part }
    }

    /// An error on its way out of a part.
    #[cold]
    fn failed(&mut self, error: CodecError) -> CodecError {
        let index = self.taken.saturating_sub(1);
        let field = self.field.as_deref();
        let part = match self.fields.iter().find(|name| Some(**name) == field) {
            Some(name) => Part::Field(name),
            None if self.level.keyed => Part::Entry(index),
            None => Part::Element(index),
        };
        self.decoder.budget.note_at(error, self.place(part))
    }

    #[cold]
    fn unread(&mut self) -> CodecError {
        let (read, parts) = (self.taken, if self.level.keyed { "entries" } else { "elements" });
        let text = format_args!("there are more {parts} than the {read} that are read");
        let error = CodecError::new(CodecErrorKind::ElementCount, text);
        self.decoder.budget.note_at(error, self.place(Part::Whole))
    }
}

impl<'de> SeqAccess<'de> for Access<'_, '_, 'de> {
    type Error = CodecError;

    fn next_element_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.advance(size_of::<S::Value>())? {
            return Ok(None);
        }
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.decoder.reserve_hint(&self.level)
    }
}

impl<'de> MapAccess<'de> for Access<'_, '_, 'de> {
    type Error = CodecError;

    fn next_key_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if self.value_open {
            return Err(self.unread());
        }
        if !self.advance(size_of::<S::Value>())? {
            return Ok(None);
        }
        self.value_open = true;
        if self.level.wanted != Wanted::Struct {
            return match seed.deserialize(&mut *self.decoder) {
                Ok(key) => Ok(Some(key)),
                Err(error) => Err(self.failed(error)),
            };
        }
        let key = match self.decoder.next(Wanted::Name, &"the name of a field")? {
            Token::Text(Cow::Borrowed(name)) => {
                self.field = Some(Cow::Borrowed(name));
                seed.deserialize(BorrowedStrDeserializer::new(name))
            }
            Token::Text(Cow::Owned(name)) => {
                self.field = Some(Cow::Owned(name.clone()));
                let name: CowStrDeserializer<'_, CodecError> = Cow::<str>::Owned(name).into_deserializer();
                seed.deserialize(name)
            }
            _ => Err(self.decoder.fail(
                CodecErrorKind::Invalid,
                format_args!("found a key that is not a string, expected the name of a field"),
            )),
        };
        match key {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(self.decoder.budget.note_at(error, self.place(Part::Whole))),
        }
    }

    fn next_value_seed<S>(&mut self, seed: S) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.value_open {
            return Err(self.unread());
        }
        self.value_open = false;
        self.decoder.value(&self.level)?;
        self.store(size_of::<S::Value>())?;
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.decoder.reserve_hint(&self.level)
    }
}
