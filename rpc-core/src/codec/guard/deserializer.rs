//! The deserializer of the guard.

use std::any::type_name;
use std::fmt;
use std::mem::size_of;

use serde::Deserializer;
use serde::de::Visitor;

use super::access::{Access, Shape};
use super::decoder::Decoder;
use super::variant::Variant;
use crate::codec::{CodecError, CodecErrorKind};

impl<'de> Decoder<'de> {
    /// Decodes what is in a newtype or an option.
    #[inline]
    fn nested<T, F>(&mut self, size: usize, visit: F) -> Result<T, CodecError>
    where
        F: FnOnce(&mut Self) -> Result<T, CodecError>,
    {
        self.enter(size)?;
        match visit(self) {
            Ok(value) => {
                self.leave();
                Ok(value)
            }
            Err(error) => Err(self.note(error)),
        }
    }

    #[inline]
    fn parts<V: Visitor<'de>>(
        &mut self,
        owner: &'static str,
        shape: Shape,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let may_end_early = self.enter(size_of::<V::Value>())? && matches!(shape, Shape::Struct(_));
        let mut access = Access::new(self, (owner, ""), shape, length)?.ending_early(may_end_early);
        let result = visitor.visit_seq(&mut access);
        access.finish(result)
    }

    #[cold]
    fn not_self_describing(&mut self, expected: &dyn fmt::Display) -> CodecError {
        self.fail(
            CodecErrorKind::SelfDescribing,
            format_args!(
                "postcard does not tell what comes next, but {expected} has to know (`tag`, `untagged`, `flatten`, or an \
                 ignored value): take the attribute away, or use a self-describing codec"
            ),
        )
    }
}

/// What a visitor says that it expects.
struct Expecting<'a, V>(&'a V);

impl<'de, V: Visitor<'de>> fmt::Display for Expecting<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

macro_rules! primitives {
    ($($method:ident => $read:ident => $visit:ident;)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            visitor.$visit(self.$read()?)
        }
    )*};
}

macro_rules! self_describing {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
            Err(self.not_self_describing(&Expecting(&visitor)))
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Decoder<'de> {
    type Error = CodecError;

    primitives! {
        deserialize_bool => tag => visit_bool;
        deserialize_i8 => signed_byte => visit_i8;
        deserialize_i16 => varint => visit_i16;
        deserialize_i32 => varint => visit_i32;
        deserialize_i64 => varint => visit_i64;
        deserialize_i128 => varint => visit_i128;
        deserialize_u8 => byte => visit_u8;
        deserialize_u16 => varint => visit_u16;
        deserialize_u32 => varint => visit_u32;
        deserialize_u64 => varint => visit_u64;
        deserialize_u128 => varint => visit_u128;
        deserialize_f32 => primitive => visit_f32;
        deserialize_f64 => primitive => visit_f64;
        deserialize_char => character => visit_char;
        deserialize_str => text => visit_borrowed_str;
        deserialize_string => text => visit_borrowed_str;
        deserialize_bytes => bytes => visit_borrowed_bytes;
        deserialize_byte_buf => bytes => visit_borrowed_bytes;
    }

    self_describing!(deserialize_any deserialize_identifier deserialize_ignored_any);

    fn is_human_readable(&self) -> bool {
        false
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let size = size_of::<V::Value>();
        self.store(size)?;
        if !self.tag()? {
            return visitor.visit_none();
        }
        self.nested(size, |decoder| visitor.visit_some(decoder))
    }

    #[inline]
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_unit()
    }

    #[inline]
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_unit()
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.nested(size_of::<V::Value>(), |decoder| visitor.visit_newtype_struct(decoder))
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let length = self.length()?;
        self.parts(type_name::<V::Value>(), Shape::Sequence, length, visitor)
    }

    #[inline]
    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.parts(type_name::<V::Value>(), Shape::Tuple, length, visitor)
    }

    #[inline]
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.parts(name, Shape::Tuple, length, visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let length = self.length()?;
        self.enter(size_of::<V::Value>())?;
        let mut access = Access::new(self, (type_name::<V::Value>(), ""), Shape::Map, length)?;
        let result = visitor.visit_map(&mut access);
        access.finish(result)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.parts(name, Shape::Struct(fields), fields.len(), visitor)
    }

    #[inline]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.store(size_of::<V::Value>())?;
        let access = Variant { decoder: &mut *self, owner: name, variants, name: "" };
        match visitor.visit_enum(access) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.note(error)),
        }
    }
}
