use std::borrow::Cow;
use std::convert::Infallible;

use cbor4ii::core::dec::{Decode, Error, Read, Reference};
use cbor4ii::core::{major, marker, types};

use super::{MAJOR_SHIFT, SOME};
use crate::codec::named::{Level, Source, Token, Unreadable, Wanted, Wide};

/// Reads CBOR. What it holds says what it is, so that what is wanted does not matter.
pub(in crate::codec) struct Reader<'de>(Input<'de>);

/// What has not been read.
struct Input<'de>(&'de [u8]);

impl<'de> Read<'de> for Input<'de> {
    type Error = Infallible;

    #[inline]
    fn fill<'short>(&'short mut self, _: usize) -> Result<Reference<'de, 'short>, Infallible> {
        Ok(Reference::Long(self.0))
    }

    #[inline]
    fn advance(&mut self, n: usize) {
        self.0 = self.0.get(n..).unwrap_or_default();
    }
}

impl<'de> Reader<'de> {
    pub(in crate::codec) fn new(input: &'de [u8]) -> Self {
        Self(Input(input))
    }

    fn peek(&self) -> Result<u8, Unreadable> {
        self.0.0.first().copied().ok_or(Unreadable::End)
    }

    #[inline]
    fn take<T: Decode<'de>>(&mut self) -> Result<T, Unreadable> {
        check(T::decode(&mut self.0))
    }

    fn token(&mut self) -> Result<Token<'de>, Unreadable> {
        let byte = self.peek()?;
        match byte >> MAJOR_SHIFT {
            major::UNSIGNED => self.take().map(Token::Unsigned),
            major::NEGATIVE => {
                let types::Negative(magnitude) = self.take::<types::Negative<u64>>()?;
                Ok(negative(magnitude.into()))
            }
            major::BYTES => {
                self.take::<types::Bytes<&[u8]>>().map(|bytes| Token::Block(Cow::Borrowed(bytes.0)))
            }
            major::STRING => self.take::<&str>().map(|text| Token::Text(Cow::Borrowed(text))),
            major::ARRAY => check(types::Array::len(&mut self.0)).map(Token::List),
            major::MAP => check(types::Map::len(&mut self.0)).map(Token::Map),
            major::TAG => self.tagged(),
            _ => self.simple(byte),
        }
    }

    /// Numbers and texts whose length is in the first byte: most of what there is, names above all.
    #[inline]
    fn short(&mut self) -> Option<Token<'de>> {
        const SHORT: u8 = 0x17;
        let (first, rest) = self.0.0.split_first()?;
        match first >> MAJOR_SHIFT {
            major::UNSIGNED if *first <= SHORT => {
                self.0.0 = rest;
                Some(Token::Unsigned((*first).into()))
            }
            major::STRING if first & 0x1f <= SHORT => {
                let (text, rest) = rest.split_at_checked(usize::from(first & 0x1f))?;
                let text = std::str::from_utf8(text).ok()?;
                self.0.0 = rest;
                Some(Token::Text(Cow::Borrowed(text)))
            }
            _ => None,
        }
    }

    fn tagged(&mut self) -> Result<Token<'de>, Unreadable> {
        match check(types::Tag::tag(&mut self.0))? {
            2 => Ok(unsigned(self.magnitude()?)),
            3 => match i128::try_from(self.magnitude()?) {
                Ok(magnitude) => Ok(negative(magnitude)),
                Err(_) => Err(too_many_bits()),
            },
            SOME => Ok(Token::Some),
            tag => Err(Unreadable::Malformed(Cow::Owned(format!("the tag {tag} is not known here")))),
        }
    }

    /// The bytes of a number above 64 bits.
    fn magnitude(&mut self) -> Result<u128, Unreadable> {
        let types::Bytes(bytes) = self.take::<types::Bytes<&[u8]>>()?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let digits = bytes.get(zeros..).unwrap_or_default();
        if digits.len() > size_of::<u128>() {
            return Err(too_many_bits());
        }
        Ok(digits.iter().fold(0, |number, digit| number << 8 | u128::from(*digit)))
    }

    fn simple(&mut self, byte: u8) -> Result<Token<'de>, Unreadable> {
        match byte {
            marker::FALSE | marker::TRUE => self.take().map(Token::Bool),
            marker::NULL => {
                self.0.advance(1);
                Ok(Token::Null)
            }
            marker::F32 => self.take().map(Token::F32),
            marker::F64 => self.take().map(Token::F64),
            marker::F16 => Err(Unreadable::malformed("floats of 16 bits are not read here")),
            marker::BREAK => Err(Unreadable::malformed("a list or map ends where a value is expected")),
            _ => Err(Unreadable::malformed("a simple value that is not known here")),
        }
    }
}

fn unsigned(number: u128) -> Token<'static> {
    u64::try_from(number).map_or(Token::WideUnsigned(Wide(number)), Token::Unsigned)
}

/// −1 − `magnitude`.
fn negative(magnitude: i128) -> Token<'static> {
    let number = !magnitude;
    i64::try_from(number).map_or(Token::WideNegative(Wide(number)), Token::Negative)
}

#[cold]
fn too_many_bits() -> Unreadable {
    Unreadable::malformed("a number of more than 128 bits")
}

#[inline]
fn check<T>(result: Result<T, Error<Infallible>>) -> Result<T, Unreadable> {
    result.map_err(refused)
}

#[cold]
fn refused(error: Error<Infallible>) -> Unreadable {
    match error {
        // Bytes are announced that are not there.
        Error::Eof { .. } | Error::RequireLength { .. } => Unreadable::End,
        Error::RequireUtf8 { .. } => Unreadable::malformed("a text is not valid UTF-8"),
        // Wide ones are taken apart here.
        Error::CastOverflow { .. } => Unreadable::malformed("a length above what this machine can address"),
        _ => Unreadable::malformed("a byte that begins no value, or a text or block of unknown length"),
    }
}

impl<'de> Source<'de> for Reader<'de> {
    fn is_human_readable(&self) -> bool {
        false
    }

    fn next(&mut self, _: Wanted) -> Result<Token<'de>, Unreadable> {
        if let Some(token) = self.short() {
            return Ok(token);
        }
        let before = self.0.0;
        let token = self.token();
        if token.is_err() {
            // What is wrong is where it began.
            self.0.0 = before;
        }
        token
    }

    fn none(&mut self) -> Result<bool, Unreadable> {
        let none = self.peek()? == marker::NULL;
        if none {
            self.0.advance(1);
        }
        Ok(none)
    }

    fn some(&mut self) -> Result<bool, Unreadable> {
        if self.peek()? >> MAJOR_SHIFT != major::TAG {
            return Ok(false);
        }
        let before = self.0.0;
        let some = check(types::Tag::tag(&mut self.0))? == SOME;
        if !some {
            self.0.0 = before;
        }
        Ok(some)
    }

    fn more(&mut self, level: &mut Level) -> Result<bool, Unreadable> {
        match &mut level.left {
            Some(left) => match left.checked_sub(1) {
                Some(fewer) => {
                    *left = fewer;
                    Ok(true)
                }
                None => Ok(false),
            },
            None => {
                let ended = self.peek()? == marker::BREAK;
                if ended {
                    self.0.advance(1);
                }
                Ok(!ended)
            }
        }
    }

    fn parts_values(&self) -> bool {
        false
    }

    fn value(&mut self, _: &Level) -> Result<(), Unreadable> {
        Ok(())
    }

    fn left(&self) -> usize {
        self.0.0.len()
    }

    fn finish(&mut self) -> Result<usize, Unreadable> {
        Ok(self.left())
    }
}
