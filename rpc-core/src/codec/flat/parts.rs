//! Tuples and structs, while they are encoded.

use serde::Serialize;
use serde::ser::{
    SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};

use super::encoder::Encoder;
use super::refused::Refused;

/// The parts of a tuple or a struct: as many as it announced.
pub(super) struct Parts<'s, 'o> {
    encoder: &'s mut Encoder<'o>,
    left: usize,
}

impl<'s, 'o> Parts<'s, 'o> {
    #[inline(always)]
    pub(super) fn new(encoder: &'s mut Encoder<'o>, length: usize) -> Self {
        Self { encoder, left: length }
    }

    #[inline(always)]
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let Some(left) = self.left.checked_sub(1) else { return self.encoder.refuse() };
        self.left = left;
        let part = value.serialize(&mut *self.encoder);
        self.encoder.note(part)
    }

    #[inline(always)]
    fn finish(self) -> Result<(), Refused> {
        if self.left != 0 {
            return self.encoder.refuse();
        }
        self.encoder.leave();
        Ok(())
    }
}

impl SerializeTuple for Parts<'_, '_> {
    type Ok = ();
    type Error = Refused;

    #[inline(always)]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.part(value)
    }

    #[inline(always)]
    fn end(self) -> Result<(), Refused> {
        self.finish()
    }
}

macro_rules! unnamed_fields {
    ($($trait:ident)*) => {$(
        impl $trait for Parts<'_, '_> {
            type Ok = ();
            type Error = Refused;

            #[inline(always)]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.part(value)
            }

            #[inline(always)]
            fn end(self) -> Result<(), Refused> {
                self.finish()
            }
        }
    )*};
}

macro_rules! named_fields {
    ($($trait:ident)*) => {$(
        impl $trait for Parts<'_, '_> {
            type Ok = ();
            type Error = Refused;

            #[inline(always)]
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                _: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.part(value)
            }

            #[inline(always)]
            fn skip_field(&mut self, _: &'static str) -> Result<(), Refused> {
                self.encoder.refuse()
            }

            #[inline(always)]
            fn end(self) -> Result<(), Refused> {
                self.finish()
            }
        }
    )*};
}

unnamed_fields!(SerializeTupleStruct SerializeTupleVariant);
named_fields!(SerializeStruct SerializeStructVariant);
