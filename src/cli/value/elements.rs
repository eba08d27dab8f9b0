//! Lists and tuples, out of JSON.

use rpc_core::schema::TypeRef;
use serde::de::{Error, SeqAccess};

use super::shaped::at;
use super::{Data, Shaped};

/// The types of what is in a list.
pub(super) enum Elements<'t> {
    All(TypeRef),
    Each(&'t [TypeRef]),
}

impl Elements<'_> {
    pub(super) fn read<'de, A: SeqAccess<'de>>(
        self,
        shaped: Shaped<'_>,
        list: &mut A,
        expected: &dyn serde::de::Expected,
    ) -> Result<Data, A::Error> {
        let mut elements = Vec::new();
        loop {
            let which = match self {
                Self::All(element) => element,
                Self::Each(all) => match all.get(elements.len()) {
                    Some(element) => *element,
                    None => break,
                },
            };
            let place = format!("element {}", elements.len());
            match list.next_element_seed(shaped.inside(which)).map_err(|error| at(&place, &error))? {
                Some(element) => elements.push(element),
                None => break,
            }
        }
        match self {
            Self::Each(all) if elements.len() < all.len() => {
                Err(A::Error::invalid_length(elements.len(), expected))
            }
            Self::Each(all) if list.next_element::<serde::de::IgnoredAny>()?.is_some() => {
                Err(A::Error::custom(format_args!("there are more elements than {}", all.len())))
            }
            _ => Ok(Data::List(elements)),
        }
    }
}
