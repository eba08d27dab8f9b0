//! Bytes that cross as one block, never byte by byte.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use super::{Arg, DecodeField, EncodePayload};
use crate::codec::offer;

/// Bytes that cross in one piece.
pub trait Block: Sized {
    fn as_block(&self) -> &[u8];

    /// The block itself, if others can have it without a copy.
    fn shared(&self) -> Option<&Bytes> {
        None
    }

    /// `Err` gives back what is only borrowed.
    fn into_block(self) -> Result<Bytes, Self>;
}

/// A [`Block`] as it is read.
pub trait BlockFrom<'de>: Block {
    /// `part` was lent by the codec; it need not lie within `body`.
    fn from_message(body: &'de Bytes, part: &'de [u8]) -> Self;

    fn from_vec(block: Vec<u8>) -> Self;
}

impl Block for Vec<u8> {
    fn as_block(&self) -> &[u8] {
        self
    }

    fn into_block(self) -> Result<Bytes, Self> {
        Ok(Bytes::from(self))
    }
}

impl<'de> BlockFrom<'de> for Vec<u8> {
    fn from_message(_: &'de Bytes, part: &'de [u8]) -> Self {
        part.to_vec()
    }

    fn from_vec(block: Vec<u8>) -> Self {
        block
    }
}

impl Block for Bytes {
    fn as_block(&self) -> &[u8] {
        self
    }

    fn shared(&self) -> Option<&Bytes> {
        Some(self)
    }

    fn into_block(self) -> Result<Bytes, Self> {
        Ok(self)
    }
}

impl<'de> BlockFrom<'de> for Bytes {
    fn from_message(body: &'de Bytes, part: &'de [u8]) -> Self {
        // The codec may have read from a buffer of its own; `slice_ref` panics on a part of that.
        let (outer, inner) = (body.as_ptr_range(), part.as_ptr_range());
        if outer.start <= inner.start && inner.end <= outer.end {
            body.slice_ref(part)
        } else {
            Self::copy_from_slice(part)
        }
    }

    fn from_vec(block: Vec<u8>) -> Self {
        block.into()
    }
}

impl Block for Arg<'_, [u8]> {
    fn as_block(&self) -> &[u8] {
        self
    }

    fn into_block(self) -> Result<Bytes, Self> {
        Err(self)
    }
}

impl<'de: 'a, 'a> BlockFrom<'de> for Arg<'a, [u8]> {
    fn from_message(_: &'de Bytes, part: &'de [u8]) -> Self {
        Self::borrowed(part)
    }

    fn from_vec(block: Vec<u8>) -> Self {
        Self::owned(block)
    }
}

/// `&Vec<u8>` and `&Bytes`.
impl<T: Block> Block for Arg<'_, T> {
    fn as_block(&self) -> &[u8] {
        T::as_block(self)
    }

    fn shared(&self) -> Option<&Bytes> {
        T::shared(self)
    }

    fn into_block(self) -> Result<Bytes, Self> {
        Err(self)
    }
}

impl<'de, T: BlockFrom<'de>> BlockFrom<'de> for Arg<'_, T> {
    fn from_message(body: &'de Bytes, part: &'de [u8]) -> Self {
        Self::owned(T::from_message(body, part))
    }

    fn from_vec(block: Vec<u8>) -> Self {
        Self::owned(T::from_vec(block))
    }
}

/// As one block.
#[derive(Clone, Copy, Debug)]
pub struct BlockPayload;

impl<T: Block> EncodePayload<T> for BlockPayload {
    fn encode<S: Serializer>(self, value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        match value.shared() {
            Some(block) => offer(block, || serializer.serialize_bytes(block)),
            None => serializer.serialize_bytes(value.as_block()),
        }
    }

    fn block_length(self, value: &T) -> usize {
        value.as_block().len()
    }

    fn into_block(self, value: T) -> Result<Bytes, T> {
        value.into_block()
    }
}

impl<'de, T: BlockFrom<'de>> DecodeField<'de, T> for BlockPayload {
    fn decode_field<D: Deserializer<'de>>(self, body: &'de Bytes, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_byte_buf(BlockVisitor { body, block: PhantomData })
    }
}

/// As one block, or none.
#[derive(Clone, Copy, Debug)]
pub struct OptionalBlockPayload;

impl<T: Block> EncodePayload<Option<T>> for OptionalBlockPayload {
    fn encode<S: Serializer>(self, value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(block) => serializer.serialize_some(&BlockRef(block.as_block())),
            None => serializer.serialize_none(),
        }
    }
}

impl<'de, T: BlockFrom<'de>> DecodeField<'de, Option<T>> for OptionalBlockPayload {
    fn decode_field<D: Deserializer<'de>>(
        self,
        body: &'de Bytes,
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(OptionVisitor(BlockVisitor { body, block: PhantomData }))
    }
}

struct BlockRef<'a>(&'a [u8]);

impl Serialize for BlockRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

struct BlockVisitor<'de, T> {
    body: &'de Bytes,
    block: PhantomData<T>,
}

impl<'de, T: BlockFrom<'de>> Visitor<'de> for BlockVisitor<'de, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E>(self, value: &'de [u8]) -> Result<T, E> {
        Ok(T::from_message(self.body, value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<T, E> {
        Ok(T::from_vec(value.to_vec()))
    }

    fn visit_byte_buf<E>(self, value: Vec<u8>) -> Result<T, E> {
        Ok(T::from_vec(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<T, E> {
        Ok(T::from_message(self.body, value.as_bytes()))
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok(T::from_vec(value.as_bytes().to_vec()))
    }

    // JSON has no bytes: it gives a list of numbers.
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<T, A::Error> {
        let mut block = Vec::new();
        while let Some(byte) = access.next_element()? {
            block.push(byte);
        }
        Ok(T::from_vec(block))
    }
}

struct OptionVisitor<'de, T>(BlockVisitor<'de, T>);

impl<'de, T: BlockFrom<'de>> Visitor<'de> for OptionVisitor<'de, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes or nothing")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_byte_buf(self.0).map(Some)
    }
}
