//! The serializer of every codec that writes names.

use std::fmt;

use serde::{Serialize, Serializer};

use super::codecs::Writer;
use super::compound::Compound;
use super::sink::{Part, Sink, Structure, Unwritable};
use crate::codec::budget::EncodeBudget;
use crate::codec::output::Output;
use crate::codec::place::{self, Place};
use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};

/// Appends `value` to `out`; on an error `out` keeps its length. `name` is what the error calls the value as a whole.
#[inline(never)]
pub(in crate::codec) fn encode<T>(
    codec: Codec,
    value: &T,
    name: &'static str,
    limits: &CodecLimits,
    out: &mut Vec<u8>,
) -> Result<(), CodecError>
where
    T: Serialize + ?Sized,
{
    let mut output = Output::new(out, limits.max_size);
    let mut writer = Writer::new(codec, &mut output);
    let mut encoder = Encoder::new(writer.sink(), limits);
    let result = value.serialize(&mut encoder);
    encoder.finish(result, name)?;
    output.keep_all();
    Ok(())
}

pub(super) struct Encoder<'a> {
    sink: &'a mut dyn Sink,
    budget: EncodeBudget<'a>,
    /// How many times `Some` stand right around what comes next.
    within: usize,
    /// Whether the codec has to be told where a part ends.
    ends_parts: bool,
}

impl<'a> Encoder<'a> {
    fn new(sink: &'a mut dyn Sink, limits: &'a CodecLimits) -> Self {
        let ends_parts = sink.ends_parts();
        Self { sink, budget: EncodeBudget::new(limits), within: 0, ends_parts }
    }

    /// Nothing is kept after an error: the output takes it back.
    fn finish(&mut self, result: Result<(), CodecError>, name: &'static str) -> Result<(), CodecError> {
        let result = result.and_then(|()| self.put(|sink| sink.finish()));
        if self.budget.is_sound(&result) { Ok(()) } else { self.budget.verdict(result, 0, name) }
    }

    /// Begins a structure; what it is in does not matter to its parts.
    pub(super) fn begin(
        &mut self,
        structure: Structure,
        name: &'static str,
        length: Option<usize>,
    ) -> Result<(), CodecError> {
        self.budget.enter()?;
        self.put(|sink| sink.begin(structure, name, length))
    }

    pub(super) fn end(&mut self, structure: Structure, length: Option<usize>) -> Result<(), CodecError> {
        self.budget.leave();
        self.put(|sink| sink.end(structure, length))
    }

    /// Begins a variant with content: an only field. The content is what goes deeper.
    pub(super) fn begin_variant(
        &mut self,
        owner: &'static str,
        variant: &'static str,
    ) -> Result<(), CodecError> {
        self.put(|sink| sink.begin(Structure::Fields, owner, Some(1)))?;
        self.part(Part::Field(variant), true)
    }

    pub(super) fn end_variant(&mut self, variant: &'static str) -> Result<(), CodecError> {
        self.part_end(Part::Field(variant))?;
        self.put(|sink| sink.end(Structure::Fields, Some(1)))
    }

    pub(super) fn part(&mut self, part: Part, first: bool) -> Result<(), CodecError> {
        self.put(|sink| sink.part(part, first))
    }

    pub(super) fn part_end(&mut self, part: Part) -> Result<(), CodecError> {
        if self.ends_parts { self.put(|sink| sink.part_end(part)) } else { Ok(()) }
    }

    #[inline]
    fn put(&mut self, write: impl FnOnce(&mut dyn Sink) -> Result<(), Unwritable>) -> Result<(), CodecError> {
        self.within = 0;
        match write(self.sink) {
            Ok(()) => Ok(()),
            Err(why) => Err(self.unwritable(why)),
        }
    }

    #[cold]
    fn unwritable(&mut self, why: Unwritable) -> CodecError {
        match why {
            Unwritable::Full => self.budget.too_large(),
            Unwritable::Formless(text) => self.fail(CodecErrorKind::Unsupported, format_args!("{text}")),
        }
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

    fn nested<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.budget.enter()?;
        value.serialize(&mut *self)?;
        self.budget.leave();
        Ok(())
    }
}

macro_rules! scalars {
    ($($method:ident($type:ty) => $put:ident;)*) => {$(
        fn $method(self, value: $type) -> Result<(), CodecError> {
            self.put(|sink| sink.$put(value.into()))
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

    scalars! {
        serialize_bool(bool) => bool;
        serialize_i8(i8) => i64;
        serialize_i16(i16) => i64;
        serialize_i32(i32) => i64;
        serialize_i64(i64) => i64;
        serialize_i128(i128) => i128;
        serialize_u8(u8) => u64;
        serialize_u16(u16) => u64;
        serialize_u32(u32) => u64;
        serialize_u64(u64) => u64;
        serialize_u128(u128) => u128;
        serialize_f32(f32) => f32;
        serialize_f64(f64) => f64;
        serialize_str(&str) => text;
        serialize_bytes(&[u8]) => block;
    }

    fn serialize_char(self, value: char) -> Result<(), CodecError> {
        self.put(|sink| sink.text(value.encode_utf8(&mut [0; 4])))
    }

    fn is_human_readable(&self) -> bool {
        self.sink.is_human_readable()
    }

    /// The text is put together first, up to the limit.
    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), CodecError> {
        let mut shown = Shown { text: String::new(), left: self.budget.limits().max_size, full: false };
        match fmt::write(&mut shown, format_args!("{value}")) {
            Ok(()) => self.put(|sink| sink.text(&shown.text)),
            Err(fmt::Error) if shown.full => Err(self.budget.too_large()),
            Err(fmt::Error) => {
                Err(self.fail(CodecErrorKind::Custom, format_args!("a `Display` implementation failed")))
            }
        }
    }

    fn serialize_none(self) -> Result<(), CodecError> {
        let within = self.within;
        self.put(|sink| sink.none(within))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), CodecError> {
        self.within = self.within.saturating_add(1);
        self.nested(value)
    }

    fn serialize_unit(self) -> Result<(), CodecError> {
        let within = self.within;
        self.put(|sink| sink.unit(within))
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), CodecError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), CodecError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), CodecError> {
        self.nested(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), CodecError> {
        self.begin_variant(name, variant)?;
        if let Err(error) = self.nested(value) {
            return Err(error.at(Place { owner: name, variant, part: place::Part::Whole }));
        }
        self.end_variant(variant)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::new(self, Structure::List, "", length)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::new(self, Structure::Map, "", length)
    }

    fn serialize_tuple(self, length: usize) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::new(self, Structure::List, "", Some(length))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::new(self, Structure::List, name, Some(length))
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::new(self, Structure::Fields, name, Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::variant(self, Structure::List, name, variant, length)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Compound<'s, 'a>, CodecError> {
        Compound::variant(self, Structure::Fields, name, variant, length)
    }
}

/// Text of a `Display` implementation, up to a number of bytes.
struct Shown {
    text: String,
    left: usize,
    full: bool,
}

impl fmt::Write for Shown {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        match self.left.checked_sub(part.len()) {
            Some(left) => {
                self.left = left;
                self.text.push_str(part);
                Ok(())
            }
            None => {
                self.full = true;
                Err(fmt::Error)
            }
        }
    }
}
