//! The way in and out.

use serde::Serialize;
use serde::de::DeserializeSeed;

use super::decoder::Decoder;
use super::encoder::Encoder;
use crate::codec::{Codec, CodecLimits};

/// The quick way under the limits of a run of values.
#[derive(Clone, Copy)]
pub struct Flat {
    max_depth: usize,
}

/// A length of one byte is never above this.
pub(super) const MAX_LENGTH: usize = 0x7f;

/// Types above this size are rarely that short.
const MAX_SIZE: usize = 2 * MAX_LENGTH;

impl Codec {
    /// The quick way, if this codec has one and values of up to 127 bytes are within the limits.
    #[inline]
    pub(crate) fn flat(self, limits: &CodecLimits) -> Option<Flat> {
        let has_one = self == Self::Postcard && limits.max_size >= MAX_LENGTH;
        has_one.then_some(Flat { max_depth: limits.max_depth })
    }
}

impl Flat {
    /// Appends the length of a value in one byte, and the value. False if it is refused, and `out` is then what it was;
    /// it is asked for its form once more if it is then encoded by the guard.
    #[inline(always)]
    pub(crate) fn append<T: Serialize>(self, value: &T, out: &mut Vec<u8>) -> bool {
        if size_of::<T>() > MAX_SIZE {
            return false;
        }
        let start = out.len();
        let mut encoder = Encoder::new(self.max_depth, out);
        let done = value.serialize(&mut encoder).is_ok() && encoder.finish(start);
        if !done {
            out.truncate(start);
        }
        done
    }

    /// Decodes a value that is the first `length` bytes of `input`. What stands behind them is no part of it, but makes the
    /// quick way quicker. `None` if the value is refused; `seed` is asked once more if the guard then decodes it.
    #[inline(always)]
    pub(crate) fn decode_seed<'de, S>(self, seed: S, input: &'de [u8], length: usize) -> Option<S::Value>
    where
        S: DeserializeSeed<'de>,
    {
        let mut decoder = Decoder::new(self.max_depth, input, length, size_of::<S::Value>());
        let value = seed.deserialize(&mut decoder).ok()?;
        decoder.is_done().then_some(value)
    }
}
