//! Many values one after the other, each as if it were alone: what is the same for all is made ready once.
//!
//! One value is little work, so it is inlined into the loop over them whatever a compiler thinks of its size.

use std::any::type_name;

use serde::Serialize;
use serde::de::DeserializeSeed;

use super::{Codec, CodecError, CodecLimits, guard, named};

/// Values that are appended to one buffer. What else is put there between them is not part of any.
// No enum: its parts would have to stay in memory, and the loop over positional values has them in registers.
pub struct EncodeRun<'a> {
    positional: guard::EncodeRun<'a>,
    /// In place of it.
    named: Option<Codec>,
    limits: &'a CodecLimits,
}

/// Values out of one input each.
pub struct DecodeRun<'de> {
    positional: guard::DecodeRun<'de>,
    /// In place of it.
    named: Option<Codec>,
    limits: CodecLimits,
}

impl Codec {
    /// Begins to append values to `out`.
    #[inline]
    pub(crate) fn encode_run<'a>(self, limits: &'a CodecLimits, out: &'a mut Vec<u8>) -> EncodeRun<'a> {
        EncodeRun { positional: guard::EncodeRun::new(limits, out), named: self.unless_positional(), limits }
    }

    /// Begins to decode values.
    #[inline]
    pub(crate) fn decode_run<'de>(self, limits: &CodecLimits) -> DecodeRun<'de> {
        DecodeRun {
            positional: guard::DecodeRun::new(limits),
            named: self.unless_positional(),
            limits: *limits,
        }
    }

    #[inline]
    fn unless_positional(self) -> Option<Self> {
        (self != Self::Postcard).then_some(self)
    }
}

impl EncodeRun<'_> {
    /// What is appended to.
    #[inline]
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        self.positional.buffer()
    }

    /// As [`Codec::encode`].
    #[inline(always)]
    pub(crate) fn encode<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        match self.named {
            None => self.positional.encode(value, type_name::<T>()),
            Some(codec) => encode_named(codec, value, self.limits, self.positional.buffer()),
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
        match self.named {
            None => self.positional.decode(seed, input),
            Some(codec) => decode_named(codec, seed, input, &self.limits),
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
