//! The state of one decoding: what is left of the input, and the budget.

use std::any::type_name;
use std::fmt;
use std::mem::size_of;

use serde::de::DeserializeSeed;

use crate::codec::budget::DecodeBudget;
use crate::codec::place::Place;
use crate::codec::{CodecError, CodecErrorKind, CodecLimits};

/// Decodes all of `input`. With `may_end_early` the outermost struct may lack fields at its end.
#[inline]
pub(in crate::codec) fn decode<'de, S>(
    seed: S,
    input: &'de [u8],
    limits: &CodecLimits,
    may_end_early: bool,
) -> Result<S::Value, CodecError>
where
    S: DeserializeSeed<'de>,
{
    let name = type_name::<S::Value>();
    let mut decoder = Decoder::new(input, limits, size_of::<S::Value>(), may_end_early);
    decoder.start(name)?;
    match seed.deserialize(&mut decoder) {
        Ok(value) => decoder.finish(name).map(|()| value),
        Err(error) => Err(decoder.budget.failed(error, name)),
    }
}

/// As [`decode`], of one input after the other.
pub(in crate::codec) struct DecodeRun<'de>(Decoder<'de>);

impl<'de> DecodeRun<'de> {
    #[inline]
    pub(in crate::codec) fn new(limits: &CodecLimits) -> Self {
        Self(Decoder::new(&[], limits, 0, false))
    }

    #[inline(always)]
    pub(in crate::codec) fn decode<S>(&mut self, seed: S, input: &'de [u8]) -> Result<S::Value, CodecError>
    where
        S: DeserializeSeed<'de>,
    {
        let name = type_name::<S::Value>();
        let decoder = &mut self.0;
        decoder.begin(input, size_of::<S::Value>());
        decoder.start(name)?;
        match seed.deserialize(&mut *decoder) {
            Ok(value) => decoder.finish(name).map(|()| value),
            Err(error) => Err(decoder.budget.failed(error, name)),
        }
    }
}

pub(super) struct Decoder<'de> {
    pub(super) input: &'de [u8],
    /// How many bytes of `input` have been read. One number that changes is faster than a slice that does.
    pub(super) position: usize,
    budget: DecodeBudget,
    /// Whether the next container is the outermost and may end early if it is a struct.
    may_end_early: bool,
}

impl<'de> Decoder<'de> {
    #[inline]
    fn new(input: &'de [u8], limits: &CodecLimits, inline: usize, may_end_early: bool) -> Self {
        Self { input, position: 0, budget: DecodeBudget::new(input.len(), limits, inline), may_end_early }
    }

    /// Another input, of which nothing has been read.
    #[inline]
    fn begin(&mut self, input: &'de [u8], inline: usize) {
        (self.input, self.position, self.may_end_early) = (input, 0, false);
        self.budget.begin(input.len(), inline);
    }

    #[inline]
    fn start(&self, name: &'static str) -> Result<(), CodecError> {
        self.budget.check_size(name)
    }

    #[inline]
    fn finish(&mut self, name: &'static str) -> Result<(), CodecError> {
        self.budget.finish(self.left(), name)
    }

    /// How many bytes are left of the input.
    #[inline]
    pub(super) fn left(&self) -> usize {
        self.input.len().saturating_sub(self.position)
    }

    /// Begins a container whose value takes `size` bytes where it is stored. Says whether it may end early if it is
    /// a struct.
    #[inline]
    pub(super) fn enter(&mut self, size: usize) -> Result<bool, CodecError> {
        self.budget.enter(size)?;
        Ok(std::mem::take(&mut self.may_end_early))
    }

    /// As [`enter`](Self::enter), without going deeper.
    #[inline]
    pub(super) fn store(&mut self, size: usize) -> Result<bool, CodecError> {
        self.budget.store(size)?;
        Ok(std::mem::take(&mut self.may_end_early))
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.budget.leave();
    }

    /// The next value is stored in `size` bytes that are already paid for.
    #[inline]
    pub(super) fn stored_in(&mut self, size: usize) {
        self.budget.stored_in(size);
    }

    /// Charges the memory of `count` values of `size` bytes.
    #[inline]
    pub(super) fn charge(&mut self, size: usize, count: usize) -> Result<(), CodecError> {
        self.budget.charge(size, count)
    }

    /// Whether `count` more elements can come from what is left of the input.
    #[inline]
    pub(super) fn check_count(&mut self, count: usize) -> Result<(), CodecError> {
        self.budget.check_count(count, self.left())
    }

    /// Counts an element that began when `before` bytes were left.
    #[inline]
    pub(super) fn count_element(&mut self, before: usize) -> Result<(), CodecError> {
        let left = self.left();
        if left == before { self.budget.count_empty(left) } else { Ok(()) }
    }

    /// For how many of `count` elements memory may be reserved before the first one is there.
    #[inline]
    pub(super) fn reserve_hint(&self, count: usize) -> usize {
        self.budget.reserve_hint(count, self.left())
    }

    /// Whether `error` says that a field of the outermost struct found nothing to read; it is then forgotten.
    #[cold]
    pub(super) fn forgive_end(&mut self, error: &CodecError) -> bool {
        let forgiven = error.kind() == CodecErrorKind::UnexpectedEnd;
        if forgiven {
            self.budget.forgive();
        }
        forgiven
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: CodecErrorKind, text: fmt::Arguments<'_>) -> CodecError {
        self.budget.fail(kind, text)
    }

    /// Remembers the first error that goes through.
    #[cold]
    pub(super) fn note(&mut self, error: CodecError) -> CodecError {
        self.budget.note(error)
    }

    /// As [`note`](Self::note), with the place at which it happened.
    #[cold]
    pub(super) fn note_at(&mut self, error: CodecError, place: Place) -> CodecError {
        self.budget.note_at(error, place)
    }
}
