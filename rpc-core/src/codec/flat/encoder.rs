//! The serializer of the quick way.

use std::fmt;

use serde::ser::Impossible;
use serde::{Serialize, Serializer};

use super::parts::Parts;
use super::quick_way::MAX_LENGTH;
use super::refused::Refused;
use super::varint::{self, LONGEST};

pub(super) struct Encoder<'o> {
    out: &'o mut Vec<u8>,
    /// Nothing is there yet, not even the byte for the length. The first number brings it along.
    empty: bool,
    /// Bytes so far.
    length: usize,
    /// How much deeper containers may be nested.
    depth: usize,
    /// Something was refused. An implementation that goes on in spite of it does not get far.
    refused: bool,
}

impl<'o> Encoder<'o> {
    #[inline(always)]
    pub(super) fn new(depth: usize, out: &'o mut Vec<u8>) -> Self {
        Self { out, empty: true, length: 0, depth, refused: false }
    }

    /// Puts the length in its place at `start`; false if it has no room there, or something was refused.
    #[inline(always)]
    pub(super) fn finish(&mut self, start: usize) -> bool {
        self.put_length();
        let (Ok(length), Some(place)) = (u8::try_from(self.length), self.out.get_mut(start)) else {
            return false;
        };
        *place = length;
        self.length <= MAX_LENGTH && !self.refused
    }

    #[inline(always)]
    fn put_length(&mut self) {
        if self.empty {
            self.out.push(0);
            self.empty = false;
        }
    }

    #[inline(always)]
    pub(super) fn refuse<T>(&mut self) -> Result<T, Refused> {
        self.refused = true;
        Err(Refused)
    }

    /// Passes on what came of a part.
    #[inline(always)]
    pub(super) fn note(&mut self, part: Result<(), Refused>) -> Result<(), Refused> {
        self.refused |= part.is_err();
        part
    }

    /// Appends the first `length` of some bytes. To copy all of them is less work, since their number is known.
    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N], length: usize) {
        let start = self.out.len();
        self.out.extend_from_slice(&bytes);
        self.out.truncate(start.wrapping_add(length));
    }

    #[inline(always)]
    fn varint(&mut self, value: u64) {
        let (length, bytes) = match varint::encode(value) {
            Some((word, length)) => (length, word.to_le_bytes()),
            None => return self.long_varint(value),
        };
        self.length = self.length.wrapping_add(length);
        if self.empty {
            self.empty = false;
            let [a, b, c, d, e, f, g, h] = bytes;
            self.put([0, a, b, c, d, e, f, g, h], length.wrapping_add(1));
        } else {
            self.put(bytes, length);
        }
    }

    #[inline(always)]
    fn long_varint(&mut self, value: u64) {
        self.put_length();
        let (bytes, length): ([u8; LONGEST], usize) = varint::encode_long(value);
        self.length = self.length.wrapping_add(length);
        self.put(bytes, length);
    }

    #[inline(always)]
    fn array<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Refused> {
        self.put_length();
        self.length = self.length.wrapping_add(N);
        self.out.extend_from_slice(&bytes);
        Ok(())
    }

    #[inline(always)]
    pub(super) fn enter(&mut self) -> Result<(), Refused> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => self.refuse(),
        }
    }

    #[inline(always)]
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.wrapping_add(1);
    }

    #[inline(always)]
    fn nested<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.enter()?;
        let nested = value.serialize(&mut *self);
        self.leave();
        self.note(nested)
    }

    #[inline(always)]
    fn parts(&mut self, length: usize) -> Result<Parts<'_, 'o>, Refused> {
        self.enter()?;
        self.put_length();
        Ok(Parts::new(self, length))
    }
}

macro_rules! varints {
    ($($unsigned:ident($unsigned_type:ty), $signed:ident($signed_type:ty);)*) => {$(
        #[inline(always)]
        fn $unsigned(self, value: $unsigned_type) -> Result<(), Refused> {
            self.varint(value.into());
            Ok(())
        }

        // Zigzag: the lowest bit is the sign.
        #[inline(always)]
        fn $signed(self, value: $signed_type) -> Result<(), Refused> {
            let sign = (value >> (<$signed_type>::BITS.wrapping_sub(1))).cast_unsigned();
            self.$unsigned((value << 1).cast_unsigned() ^ sign)
        }
    )*};
}

macro_rules! refused {
    ($($method:ident($type:ty);)*) => {$(
        #[inline(always)]
        fn $method(self, _: $type) -> Result<(), Refused> {
            self.refuse()
        }
    )*};
}

impl<'s, 'o> Serializer for &'s mut Encoder<'o> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Impossible<(), Refused>;
    type SerializeTuple = Parts<'s, 'o>;
    type SerializeTupleStruct = Parts<'s, 'o>;
    type SerializeTupleVariant = Parts<'s, 'o>;
    type SerializeMap = Impossible<(), Refused>;
    type SerializeStruct = Parts<'s, 'o>;
    type SerializeStructVariant = Parts<'s, 'o>;

    varints! {
        serialize_u16(u16), serialize_i16(i16);
        serialize_u32(u32), serialize_i32(i32);
        serialize_u64(u64), serialize_i64(i64);
    }

    refused! {
        serialize_str(&str);
        serialize_bytes(&[u8]);
    }

    #[inline(always)]
    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.array([u8::from(value)])
    }

    #[inline(always)]
    fn serialize_u8(self, value: u8) -> Result<(), Refused> {
        self.array([value])
    }

    #[inline(always)]
    fn serialize_i8(self, value: i8) -> Result<(), Refused> {
        self.array(value.to_le_bytes())
    }

    #[inline(always)]
    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        self.array(value.to_le_bytes())
    }

    #[inline(always)]
    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        self.array(value.to_le_bytes())
    }

    #[inline(always)]
    fn serialize_char(self, value: char) -> Result<(), Refused> {
        let mut bytes = [0; char::MAX_LEN_UTF8];
        let length = value.encode_utf8(&mut bytes).len();
        self.varint(length as u64);
        self.length = self.length.wrapping_add(length);
        self.put(bytes, length);
        Ok(())
    }

    #[inline(always)]
    fn serialize_u128(self, value: u128) -> Result<(), Refused> {
        match u64::try_from(value) {
            Ok(value) => self.serialize_u64(value),
            Err(_) => self.refuse(),
        }
    }

    #[inline(always)]
    fn serialize_i128(self, value: i128) -> Result<(), Refused> {
        let sign = (value >> 127).cast_unsigned();
        self.serialize_u128((value << 1).cast_unsigned() ^ sign)
    }

    #[inline(always)]
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Refused> {
        self.refuse()
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    #[inline(always)]
    fn serialize_none(self) -> Result<(), Refused> {
        self.array([0])
    }

    #[inline(always)]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.array([1])?;
        self.nested(value)
    }

    #[inline(always)]
    fn serialize_unit(self) -> Result<(), Refused> {
        Ok(())
    }

    #[inline(always)]
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        Ok(())
    }

    #[inline(always)]
    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Refused> {
        self.serialize_u32(index)
    }

    #[inline(always)]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.nested(value)
    }

    #[inline(always)]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.serialize_u32(index)?;
        self.nested(value)
    }

    #[inline(always)]
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Refused> {
        self.refuse()
    }

    #[inline(always)]
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Refused> {
        self.refuse()
    }

    #[inline(always)]
    fn serialize_tuple(self, length: usize) -> Result<Parts<'s, 'o>, Refused> {
        self.parts(length)
    }

    #[inline(always)]
    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Parts<'s, 'o>, Refused> {
        self.parts(length)
    }

    #[inline(always)]
    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Parts<'s, 'o>, Refused> {
        self.parts(length)
    }

    #[inline(always)]
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Parts<'s, 'o>, Refused> {
        self.serialize_u32(index)?;
        self.parts(length)
    }

    #[inline(always)]
    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Parts<'s, 'o>, Refused> {
        self.serialize_u32(index)?;
        self.parts(length)
    }
}
