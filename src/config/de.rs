use std::vec;

use serde::Deserializer;
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::problem::Problem;
use super::tree::{Kind, Node, Origin};

/// Reads a tree into serde types as strictly as TOML is typed; an error knows the key and where its value came from.
///
/// What a type does not ask for is refused here and not by its visitor, which would be compiled for it.
impl<'de> Deserializer<'de> for Node {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.kind {
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Integer(value) => visitor.visit_i64(value),
            Kind::Float(value) => visitor.visit_f64(value),
            Kind::Text(text) => visitor.visit_string(text),
            Kind::List(nodes) => visitor.visit_seq(List(nodes.into_iter())),
            Kind::Table(table) => visitor.visit_map(Entries { rest: table.into_iter(), value: None }),
        }
    }

    /// A variable is always text, so what it is read as is what the type asks for.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.truth() {
            Some(value) => visitor.visit_bool(value),
            None => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.number() {
            Some(value) => visitor.visit_i64(value),
            None => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.kind {
            Kind::Text(text) => visitor.visit_string(text),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_string(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.kind {
            Kind::Table(table) => visitor.visit_map(Entries { rest: table.into_iter(), value: None }),
            _ => Err(self.wrong(&visitor)),
        }
    }

    /// serde would also read a list, by the order of the fields; a file names its keys.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct enum identifier ignored_any
    }
}

impl Node {
    fn truth(&self) -> Option<bool> {
        match (&self.origin, &self.kind) {
            (Origin::Variable(_), Kind::Text(text)) => text.parse().ok(),
            (_, Kind::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    fn number(&self) -> Option<i64> {
        match (&self.origin, &self.kind) {
            (Origin::Variable(_), Kind::Text(text)) => text.parse().ok(),
            (_, Kind::Integer(value)) => Some(*value),
            _ => None,
        }
    }

    fn wrong(&self, expected: &dyn Expected) -> Problem {
        let found = match &self.kind {
            Kind::Bool(value) => Unexpected::Bool(*value),
            Kind::Integer(value) => Unexpected::Signed(*value),
            Kind::Float(value) => Unexpected::Float(*value),
            Kind::Text(text) => Unexpected::Str(text),
            Kind::List(_) => Unexpected::Seq,
            Kind::Table(_) => Unexpected::Map,
        };
        serde::de::Error::invalid_type(found, expected)
    }
}

struct List(vec::IntoIter<Node>);

impl<'de> SeqAccess<'de> for List {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        let Some(node) = self.0.next() else { return Ok(None) };
        let origin = node.origin.clone();
        seed.deserialize(node).map(Some).map_err(|problem| problem.at(&origin))
    }
}

struct Entries {
    rest: vec::IntoIter<(String, Node)>,
    value: Option<(String, Node)>,
}

impl Entries {
    /// The next key, and where it is.
    fn key(&mut self) -> Option<(StringDeserializer<Problem>, Origin)> {
        let (key, node) = self.rest.next()?;
        let origin = node.origin.clone();
        self.value = Some((key.clone(), node));
        Some((StringDeserializer::new(key), origin))
    }

    /// The value of that key, with what its problems have to say.
    fn value(&mut self) -> Result<(Node, (String, Origin)), Problem> {
        let Some((key, node)) = self.value.take() else {
            return Err(serde::de::Error::custom("a value was asked for before its key"));
        };
        let origin = node.origin.clone();
        Ok((node, (key, origin)))
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        let Some((key, origin)) = self.key() else { return Ok(None) };
        seed.deserialize(key).map(Some).map_err(|problem| problem.at(&origin))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Problem> {
        let (node, (key, origin)) = self.value()?;
        seed.deserialize(node).map_err(|problem| problem.inside(&key, &origin))
    }
}
