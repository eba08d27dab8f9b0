//! What is made of parts, while it is decoded: hands them out one by one and pays for them.

use std::borrow::Cow;
use std::mem::size_of;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::decoder::Decoder;
use super::name::Name;
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
    pub(super) fn finish<T>(mut self, result: Result<T, CodecError>) -> Result<T, CodecError> {
        match result {
            Ok(value) => self.end().map(|()| value),
            Err(error) => Err(self.spoilt(error)),
        }
    }

    fn end(&mut self) -> Result<(), CodecError> {
        if self.value_open || (!self.ended && self.decoder.more(&mut self.level)?) {
            return Err(self.unread());
        }
        self.decoder.budget.leave();
        Ok(())
    }

    #[cold]
    fn spoilt(&mut self, error: CodecError) -> CodecError {
        self.decoder.budget.note_at(error, self.place(Part::Whole))
    }

    /// Goes to the next key, of `size` bytes in memory; `false` at the end.
    fn next_key(&mut self, size: usize) -> Result<bool, CodecError> {
        if self.value_open {
            return Err(self.unread());
        }
        self.value_open = self.advance(size)?;
        Ok(self.value_open)
    }

    /// Goes to the value of the key, of `size` bytes in memory.
    fn next_value(&mut self, size: usize) -> Result<(), CodecError> {
        if !self.value_open {
            return Err(self.unread());
        }
        self.value_open = false;
        self.decoder.value(&self.level)?;
        self.store(size)
    }

    /// Takes the name of a field.
    fn name(&mut self) -> Result<(), CodecError> {
        match self.decoder.next(Wanted::Name, &"the name of a field")? {
            Token::Text(name) => {
                self.field = Some(name);
                Ok(())
            }
            _ => Err(self.decoder.fail(
                CodecErrorKind::Invalid,
                format_args!("found a key that is not a string, expected the name of a field"),
            )),
        }
    }

    fn value<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, CodecError> {
        self.next_value(size_of::<S::Value>())?;
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.decoder.reserve_hint(&self.level)
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

/// The elements of a list.
pub(super) struct Elements<'a, 's, 'de>(pub(super) Access<'a, 's, 'de>);

/// The entries of a map whose keys are values.
pub(super) struct Entries<'a, 's, 'de>(pub(super) Access<'a, 's, 'de>);

/// The fields of a struct.
pub(super) struct Fields<'a, 's, 'de>(pub(super) Access<'a, 's, 'de>);

impl<'de> SeqAccess<'de> for Elements<'_, '_, 'de> {
    type Error = CodecError;

    fn next_element_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.0.advance(size_of::<S::Value>())? {
            return Ok(None);
        }
        match seed.deserialize(&mut *self.0.decoder) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(self.0.failed(error)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de> MapAccess<'de> for Entries<'_, '_, 'de> {
    type Error = CodecError;

    fn next_key_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.0.next_key(size_of::<S::Value>())? {
            return Ok(None);
        }
        match seed.deserialize(&mut *self.0.decoder) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(self.0.failed(error)),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, CodecError> {
        self.0.value(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de> MapAccess<'de> for Fields<'_, '_, 'de> {
    type Error = CodecError;

    fn next_key_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.0.next_key(size_of::<S::Value>())? {
            return Ok(None);
        }
        self.0.name()?;
        match seed.deserialize(Name(self.0.field.get_or_insert_default())) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(self.0.spoilt(error)),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, CodecError> {
        self.0.value(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}
