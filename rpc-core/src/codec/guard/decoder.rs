//! The state of one decoding: what is left of the input and of each budget.

use std::any::type_name;
use std::fmt;
use std::mem::size_of;

use serde::de::DeserializeSeed;

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
        Err(error) => Err(error.after(decoder.failed).at(Place::whole(name))),
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
            Err(error) => Err(error.after(decoder.failed.take()).at(Place::whole(name))),
        }
    }
}

pub(super) struct Decoder<'de> {
    pub(super) input: &'de [u8],
    /// How many bytes of `input` have been read. One number that changes is faster than a slice that does.
    pub(super) position: usize,
    limits: CodecLimits,
    depth: usize,
    /// How many elements took no byte of input.
    empty: usize,
    /// Memory that the value takes beside its place.
    memory: usize,
    /// The size of the place in memory that the next value gets; a larger value is in a box of its own.
    inline: usize,
    /// Whether the next container is the outermost and may end early if it is a struct.
    may_end_early: bool,
    /// The first error. After it the rest of the input means nothing, even if an implementation swallows it.
    failed: Option<CodecError>,
}

impl<'de> Decoder<'de> {
    #[inline]
    fn new(input: &'de [u8], limits: &CodecLimits, inline: usize, may_end_early: bool) -> Self {
        Self {
            input,
            position: 0,
            limits: *limits,
            depth: 0,
            empty: 0,
            memory: 0,
            inline,
            may_end_early,
            failed: None,
        }
    }

    /// Another input, of which nothing has been read. The error of the one before is told.
    #[inline]
    fn begin(&mut self, input: &'de [u8], inline: usize) {
        (self.input, self.position) = (input, 0);
        (self.depth, self.empty, self.memory) = (0, 0, 0);
        (self.inline, self.may_end_early) = (inline, false);
    }

    #[inline]
    fn start(&self, name: &'static str) -> Result<(), CodecError> {
        if self.input.len() <= self.limits.max_size { Ok(()) } else { Err(self.too_large(name)) }
    }

    #[inline]
    fn finish(&mut self, name: &'static str) -> Result<(), CodecError> {
        if self.left() == 0 && self.failed.is_none() { Ok(()) } else { Err(self.unfinished(name)) }
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
        if self.depth >= self.limits.max_depth {
            return Err(self.too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        self.store(size)
    }

    /// As [`enter`](Self::enter), without going deeper.
    #[inline]
    pub(super) fn store(&mut self, size: usize) -> Result<bool, CodecError> {
        if size > self.inline {
            self.charge(size, 1)?;
            self.inline = size;
        }
        Ok(std::mem::take(&mut self.may_end_early))
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The next value is stored in `size` bytes that are already paid for.
    #[inline]
    pub(super) fn stored_in(&mut self, size: usize) {
        self.inline = size;
    }

    /// Charges the memory of `count` values of `size` bytes.
    #[inline]
    pub(super) fn charge(&mut self, size: usize, count: usize) -> Result<(), CodecError> {
        let memory = size.checked_mul(count).and_then(|bytes| self.memory.checked_add(bytes));
        match memory.filter(|memory| *memory <= self.max_memory()) {
            Some(memory) => {
                self.memory = memory;
                Ok(())
            }
            None => Err(self.too_much_memory(size, count)),
        }
    }

    #[inline]
    fn max_memory(&self) -> usize {
        self.input.len().saturating_mul(self.limits.max_expansion).saturating_add(CodecLimits::FREE_MEMORY)
    }

    /// How many elements may still take no byte of input.
    #[inline]
    fn empty_left(&self) -> usize {
        self.input.len().saturating_add(CodecLimits::FREE_ELEMENTS).saturating_sub(self.empty)
    }

    /// Whether `count` more elements can come from what is left of the input.
    #[inline]
    pub(super) fn check_count(&mut self, count: usize) -> Result<(), CodecError> {
        if count <= self.left().saturating_add(self.empty_left()) {
            return Ok(());
        }
        Err(self.too_many_elements(count))
    }

    /// Counts an element that began when `before` bytes were left.
    #[inline]
    pub(super) fn count_element(&mut self, before: usize) -> Result<(), CodecError> {
        if self.left() != before {
            return Ok(());
        }
        if self.empty_left() == 0 {
            return Err(self.too_many_elements(1));
        }
        self.empty = self.empty.saturating_add(1);
        Ok(())
    }

    /// For how many of `count` elements memory may be reserved before the first one is there.
    ///
    /// Their size is not known yet. At the assumed one the reservation stays within the budget; larger elements are
    /// refused when the first one is charged, and serde never reserves more than 1 MiB at a time.
    #[inline]
    pub(super) fn reserve_hint(&self, count: usize) -> usize {
        const ASSUMED_SIZE: usize = 64;
        count.min(self.left()).min(self.max_memory().saturating_sub(self.memory).wrapping_div(ASSUMED_SIZE))
    }

    /// Whether `error` says that a field of the outermost struct found nothing to read; it is then forgotten.
    #[cold]
    pub(super) fn forgive_end(&mut self, error: &CodecError) -> bool {
        if error.kind() != CodecErrorKind::UnexpectedEnd {
            return false;
        }
        self.depth = 1;
        self.failed = None;
        true
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: CodecErrorKind, text: fmt::Arguments<'_>) -> CodecError {
        self.note(CodecError::new(kind, text))
    }

    /// Remembers the first error that goes through.
    #[cold]
    #[inline(never)]
    pub(super) fn note(&mut self, error: CodecError) -> CodecError {
        self.failed.get_or_insert_with(|| error.clone());
        error
    }

    /// As [`note`](Self::note), with the place at which it happened.
    #[cold]
    #[inline(never)]
    pub(super) fn note_at(&mut self, error: CodecError, place: Place) -> CodecError {
        self.note(error.at(place))
    }

    #[cold]
    #[inline(never)]
    fn too_large(&self, name: &'static str) -> CodecError {
        let (size, limit) = (self.input.len(), self.limits.max_size);
        let text =
            format_args!("the input of {size} bytes is larger than the limit `max_message` of {limit} bytes");
        CodecError::new(CodecErrorKind::Size, text).at(Place::whole(name))
    }

    #[cold]
    #[inline(never)]
    fn unfinished(&mut self, name: &'static str) -> CodecError {
        let left = self.left();
        let error = match self.failed.take() {
            Some(error) => error.swallowed(),
            None => CodecError::new(
                CodecErrorKind::LeftOver,
                format_args!(
                    "the input has {left} bytes after the end of the value: it was made from another type"
                ),
            ),
        };
        error.at(Place::whole(name))
    }

    #[cold]
    fn too_deep(&mut self) -> CodecError {
        let limit = self.limits.max_depth;
        self.fail(
            CodecErrorKind::Depth,
            format_args!("the value is nested deeper than the limit `max_depth` of {limit}"),
        )
    }

    #[cold]
    fn too_many_elements(&mut self, count: usize) -> CodecError {
        let (left, size) = (self.left(), self.input.len());
        self.fail(
            CodecErrorKind::Elements,
            format_args!(
                "{count} more elements are announced than the {left} bytes that are left of {size} can hold; at most \
                 {} elements beyond the number of bytes may take no bytes",
                CodecLimits::FREE_ELEMENTS
            ),
        )
    }

    #[cold]
    fn too_much_memory(&mut self, size: usize, count: usize) -> CodecError {
        let (bytes, limit) = (self.input.len(), self.limits.max_expansion);
        self.fail(
            CodecErrorKind::Expansion,
            format_args!(
                "{count} values of {size} bytes take more memory than the limit `max_expansion` of {limit} bytes per \
                 byte of input grants to {bytes} bytes"
            ),
        )
    }
}
