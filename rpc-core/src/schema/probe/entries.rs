//! A map for a type that takes anything, as an enum does that says in a field which variant it is (`#[serde(tag)]`): what it
//! misses is added, until it refuses nothing.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::error::{ErrorKind, ProbeError};
use super::identifier::Identifier;

/// What was asked for by name, in that order, and what is given.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    known: Vec<(&'static str, Given)>,
    next: usize,
}

#[derive(Clone, Copy, Debug)]
enum Given {
    /// One of [`Given::OTHERS`].
    Other(usize),
    /// The name of a variant.
    Name(&'static str),
}

/// More are in no variant of which a value is needed.
const MOST: usize = 64;

impl Given {
    /// Kinds of values that are tried.
    const OTHERS: usize = 7;
}

impl Entries {
    /// Learns from an error. False if it says nothing that helps.
    pub(super) fn refuse(&mut self, why: ErrorKind) -> bool {
        match why {
            ErrorKind::Missing(name) if self.known.iter().all(|(known, _)| *known != name) => {
                self.known.push((name, Given::Other(0)));
                self.known.len() <= MOST
            }
            ErrorKind::Variant(name) => {
                let last = self.known.last_mut().filter(|(_, given)| matches!(given, Given::Other(_)));
                last.map(|(_, given)| *given = Given::Name(name)).is_some()
            }
            _ => match self.known.last_mut() {
                Some((_, Given::Other(turn))) if *turn < Given::OTHERS => {
                    *turn = turn.saturating_add(1);
                    true
                }
                _ => false,
            },
        }
    }
}

impl MapAccess<'static> for Entries {
    type Error = ProbeError;

    fn next_key_seed<S: DeserializeSeed<'static>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ProbeError> {
        let Some((name, _)) = self.known.get(self.next) else { return Ok(None) };
        seed.deserialize(Identifier { name }).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'static>>(&mut self, seed: S) -> Result<S::Value, ProbeError> {
        let given = self.known.get(self.next).map_or(Given::Other(0), |(_, given)| *given);
        self.next = self.next.saturating_add(1);
        seed.deserialize(given)
    }
}

impl<'de> Deserializer<'de> for Given {
    type Error = ProbeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        match self {
            Self::Name(name) => visitor.visit_borrowed_str(name),
            Self::Other(0) => visitor.visit_borrowed_str("a"),
            Self::Other(1) => visitor.visit_u64(1),
            Self::Other(2) => visitor.visit_bool(true),
            Self::Other(3) => visitor.visit_f64(1.0),
            Self::Other(4) => visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<u8>())),
            Self::Other(5) => visitor.visit_map(MapDeserializer::new(std::iter::empty::<(u8, u8)>())),
            Self::Other(_) => visitor.visit_unit(),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum ignored_any str string bytes identifier
    }
}
