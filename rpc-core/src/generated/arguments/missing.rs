use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use crate::generated::MethodDescriptor;

/// Where the reading of an argument that is not there has come to.
#[derive(Clone, Copy)]
pub struct Missing<'m> {
    pub(super) method: &'m MethodDescriptor,
    pub(super) index: usize,
    pub(super) by_name: bool,
}

impl<'m> Missing<'m> {
    pub(super) fn next(self) -> Self {
        Self { index: self.index.saturating_add(1), ..self }
    }

    pub(super) fn deserializer<E>(self) -> MissingDeserializer<'m, E> {
        MissingDeserializer { missing: self, error: PhantomData }
    }

    fn error<E: Error>(self) -> E {
        E::custom(format_args!(
            "argument `{}` of `{}` is missing",
            argument_name(self.method, self.index),
            self.method
        ))
    }
}

pub(super) fn argument_name(method: &MethodDescriptor, index: usize) -> &'static str {
    method.argument_names.get(index).copied().unwrap_or_default()
}

/// What an absent argument reads as: `None` where names are on the wire and an `Option` is wanted, as serde has it
/// for the fields of structs; else an error.
pub(super) struct MissingDeserializer<'m, E> {
    missing: Missing<'m>,
    error: PhantomData<E>,
}

impl<'de, E: Error> Deserializer<'de> for MissingDeserializer<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(self.missing.error())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.missing.by_name { visitor.visit_none() } else { Err(self.missing.error()) }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
