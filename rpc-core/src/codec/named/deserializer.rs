//! The deserializer of every codec that writes names.

use std::any::type_name;
use std::borrow::Cow;
use std::mem::size_of;

use serde::Deserializer;
use serde::de::Visitor;

use super::access::{Access, Elements, Entries, Fields};
use super::decoder::Decoder;
use super::float;
use super::token::{Token, Wanted, Wide};
use super::variant::Variant;
use crate::codec::CodecError;

// A visitor is given what was asked for, and nothing else: each method of it that is named here is compiled for each type.
impl<'de> Decoder<'_, 'de> {
    /// Gives the visitor what was found; whether that is right is for the visitor to say.
    fn visit<V: Visitor<'de>>(&mut self, token: Token<'de>, visitor: V) -> Result<V::Value, CodecError> {
        let place = (type_name::<V::Value>(), "");
        match token {
            Token::Null => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::F32(value) => visitor.visit_f32(value),
            Token::F64(value) => visitor.visit_f64(value),
            Token::Text(text) => self.visit_text(text, visitor),
            Token::Block(block) => self.visit_block(block, visitor),
            Token::List(length) => self.list(Wanted::Any, place, 0, length, visitor),
            Token::Map(length) => self.map(Wanted::Any, place, length, visitor),
            Token::Some => self.nested(size_of::<V::Value>(), |decoder| visitor.visit_some(decoder)),
            token => self.visit_wide(token, visitor),
        }
    }

    fn visit_text<V: Visitor<'de>>(
        &mut self,
        text: Cow<'de, str>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn visit_block<V: Visitor<'de>>(
        &mut self,
        block: Cow<'de, [u8]>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match block {
            Cow::Borrowed(block) => visitor.visit_borrowed_bytes(block),
            Cow::Owned(block) => visitor.visit_byte_buf(block),
        }
    }

    fn visit_number<V: Visitor<'de>>(
        &mut self,
        token: Token<'de>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match token {
            Token::Unsigned(value) => visitor.visit_u64(value),
            Token::Negative(value) => visitor.visit_i64(value),
            other => Err(self.mismatch(&other, &visitor)),
        }
    }

    fn visit_wide<V: Visitor<'de>>(&mut self, token: Token<'de>, visitor: V) -> Result<V::Value, CodecError> {
        match token {
            Token::WideUnsigned(Wide(value)) => visitor.visit_u128(value),
            Token::WideNegative(Wide(value)) => visitor.visit_i128(value),
            token => self.visit_number(token, visitor),
        }
    }

    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(Wanted::Integer, &visitor)?;
        self.visit_number(token, visitor)
    }

    fn wide<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(Wanted::Integer, &visitor)?;
        self.visit_wide(token, visitor)
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::Text, &visitor)? {
            Token::Text(text) => self.visit_text(text, visitor),
            other => Err(self.mismatch(&other, &visitor)),
        }
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
        let mut elements = Elements(Access::new(self, place, &[], level, free));
        let result = visitor.visit_seq(&mut elements);
        elements.0.finish(result)
    }

    fn map<V: Visitor<'de>>(
        &mut self,
        wanted: Wanted,
        place: (&'static str, &'static str),
        length: Option<usize>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let level = self.begin(size_of::<V::Value>(), wanted, true, length)?;
        let mut entries = Entries(Access::new(self, place, &[], level, 0));
        let result = visitor.visit_map(&mut entries);
        entries.0.finish(result)
    }

    /// `free` of the elements are stored in the value itself.
    pub(super) fn elements<V: Visitor<'de>>(
        &mut self,
        place: (&'static str, &'static str),
        free: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.next(Wanted::List, &visitor)? {
            Token::List(length) => self.list(Wanted::List, place, free, length, visitor),
            other => Err(self.mismatch(&other, &visitor)),
        }
    }

    pub(super) fn fields<V: Visitor<'de>>(
        &mut self,
        place: (&'static str, &'static str),
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let length = match self.next(Wanted::Struct, &visitor)? {
            Token::Map(length) => length,
            other => return Err(self.mismatch(&other, &visitor)),
        };
        let level = self.begin(size_of::<V::Value>(), Wanted::Struct, true, length)?;
        let mut fields = Fields(Access::new(self, place, names, level, names.len()));
        let result = visitor.visit_map(&mut fields);
        fields.0.finish(result)
    }
}

macro_rules! ask {
    ($($method:ident => $ask:ident();)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            self.$ask(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Decoder<'_, 'de> {
    type Error = CodecError;

    ask! {
        deserialize_i8 => integer();
        deserialize_i16 => integer();
        deserialize_i32 => integer();
        deserialize_i64 => integer();
        deserialize_i128 => wide();
        deserialize_u8 => integer();
        deserialize_u16 => integer();
        deserialize_u32 => integer();
        deserialize_u64 => integer();
        deserialize_u128 => wide();
        deserialize_char => text();
        deserialize_str => text();
        deserialize_string => text();
    }

    fn is_human_readable(&self) -> bool {
        self.source_is_human_readable()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(Wanted::Any, &visitor)?;
        self.visit(token, visitor)
    }

    // The key of a map, as that of a struct goes to it by another way: what is in a struct with `flatten` may be a map
    // whose keys are no texts.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let token = self.next(Wanted::Name, &visitor)?;
        self.visit(token, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::Bool, &visitor)? {
            Token::Bool(value) => visitor.visit_bool(value),
            other => Err(self.mismatch(&other, &visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::Unit, &visitor)? {
            Token::Null => visitor.visit_unit(),
            other => Err(self.mismatch(&other, &visitor)),
        }
    }

    // A number that is not what was sent is no number: visitors of floats would round.
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::F32, &visitor)? {
            Token::F32(value) => visitor.visit_f32(value),
            Token::F64(value) => match float::narrow(value) {
                Some(value) => visitor.visit_f32(value),
                None => Err(self.mismatch(&Token::F64(value), &visitor)),
            },
            token if float::fits(&token, f32::MANTISSA_DIGITS) => self.visit_number(token, visitor),
            other => Err(self.mismatch(&other, &visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::F64, &visitor)? {
            Token::F32(value) => visitor.visit_f32(value),
            Token::F64(value) => visitor.visit_f64(value),
            token if float::fits(&token, f64::MANTISSA_DIGITS) => self.visit_number(token, visitor),
            other => Err(self.mismatch(&other, &visitor)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match self.next(Wanted::Block, &visitor)? {
            Token::Block(block) => self.visit_block(block, visitor),
            Token::Text(text) => self.visit_text(text, visitor),
            // Of numbers.
            Token::List(length) => self.list(Wanted::Any, (type_name::<V::Value>(), ""), 0, length, visitor),
            other => Err(self.mismatch(&other, &visitor)),
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
        match self.next(Wanted::Map, &visitor)? {
            Token::Map(length) => self.map(Wanted::Map, (type_name::<V::Value>(), ""), length, visitor),
            other => Err(self.mismatch(&other, &visitor)),
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
        let result = match self.next(Wanted::Enum, &visitor)? {
            Token::Text(variant) => visitor.visit_enum(Variant::unit(self, (name, variants), variant)),
            Token::Map(length) => self.variant((name, variants), length, visitor),
            other => return Err(self.mismatch(&other, &visitor)),
        };
        result.map_err(|error| self.budget.note(error))
    }
}
