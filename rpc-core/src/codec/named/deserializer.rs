//! The deserializer of every codec that writes names.

use std::any::type_name;
use std::borrow::Cow;
use std::fmt;
use std::mem::size_of;

use serde::Deserializer;
use serde::de::{Unexpected, Visitor};

use super::access::Access;
use super::decoder::Decoder;
use super::float;
use super::token::{Token, Wanted, Wide};
use super::variant::Variant;
use crate::codec::CodecError;

impl<'de> Decoder<'_, 'de> {
    /// Gives the visitor what was found; whether that is right is for the visitor to say.
    fn visit<V: Visitor<'de>>(&mut self, token: Token<'de>, visitor: V) -> Result<V::Value, CodecError> {
        let place = (type_name::<V::Value>(), "");
        match token {
            Token::List(length) => self.list(Wanted::Any, place, 0, length, visitor),
            Token::Map(length) => self.map(Wanted::Any, place, &[], length, visitor),
            Token::Some => self.nested(size_of::<V::Value>(), |decoder| visitor.visit_some(decoder)),
            token => self.visit_scalar(token, visitor),
        }
    }

    /// As [`visit`](Self::visit), but a list or a map is not right.
    fn visit_scalar<V: Visitor<'de>>(
        &mut self,
        token: Token<'de>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match token {
            Token::Null => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Unsigned(value) => visitor.visit_u64(value),
            Token::Negative(value) => visitor.visit_i64(value),
            Token::WideUnsigned(Wide(value)) => visitor.visit_u128(value),
            Token::WideNegative(Wide(value)) => visitor.visit_i128(value),
            Token::F32(value) => visitor.visit_f32(value),
            Token::F64(value) => visitor.visit_f64(value),
            Token::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Token::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Token::Block(Cow::Borrowed(block)) => visitor.visit_borrowed_bytes(block),
            Token::Block(Cow::Owned(block)) => visitor.visit_byte_buf(block),
            Token::List(_) => Err(self.mismatch(Unexpected::Seq, &visitor)),
            Token::Map(_) => Err(self.mismatch(Unexpected::Map, &visitor)),
            Token::Some => Err(self.mismatch(Unexpected::Option, &visitor)),
        }
    }

    fn scalar<V: Visitor<'de>>(&mut self, wanted: Wanted, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(wanted, &Expecting(&visitor))?;
        self.visit_scalar(token, visitor)
    }

    /// Decodes what is in a newtype or an option.
    fn nested<T, F>(&mut self, size: usize, visit: F) -> Result<T, CodecError>
    where
        F: FnOnce(&mut Self) -> Result<T, CodecError>,
    {
        self.budget.enter(size)?;
        match visit(self) {
            Ok(value) => {
                self.budget.leave();
                Ok(value)
            }
            Err(error) => Err(self.budget.note(error)),
        }
    }

    fn list<V: Visitor<'de>>(
        &mut self,
        wanted: Wanted,
        place: (&'static str, &'static str),
        free: usize,
        length: Option<usize>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let level = self.begin(size_of::<V::Value>(), wanted, false, length)?;
        let mut access = Access::new(self, place, &[], level, free);
        let result = visitor.visit_seq(&mut access);
        access.finish(result)
    }

    fn map<V: Visitor<'de>>(
        &mut self,
        wanted: Wanted,
        place: (&'static str, &'static str),
        fields: &'static [&'static str],
        length: Option<usize>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let level = self.begin(size_of::<V::Value>(), wanted, true, length)?;
        let mut access = Access::new(self, place, fields, level, fields.len());
        let result = visitor.visit_map(&mut access);
        access.finish(result)
    }

    /// `free` of the elements are stored in the value itself.
    pub(super) fn elements<V: Visitor<'de>>(
        &mut self,
        place: (&'static str, &'static str),
        free: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.next(Wanted::List, &Expecting(&visitor))? {
            Token::List(length) => self.list(Wanted::List, place, free, length, visitor),
            token => self.visit_scalar(token, visitor),
        }
    }

    pub(super) fn fields<V: Visitor<'de>>(
        &mut self,
        place: (&'static str, &'static str),
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.next(Wanted::Struct, &Expecting(&visitor))? {
            Token::Map(length) => self.map(Wanted::Struct, place, fields, length, visitor),
            token => self.visit_scalar(token, visitor),
        }
    }
}

/// What a visitor says that it expects.
struct Expecting<'a, V>(&'a V);

impl<'de, V: Visitor<'de>> fmt::Display for Expecting<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

macro_rules! scalars {
    ($($method:ident => $wanted:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            self.scalar(Wanted::$wanted, visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Decoder<'_, 'de> {
    type Error = CodecError;

    scalars! {
        deserialize_bool => Bool;
        deserialize_i8 => Integer;
        deserialize_i16 => Integer;
        deserialize_i32 => Integer;
        deserialize_i64 => Integer;
        deserialize_i128 => Integer;
        deserialize_u8 => Integer;
        deserialize_u16 => Integer;
        deserialize_u32 => Integer;
        deserialize_u64 => Integer;
        deserialize_u128 => Integer;
        deserialize_char => Text;
        deserialize_str => Text;
        deserialize_string => Text;
        deserialize_identifier => Name;
        deserialize_unit => Unit;
    }

    fn is_human_readable(&self) -> bool {
        self.source_is_human_readable()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(Wanted::Any, &Expecting(&visitor))?;
        self.visit(token, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.skip()?;
        visitor.visit_unit()
    }

    // A number that is not what was sent is no number: visitors of floats would round.
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::F32, &Expecting(&visitor))? {
            Token::F64(value) => match float::narrow(value) {
                Some(value) => visitor.visit_f32(value),
                None => Err(self.mismatch(Unexpected::Float(value), &visitor)),
            },
            token @ (Token::Unsigned(_) | Token::Negative(_))
                if !float::fits(&token, f32::MANTISSA_DIGITS) =>
            {
                Err(self.mismatch(float::unexpected(&token), &visitor))
            }
            token => self.visit_scalar(token, visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::F64, &Expecting(&visitor))? {
            token @ (Token::Unsigned(_) | Token::Negative(_))
                if !float::fits(&token, f64::MANTISSA_DIGITS) =>
            {
                Err(self.mismatch(float::unexpected(&token), &visitor))
            }
            token => self.visit_scalar(token, visitor),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(Wanted::Block, &Expecting(&visitor))?;
        match token {
            // A list of numbers.
            Token::List(_) => self.visit(token, visitor),
            token => self.visit_scalar(token, visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let size = size_of::<V::Value>();
        self.budget.store(size)?;
        if self.none()? {
            return visitor.visit_none();
        }
        self.some()?;
        self.nested(size, |decoder| visitor.visit_some(decoder))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.nested(size_of::<V::Value>(), |decoder| visitor.visit_newtype_struct(decoder))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.elements((type_name::<V::Value>(), ""), 0, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.elements((type_name::<V::Value>(), ""), length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.elements((name, ""), length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::Map, &Expecting(&visitor))? {
            Token::Map(length) => self.map(Wanted::Map, (type_name::<V::Value>(), ""), &[], length, visitor),
            token => self.visit_scalar(token, visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.fields((name, ""), fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.budget.store(size_of::<V::Value>())?;
        let result = match self.next(Wanted::Enum, &Expecting(&visitor))? {
            Token::Text(variant) => visitor.visit_enum(Variant::unit(self, (name, variants), variant)),
            Token::Map(length) => self.variant((name, variants), length, visitor),
            token => return self.visit_scalar(token, visitor),
        };
        result.map_err(|error| self.budget.note(error))
    }
}
