use std::marker::PhantomData;

use bytes::Bytes;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error};

use super::missing::Missing;
use crate::generated::DecodeField;

/// Arguments that are being read.
pub trait Slots<'de> {
    type Values;

    /// Reads the argument at `index`; false if the input has ended.
    fn fill<A: Source<'de>>(&mut self, index: usize, body: &'de Bytes, source: A) -> Result<bool, A::Error>;

    fn is_filled(&self, index: usize) -> bool;

    fn finish<E: Error>(self, missing: Missing<'_>) -> Result<Self::Values, E>;
}

/// Where the next argument comes from: a list or a map.
pub trait Source<'de> {
    type Error;

    fn read<T: DeserializeSeed<'de>>(self, seed: T) -> Result<Option<T::Value>, Self::Error>;
}

/// One argument that is being read.
pub struct Slot<T, P> {
    value: Option<T>,
    payload: P,
    default: Option<fn() -> T>,
}

/// The bounds are here so that an argument that is not serde data is reported on its own type.
impl<T, P> Slot<T, P> {
    pub fn required<'de>(payload: P) -> Self
    where
        P: DecodeField<'de, T>,
    {
        Self { value: None, payload, default: None }
    }

    pub fn or<'de>(payload: P, default: fn() -> T) -> Self
    where
        P: DecodeField<'de, T>,
    {
        Self { value: None, payload, default: Some(default) }
    }
}

impl<'de> Slots<'de> for () {
    type Values = ();

    fn fill<A: Source<'de>>(&mut self, _: usize, _: &'de Bytes, _: A) -> Result<bool, A::Error> {
        Ok(false)
    }

    fn is_filled(&self, _: usize) -> bool {
        false
    }

    fn finish<E: Error>(self, _: Missing<'_>) -> Result<(), E> {
        Ok(())
    }
}

impl<'de, T, P: DecodeField<'de, T>, Rest: Slots<'de>> Slots<'de> for (Slot<T, P>, Rest) {
    type Values = (T, Rest::Values);

    fn fill<A: Source<'de>>(&mut self, index: usize, body: &'de Bytes, source: A) -> Result<bool, A::Error> {
        match index.checked_sub(1) {
            Some(index) => self.1.fill(index, body, source),
            None => {
                self.0.value = source.read(Seed { payload: self.0.payload, body, value: PhantomData })?;
                Ok(self.0.value.is_some())
            }
        }
    }

    fn is_filled(&self, index: usize) -> bool {
        match index.checked_sub(1) {
            Some(index) => self.1.is_filled(index),
            None => self.0.value.is_some(),
        }
    }

    fn finish<E: Error>(self, missing: Missing<'_>) -> Result<Self::Values, E> {
        let (slot, rest) = self;
        let value = match (slot.value, slot.default) {
            (Some(value), _) => value,
            (None, Some(default)) => default(),
            (None, None) => slot.payload.decode_field(&NO_BODY, missing.deserializer())?,
        };
        Ok((value, rest.finish(missing.next())?))
    }
}

static NO_BODY: Bytes = Bytes::new();

struct Seed<'de, T, P> {
    payload: P,
    body: &'de Bytes,
    value: PhantomData<T>,
}

impl<'de, T, P: DecodeField<'de, T>> DeserializeSeed<'de> for Seed<'de, T, P> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.payload.decode_field(self.body, deserializer)
    }
}
