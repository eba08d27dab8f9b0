//! The state of one decoding: a codec, and the budget.

use std::any::type_name;
use std::fmt;
use std::mem::size_of;

use serde::de::{DeserializeSeed, Error, Expected, Unexpected};

use super::codecs::Reader;
use super::source::{Level, Source, Unreadable};
use super::token::{Token, Wanted};
use crate::codec::budget::DecodeBudget;
use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};

/// Decodes all of `input`.
#[inline(never)]
pub(in crate::codec) fn decode<'de, S>(
    codec: Codec,
    seed: S,
    input: &'de [u8],
    limits: &CodecLimits,
) -> Result<S::Value, CodecError>
where
    S: DeserializeSeed<'de>,
{
    let name = type_name::<S::Value>();
    let budget = DecodeBudget::new(input.len(), limits, size_of::<S::Value>());
    budget.check_size(name)?;
    let mut reader = Reader::new(codec, input);
    let mut decoder = Decoder::new(codec, reader.source(), budget);
    match seed.deserialize(&mut decoder) {
        Ok(value) => decoder.finish(name).map(|()| value),
        Err(error) => Err(decoder.budget.failed(error, name)),
    }
}

pub(super) struct Decoder<'s, 'de> {
    codec: Codec,
    source: &'s mut dyn Source<'de>,
    pub(super) budget: DecodeBudget,
    /// Whether the codec has to be told where a value begins behind its key.
    parts_values: bool,
}

impl<'s, 'de> Decoder<'s, 'de> {
    fn new(codec: Codec, source: &'s mut dyn Source<'de>, budget: DecodeBudget) -> Self {
        let parts_values = source.parts_values();
        Self { codec, source, budget, parts_values }
    }

    fn finish(&mut self, name: &'static str) -> Result<(), CodecError> {
        match self.source.finish() {
            Ok(left) => self.budget.finish(left, name),
            Err(why) => {
                let error = self.unreadable(why, &"a value");
                Err(self.budget.failed(error, name))
            }
        }
    }

    pub(super) fn source_is_human_readable(&self) -> bool {
        self.source.is_human_readable()
    }

    #[inline]
    pub(super) fn next(&mut self, wanted: Wanted, expected: &dyn Expected) -> Result<Token<'de>, CodecError> {
        match self.source.next(wanted) {
            Ok(token) => Ok(token),
            Err(why) => Err(self.unreadable(why, expected)),
        }
    }

    pub(super) fn none(&mut self) -> Result<bool, CodecError> {
        match self.source.none() {
            Ok(none) => Ok(none),
            Err(why) => Err(self.unreadable(why, &"an option")),
        }
    }

    pub(super) fn some(&mut self) -> Result<bool, CodecError> {
        match self.source.some() {
            Ok(some) => Ok(some),
            Err(why) => Err(self.unreadable(why, &"an option")),
        }
    }

    pub(super) fn more(&mut self, level: &mut Level) -> Result<bool, CodecError> {
        match self.source.more(level) {
            Ok(more) => {
                level.first = false;
                Ok(more)
            }
            Err(why) => Err(self.unreadable(why, &"a list or map")),
        }
    }

    pub(super) fn value(&mut self, level: &Level) -> Result<(), CodecError> {
        if !self.parts_values {
            return Ok(());
        }
        match self.source.value(level) {
            Ok(()) => Ok(()),
            Err(why) => Err(self.unreadable(why, &"a map")),
        }
    }

    pub(super) fn reserve_hint(&self, level: &Level) -> Option<usize> {
        Some(self.budget.reserve_hint(level.left?, self.source.left()))
    }

    /// Begins a list or a map whose value takes `size` bytes where it is stored.
    pub(super) fn begin(
        &mut self,
        size: usize,
        wanted: Wanted,
        keyed: bool,
        length: Option<usize>,
    ) -> Result<Level, CodecError> {
        self.budget.enter(size)?;
        self.budget.check_count(length.unwrap_or_default(), self.source.left())?;
        Ok(Level::new(wanted, keyed, length))
    }

    /// Takes what comes next and throws it away.
    pub(super) fn skip(&mut self) -> Result<(), CodecError> {
        // A variant with content is two levels here and one to its type.
        let levels = self.budget.max_depth().saturating_mul(2);
        self.skip_within(levels)
    }

    fn skip_within(&mut self, levels: usize) -> Result<(), CodecError> {
        let (keyed, length) = match self.next(Wanted::Ignored, &"anything")? {
            Token::List(length) => (false, length),
            Token::Map(length) => (true, length),
            Token::Some => (false, Some(1)),
            _ => return Ok(()),
        };
        let Some(levels) = levels.checked_sub(1) else { return Err(self.budget.too_deep()) };
        let mut level = Level::new(Wanted::Ignored, keyed, length);
        while self.more(&mut level)? {
            if keyed {
                self.skip_within(levels)?;
                self.value(&level)?;
            }
            self.skip_within(levels)?;
        }
        Ok(())
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: CodecErrorKind, text: fmt::Arguments<'_>) -> CodecError {
        self.budget.fail(kind, text)
    }

    /// A token that is not what the visitor expects.
    #[cold]
    #[inline(never)]
    pub(super) fn mismatch(&mut self, found: &Token<'_>, expected: &dyn Expected) -> CodecError {
        let told;
        let found = match found {
            Token::Null => Unexpected::Unit,
            Token::Bool(value) => Unexpected::Bool(*value),
            Token::Unsigned(value) => Unexpected::Unsigned(*value),
            Token::Negative(value) => Unexpected::Signed(*value),
            Token::WideUnsigned(wide) => {
                told = format!("the number {}", { wide.0 });
                Unexpected::Other(&told)
            }
            Token::WideNegative(wide) => {
                told = format!("the number {}", { wide.0 });
                Unexpected::Other(&told)
            }
            Token::F32(value) => Unexpected::Float(f64::from(*value)),
            Token::F64(value) => Unexpected::Float(*value),
            Token::Text(text) => Unexpected::Str(text),
            Token::Block(block) => Unexpected::Bytes(block),
            Token::List(_) => Unexpected::Seq,
            Token::Map(_) => Unexpected::Map,
            Token::Some => Unexpected::Option,
        };
        let error = CodecError::invalid_type(found, expected);
        self.budget.note(error)
    }

    #[cold]
    #[inline(never)]
    fn unreadable(&mut self, why: Unreadable, expected: &dyn Expected) -> CodecError {
        let (codec, left) = (self.codec, self.source.left());
        match why {
            Unreadable::End => self.fail(
                CodecErrorKind::UnexpectedEnd,
                format_args!("the input ends in the middle of the value: it was cut off"),
            ),
            Unreadable::Malformed(text) => {
                let at = self.budget.size().saturating_sub(left);
                self.fail(
                    CodecErrorKind::Malformed,
                    format_args!("the input is not {codec} behind byte {at}: {text}"),
                )
            }
            Unreadable::Untold => self.fail(
                CodecErrorKind::SelfDescribing,
                format_args!(
                    "{codec} does not tell texts from numbers, but {expected} has to know (`tag`, `untagged`, `flatten`): \
                     take the attribute away, or use another codec"
                ),
            ),
        }
    }
}
