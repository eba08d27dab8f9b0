//! A value of any type, and how it is written.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::ser::{SerializeMap, Serializer};
use serde::{Serialize, de};

/// A value, as compact bodies and JSON tell it. Structs are maps, and variants are texts or maps of one entry.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) enum Data {
    /// Nothing: `None` or `()`.
    Null,
    Bool(bool),
    Unsigned(u64),
    Negative(i64),
    /// What has no room in 64 bits.
    WideUnsigned(Box<u128>),
    WideNegative(Box<i128>),
    F32(f32),
    F64(f64),
    Text(String),
    Bytes(Vec<u8>),
    Some(Box<Self>),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
}

impl Data {
    pub(super) fn unsigned(value: u128) -> Self {
        u64::try_from(value).map_or_else(|_| Self::WideUnsigned(Box::new(value)), Self::Unsigned)
    }

    pub(super) fn signed(value: i128) -> Self {
        match u128::try_from(value) {
            Ok(value) => Self::unsigned(value),
            Err(_) => {
                i64::try_from(value).map_or_else(|_| Self::WideNegative(Box::new(value)), Self::Negative)
            }
        }
    }

    /// On one line.
    pub(in crate::cli) fn to_json(&self) -> String {
        // Every key is a text, and a `String` takes everything.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let as_text = serializer.is_human_readable();
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Negative(value) => serializer.serialize_i64(*value),
            Self::WideUnsigned(value) => serializer.serialize_u128(**value),
            Self::WideNegative(value) => serializer.serialize_i128(**value),
            // JSON has no numbers for these.
            Self::F32(value) if as_text && !value.is_finite() => serializer.collect_str(value),
            Self::F64(value) if as_text && !value.is_finite() => serializer.collect_str(value),
            Self::F32(value) => serializer.serialize_f32(*value),
            Self::F64(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bytes(bytes) if as_text => serializer.serialize_str(&BASE64_STANDARD.encode(bytes)),
            Self::Bytes(bytes) => serializer.serialize_bytes(bytes),
            Self::Some(inner) => serializer.serialize_some(inner),
            Self::List(elements) => serializer.collect_seq(elements),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    match key {
                        Self::Text(_) => map.serialize_entry(key, value)?,
                        _ if as_text => map.serialize_entry(&key.key_text(), value)?,
                        _ => map.serialize_entry(key, value)?,
                    }
                }
                map.end()
            }
        }
    }
}

impl Data {
    /// As a key where keys have to be texts: bytes, which are a text already, without more quotes.
    fn key_text(&self) -> String {
        match self {
            Self::Bytes(bytes) => BASE64_STANDARD.encode(bytes),
            other => other.to_json(),
        }
    }
}

/// Bytes in base64, as the codecs that have no bytes write them.
pub(super) fn bytes<E: de::Error>(text: &str, expected: &dyn de::Expected) -> Result<Data, E> {
    let bytes = BASE64_STANDARD.decode(text);
    bytes.map(Data::Bytes).map_err(|_| E::invalid_value(de::Unexpected::Str(text), expected))
}
