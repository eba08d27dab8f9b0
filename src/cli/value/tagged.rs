//! An item of one of several streams: an object with one entry, from the name of the stream to the item.

use std::fmt;

use rpc_core::schema::Field;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};

use super::shaped::at;
use super::{Data, Shaped};

/// Reads which of the streams, and its item.
pub(in crate::cli) struct TaggedVisitor<'t> {
    shaped: Shaped<'t>,
    method: &'t str,
    streams: &'t [Field],
}

impl<'t> TaggedVisitor<'t> {
    pub(in crate::cli) const fn new(shaped: Shaped<'t>, method: &'t str, streams: &'t [Field]) -> Self {
        Self { shaped, method, streams }
    }

    fn names(&self) -> String {
        self.streams.iter().map(|stream| format!("`{}`", stream.name)).collect::<Vec<_>>().join(", ")
    }
}

impl<'de> Visitor<'de> for TaggedVisitor<'_> {
    type Value = (usize, Data);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with one entry, from the name of a stream to its item: {}", self.names())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let expected = &self as &dyn serde::de::Expected;
        let Some(name) = map.next_key::<String>()? else {
            return Err(A::Error::custom(format_args!("found no stream, expected {expected}")));
        };
        let mut known = self.streams.iter().enumerate();
        let Some((number, stream)) = known.find(|(_, stream)| stream.name == name) else {
            let (method, names) = (self.method, self.names());
            return Err(A::Error::custom(format_args!("`{method}` has no stream `{name}`: it has {names}")));
        };
        let item = map
            .next_value_seed(self.shaped.inside(stream.shape))
            .map_err(|error| at(&format!("stream `{name}`"), &error))?;
        match map.next_entry::<String, IgnoredAny>()? {
            None => Ok((number, item)),
            Some((another, _)) => {
                Err(A::Error::custom(format_args!("found `{another}` behind `{name}`, expected {expected}")))
            }
        }
    }
}
