//! The types of a service or a method, and how they refer to each other.

#[cfg(any(test, feature = "introspection"))]
use serde::{Deserialize, Serialize};

use super::{Notes, Shape};

/// Which of its [`Types`] a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[cfg_attr(any(test, feature = "introspection"), serde(transparent))]
pub struct TypeRef(u32);

/// Shapes that refer to each other. [`Notes`] are kept beside them, and serde does not see those: they are nothing that is
/// on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "introspection"), derive(Serialize, Deserialize))]
#[cfg_attr(any(test, feature = "introspection"), serde(transparent))]
pub struct Types {
    shapes: Vec<Shape>,
    /// In the order of their types.
    #[cfg_attr(any(test, feature = "introspection"), serde(skip))]
    notes: Vec<(TypeRef, Notes)>,
}

impl TypeRef {
    /// The `index`-th of its types.
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// Its position among its types.
    pub const fn index(self) -> u32 {
        self.0
    }
}

impl Types {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { shapes: Vec::with_capacity(capacity), notes: Vec::new() }
    }

    /// The shape of a type; `None` if it is not among these, as what a peer sent may say.
    pub fn get(&self, which: TypeRef) -> Option<&Shape> {
        self.shapes.get(which.0 as usize)
    }

    /// Adds a type.
    pub fn add(&mut self, shape: Shape) -> TypeRef {
        // 2^32 shapes do not fit into memory.
        let which = TypeRef(u32::try_from(self.shapes.len()).unwrap_or(u32::MAX));
        self.shapes.push(shape);
        which
    }

    /// Sets what a type is that was added before it was known.
    pub fn set(&mut self, which: TypeRef, shape: Shape) {
        if let Some(place) = self.shapes.get_mut(which.0 as usize) {
            *place = shape;
        }
    }

    /// What a type says of itself, if it does.
    pub fn notes(&self, which: TypeRef) -> Option<&Notes> {
        let place = self.noted(which).ok()?;
        self.notes.get(place).map(|(_, notes)| notes)
    }

    /// What all types say of themselves, in the order of the types.
    pub fn all_notes(&self) -> &[(TypeRef, Notes)] {
        &self.notes
    }

    /// Sets what a type says of itself.
    pub fn set_notes(&mut self, which: TypeRef, notes: Notes) {
        match self.noted(which) {
            Ok(place) => {
                if let Some(known) = self.notes.get_mut(place) {
                    known.1 = notes;
                }
            }
            Err(place) => self.notes.insert(place, (which, notes)),
        }
    }

    fn noted(&self, which: TypeRef) -> Result<usize, usize> {
        self.notes.binary_search_by_key(&which, |(noted, _)| *noted)
    }

    /// All of them, in the order in which they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (TypeRef, &Shape)> + '_ {
        // As in `add`.
        self.shapes
            .iter()
            .enumerate()
            .map(|(index, shape)| (TypeRef(u32::try_from(index).unwrap_or(u32::MAX)), shape))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }
}
