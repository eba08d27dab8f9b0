//! The serializer that notes whether a value is written as it is read.

use std::fmt::Display;

use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

use super::check::Findings;
use super::error::ProbeError;
use super::graph::{Graph, Place};
use super::node::{Body, Child, Content};
use crate::schema::{Number, Shape};

/// Follows a value through what is known of its type.
pub(super) struct Recorder<'r> {
    pub(super) graph: &'r Graph,
    pub(super) findings: &'r mut Findings,
    pub(super) readable: bool,
    /// What is read here; `None` where that is not known.
    pub(super) expected: Child,
    /// What holds it.
    pub(super) within: Child,
    /// It is one of many that are read as a block of bytes.
    pub(super) is_byte: bool,
}

/// The parts of a value.
pub(super) struct Parts<'r> {
    recorder: Recorder<'r>,
    /// In which variant.
    arm: Option<usize>,
    next: usize,
    /// Names of fields that were written, or could have been.
    met: Vec<&'static str>,
    is_struct: bool,
}

impl<'r> Recorder<'r> {
    /// Takes a newtype off that leaves no trace in most codecs.
    fn peel(mut self) -> Self {
        while let Some(Body::Newtype(inner)) = self.body() {
            self.within = self.expected;
            self.expected = *inner;
        }
        self
    }

    fn body(&self) -> Option<&'r Body> {
        Some(&self.graph.get(self.expected?)?.body)
    }

    /// Whether what is read here depends on what came before.
    fn is_dependent(&self) -> bool {
        self.expected.and_then(|which| self.graph.get(which)).is_some_and(|node| node.is_dependent)
    }

    fn leaf(self, written: Shape) -> Result<(), ProbeError> {
        if self.is_byte && written == Shape::Number(Number::U8) {
            return Ok(());
        }
        let mut this = self.peel();
        let Some(expected) = this.expected else { return Ok(()) };
        if matches!(this.body(), Some(Body::Any)) {
            return Ok(());
        }
        let fits = this.body().is_none() && this.graph.types.get(expected) == Some(&written);
        if !fits {
            this.mismatch(word(&written));
        }
        Ok(())
    }

    fn mismatch(&mut self, written: &str) {
        let Some(expected) = self.expected else { return };
        // A type that holds no other is one for all who read such a value: who holds it is to blame.
        let is_own = self.graph.get(expected).is_some();
        match self.within.filter(|_| !is_own) {
            Some(within) => self.findings.mismatch(within, &format!("{written} in a place")),
            None if is_own => self.findings.mismatch(expected, written),
            None => self.findings.root_mismatch = Some(written.to_owned()),
        }
    }

    /// The parts of a value of which `fits` says whether it is read so.
    fn parts(mut self, written: &str, fits: &dyn Fn(&Body) -> bool) -> Parts<'r> {
        if !matches!(self.body(), Some(Body::Newtype(_))) || !fits(&Body::Newtype(None)) {
            self = self.peel();
        }
        match self.body() {
            _ if self.is_dependent() => self.expected = None,
            Some(Body::Any) => self.expected = None,
            Some(body) if fits(body) => self.findings.met.extend(self.expected),
            // Positional codecs have the same bytes for both, and the others take a list for a block.
            None if written == LIST && !self.is_byte && self.reads_bytes() => {
                self.is_byte = true;
                return Parts::of(self);
            }
            _ => {
                self.mismatch(written);
                self.expected = None;
            }
        }
        Parts::of(self)
    }

    fn reads_bytes(&self) -> bool {
        let expected = self.expected.and_then(|which| self.graph.types.get(which));
        expected == Some(&Shape::Bytes)
    }
}

impl<'r> Parts<'r> {
    fn of(recorder: Recorder<'r>) -> Self {
        Self { recorder, arm: None, next: 0, met: Vec::new(), is_struct: false }
    }
}

impl<'r> Recorder<'r> {
    /// The variant that is written under this name.
    fn variant(self, index: u32, name: &'static str) -> Parts<'r> {
        let mut parts = self.parts("an enum", &|body| matches!(body, Body::Enum(_)));
        if let (Some(expected), Some(Body::Enum(arms))) = (parts.recorder.expected, parts.recorder.body()) {
            parts.arm = arms.iter().position(|arm| arm.name == name);
            parts.recorder.findings.written(expected, index, name);
        }
        parts
    }

    fn by(&mut self, expected: Child) -> Recorder<'_> {
        let within = self.expected;
        Recorder {
            graph: self.graph,
            findings: &mut *self.findings,
            readable: self.readable,
            expected,
            within,
            is_byte: false,
        }
    }
}

impl Parts<'_> {
    /// For the part at `index`.
    fn at(&mut self, index: usize) -> Recorder<'_> {
        let which = self.recorder.expected;
        if self.recorder.is_byte {
            let within = self.recorder.within;
            let mut element = self.recorder.by(which);
            (element.is_byte, element.within) = (true, within);
            return element;
        }
        let child = which.and_then(|which| self.recorder.graph.child(Place { which, arm: self.arm, index }));
        self.recorder.by(child)
    }

    /// For the part behind the last one.
    fn next(&mut self) -> Recorder<'_> {
        let index = self.next;
        self.next = index.saturating_add(1);
        self.at(index)
    }

    /// For the field of this name.
    fn field(&mut self, name: &'static str) -> Recorder<'_> {
        self.met.push(name);
        let Some(which) = self.recorder.expected else { return self.at(0) };
        let fields = self.recorder.graph.fields(which, self.arm);
        match fields.map(|fields| fields.names.iter().position(|known| *known == name)) {
            Some(Some(at)) => {
                self.in_order(at);
                self.at(at)
            }
            Some(None) => {
                self.recorder.findings.unread(which, self.arm, name);
                self.recorder.by(None)
            }
            None => self.recorder.by(None),
        }
    }

    /// Fields are read in the order in which they are declared, where they have no names.
    fn in_order(&mut self, at: usize) {
        if at < self.next && !self.recorder.readable {
            self.recorder.mismatch("fields in another order");
        }
        self.next = at;
    }

    fn skip(&mut self, name: &'static str) {
        self.met.push(name);
        if let Some(which) = self.recorder.expected {
            self.recorder.findings.skippable(which, self.arm, name);
        }
    }

    fn finish(self) {
        let Some(which) = self.recorder.expected.filter(|_| self.is_struct) else { return };
        let Some(fields) = self.recorder.graph.fields(which, self.arm) else { return };
        for (index, name) in fields.names.iter().enumerate() {
            let met = self.met.contains(name)
                || self.met.iter().any(|met| {
                    fields
                        .names
                        .iter()
                        .zip(&fields.facts)
                        .any(|(known, facts)| known == met && facts.declared == Some(name))
                });
            if fields.is_declared(index) && !met {
                self.recorder.findings.unwritten(which, self.arm, name);
            }
        }
    }
}

const LIST: &str = "a list";

fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bool => "a bool",
        Shape::Number(_) => "a number of another width",
        Shape::Char => "a char",
        Shape::Text => "text",
        Shape::Bytes => "bytes",
        Shape::Unit | Shape::UnitStruct { .. } => "nothing",
        _ => "something else",
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty) $shape:expr;)*) => { $(
        fn $method(self, _: $type) -> Result<(), ProbeError> {
            self.leaf($shape)
        }
    )* };
}

impl<'r> Serializer for Recorder<'r> {
    type Ok = ();
    type Error = ProbeError;
    type SerializeSeq = Parts<'r>;
    type SerializeTuple = Parts<'r>;
    type SerializeTupleStruct = Parts<'r>;
    type SerializeTupleVariant = Parts<'r>;
    type SerializeMap = Parts<'r>;
    type SerializeStruct = Parts<'r>;
    type SerializeStructVariant = Parts<'r>;

    leaves! {
        serialize_bool(bool) Shape::Bool;
        serialize_i8(i8) Shape::Number(Number::I8);
        serialize_i16(i16) Shape::Number(Number::I16);
        serialize_i32(i32) Shape::Number(Number::I32);
        serialize_i64(i64) Shape::Number(Number::I64);
        serialize_i128(i128) Shape::Number(Number::I128);
        serialize_u8(u8) Shape::Number(Number::U8);
        serialize_u16(u16) Shape::Number(Number::U16);
        serialize_u32(u32) Shape::Number(Number::U32);
        serialize_u64(u64) Shape::Number(Number::U64);
        serialize_u128(u128) Shape::Number(Number::U128);
        serialize_f32(f32) Shape::Number(Number::F32);
        serialize_f64(f64) Shape::Number(Number::F64);
        serialize_char(char) Shape::Char;
        serialize_str(&str) Shape::Text;
        serialize_bytes(&[u8]) Shape::Bytes;
    }

    fn is_human_readable(&self) -> bool {
        self.readable
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), ProbeError> {
        self.leaf(Shape::Text)
    }

    fn serialize_unit(self) -> Result<(), ProbeError> {
        self.leaf(Shape::Unit)
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), ProbeError> {
        self.leaf(Shape::UnitStruct { name: name.to_owned() })
    }

    fn serialize_none(self) -> Result<(), ProbeError> {
        self.parts("an option", &|body| matches!(body, Body::Option(_))).finish();
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), ProbeError> {
        value.serialize(self.parts("an option", &|body| matches!(body, Body::Option(_))).at(0))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), ProbeError> {
        if matches!(self.body(), Some(Body::Newtype(_))) {
            let mut parts = self.parts("a newtype", &|body| matches!(body, Body::Newtype(_)));
            return value.serialize(parts.at(0));
        }
        // It leaves no trace, so that it may be read as what it holds.
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
    ) -> Result<(), ProbeError> {
        self.variant(index, name).finish();
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), ProbeError> {
        let mut parts = self.variant(index, name);
        if !parts.holds(|content| matches!(content, Content::Newtype(_))) {
            parts.recorder.expected = None;
        }
        value.serialize(parts.at(0))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'r>, ProbeError> {
        Ok(self.parts(LIST, &|body| matches!(body, Body::List(_))))
    }

    fn serialize_tuple(self, length: usize) -> Result<Parts<'r>, ProbeError> {
        let fits = |body: &Body| match body {
            Body::Tuple(_, known) => *known == length,
            // These cross alike.
            Body::TupleStruct(children) => children.len() == length,
            _ => false,
        };
        Ok(self.parts("a tuple", &fits))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Parts<'r>, ProbeError> {
        self.serialize_tuple(length)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Parts<'r>, ProbeError> {
        let mut parts = self.variant(index, name);
        if !parts.holds(|content| matches!(content, Content::Tuple(children) if children.len() == length)) {
            parts.recorder.expected = None;
        }
        Ok(parts)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'r>, ProbeError> {
        Ok(self.parts("a map", &|body| matches!(body, Body::Map(..))))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'r>, ProbeError> {
        let mut parts = self.parts("a struct", &|body| matches!(body, Body::Struct(_)));
        parts.is_struct = true;
        Ok(parts)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'r>, ProbeError> {
        let mut parts = self.variant(index, name);
        if !parts.holds(|content| matches!(content, Content::Struct(_))) {
            parts.recorder.expected = None;
        }
        parts.is_struct = true;
        Ok(parts)
    }
}

impl Parts<'_> {
    /// Whether what the variant is known to hold is what is written.
    fn holds(&mut self, fits: impl FnOnce(&Content) -> bool) -> bool {
        let Some(expected) = self.recorder.expected else { return true };
        let content = match (self.recorder.body(), self.arm) {
            (Some(Body::Enum(arms)), Some(arm)) => arms.get(arm).and_then(|arm| arm.content.as_ref()),
            _ => None,
        };
        let fits = content.is_none_or(fits);
        if !fits {
            self.recorder.findings.mismatch(expected, "a variant with other content");
        }
        fits
    }
}

macro_rules! elements {
    ($($trait:ident $method:ident;)*) => { $(
        impl $trait for Parts<'_> {
            type Ok = ();
            type Error = ProbeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ProbeError> {
                value.serialize(self.next())
            }

            fn end(self) -> Result<(), ProbeError> {
                Ok(())
            }
        }
    )* };
}

elements! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = ProbeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ProbeError> {
        key.serialize(self.at(0))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ProbeError> {
        value.serialize(self.at(1))
    }

    fn end(self) -> Result<(), ProbeError> {
        Ok(())
    }
}

macro_rules! fields {
    ($($trait:ident)*) => { $(
        impl $trait for Parts<'_> {
            type Ok = ();
            type Error = ProbeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), ProbeError> {
                value.serialize(self.field(name))
            }

            fn skip_field(&mut self, name: &'static str) -> Result<(), ProbeError> {
                self.skip(name);
                Ok(())
            }

            fn end(self) -> Result<(), ProbeError> {
                self.finish();
                Ok(())
            }
        }
    )* };
}

fields! { SerializeStruct SerializeStructVariant }
