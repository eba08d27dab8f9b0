//! Reading primitives and lengths: postcard reads, the guard checks that the form was the only one.

use serde::de::Deserialize;

use super::decoder::Decoder;
use crate::codec::{CodecError, CodecErrorKind};

/// A number that is a varint on the wire.
pub(in crate::codec) trait Varint<'de>: Deserialize<'de> {
    /// The number that a varint of one byte stands for.
    fn from_byte(byte: u8) -> Self;

    /// The number that a longer varint stands for, if it fits.
    fn from_bits(bits: u64) -> Option<Self>;
}

macro_rules! varints {
    ($($unsigned:ty, $signed:ty;)*) => {$(
        impl Varint<'_> for $unsigned {
            #[inline]
            fn from_byte(byte: u8) -> Self {
                byte.into()
            }

            #[inline]
            fn from_bits(bits: u64) -> Option<Self> {
                Self::try_from(bits).ok()
            }
        }

        impl Varint<'_> for $signed {
            // Zigzag: the lowest bit is the sign.
            #[inline]
            fn from_byte(byte: u8) -> Self {
                let half = (byte >> 1).cast_signed();
                if byte & 1 == 0 { half.into() } else { (!half).into() }
            }

            #[inline]
            fn from_bits(bits: u64) -> Option<Self> {
                let half = (bits >> 1).cast_signed();
                Self::try_from(if bits & 1 == 0 { half } else { !half }).ok()
            }
        }
    )*};
}

varints! {
    u16, i16;
    u32, i32;
    u64, i64;
    u128, i128;
}

/// Bits of a varint of as many bytes as cannot be above 64 bits.
const LONG_VARINT: u32 = 9 * 7;

impl<'de> Decoder<'de> {
    #[inline]
    fn take_byte(&mut self) -> Option<u8> {
        let byte = *self.input.get(self.position)?;
        self.position = self.position.saturating_add(1);
        Some(byte)
    }

    #[inline]
    pub(super) fn byte(&mut self) -> Result<u8, CodecError> {
        match self.take_byte() {
            Some(byte) => Ok(byte),
            None => Err(self.ended()),
        }
    }

    #[inline]
    pub(super) fn signed_byte(&mut self) -> Result<i8, CodecError> {
        Ok(self.byte()?.cast_signed())
    }

    /// Reads a primitive with postcard.
    #[inline]
    pub(super) fn primitive<T: Deserialize<'de>>(&mut self) -> Result<T, CodecError> {
        let input = self.input.get(self.position..).unwrap_or_default();
        match postcard::take_from_bytes(input) {
            Ok((value, rest)) => {
                self.position = self.input.len().saturating_sub(rest.len());
                Ok(value)
            }
            Err(error) => Err(self.refused(error)),
        }
    }

    /// Reads a varint. Most have one byte, and nearly all others up to nine.
    #[inline]
    pub(super) fn varint<T: Varint<'de>>(&mut self) -> Result<T, CodecError> {
        match self.input.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position = self.position.saturating_add(1);
                Ok(T::from_byte(byte))
            }
            _ => self.long_varint(),
        }
    }

    #[inline]
    fn long_varint<T: Varint<'de>>(&mut self) -> Result<T, CodecError> {
        // Those of two and three bytes are worth a way without a loop.
        let low = |byte: u8| u64::from(byte & 0x7f);
        match *self.input.get(self.position..).unwrap_or_default() {
            [first, second @ 1..0x80, ..] => {
                if let Some(value) = T::from_bits(low(first) | low(second) << 7) {
                    self.position = self.position.wrapping_add(2);
                    return Ok(value);
                }
            }
            [first, second, third @ 1..0x80, ..] if second >= 0x80 => {
                if let Some(value) = T::from_bits(low(first) | low(second) << 7 | low(third) << 14) {
                    self.position = self.position.wrapping_add(3);
                    return Ok(value);
                }
            }
            _ => {}
        }
        self.longer_varint()
    }

    #[inline(never)]
    fn longer_varint<T: Varint<'de>>(&mut self) -> Result<T, CodecError> {
        let (mut bits, mut shift, mut end) = (0_u64, 0_u32, self.position);
        while shift < LONG_VARINT
            && let Some(&byte) = self.input.get(end)
        {
            bits |= u64::from(byte & 0x7f) << shift;
            end = end.wrapping_add(1);
            if byte < 0x80 {
                match T::from_bits(bits) {
                    Some(value) if byte != 0 => {
                        self.position = end;
                        return Ok(value);
                    }
                    _ => break,
                }
            }
            shift = shift.wrapping_add(7);
        }
        self.doubtful_varint()
    }

    /// Postcard reads it and checks that it fits; that the form is the shortest is checked here.
    #[inline(never)]
    fn doubtful_varint<T: Varint<'de>>(&mut self) -> Result<T, CodecError> {
        let value = self.primitive()?;
        if self.input.get(self.position.saturating_sub(1)) == Some(&0) {
            return Err(self.fail(
                CodecErrorKind::NonCanonical,
                format_args!("a number or length is padded with zero bytes: only the shortest form is valid"),
            ));
        }
        Ok(value)
    }

    /// Reads a length as postcard writes it, whatever the width of `usize` at the peer.
    #[inline]
    pub(super) fn length(&mut self) -> Result<usize, CodecError> {
        let length: u64 = self.varint()?;
        // Where `usize` is smaller, the checks of the caller refuse the largest one as well.
        Ok(usize::try_from(length).unwrap_or(usize::MAX))
    }

    #[inline]
    pub(super) fn tag(&mut self) -> Result<bool, CodecError> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            tag => Err(self.fail(
                CodecErrorKind::Invalid,
                format_args!(
                    "the byte {tag} is neither 0 nor 1 where a bool or the tag of an option is expected"
                ),
            )),
        }
    }

    #[inline]
    pub(super) fn bytes(&mut self) -> Result<&'de [u8], CodecError> {
        let length = self.length()?;
        let end = self.position.saturating_add(length);
        let Some(bytes) = self.input.get(self.position..end) else {
            let left = self.left();
            return Err(self.fail(
                CodecErrorKind::UnexpectedEnd,
                format_args!(
                    "a text or block of {length} bytes is announced, but only {left} bytes are left"
                ),
            ));
        };
        self.position = end;
        Ok(bytes)
    }

    #[inline]
    pub(super) fn text(&mut self) -> Result<&'de str, CodecError> {
        let bytes = self.bytes()?;
        std::str::from_utf8(bytes).map_err(|error| {
            self.fail(CodecErrorKind::Invalid, format_args!("a text is not valid UTF-8: {error}"))
        })
    }

    #[inline]
    pub(super) fn character(&mut self) -> Result<char, CodecError> {
        let text = self.text()?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(self.fail(
                CodecErrorKind::Invalid,
                format_args!("a text of {} bytes is not the one character that is expected", text.len()),
            )),
        }
    }

    #[cold]
    fn ended(&mut self) -> CodecError {
        self.fail(
            CodecErrorKind::UnexpectedEnd,
            format_args!(
                "the input ends in the middle of the value: it was cut off, or made from another type"
            ),
        )
    }

    #[cold]
    fn refused(&mut self, error: postcard::Error) -> CodecError {
        match error {
            postcard::Error::DeserializeUnexpectedEnd => self.ended(),
            postcard::Error::DeserializeBadVarint => self.fail(
                CodecErrorKind::NonCanonical,
                format_args!("a number or length has more bits than its type"),
            ),
            other => self.fail(CodecErrorKind::Invalid, format_args!("postcard refused the input: {other}")),
        }
    }
}
