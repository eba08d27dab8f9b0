use std::any::TypeId;
use std::collections::HashMap;

use super::Notes;

/// What types say of themselves, by type.
#[derive(Debug, Default)]
pub struct Descriptions(HashMap<TypeId, Notes>);

impl Descriptions {
    /// Adds what is said of `T`. False if that is known: then what `T` holds is known too, so that types which contain
    /// themselves have an end.
    pub fn add<T: ?Sized>(&mut self, notes: impl FnOnce() -> Notes) -> bool {
        let mut new = false;
        self.0.entry(typeid::of::<T>()).or_insert_with(|| {
            new = true;
            notes()
        });
        new
    }

    pub(in crate::schema) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::schema) fn get(&self, which: TypeId) -> Option<&Notes> {
        self.0.get(&which)
    }
}
