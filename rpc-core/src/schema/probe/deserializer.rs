//! The deserializer that notes what it is asked for.

use serde::Deserializer;
use serde::de::Visitor;

use super::access::{Elements, Entries, NamedFields, Whole};
use super::asked::{Asked, Kind, Visited};
use super::candidates;
use super::error::ProbeError;
use super::graph::At;
use super::run::{Mode, Run};
use super::variants::Variants;
use crate::schema::{Number, Shape};

/// Notes what a type asks for, and answers.
pub(super) struct Probe<'r> {
    pub(super) run: &'r mut Run,
    pub(super) mode: Mode,
    /// Where the type stands.
    pub(super) at: At,
}

impl<'r> Probe<'r> {
    fn leaf(&mut self, visited: Visited, shape: Shape) -> Result<usize, ProbeError> {
        let graph = &mut self.run.graph;
        let known = match self.at {
            At::Child(place) => {
                graph.child(place).is_some_and(|which| graph.types.get(which) == Some(&shape))
            }
            At::Root => false,
        };
        if !known {
            let which = graph.leaf(shape);
            graph.note(self.at, which);
        }
        self.run.step()?;
        // In a full value nothing is what it is by default.
        Ok(self.run.candidate(self.at, visited.visitor).max(usize::from(self.run.is_full())))
    }

    /// Notes a type that holds others; `Err` if it is not to be gone into.
    fn enter(self, visited: Visited, asked: Asked) -> Result<Whole<'r>, ProbeError> {
        let which = self.run.graph.node(visited, asked);
        self.run.graph.note(self.at, which);
        self.run.step()?;
        if self.mode == Mode::Explore && self.run.open.contains(&which) {
            // Who asked knows it now, and its parts are looked at there.
            return Err(ProbeError::stop());
        }
        self.run.open.push(which);
        Ok(Whole { run: self.run, mode: self.mode, which, arm: None })
    }

    /// What asks for anything may be anything.
    fn anything<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let at = self.at;
        let mut whole = self.enter(Visited::by::<V>(), Asked::of(Kind::Any))?;
        whole.leave();
        let run = whole.run;
        match run.candidate(at, typeid::of::<V>()) {
            0 => visitor.visit_unit(),
            candidates::MAP => visitor.visit_map(run.entries()),
            2 => visitor.visit_bool(true),
            3 => visitor.visit_u64(1),
            4 => visitor.visit_none(),
            5 => visitor.visit_f64(1.0),
            attempt => visitor.visit_borrowed_str(candidates::text(attempt.saturating_sub(6))),
        }
    }

    fn tuple<V: Visitor<'static>>(self, asked: Asked, visitor: V) -> Result<V::Value, ProbeError> {
        let mut whole = self.enter(Visited::by::<V>(), asked)?;
        let elements = Elements::tuple(whole.again(), &asked)?;
        let result = visitor.visit_seq(elements);
        whole.leave();
        result
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident;)*) => { $(
        fn $method<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
            let attempt = self.leaf(Visited::by::<V>(), Shape::Number(Number::$number))?;
            visitor.$visit(candidates::number(attempt.max(self.run.least_number)))
        }
    )* };
}

impl Deserializer<'static> for Probe<'_> {
    type Error = ProbeError;

    fn is_human_readable(&self) -> bool {
        self.run.readable
    }

    numbers! {
        deserialize_u8 visit_u8 U8;
        deserialize_u16 visit_u16 U16;
        deserialize_u32 visit_u32 U32;
        deserialize_u64 visit_u64 U64;
        deserialize_u128 visit_u128 U128;
        deserialize_i16 visit_i16 I16;
        deserialize_i32 visit_i32 I32;
        deserialize_i64 visit_i64 I64;
        deserialize_i128 visit_i128 I128;
    }

    fn deserialize_i8<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Number(Number::I8))?;
        visitor.visit_i8(candidates::small(attempt.max(self.run.least_number)))
    }

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.anything(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.anything(visitor)
    }

    fn deserialize_identifier<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        if self.run.graph.is_flattened(self.at) {
            return Err(ProbeError::stop());
        }
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Bool)?;
        visitor.visit_bool(candidates::boolean(attempt))
    }

    fn deserialize_f32<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Number(Number::F32))?;
        visitor.visit_f32(candidates::short_float(attempt))
    }

    fn deserialize_f64<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Number(Number::F64))?;
        visitor.visit_f64(candidates::float(attempt))
    }

    fn deserialize_char<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Char)?;
        visitor.visit_char(candidates::character(attempt))
    }

    fn deserialize_str<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Text)?;
        visitor.visit_borrowed_str(candidates::text(attempt))
    }

    fn deserialize_string<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf(Visited::by::<V>(), Shape::Bytes)?;
        visitor.visit_borrowed_bytes(candidates::bytes(attempt))
    }

    fn deserialize_byte_buf<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_unit<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        self.leaf(Visited::by::<V>(), Shape::Unit)?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'static>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.leaf(Visited::by::<V>(), Shape::UnitStruct { name: name.to_owned() })?;
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let mut whole = self.enter(Visited::by::<V>(), Asked::of(Kind::Option))?;
        let result = if whole.is_worth_it(0) {
            visitor.visit_some(whole.again().only())
        } else {
            visitor.visit_none()
        };
        whole.leave();
        result
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let mut whole = self.enter(Visited::by::<V>(), Asked { name, ..Asked::of(Kind::Newtype) })?;
        let result = visitor.visit_newtype_struct(whole.again().only());
        whole.leave();
        result
    }

    fn deserialize_seq<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let mut whole = self.enter(Visited::by::<V>(), Asked::of(Kind::List))?;
        let result = visitor.visit_seq(Elements::list(whole.again()));
        whole.leave();
        result
    }

    fn deserialize_tuple<V: Visitor<'static>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.tuple(Asked { length, ..Asked::of(Kind::Tuple) }, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.tuple(Asked { name, length, ..Asked::of(Kind::TupleStruct) }, visitor)
    }

    fn deserialize_map<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let mut whole = self.enter(Visited::by::<V>(), Asked::of(Kind::Map))?;
        let result = visitor.visit_map(Entries::of(whole.again()));
        whole.leave();
        result
    }

    fn deserialize_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let asked = Asked { name, length: fields.len(), names: fields, ..Asked::of(Kind::Struct) };
        let mut whole = self.enter(Visited::by::<V>(), asked)?;
        let mut named = NamedFields::of(whole.again());
        let result = visitor.visit_map(&mut named);
        let result = named.judge(result);
        whole.leave();
        result
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let asked = Asked { name, length: variants.len(), names: variants, ..Asked::of(Kind::Enum) };
        let mut whole = self.enter(Visited::by::<V>(), asked)?;
        let result = match Variants::choose(whole.again()) {
            Ok(variants) => {
                let arm = variants.arm();
                let result = visitor.visit_enum(variants);
                whole.was_chosen(arm, result.as_ref().err());
                result
            }
            Err(error) => Err(error),
        };
        whole.leave();
        result
    }
}
