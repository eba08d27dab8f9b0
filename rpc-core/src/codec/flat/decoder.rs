//! The deserializer of the quick way.

use serde::Deserializer;
use serde::de::Visitor;

use super::access::{Access, Variant};
use super::refused::Refused;
use super::varint;
use crate::codec::guard::Varint;

pub(super) struct Decoder<'de> {
    /// What comes next, and what stands behind the value.
    input: &'de [u8],
    /// Bytes of it that are the value's.
    left: usize,
    /// How much deeper containers may be nested.
    depth: usize,
    /// The size of the place in memory that the next value gets: what is larger takes memory of its own.
    inline: usize,
    /// Something was refused. An implementation that goes on in spite of it does not get far.
    refused: bool,
}

impl<'de> Decoder<'de> {
    #[inline(always)]
    pub(super) fn new(depth: usize, input: &'de [u8], left: usize, inline: usize) -> Self {
        Self { input, left, depth, inline, refused: false }
    }

    /// Whether the value is all there was, and nothing was refused.
    #[inline(always)]
    pub(super) fn is_done(&self) -> bool {
        self.left == 0 && !self.refused
    }

    #[inline(always)]
    pub(super) fn refuse<T>(&mut self) -> Result<T, Refused> {
        self.refused = true;
        Err(Refused)
    }

    /// Passes on what came of a part.
    #[inline(always)]
    pub(super) fn note<T>(&mut self, part: Result<T, Refused>) -> Result<T, Refused> {
        self.refused |= part.is_err();
        part
    }

    /// Goes past bytes that were read, unless they are another value's.
    #[inline(always)]
    fn advance<T>(&mut self, read: Option<(T, usize)>) -> Result<T, Refused> {
        if let Some((value, length)) = read
            && let Some(left) = self.left.checked_sub(length)
            && let Some(input) = self.input.get(length..)
        {
            (self.input, self.left) = (input, left);
            return Ok(value);
        }
        self.refuse()
    }

    #[inline(always)]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refused> {
        let read = self.input.first_chunk().map(|bytes| (*bytes, N));
        self.advance(read)
    }

    #[inline(always)]
    fn byte(&mut self) -> Result<u8, Refused> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    #[inline(always)]
    fn signed_byte(&mut self) -> Result<i8, Refused> {
        Ok(self.byte()?.cast_signed())
    }

    #[inline(always)]
    pub(super) fn varint<T: Varint<'de>>(&mut self) -> Result<T, Refused> {
        let read = varint::decode(self.input);
        let bits = self.advance(read)?;
        match T::from_bits(bits) {
            Some(value) => Ok(value),
            None => self.refuse(),
        }
    }

    #[inline(always)]
    fn tag(&mut self) -> Result<bool, Refused> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => self.refuse(),
        }
    }

    #[inline(always)]
    fn single(&mut self) -> Result<f32, Refused> {
        self.array().map(f32::from_le_bytes)
    }

    #[inline(always)]
    fn double(&mut self) -> Result<f64, Refused> {
        self.array().map(f64::from_le_bytes)
    }

    #[inline(always)]
    fn character(&mut self) -> Result<char, Refused> {
        let length = usize::from(self.byte()?);
        let text = self.input.get(..length).and_then(|text| std::str::from_utf8(text).ok());
        let mut characters = text.unwrap_or_default().chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => self.advance(Some((character, length))),
            _ => self.refuse(),
        }
    }

    /// Begins a container whose value takes `size` bytes where it is stored.
    #[inline(always)]
    pub(super) fn enter(&mut self, size: usize) -> Result<(), Refused> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                self.store(size)
            }
            None => self.refuse(),
        }
    }

    /// As [`enter`](Self::enter), without going deeper.
    #[inline(always)]
    fn store(&mut self, size: usize) -> Result<(), Refused> {
        if size > self.inline { self.refuse() } else { Ok(()) }
    }

    #[inline(always)]
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.wrapping_add(1);
    }

    /// The next value is stored in `size` bytes.
    #[inline(always)]
    pub(super) fn stored_in(&mut self, size: usize) {
        self.inline = size;
    }

    /// Decodes what is in a newtype or an option.
    #[inline(always)]
    fn nested<T>(
        &mut self,
        size: usize,
        visit: impl FnOnce(&mut Self) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        self.enter(size)?;
        let visited = visit(self);
        self.leave();
        self.note(visited)
    }

    /// Decodes the parts of a tuple or a struct.
    #[inline(always)]
    pub(super) fn parts<V: Visitor<'de>>(&mut self, length: usize, visitor: V) -> Result<V::Value, Refused> {
        self.enter(size_of::<V::Value>())?;
        let mut access = Access::new(self, length);
        let visited = visitor.visit_seq(&mut access);
        access.finish(visited)
    }
}

/// A tuple of more elements may have to be refused for the memory that they take.
const MOST_ELEMENTS: usize = 128;

macro_rules! primitives {
    ($($method:ident => $read:ident => $visit:ident;)*) => {$(
        #[inline(always)]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            visitor.$visit(self.$read()?)
        }
    )*};
}

macro_rules! refused {
    ($($method:ident)*) => {$(
        #[inline(always)]
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
            self.refuse()
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Decoder<'de> {
    type Error = Refused;

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
        deserialize_f32 => single => visit_f32;
        deserialize_f64 => double => visit_f64;
        deserialize_char => character => visit_char;
    }

    refused! {
        deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_seq deserialize_map
        deserialize_any deserialize_identifier deserialize_ignored_any
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    #[inline(always)]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let size = size_of::<V::Value>();
        self.store(size)?;
        if !self.tag()? {
            return visitor.visit_none();
        }
        self.nested(size, |decoder| visitor.visit_some(decoder))
    }

    #[inline(always)]
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    #[inline(always)]
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    #[inline(always)]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.nested(size_of::<V::Value>(), |decoder| visitor.visit_newtype_struct(decoder))
    }

    #[inline(always)]
    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Refused> {
        if length > MOST_ELEMENTS {
            return self.refuse();
        }
        self.parts(length, visitor)
    }

    #[inline(always)]
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_tuple(length, visitor)
    }

    #[inline(always)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.parts(fields.len(), visitor)
    }

    #[inline(always)]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.store(size_of::<V::Value>())?;
        let visited = visitor.visit_enum(Variant(&mut *self));
        self.note(visited)
    }
}
