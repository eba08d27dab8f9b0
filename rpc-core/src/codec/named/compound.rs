//! What is made of parts, while it is encoded: counts them against what was announced.

use std::fmt;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::encoder::Encoder;
use super::sink::{Part, Structure};
use crate::codec::place::{self, Place};
use crate::codec::{CodecError, CodecErrorKind};

pub(super) struct Compound<'s, 'a> {
    encoder: &'s mut Encoder<'a>,
    structure: Structure,
    /// The name of the struct or enum; empty for what has none.
    owner: &'static str,
    /// The variant whose content this is, or empty.
    variant: &'static str,
    announced: Option<usize>,
    written: usize,
    /// Whether a map's key waits for its value.
    key_open: bool,
}

impl<'s, 'a> Compound<'s, 'a> {
    pub(super) fn new(
        encoder: &'s mut Encoder<'a>,
        structure: Structure,
        owner: &'static str,
        announced: Option<usize>,
    ) -> Result<Self, CodecError> {
        encoder.begin(structure, owner, announced)?;
        Ok(Self { encoder, structure, owner, variant: "", announced, written: 0, key_open: false })
    }

    pub(super) fn variant(
        encoder: &'s mut Encoder<'a>,
        structure: Structure,
        owner: &'static str,
        variant: &'static str,
        announced: usize,
    ) -> Result<Self, CodecError> {
        encoder.begin_variant(owner, variant)?;
        Ok(Self { variant, ..Self::new(encoder, structure, owner, Some(announced))? })
    }

    fn write<T: Serialize + ?Sized>(&mut self, part: Part, value: &T) -> Result<(), CodecError> {
        if part != Part::Value {
            if self.announced.is_some_and(|announced| self.written >= announced) {
                return Err(self.miscounted(format_args!("more than")));
            }
            self.written = self.written.saturating_add(1);
        }
        self.encoder.part(part, self.written <= 1)?;
        if let Err(error) = value.serialize(&mut *self.encoder) {
            return Err(self.failed(error, part));
        }
        self.encoder.part_end(part)
    }

    fn finish(mut self) -> Result<(), CodecError> {
        if self.key_open || self.announced.is_some_and(|announced| self.written != announced) {
            let written = self.written;
            return Err(self.miscounted(format_args!("{written} of")));
        }
        self.encoder.end(self.structure, self.announced)?;
        if !self.variant.is_empty() {
            self.encoder.end_variant(self.variant)?;
        }
        Ok(())
    }

    #[cold]
    fn failed(&mut self, error: CodecError, part: Part) -> CodecError {
        let index = self.written.saturating_sub(1);
        let part = match part {
            Part::Field(name) => place::Part::Field(name),
            Part::Element => place::Part::Element(index),
            Part::Key | Part::Value => place::Part::Entry(index),
        };
        let error = match self.owner {
            "" => error,
            owner => error.at(Place { owner, variant: self.variant, part }),
        };
        self.encoder.note(error)
    }

    #[cold]
    fn miscounted(&mut self, written: fmt::Arguments<'_>) -> CodecError {
        let (kind, parts) = match (self.structure, self.owner) {
            (Structure::List, "") | (Structure::Map, _) => (CodecErrorKind::ElementCount, "elements"),
            _ => (CodecErrorKind::FieldCount, "fields"),
        };
        let announced = self.announced.unwrap_or(self.written);
        let rest = format_args!(
            "wrote {written} the {announced} {parts} that it announced: correct its `Serialize` implementation"
        );
        let error = match self.owner {
            "" => CodecError::new(kind, format_args!("a tuple, sequence or map {rest}")),
            owner => {
                let place = Place { owner, variant: self.variant, part: place::Part::Whole };
                CodecError::placed(kind, format_args!("{place} {rest}"))
            }
        };
        self.encoder.note(error)
    }
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = CodecError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        if self.key_open {
            return Err(self.miscounted(format_args!("a key without a value among")));
        }
        self.key_open = true;
        self.write(Part::Key, key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        if !self.key_open {
            return Err(self.miscounted(format_args!("a value without a key among")));
        }
        self.key_open = false;
        self.write(Part::Value, value)
    }

    fn end(self) -> Result<(), CodecError> {
        self.finish()
    }
}

macro_rules! elements {
    ($($trait:ident::$method:ident;)*) => {$(
        impl $trait for Compound<'_, '_> {
            type Ok = ();
            type Error = CodecError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.write(Part::Element, value)
            }

            fn end(self) -> Result<(), CodecError> {
                self.finish()
            }
        }
    )*};
}

macro_rules! fields {
    ($($trait:ident)*) => {$(
        impl $trait for Compound<'_, '_> {
            type Ok = ();
            type Error = CodecError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                field: &'static str,
                value: &T,
            ) -> Result<(), CodecError> {
                self.write(Part::Field(field), value)
            }

            fn end(self) -> Result<(), CodecError> {
                self.finish()
            }
        }
    )*};
}

elements! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}
fields!(SerializeStruct SerializeStructVariant);
