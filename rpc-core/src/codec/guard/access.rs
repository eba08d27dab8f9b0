//! What is made of parts, while it is decoded: hands them out one by one and pays for them.

use std::mem::size_of;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::decoder::Decoder;
use crate::codec::place::{Part, Place};
use crate::codec::{CodecError, CodecErrorKind};

/// The parts of one container, of whatever kind.
pub(super) struct Access<'s, 'de> {
    decoder: &'s mut Decoder<'de>,
    owner: &'static str,
    variant: &'static str,
    shape: Shape,
    length: usize,
    left: usize,
    /// Whether the memory of the keys or elements, and of a map's values, has been charged.
    paid: bool,
    values_paid: bool,
    /// Whether a map's value comes next.
    value_open: bool,
    may_end_early: bool,
}

/// Which kind of container. Only the first two have a length that a peer chose.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Sequence,
    Map,
    Tuple,
    Struct(&'static [&'static str]),
}

impl<'s, 'de> Access<'s, 'de> {
    #[inline]
    pub(super) fn new(
        decoder: &'s mut Decoder<'de>,
        place: (&'static str, &'static str),
        shape: Shape,
        length: usize,
    ) -> Result<Self, CodecError> {
        let chosen_by_peer = matches!(shape, Shape::Sequence | Shape::Map);
        if !matches!(shape, Shape::Struct(_)) {
            decoder.check_count(length)?;
        }
        Ok(Self {
            decoder,
            owner: place.0,
            variant: place.1,
            shape,
            length,
            left: length,
            paid: !chosen_by_peer,
            values_paid: false,
            value_open: false,
            may_end_early: false,
        })
    }

    #[inline]
    pub(super) fn ending_early(mut self, may: bool) -> Self {
        self.may_end_early = may;
        self
    }

    /// Ends the container: every part must have been taken, or what follows would be misread.
    #[inline]
    pub(super) fn finish<T>(&mut self, result: Result<T, CodecError>) -> Result<T, CodecError> {
        match result {
            Ok(value) if self.left == 0 && !self.value_open => {
                self.decoder.leave();
                Ok(value)
            }
            Ok(_) => Err(self.unread()),
            Err(error) => Err(self.decoder.note_at(error, self.place(Part::Whole))),
        }
    }

    /// Goes to the next part, of `size` bytes in memory; `false` at the end.
    #[inline]
    fn advance(&mut self, size: usize) -> Result<bool, CodecError> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(false) };
        if !self.paid {
            // All at once: either all of them come, or the input is refused anyway.
            self.decoder.charge(size, self.left)?;
            self.paid = true;
        }
        self.left = left;
        self.decoder.stored_in(size);
        Ok(true)
    }

    #[inline]
    fn count(&mut self, before: usize) -> Result<(), CodecError> {
        match self.shape {
            Shape::Sequence | Shape::Map => self.decoder.count_element(before),
            Shape::Tuple | Shape::Struct(_) => Ok(()),
        }
    }

    const fn place(&self, part: Part) -> Place {
        Place { owner: self.owner, variant: self.variant, part }
    }

    /// Whether a part that began when `before` bytes were left is missing and may be.
    #[cold]
    fn forgiven(&mut self, error: &CodecError, before: usize) -> bool {
        let forgiven = self.may_end_early && before == 0 && self.decoder.forgive_end(error);
        if forgiven {
            self.left = 0;
        }
        forgiven
    }

    /// An error on its way out of a part.
    #[cold]
    fn failed(&mut self, error: CodecError) -> CodecError {
        let index = self.length.saturating_sub(self.left).saturating_sub(1);
        let part = match self.shape {
            Shape::Sequence | Shape::Tuple => Part::Element(index),
            Shape::Map => Part::Entry(index),
            Shape::Struct(fields) => fields.get(index).map_or(Part::Element(index), |name| Part::Field(name)),
        };
        self.decoder.note_at(error, self.place(part))
    }

    #[cold]
    fn unread(&mut self) -> CodecError {
        let (kind, parts) = match self.shape {
            Shape::Sequence => (CodecErrorKind::ElementCount, "elements"),
            Shape::Map => (CodecErrorKind::ElementCount, "entries"),
            Shape::Tuple | Shape::Struct(_) => (CodecErrorKind::FieldCount, "fields"),
        };
        let open = usize::from(self.value_open);
        let read = self.length.saturating_sub(self.left).saturating_sub(open);
        let place = self.place(Part::Whole);
        self.decoder.note(CodecError::placed(
            kind,
            format_args!(
                "{place} read {read} of its {} {parts} as a whole and in their order: what follows would be misread; \
                 correct its `Deserialize` implementation",
                self.length
            ),
        ))
    }

    #[inline]
    fn hint(&self) -> usize {
        match self.shape {
            Shape::Sequence | Shape::Map => self.decoder.reserve_hint(self.left),
            Shape::Tuple | Shape::Struct(_) => self.left,
        }
    }
}

impl<'de> SeqAccess<'de> for Access<'_, 'de> {
    type Error = CodecError;

    #[inline]
    fn next_element_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.advance(size_of::<S::Value>())? {
            return Ok(None);
        }
        let before = self.decoder.left();
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => {
                self.count(before)?;
                Ok(Some(value))
            }
            Err(error) if self.forgiven(&error, before) => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.hint())
    }
}

impl<'de> MapAccess<'de> for Access<'_, 'de> {
    type Error = CodecError;

    #[inline]
    fn next_key_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if self.value_open {
            return Err(self.unread());
        }
        let key = self.next_element_seed(seed)?;
        self.value_open = key.is_some();
        Ok(key)
    }

    #[inline]
    fn next_value_seed<S>(&mut self, seed: S) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        if !self.value_open {
            return Err(self.unread());
        }
        self.value_open = false;
        if !self.values_paid {
            // The key of this entry has been taken already.
            self.decoder.charge(size_of::<S::Value>(), self.left.saturating_add(1))?;
            self.values_paid = true;
        }
        self.decoder.stored_in(size_of::<S::Value>());
        match seed.deserialize(&mut *self.decoder) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.failed(error)),
        }
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.hint())
    }
}
