//! How a value crosses: bytes as one block, everything else by serde.

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ErrorData;
use crate::stream::{Ahead, kept};

/// How a `T` is written.
pub trait EncodePayload<T>: Copy {
    /// Values may be copied, and nothing comes of asking one twice for its form.
    const IS_PLAIN: bool = false;

    fn encode<S: Serializer>(self, value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// How long the block is that [`into_block`](Self::into_block) gives; 0 if it gives none.
    fn block_length(self, _: &T) -> usize {
        0
    }

    /// The value as a block that can be sent without copying it; `Err` gives it back if it is none.
    fn into_block(self, value: T) -> Result<Bytes, T> {
        Err(value)
    }
}

/// How a `T` is read that may borrow from the message.
pub trait DecodeField<'de, T>: Copy {
    /// As [`EncodePayload::IS_PLAIN`].
    const IS_PLAIN: bool = false;

    /// `body` is the message that `deserializer` reads, so that a `Bytes` can be a slice of it.
    fn decode_field<D: Deserializer<'de>>(self, body: &'de Bytes, deserializer: D) -> Result<T, D::Error>;

    /// See [`DecodePayload::ahead`].
    fn keeps_ahead() -> Ahead<T>
    where
        T: 'static,
    {
        None
    }
}

/// How a `T` is read that outlives the message.
pub trait DecodePayload<T>: for<'de> DecodeField<'de, T> {
    /// See [`DecodeField::decode_field`].
    #[inline(always)]
    fn decode<'de, D: Deserializer<'de>>(self, body: &'de Bytes, deserializer: D) -> Result<T, D::Error> {
        self.decode_field(body, deserializer)
    }

    /// Where the values of a stream are kept that are decoded ahead; `None` if they are decoded one by one.
    fn ahead() -> Ahead<T>
    where
        T: 'static,
    {
        <Self as DecodeField<'static, T>>::keeps_ahead()
    }
}

impl<T, P: for<'de> DecodeField<'de, T>> DecodePayload<T> for P {}

/// By serde.
#[derive(Clone, Copy, Debug)]
pub struct SerdePayload;

impl<T: Serialize> EncodePayload<T> for SerdePayload {
    #[inline]
    fn encode<S: Serializer>(self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> DecodeField<'de, T> for SerdePayload {
    #[inline]
    fn decode_field<D: Deserializer<'de>>(self, _: &'de Bytes, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// By serde, of a type that may be copied and be anywhere: such values of a stream are decoded ahead.
#[derive(Clone, Copy, Debug)]
pub struct PlainPayload;

impl<T: Serialize + Copy> EncodePayload<T> for PlainPayload {
    const IS_PLAIN: bool = true;

    #[inline(always)]
    fn encode<S: Serializer>(self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de> + Copy + Send + Sync> DecodeField<'de, T> for PlainPayload {
    const IS_PLAIN: bool = true;

    #[inline(always)]
    fn decode_field<D: Deserializer<'de>>(self, _: &'de Bytes, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }

    fn keeps_ahead() -> Ahead<T>
    where
        T: 'static,
    {
        kept()
    }
}

/// By serde, for errors.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPayload;

impl<E: ErrorData> EncodePayload<E> for ErrorPayload {
    fn encode<S: Serializer>(self, error: &E, serializer: S) -> Result<S::Ok, S::Error> {
        error.serialize(serializer)
    }
}

impl<'de, E: ErrorData> DecodeField<'de, E> for ErrorPayload {
    fn decode_field<D: Deserializer<'de>>(self, _: &'de Bytes, deserializer: D) -> Result<E, D::Error> {
        E::deserialize(deserializer)
    }
}
