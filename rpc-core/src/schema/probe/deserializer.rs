//! The deserializer that notes what it is asked for.

use serde::Deserializer;
use serde::de::Visitor;

use super::access::{Elements, Entries, NamedFields, Variants, Whole};
use super::candidates;
use super::error::{ErrorKind, ProbeError};
use super::graph::{At, Key};
use super::node::{Arm, Body, Fields, Node};
use super::run::{Mode, Run};
use crate::schema::{Number, Shape, TypeRef};

/// Notes what a type asks for, and answers.
pub(super) struct Probe<'r> {
    pub(super) run: &'r mut Run,
    pub(super) mode: Mode,
    /// Where the type stands.
    pub(super) at: At,
}

/// So many elements of a tuple are told apart. Longer ones are arrays, in which all are of one type; structs have names.
const ELEMENTS: usize = 16;

/// Longer arrays are not made.
const LONGEST: usize = 4_096;

impl<'r> Probe<'r> {
    fn leaf<V: Visitor<'static>>(&mut self, shape: Shape) -> Result<usize, ProbeError> {
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
        Ok(self.run.candidate(self.at, typeid::of::<V>()).max(usize::from(self.run.is_full())))
    }

    /// Notes a type that holds others; `Err` if it is not to be gone into.
    fn enter<V: Visitor<'static>>(
        &mut self,
        kind: &'static str,
        name: &'static str,
        length: usize,
        fields: &'static [&'static str],
        body: impl FnOnce() -> Body,
    ) -> Result<TypeRef, ProbeError> {
        let key = Key { visitor: typeid::of::<V>(), kind, name, length, fields };
        let which = self.run.graph.node(key, || Node::new::<V::Value>(name, body()));
        self.run.graph.note(self.at, which);
        self.run.step()?;
        if self.mode == Mode::Explore && self.run.open.contains(&which) {
            // Who asked knows it now, and its parts are looked at there.
            return Err(ProbeError::stop());
        }
        self.run.open.push(which);
        Ok(which)
    }

    fn leave<T>(run: &mut Run, which: TypeRef, result: Result<T, ProbeError>) -> Result<T, ProbeError> {
        if run.open.last() == Some(&which) {
            run.open.pop();
        }
        result
    }

    /// What asks for anything may be anything.
    fn anything<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        self.enter::<V>("any", "", 0, &[], || Body::Any)?;
        self.run.open.pop();
        match self.run.candidate(self.at, typeid::of::<V>()) {
            0 => visitor.visit_unit(),
            candidates::MAP => visitor.visit_map(self.run.entries()),
            2 => visitor.visit_bool(true),
            3 => visitor.visit_u64(1),
            4 => visitor.visit_none(),
            5 => visitor.visit_f64(1.0),
            attempt => visitor.visit_borrowed_str(candidates::text(attempt.saturating_sub(6))),
        }
    }

    fn tuple<V: Visitor<'static>>(
        mut self,
        (kind, name, length): (&'static str, &'static str, usize),
        visitor: V,
        body: impl FnOnce(Vec<Option<TypeRef>>) -> Body,
    ) -> Result<V::Value, ProbeError> {
        let which = self.enter::<V>(kind, name, length, &[], || {
            let is_array = kind == "tuple" && length > ELEMENTS;
            body(vec![None; if is_array { 1 } else { length.min(LONGEST) }])
        })?;
        if length > LONGEST && (self.mode == Mode::Build || kind != "tuple") {
            return Err(ProbeError::refused("it has too many elements to be made"));
        }
        let Self { run, mode, .. } = self;
        let result =
            visitor.visit_seq(Elements::tuple(Whole { run: &mut *run, mode, which, arm: None }, length));
        Self::leave(run, which, result)
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident;)*) => { $(
        fn $method<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
            let attempt = self.leaf::<V>(Shape::Number(Number::$number))?;
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
        let attempt = self.leaf::<V>(Shape::Number(Number::I8))?;
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
        let attempt = self.leaf::<V>(Shape::Bool)?;
        visitor.visit_bool(candidates::boolean(attempt))
    }

    fn deserialize_f32<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf::<V>(Shape::Number(Number::F32))?;
        visitor.visit_f32(candidates::short_float(attempt))
    }

    fn deserialize_f64<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf::<V>(Shape::Number(Number::F64))?;
        visitor.visit_f64(candidates::float(attempt))
    }

    fn deserialize_char<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf::<V>(Shape::Char)?;
        visitor.visit_char(candidates::character(attempt))
    }

    fn deserialize_str<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf::<V>(Shape::Text)?;
        visitor.visit_borrowed_str(candidates::text(attempt))
    }

    fn deserialize_string<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let attempt = self.leaf::<V>(Shape::Bytes)?;
        visitor.visit_borrowed_bytes(candidates::bytes(attempt))
    }

    fn deserialize_byte_buf<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_unit<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        self.leaf::<V>(Shape::Unit)?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'static>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.leaf::<V>(Shape::UnitStruct { name: name.to_owned() })?;
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let which = self.enter::<V>("option", "", 0, &[], || Body::Option(None))?;
        let Self { run, mode, .. } = self;
        let mut whole = Whole { run: &mut *run, mode, which, arm: None };
        let result =
            if whole.is_worth_it(0) { visitor.visit_some(whole.only()) } else { visitor.visit_none() };
        Self::leave(run, which, result)
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let which = self.enter::<V>("newtype", name, 0, &[], || Body::Newtype(None))?;
        let Self { run, mode, .. } = self;
        let result = visitor.visit_newtype_struct(Whole { run: &mut *run, mode, which, arm: None }.only());
        Self::leave(run, which, result)
    }

    fn deserialize_seq<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let which = self.enter::<V>("list", "", 0, &[], || Body::List(None))?;
        let Self { run, mode, .. } = self;
        let result = visitor.visit_seq(Elements::list(Whole { run: &mut *run, mode, which, arm: None }));
        Self::leave(run, which, result)
    }

    fn deserialize_tuple<V: Visitor<'static>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.tuple(("tuple", "", length), visitor, |children| Body::Tuple(children, length))
    }

    fn deserialize_tuple_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.tuple(("tuple struct", name, length), visitor, Body::TupleStruct)
    }

    fn deserialize_map<V: Visitor<'static>>(mut self, visitor: V) -> Result<V::Value, ProbeError> {
        let which = self.enter::<V>("map", "", 0, &[], || Body::Map(None, None))?;
        let Self { run, mode, .. } = self;
        let result = visitor.visit_map(Entries::of(Whole { run: &mut *run, mode, which, arm: None }));
        Self::leave(run, which, result)
    }

    fn deserialize_struct<V: Visitor<'static>>(
        mut self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let which =
            self.enter::<V>("struct", name, fields.len(), fields, || Body::Struct(Fields::new(fields)))?;
        let Self { run, mode, .. } = self;
        let mut named = NamedFields::of(Whole { run: &mut *run, mode, which, arm: None });
        let result = visitor.visit_map(&mut named);
        let result = named.judge(result);
        Self::leave(run, which, result)
    }

    fn deserialize_enum<V: Visitor<'static>>(
        mut self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let which = self.enter::<V>("enum", name, variants.len(), variants, || {
            let arm = |name: &&'static str| Arm { name, content: None, absent: false };
            Body::Enum(variants.iter().map(arm).collect())
        })?;
        let Self { run, mode, .. } = self;
        let variants = Variants::choose(Whole { run: &mut *run, mode, which, arm: None });
        let result = match variants {
            Ok(variants) => {
                let arm = variants.arm();
                let result = visitor.visit_enum(variants);
                if mode == Mode::Build && result.is_ok() {
                    run.made.extend(arm.map(|arm| (which, arm)));
                }
                if matches!(&result, Err(error) if matches!(error.kind, ErrorKind::Refused | ErrorKind::Variant(_)))
                {
                    // Refused before it was asked what it holds, as one of another system is.
                    Whole { run: &mut *run, mode, which, arm }.is_absent();
                }
                result
            }
            Err(error) => Err(error),
        };
        Self::leave(run, which, result)
    }
}
