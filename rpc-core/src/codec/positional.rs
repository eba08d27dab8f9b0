//! Postcard alone, for what always travels in it: no other codec is compiled for such types.

use std::any::type_name;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{CodecError, CodecLimits, guard};

/// As [`Codec::encode`](super::Codec::encode) of postcard.
pub(crate) fn encode<T: Serialize>(
    value: &T,
    limits: &CodecLimits,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    guard::encode(value, type_name::<T>(), limits, out)
}

/// As [`Codec::decode`](super::Codec::decode) of postcard.
pub(crate) fn decode<'de, T: Deserialize<'de>>(
    input: &'de [u8],
    limits: &CodecLimits,
) -> Result<T, CodecError> {
    guard::decode(PhantomData, input, limits, false)
}
