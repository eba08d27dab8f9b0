//! What is made of parts, while it is encoded: counts them against what was announced.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::encoder::Encoder;
use crate::codec::place::{Part, Place};
use crate::codec::{CodecError, CodecErrorKind};

pub(super) struct Compound<'s, 'a> {
    encoder: &'s mut Encoder<'a>,
    /// The name of the struct or enum; empty for what has none.
    owner: &'static str,
    variant: &'static str,
    /// Whether this is a sequence or a map, whose length is on the wire.
    counted: bool,
    announced: usize,
    left: usize,
    /// Whether a map's key waits for its value.
    key_open: bool,
}

impl<'s, 'a> Compound<'s, 'a> {
    #[inline]
    pub(super) fn elements(encoder: &'s mut Encoder<'a>, announced: usize) -> Result<Self, CodecError> {
        Self::new(encoder, "", "", true, announced)
    }

    #[inline]
    pub(super) fn fields(
        encoder: &'s mut Encoder<'a>,
        owner: &'static str,
        variant: &'static str,
        announced: usize,
    ) -> Result<Self, CodecError> {
        Self::new(encoder, owner, variant, false, announced)
    }

    #[inline]
    fn new(
        encoder: &'s mut Encoder<'a>,
        owner: &'static str,
        variant: &'static str,
        counted: bool,
        announced: usize,
    ) -> Result<Self, CodecError> {
        encoder.enter()?;
        Ok(Self { encoder, owner, variant, counted, announced, left: announced, key_open: false })
    }

    #[inline]
    fn take(&mut self) -> Result<(), CodecError> {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.miscounted(format_args!("more than"))),
        }
    }

    #[inline]
    fn part<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
        field: Option<&'static str>,
    ) -> Result<(), CodecError> {
        self.take()?;
        match value.serialize(&mut *self.encoder) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.failed(error, field)),
        }
    }

    #[inline]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let before = self.encoder.position();
        self.part(value, None)?;
        self.encoder.count_element(before)
    }

    #[inline]
    fn finish(&mut self) -> Result<(), CodecError> {
        if self.left != 0 || self.key_open {
            let written = self.announced.saturating_sub(self.left);
            return Err(self.miscounted(format_args!("{written} of")));
        }
        self.encoder.leave();
        Ok(())
    }

    #[cold]
    fn failed(&mut self, error: CodecError, field: Option<&'static str>) -> CodecError {
        let index = self.announced.saturating_sub(self.left).saturating_sub(1);
        let part = field.map_or(Part::Element(index), Part::Field);
        let error = match self.owner {
            "" => error,
            owner => error.at(Place { owner, variant: self.variant, part }),
        };
        self.encoder.note(error)
    }

    #[cold]
    fn miscounted(&mut self, written: std::fmt::Arguments<'_>) -> CodecError {
        let (kind, what, parts) = match (self.counted, self.owner) {
            (true, _) => (CodecErrorKind::ElementCount, "a sequence or map".to_owned(), "elements"),
            (false, "") => (CodecErrorKind::FieldCount, "a tuple".to_owned(), "elements"),
            (false, owner) => {
                let place = Place { owner, variant: self.variant, part: Part::Whole };
                (CodecErrorKind::FieldCount, place.to_string(), "fields")
            }
        };
        let text = format_args!(
            "{what} wrote {written} the {} {parts} that it announced: postcard would misread it; correct its \
             `Serialize` implementation",
            self.announced
        );
        let error = match self.owner {
            "" => CodecError::new(kind, text),
            _ => CodecError::placed(kind, text),
        };
        self.encoder.note(error)
    }

    #[cold]
    fn skipped(&mut self, field: &'static str) -> CodecError {
        let place = Place { owner: self.owner, variant: self.variant, part: Part::Field(field) };
        self.encoder.note(CodecError::placed(
            CodecErrorKind::Skipped,
            format_args!(
                "{place} was skipped while serialising (`skip_serializing_if`): postcard would misread it; \
                 remove the attribute"
            ),
        ))
    }
}

impl SerializeSeq for Compound<'_, '_> {
    type Ok = ();
    type Error = CodecError;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.element(value)
    }

    #[inline]
    fn end(mut self) -> Result<(), CodecError> {
        self.finish()
    }
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = CodecError;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        if self.key_open {
            return Err(self.miscounted(format_args!("a key without a value among")));
        }
        self.key_open = true;
        self.element(key)
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        if !self.key_open {
            return Err(self.miscounted(format_args!("a value without a key among")));
        }
        self.key_open = false;
        match value.serialize(&mut *self.encoder) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.failed(error, None)),
        }
    }

    #[inline]
    fn end(mut self) -> Result<(), CodecError> {
        self.finish()
    }
}

impl SerializeTuple for Compound<'_, '_> {
    type Ok = ();
    type Error = CodecError;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.part(value, None)
    }

    #[inline]
    fn end(mut self) -> Result<(), CodecError> {
        self.finish()
    }
}

macro_rules! unnamed_fields {
    ($($trait:ident)*) => {$(
        impl $trait for Compound<'_, '_> {
            type Ok = ();
            type Error = CodecError;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.part(value, None)
            }

            #[inline]
            fn end(mut self) -> Result<(), CodecError> {
                self.finish()
            }
        }
    )*};
}

macro_rules! named_fields {
    ($($trait:ident)*) => {$(
        impl $trait for Compound<'_, '_> {
            type Ok = ();
            type Error = CodecError;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                field: &'static str,
                value: &T,
            ) -> Result<(), CodecError> {
                self.part(value, Some(field))
            }

            #[inline]
            fn skip_field(&mut self, field: &'static str) -> Result<(), CodecError> {
                Err(self.skipped(field))
            }

            #[inline]
            fn end(mut self) -> Result<(), CodecError> {
                self.finish()
            }
        }
    )*};
}

unnamed_fields!(SerializeTupleStruct SerializeTupleVariant);
named_fields!(SerializeStruct SerializeStructVariant);
