//! The serializer of the guard.

use std::fmt;

use bytes::Bytes;
use postcard::ser_flavors::Flavor;
use serde::{Serialize, Serializer};

use super::collect::Text;
use super::compound::Compound;
use crate::codec::block::{BLOCK, offered};
use crate::codec::budget::EncodeBudget;
use crate::codec::output::Output;
use crate::codec::place::{Part, Place};
use crate::codec::{CodecError, CodecErrorKind, CodecLimits};

/// Appends `value` to `out`; on an error `out` keeps its length. `name` is what the error calls the value as a whole.
#[inline]
pub(in crate::codec) fn encode<T>(
    value: &T,
    name: &'static str,
    limits: &CodecLimits,
    out: &mut Vec<u8>,
) -> Result<(), CodecError>
where
    T: Serialize + ?Sized,
{
    let mut encoder = Encoder::new(limits, out);
    let result = value.serialize(&mut encoder);
    encoder.finish(result, name).map(drop)
}

/// As [`encode`], of one value after the other into the same buffer.
pub(in crate::codec) struct EncodeRun<'a>(Encoder<'a>);

impl<'a> EncodeRun<'a> {
    #[inline]
    pub(in crate::codec) fn new(limits: &'a CodecLimits, out: &'a mut Vec<u8>) -> Self {
        let mut encoder = Encoder::new(limits, out);
        // There is no value yet that would have to be cut off.
        encoder.postcard.output.keep_all();
        Self(encoder)
    }

    /// What was appended to, between two values.
    #[inline]
    pub(in crate::codec) fn buffer(&mut self) -> &mut Vec<u8> {
        self.0.postcard.output.buffer()
    }

    #[inline(always)]
    pub(in crate::codec) fn encode<T>(&mut self, value: &T, name: &'static str) -> Result<(), CodecError>
    where
        T: Serialize + ?Sized,
    {
        self.0.begin();
        let result = value.serialize(&mut self.0);
        if self.0.is_sound(&result) {
            self.0.postcard.output.keep_all();
            return Ok(());
        }
        self.0.finish_in_doubt(result, name).map(drop)
    }
}

/// As [`encode`], but a long `Bytes` at the end of the value is given back and not appended.
pub(in crate::codec) fn encode_apart<T>(
    value: &T,
    name: &'static str,
    limits: &CodecLimits,
    out: &mut Vec<u8>,
) -> Result<Option<Bytes>, CodecError>
where
    T: Serialize + ?Sized,
{
    let mut encoder = Encoder::new(limits, out);
    encoder.apart = true;
    let result = value.serialize(&mut encoder);
    encoder.finish(result, name)
}

pub(super) struct Encoder<'a> {
    postcard: postcard::Serializer<Output<'a>>,
    budget: EncodeBudget<'a>,
    /// A long block at the end is left out.
    apart: bool,
}

impl<'a> Encoder<'a> {
    #[inline]
    fn new(limits: &'a CodecLimits, out: &'a mut Vec<u8>) -> Self {
        Self {
            postcard: postcard::Serializer { output: Output::new(out, limits.max_size) },
            budget: EncodeBudget::new(limits),
            apart: false,
        }
    }

    /// The next value stands behind what is in the buffer.
    #[inline]
    fn begin(&mut self) {
        self.postcard.output.begin(self.budget.limits().max_size);
        self.budget.begin();
    }

    #[inline]
    fn finish(
        &mut self,
        result: Result<(), CodecError>,
        name: &'static str,
    ) -> Result<Option<Bytes>, CodecError> {
        if self.is_sound(&result) {
            return Ok(self.postcard.output.keep());
        }
        self.finish_in_doubt(result, name)
    }

    #[inline]
    fn is_sound(&self, result: &Result<(), CodecError>) -> bool {
        self.budget.is_sound(result)
    }

    #[cold]
    #[inline(never)]
    fn finish_in_doubt(
        &mut self,
        result: Result<(), CodecError>,
        name: &'static str,
    ) -> Result<Option<Bytes>, CodecError> {
        match self.budget.verdict(result, self.postcard.output.written(), name) {
            Ok(()) => Ok(self.postcard.output.keep()),
            Err(error) => {
                self.postcard.output.give_up();
                Err(error)
            }
        }
    }

    #[inline]
    pub(super) fn position(&self) -> usize {
        self.postcard.output.position()
    }

    /// Counts an element of a sequence or map that began at the position `before`.
    #[inline]
    pub(super) fn count_element(&mut self, before: usize) -> Result<(), CodecError> {
        if self.position() == before { self.budget.count_empty() } else { Ok(()) }
    }

    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), CodecError> {
        self.budget.enter()
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.budget.leave();
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: CodecErrorKind, text: fmt::Arguments<'_>) -> CodecError {
        self.budget.fail(kind, text)
    }

    /// Remembers the first error that goes through.
    #[cold]
    pub(super) fn note(&mut self, error: CodecError) -> CodecError {
        self.budget.note(error)
    }

    #[cold]
    fn refused(&mut self, error: postcard::Error) -> CodecError {
        match error {
            postcard::Error::SerializeBufferFull => self.budget.too_large(),
            other => self.fail(CodecErrorKind::Invalid, format_args!("postcard refused the value: {other}")),
        }
    }

    #[inline]
    fn check(&mut self, done: postcard::Result<()>) -> Result<(), CodecError> {
        match done {
            Ok(()) => Ok(()),
            Err(error) => Err(self.refused(error)),
        }
    }

    /// Writes a length as postcard does, with nothing after it.
    #[inline]
    fn length(&mut self, length: usize) -> Result<(), CodecError> {
        let done = self.postcard.serialize_seq(Some(length)).map(drop);
        self.check(done)
    }

    #[cold]
    fn length_unknown(&mut self, what: &str) -> CodecError {
        self.fail(
            CodecErrorKind::LengthUnknown,
            format_args!(
                "{what} of unknown length cannot be written as postcard: collect it first, or take \
                 `#[serde(flatten)]` away"
            ),
        )
    }

    #[inline]
    fn nested<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.enter()?;
        value.serialize(&mut *self)?;
        self.leave();
        Ok(())
    }
}

macro_rules! primitives {
    ($($method:ident($type:ty);)*) => {$(
        #[inline]
        fn $method(self, value: $type) -> Result<(), CodecError> {
            let done = self.postcard.$method(value);
            self.check(done)
        }
    )*};
}

/// Postcard's varints, which it would put together apart and then copy. Signed numbers are zigzag: the lowest bit is the
/// sign.
macro_rules! varints {
    ($($unsigned:ident($unsigned_type:ty), $signed:ident($signed_type:ty);)*) => {$(
        #[inline]
        fn $unsigned(self, value: $unsigned_type) -> Result<(), CodecError> {
            let done = self.postcard.output.push_varint(value.into());
            self.check(done)
        }

        #[inline]
        fn $signed(self, value: $signed_type) -> Result<(), CodecError> {
            let sign = (value >> (<$signed_type>::BITS.saturating_sub(1))).cast_unsigned();
            self.$unsigned((value << 1).cast_unsigned() ^ sign)
        }
    )*};
}

impl<'s, 'a> Serializer for &'s mut Encoder<'a> {
    type Ok = ();
    type Error = CodecError;
    type SerializeSeq = Compound<'s, 'a>;
    type SerializeTuple = Compound<'s, 'a>;
    type SerializeTupleStruct = Compound<'s, 'a>;
    type SerializeTupleVariant = Compound<'s, 'a>;
    type SerializeMap = Compound<'s, 'a>;
    type SerializeStruct = Compound<'s, 'a>;
    type SerializeStructVariant = Compound<'s, 'a>;

    primitives! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
    }

    #[inline]
    fn serialize_bytes(self, value: &[u8]) -> Result<(), CodecError> {
        if self.apart
            && value.len() >= BLOCK
            && let Some(block) = offered(value)
        {
            self.length(value.len())?;
            let done = self.postcard.output.leave_out(block);
            return self.check(done);
        }
        let done = self.postcard.serialize_bytes(value);
        self.check(done)
    }

    varints! {
        serialize_u16(u16), serialize_i16(i16);
        serialize_u32(u32), serialize_i32(i32);
        serialize_u64(u64), serialize_i64(i64);
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    // The length comes first on the wire but is known last. Formatting twice, as postcard does, would trust an
    // implementation to write the same text both times.
    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), CodecError> {
        let start = self.postcard.output.offset();
        let mut text = Text { output: &mut self.postcard.output, full: false };
        if fmt::write(&mut text, format_args!("{value}")).is_err() {
            return Err(if text.full {
                self.refused(postcard::Error::SerializeBufferFull)
            } else {
                self.fail(CodecErrorKind::Custom, format_args!("a `Display` implementation failed"))
            });
        }
        let end = self.postcard.output.offset();
        self.length(end.saturating_sub(start))?;
        let length = self.postcard.output.offset().saturating_sub(end);
        self.postcard.output.move_to(start, length);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result<(), CodecError> {
        let done = self.postcard.serialize_none();
        self.check(done)
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), CodecError> {
        // The tag of `Some`; postcard's own `serialize_some` would go on with the value.
        let done = self.postcard.output.try_push(1);
        self.check(done)?;
        self.nested(value)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), CodecError> {
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), CodecError> {
        Ok(())
    }

    #[inline]
    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<(), CodecError> {
        let done = self.postcard.serialize_unit_variant(name, index, variant);
        self.check(done)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), CodecError> {
        self.nested(value)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), CodecError> {
        self.serialize_unit_variant(name, index, variant)?;
        match self.nested(value) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.at(Place { owner: name, variant, part: Part::Whole })),
        }
    }

    #[inline]
    fn serialize_seq(self, length: Option<usize>) -> Result<Compound<'s, 'a>, CodecError> {
        let Some(length) = length else { return Err(self.length_unknown("a sequence")) };
        self.length(length)?;
        Compound::elements(self, length)
    }

    #[inline]
    fn serialize_map(self, length: Option<usize>) -> Result<Compound<'s, 'a>, CodecError> {
        let Some(length) = length else { return Err(self.length_unknown("a map")) };
        self.length(length)?;
        Compound::elements(self, length)
    }

    #[inline]
    fn serialize_tuple(self, length: usize) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::fields(self, "", "", length)
    }

    #[inline]
    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::fields(self, name, "", length)
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::fields(self, name, "", length)
    }

    #[inline]
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Compound<'s, 'a>, CodecError> {
        self.serialize_unit_variant(name, index, variant)?;
        Compound::fields(self, name, variant, length)
    }

    #[inline]
    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Compound<'s, 'a>, CodecError> {
        self.serialize_unit_variant(name, index, variant)?;
        Compound::fields(self, name, variant, length)
    }
}
