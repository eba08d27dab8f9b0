use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::generated::{EncodePayload, MethodDescriptor};

/// Writes the arguments of `method` as a struct called `name`.
pub fn encode_arguments<S: Serializer, F: Fields>(
    method: &'static MethodDescriptor,
    name: &'static str,
    serializer: S,
    fields: F,
) -> Result<S::Ok, S::Error> {
    let mut state = serializer.serialize_struct(name, method.arguments.len())?;
    fields.encode(method.argument_names, &mut state)?;
    state.end()
}

/// Arguments that can be written.
pub trait Fields {
    fn encode<S: SerializeStruct>(self, names: &[&'static str], state: &mut S) -> Result<(), S::Error>;
}

/// One argument to be written.
pub struct Field<'v, T, P>(&'v T, P);

impl<'v, T, P: EncodePayload<T>> Field<'v, T, P> {
    /// The bound is here so that an argument that is not serde data is reported on its own type.
    pub fn new(value: &'v T, payload: P) -> Self {
        Self(value, payload)
    }
}

impl<T, P: EncodePayload<T>> Serialize for Field<'_, T, P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.1.encode(self.0, serializer)
    }
}

impl Fields for () {
    fn encode<S: SerializeStruct>(self, _: &[&'static str], _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<T, P: EncodePayload<T>, Rest: Fields> Fields for (Field<'_, T, P>, Rest) {
    fn encode<S: SerializeStruct>(self, names: &[&'static str], state: &mut S) -> Result<(), S::Error> {
        let [name, names @ ..] = names else {
            return Ok(());
        };
        state.serialize_field(name, &self.0)?;
        self.1.encode(names, state)
    }
}
