//! What has names: the fields of a struct, and the arguments of a method.

use std::fmt;

use rpc_core::schema::Field;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};

use super::shaped::at;
use super::{Data, Shaped};

/// Named values that stand together.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Members<'t> {
    /// What has them.
    pub(in crate::cli) owner: &'t str,
    /// What errors call one of them.
    pub(in crate::cli) noun: &'static str,
    pub(in crate::cli) fields: &'t [Field],
}

/// Reads them out of an object; arguments also out of a list.
pub(in crate::cli) struct MembersVisitor<'t> {
    shaped: Shaped<'t>,
    members: Members<'t>,
    by_position: bool,
}

impl<'t> MembersVisitor<'t> {
    pub(super) const fn new(shaped: Shaped<'t>, members: Members<'t>) -> Self {
        Self { shaped, members, by_position: false }
    }

    /// Also in their order, without names.
    pub(in crate::cli) const fn by_position(shaped: Shaped<'t>, members: Members<'t>) -> Self {
        Self { shaped, members, by_position: true }
    }

    fn complete<E: Error>(&self, entries: Vec<(Data, Data)>) -> Result<Data, E> {
        let Members { owner, noun, fields } = self.members;
        let given = |field: &Field| entries.iter().any(|(name, _)| *name == Data::Text(field.name.clone()));
        let missing = fields.iter().filter(|field| !field.optional && !given(field)).collect::<Vec<_>>();
        match missing.as_slice() {
            [] => Ok(Data::Map(entries)),
            [field] => Err(E::custom(format_args!(
                "the {noun} `{}` of `{owner}` is missing: {}",
                field.name,
                self.shaped.words(field.shape)
            ))),
            several => {
                let names = several.iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>();
                Err(E::custom(format_args!("the {noun}s {} of `{owner}` are missing", names.join(", "))))
            }
        }
    }

    fn known(&self) -> String {
        let names = self.members.fields.iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    }
}

impl<'de> Visitor<'de> for MembersVisitor<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Members { owner, noun, .. } = self.members;
        write!(f, "an object with the {noun}s of `{owner}`")?;
        if self.by_position { f.write_str(", or a list of them in their order") } else { Ok(()) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let Members { owner, noun, fields } = self.members;
        let mut entries: Vec<(Data, Data)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let mut known = fields.iter();
            let found = known.find(|known| known.name == name || known.aliases.contains(&name));
            let Some(field) = found else {
                return Err(A::Error::custom(format_args!(
                    "`{owner}` has no {noun} `{name}`: it has {}",
                    self.known()
                )));
            };
            let key = Data::Text(field.name.clone());
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format_args!("the {noun} `{name}` is given twice")));
            }
            let value = map
                .next_value_seed(self.shaped.inside(field.shape))
                .map_err(|error| at(&format!("{noun} `{name}`"), &error))?;
            entries.push((key, value));
        }
        self.complete(entries)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Data, A::Error> {
        let Members { owner, noun, fields } = self.members;
        if !self.by_position {
            return Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        let mut entries = Vec::new();
        for field in fields {
            let place = format!("{noun} `{}`", field.name);
            match list
                .next_element_seed(self.shaped.inside(field.shape))
                .map_err(|error| at(&place, &error))?
            {
                Some(value) => entries.push((Data::Text(field.name.clone()), value)),
                None => break,
            }
        }
        if entries.len() == fields.len() && list.next_element::<serde::de::IgnoredAny>()?.is_some() {
            return Err(A::Error::custom(format_args!("more {noun}s than `{owner}` has: {}", self.known())));
        }
        self.complete(entries)
    }
}
