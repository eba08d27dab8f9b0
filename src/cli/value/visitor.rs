//! Values that are made of parts, out of JSON.

use std::fmt;

use rpc_core::schema::{Content, Shape};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::elements::Elements;
use super::fields::Members;
use super::held::Held;
use super::shaped::at;
use super::{Data, MembersVisitor, Shaped};

/// Takes what is made of parts.
pub(super) struct ShapedVisitor<'t>(pub(super) Shaped<'t>);

impl<'t> ShapedVisitor<'t> {
    fn shape(&self) -> Option<&'t Shape> {
        self.0.types.get(self.0.which)
    }
}

impl<'de> Visitor<'de> for ShapedVisitor<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.0.types.words(self.0.which);
        match self.shape() {
            Some(Shape::List(_)) => write!(f, "a list: {words}"),
            Some(Shape::Tuple(elements) | Shape::TupleStruct { elements, .. }) => {
                write!(f, "a list of {}: {words}", elements.len())
            }
            Some(Shape::Map { .. }) => write!(f, "an object: {words}"),
            Some(Shape::Struct { .. }) => write!(f, "an object with the fields of `{words}`"),
            Some(Shape::Enum { .. }) => {
                write!(f, "a variant of `{words}`: its name, or an object of one entry if it holds something")
            }
            _ => f.write_str(&words),
        }
    }

    fn visit_none<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        match self.shape() {
            Some(Shape::Option(inner)) => {
                Ok(Data::Some(Box::new(self.0.inside(*inner).deserialize(deserializer)?)))
            }
            _ => Err(D::Error::invalid_type(Unexpected::Option, &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Data, A::Error> {
        let elements = match self.shape() {
            Some(Shape::List(element)) => Elements::All(*element),
            Some(Shape::Tuple(elements) | Shape::TupleStruct { elements, .. }) => Elements::Each(elements),
            _ => return Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        };
        elements.read(self.0, &mut list, &self)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Data, E> {
        if !matches!(self.shape(), Some(Shape::Enum { .. })) {
            return Err(E::invalid_type(Unexpected::Str(name), &self));
        }
        let variant = self.0.variant::<E>(name)?;
        match variant.content {
            Content::Unit => Ok(Data::Text(variant.name.clone())),
            _ => Err(E::custom(format_args!(
                "the variant `{name}` holds something: write an object with the entry `{name}`"
            ))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        match self.shape() {
            Some(Shape::Map { key, value }) => {
                let (key, value) = (self.0.inside(*key), self.0.inside(*value));
                let mut entries = Vec::new();
                while let Some(text) = map.next_key::<String>()? {
                    let known = map_key::<A::Error>(key, &text)?;
                    let held =
                        map.next_value_seed(value).map_err(|error| at(&format!("`{text}`"), &error))?;
                    entries.push((known, held));
                }
                Ok(Data::Map(entries))
            }
            Some(Shape::Struct { name, fields }) => {
                let members = Members { owner: name, noun: "field", fields };
                MembersVisitor::new(self.0, members).visit_map(map)
            }
            Some(Shape::Enum { .. }) => {
                let Some(name) = map.next_key::<String>()? else {
                    return Err(A::Error::invalid_length(0, &self));
                };
                let variant = self.0.variant::<A::Error>(&name)?;
                let held = map
                    .next_value_seed(Held { shaped: self.0, variant })
                    .map_err(|error| at(&format!("variant `{name}`"), &error))?;
                if let Some(other) = map.next_key::<String>()? {
                    return Err(A::Error::custom(format_args!(
                        "`{other}` stands beside the variant `{name}`"
                    )));
                }
                Ok(Data::Map(vec![(Data::Text(variant.name.clone()), held)]))
            }
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// A key out of the text that it is in JSON.
fn map_key<E: Error>(key: Shaped<'_>, text: &str) -> Result<Data, E> {
    let is_text = matches!(
        key.bare(),
        Some(
            Shape::Text
                | Shape::Char
                | Shape::Bytes
                | Shape::Enum { .. }
                | Shape::Any { .. }
                | Shape::Opaque { .. }
        )
    );
    let read = if is_text {
        key.deserialize(StrDeserializer::<serde_json::Error>::new(text))
    } else {
        let mut json = serde_json::Deserializer::from_str(text);
        key.deserialize(&mut json).and_then(|key| json.end().map(|()| key)).map_err(|error| {
            if error.is_data() {
                return error;
            }
            let expected = key.words(key.which);
            serde_json::Error::custom(format_args!(
                "found the text {text:?}, expected the JSON of {expected}"
            ))
        })
    };
    read.map_err(|error| E::custom(format_args!("the key `{text}`: {error}")))
}
