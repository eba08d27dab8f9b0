//! Many values one after the other, each as if it were alone: what is the same for all is made ready once.
//!
//! One value is little work, so it is inlined into the loop over them whatever a compiler thinks of its size.

use std::any::type_name;

use serde::Serialize;
use serde::de::DeserializeSeed;

use super::{Codec, CodecError, CodecLimits, guard, named};

/// Values that are appended to one buffer. What else is put there between them is not part of any.
pub struct EncodeRun<'a>(Encoding<'a>);

/// Values out of one input each.
pub struct DecodeRun<'de>(Decoding<'de>);

enum Encoding<'a> {
    Postcard(guard::EncodeRun<'a>),
    Named(Codec, &'a CodecLimits, &'a mut Vec<u8>),
}

enum Decoding<'de> {
    Postcard(guard::DecodeRun<'de>),
    Named(Codec, CodecLimits),
}

impl Codec {
    /// Begins to append values to `out`.
    #[inline]
    pub(crate) fn encode_run<'a>(self, limits: &'a CodecLimits, out: &'a mut Vec<u8>) -> EncodeRun<'a> {
        EncodeRun(match self {
            Self::Postcard => Encoding::Postcard(guard::EncodeRun::new(limits, out)),
            other => Encoding::Named(other, limits, out),
        })
    }

    /// Begins to decode values.
    #[inline]
    pub(crate) fn decode_run<'de>(self, limits: &CodecLimits) -> DecodeRun<'de> {
        DecodeRun(match self {
            Self::Postcard => Decoding::Postcard(guard::DecodeRun::new(limits)),
            other => Decoding::Named(other, *limits),
        })
    }
}

impl EncodeRun<'_> {
    /// What is appended to.
    #[inline]
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        match &mut self.0 {
            Encoding::Postcard(run) => run.buffer(),
            Encoding::Named(_, _, out) => out,
        }
    }

    /// As [`Codec::encode`].
    #[inline(always)]
    pub(crate) fn encode<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        match &mut self.0 {
            Encoding::Postcard(run) => run.encode(value, type_name::<T>()),
            Encoding::Named(codec, limits, out) => encode_named(*codec, value, limits, out),
        }
    }
}

impl<'de> DecodeRun<'de> {
    /// As [`Codec::decode_seed`].
    #[inline(always)]
    pub(crate) fn decode_seed<S>(&mut self, seed: S, input: &'de [u8]) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        match &mut self.0 {
            Decoding::Postcard(run) => run.decode(seed, input),
            Decoding::Named(codec, limits) => decode_named(*codec, seed, input, limits),
        }
    }
}

/// Apart, so that the loop over positional values stays short.
#[cold]
#[inline(never)]
fn encode_named<T: Serialize + ?Sized>(
    codec: Codec,
    value: &T,
    limits: &CodecLimits,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    named::encode(codec, value, type_name::<T>(), limits, out)
}

/// As [`encode_named`].
#[cold]
#[inline(never)]
fn decode_named<'de, S>(
    codec: Codec,
    seed: S,
    input: &'de [u8],
    limits: &CodecLimits,
) -> Result<S::Value, CodecError>
where
    S: DeserializeSeed<'de>,
{
    named::decode(codec, seed, input, limits)
}
