use std::fmt;

use bytes::Bytes;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::missing::{Missing, argument_name};
use super::slots::{Slots, Source};
use crate::generated::{ArgumentDescriptor, MethodDescriptor};

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
