//! A method's arguments as one struct, written from and read into a list of fields: `(first, (second, ()))`.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserializer, Serialize, Serializer, forward_to_deserialize_any};

use super::{ArgumentDescriptor, DecodeField, EncodePayload, MethodDescriptor};

/// Writes the arguments of `method` as a struct called `name`.
pub fn encode_arguments<S: Serializer, F: Fields>(
    method: &'static MethodDescriptor,
    name: &'static str,
    serializer: S,
    fields: F,
) -> Result<S::Ok, S::Error> {
    let mut state = serializer.serialize_struct(name, method.arguments.len())?;
    fields.encode(method.argument_names, &mut state)?;
    state.end()
}

/// Reads the arguments of `method`, by position or by name as the codec has it.
pub fn decode_arguments<'de, D: Deserializer<'de>, S: Slots<'de>>(
    method: &'static MethodDescriptor,
    body: &'de Bytes,
    deserializer: D,
    slots: S,
) -> Result<S::Values, D::Error> {
    deserializer.deserialize_struct(
        method.name,
        method.argument_names,
        ArgumentsVisitor { method, body, slots },
    )
}

/// Arguments that can be written.
pub trait Fields {
    fn encode<S: SerializeStruct>(self, names: &[&'static str], state: &mut S) -> Result<(), S::Error>;
}

/// One argument to be written.
pub struct Field<'v, T, P>(pub &'v T, pub P);

impl<T, P: EncodePayload<T>> Serialize for Field<'_, T, P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.1.encode(self.0, serializer)
    }
}

impl Fields for () {
    fn encode<S: SerializeStruct>(self, _: &[&'static str], _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<T, P: EncodePayload<T>, Rest: Fields> Fields for (Field<'_, T, P>, Rest) {
    fn encode<S: SerializeStruct>(self, names: &[&'static str], state: &mut S) -> Result<(), S::Error> {
        let [name, names @ ..] = names else {
            return Ok(());
        };
        state.serialize_field(name, &self.0)?;
        self.1.encode(names, state)
    }
}

/// Arguments that are being read.
pub trait Slots<'de> {
    type Values;

    /// Reads the argument at `index`; false if the input has ended.
    fn fill<A: Source<'de>>(&mut self, index: usize, body: &'de Bytes, source: A) -> Result<bool, A::Error>;

    fn is_filled(&self, index: usize) -> bool;

    fn finish<E: Error>(self, missing: Missing<'_>) -> Result<Self::Values, E>;
}

/// Where the next argument comes from: a list or a map.
pub trait Source<'de> {
    type Error;

    fn read<T: DeserializeSeed<'de>>(self, seed: T) -> Result<Option<T::Value>, Self::Error>;
}

/// One argument that is being read.
pub struct Slot<T, P> {
    value: Option<T>,
    payload: P,
    default: Option<fn() -> T>,
}

impl<T, P> Slot<T, P> {
    pub fn required(payload: P) -> Self {
        Self { value: None, payload, default: None }
    }

    pub fn or(payload: P, default: fn() -> T) -> Self {
        Self { value: None, payload, default: Some(default) }
    }
}

impl<'de> Slots<'de> for () {
    type Values = ();

    fn fill<A: Source<'de>>(&mut self, _: usize, _: &'de Bytes, _: A) -> Result<bool, A::Error> {
        Ok(false)
    }

    fn is_filled(&self, _: usize) -> bool {
        false
    }

    fn finish<E: Error>(self, _: Missing<'_>) -> Result<(), E> {
        Ok(())
    }
}

impl<'de, T, P: DecodeField<'de, T>, Rest: Slots<'de>> Slots<'de> for (Slot<T, P>, Rest) {
    type Values = (T, Rest::Values);

    fn fill<A: Source<'de>>(&mut self, index: usize, body: &'de Bytes, source: A) -> Result<bool, A::Error> {
        match index.checked_sub(1) {
            Some(index) => self.1.fill(index, body, source),
            None => {
                self.0.value = source.read(Seed { payload: self.0.payload, body, value: PhantomData })?;
                Ok(self.0.value.is_some())
            }
        }
    }

    fn is_filled(&self, index: usize) -> bool {
        match index.checked_sub(1) {
            Some(index) => self.1.is_filled(index),
            None => self.0.value.is_some(),
        }
    }

    fn finish<E: Error>(self, missing: Missing<'_>) -> Result<Self::Values, E> {
        let (slot, rest) = self;
        let value = match (slot.value, slot.default) {
            (Some(value), _) => value,
            (None, Some(default)) => default(),
            (None, None) => slot.payload.decode_field(&NO_BODY, missing.deserializer())?,
        };
        Ok((value, rest.finish(missing.next())?))
    }
}

static NO_BODY: Bytes = Bytes::new();

struct Seed<'de, T, P> {
    payload: P,
    body: &'de Bytes,
    value: PhantomData<T>,
}

impl<'de, T, P: DecodeField<'de, T>> DeserializeSeed<'de> for Seed<'de, T, P> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.payload.decode_field(self.body, deserializer)
    }
}

struct ArgumentsVisitor<'de, S> {
    method: &'static MethodDescriptor,
    body: &'de Bytes,
    slots: S,
}

impl<'de, S: Slots<'de>> Visitor<'de> for ArgumentsVisitor<'de, S> {
    type Value = S::Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the arguments of `{}`", self.method)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut access: A) -> Result<Self::Value, A::Error> {
        for index in 0..self.method.arguments.len() {
            if !self.slots.fill(index, self.body, SeqSource(&mut access))? {
                break;
            }
        }
        self.slots.finish(Missing { method: self.method, index: 0, by_name: false })
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Self::Value, A::Error> {
        while let Some(found) = access.next_key_seed(NameSeed(self.method.arguments))? {
            match found {
                Some(index) if self.slots.is_filled(index) => {
                    return Err(A::Error::custom(format_args!(
                        "argument `{}` of `{}` is there twice",
                        argument_name(self.method, index),
                        self.method
                    )));
                }
                Some(index) => {
                    self.slots.fill(index, self.body, MapSource(&mut access))?;
                }
                None => {
                    access.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.slots.finish(Missing { method: self.method, index: 0, by_name: true })
    }
}

struct SeqSource<'s, A>(&'s mut A);

impl<'de, A: SeqAccess<'de>> Source<'de> for SeqSource<'_, A> {
    type Error = A::Error;

    fn read<T: DeserializeSeed<'de>>(self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(seed)
    }
}

struct MapSource<'s, A>(&'s mut A);

impl<'de, A: MapAccess<'de>> Source<'de> for MapSource<'_, A> {
    type Error = A::Error;

    fn read<T: DeserializeSeed<'de>>(self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_value_seed(seed).map(Some)
    }
}

/// Finds an argument's index by its name or alias; `None` for a stranger.
struct NameSeed(&'static [ArgumentDescriptor]);

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameSeed {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an argument")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|argument| argument.name == name || argument.aliases.contains(&name)))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        std::str::from_utf8(name).map_or(Ok(None), |name| self.visit_str(name))
    }

    fn visit_u64<E>(self, index: u64) -> Result<Self::Value, E> {
        Ok(usize::try_from(index).ok().filter(|index| *index < self.0.len()))
    }
}

/// Where the reading of an argument that is not there has come to.
#[derive(Clone, Copy)]
pub struct Missing<'m> {
    method: &'m MethodDescriptor,
    index: usize,
    by_name: bool,
}

impl<'m> Missing<'m> {
    fn next(self) -> Self {
        Self { index: self.index.saturating_add(1), ..self }
    }

    fn deserializer<E>(self) -> MissingDeserializer<'m, E> {
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

fn argument_name(method: &MethodDescriptor, index: usize) -> &'static str {
    method.argument_names.get(index).copied().unwrap_or_default()
}

/// What an absent argument reads as: `None` where names are on the wire and an `Option` is wanted, as serde has it
/// for the fields of structs; else an error.
struct MissingDeserializer<'m, E> {
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
