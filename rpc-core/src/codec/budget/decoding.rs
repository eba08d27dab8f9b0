//! The state of one decoding beside its place in the input: what is left of each budget.

use std::fmt;

use crate::codec::place::Place;
use crate::codec::{CodecError, CodecErrorKind, CodecLimits};

pub(in crate::codec) struct DecodeBudget {
    limits: CodecLimits,
    /// Bytes of the whole input.
    size: usize,
    depth: usize,
    /// How many elements took no byte of input.
    empty: usize,
    /// Memory that the value takes beside its place.
    memory: usize,
    /// The size of the place in memory that the next value gets; a larger value is in a box of its own.
    inline: usize,
    /// The first error. After it the rest of the input means nothing, even if an implementation swallows it.
    failed: Option<CodecError>,
}

impl DecodeBudget {
    /// For an input of `size` bytes, whose value gets a place of `inline` bytes.
    #[inline]
    pub(in crate::codec) fn new(size: usize, limits: &CodecLimits, inline: usize) -> Self {
        Self { limits: *limits, size, depth: 0, empty: 0, memory: 0, inline, failed: None }
    }

    /// Another input. The error of the one before is told.
    #[inline]
    pub(in crate::codec) fn begin(&mut self, size: usize, inline: usize) {
        (self.size, self.inline) = (size, inline);
        (self.depth, self.empty, self.memory) = (0, 0, 0);
    }

    /// Bytes of the whole input.
    pub(in crate::codec) fn size(&self) -> usize {
        self.size
    }

    pub(in crate::codec) fn max_depth(&self) -> usize {
        self.limits.max_depth
    }

    /// Whether the input may be read at all.
    #[inline]
    pub(in crate::codec) fn check_size(&self, name: &'static str) -> Result<(), CodecError> {
        if self.size <= self.limits.max_size { Ok(()) } else { Err(self.too_large(name)) }
    }

    /// Ends a value behind which `left` bytes are left.
    #[inline]
    pub(in crate::codec) fn finish(&mut self, left: usize, name: &'static str) -> Result<(), CodecError> {
        if left == 0 && self.failed.is_none() { Ok(()) } else { Err(self.unfinished(left, name)) }
    }

    /// What to report where `error` came out.
    #[cold]
    #[inline(never)]
    pub(in crate::codec) fn failed(&mut self, error: CodecError, name: &'static str) -> CodecError {
        error.after(self.failed.take()).at(Place::whole(name))
    }

    /// Begins a container whose value takes `size` bytes where it is stored.
    #[inline]
    pub(in crate::codec) fn enter(&mut self, size: usize) -> Result<(), CodecError> {
        if self.depth >= self.limits.max_depth {
            return Err(self.too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        self.store(size)
    }

    /// As [`enter`](Self::enter), without going deeper.
    #[inline]
    pub(in crate::codec) fn store(&mut self, size: usize) -> Result<(), CodecError> {
        if size > self.inline {
            self.charge(size, 1)?;
            self.inline = size;
        }
        Ok(())
    }

    #[inline]
    pub(in crate::codec) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The next value is stored in `size` bytes that are already paid for.
    #[inline]
    pub(in crate::codec) fn stored_in(&mut self, size: usize) {
        self.inline = size;
    }

    /// Charges the memory of `count` values of `size` bytes.
    #[inline]
    pub(in crate::codec) fn charge(&mut self, size: usize, count: usize) -> Result<(), CodecError> {
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
        self.size.saturating_mul(self.limits.max_expansion).saturating_add(CodecLimits::FREE_MEMORY)
    }

    /// How many elements may still take no byte of input.
    #[inline]
    fn empty_left(&self) -> usize {
        self.size.saturating_add(CodecLimits::FREE_ELEMENTS).saturating_sub(self.empty)
    }

    /// Whether `count` more elements can come from the `left` bytes of input that are left.
    #[inline]
    pub(in crate::codec) fn check_count(&mut self, count: usize, left: usize) -> Result<(), CodecError> {
        if count <= left.saturating_add(self.empty_left()) {
            return Ok(());
        }
        Err(self.too_many_elements(count, left))
    }

    /// Counts an element that took no byte of input.
    #[inline]
    pub(in crate::codec) fn count_empty(&mut self, left: usize) -> Result<(), CodecError> {
        if self.empty_left() == 0 {
            return Err(self.too_many_elements(1, left));
        }
        self.empty = self.empty.saturating_add(1);
        Ok(())
    }

    /// For how many of `count` elements memory may be reserved before the first one is there.
    ///
    /// Their size is not known yet. At the assumed one the reservation stays within the budget; larger elements are
    /// refused when the first one is charged, and serde never reserves more than 1 MiB at a time.
    #[inline]
    pub(in crate::codec) fn reserve_hint(&self, count: usize, left: usize) -> usize {
        const ASSUMED_SIZE: usize = 64;
        count.min(left).min(self.max_memory().saturating_sub(self.memory).wrapping_div(ASSUMED_SIZE))
    }

    /// Forgets an error of a part of the outermost container.
    #[cold]
    pub(in crate::codec) fn forgive(&mut self) {
        self.depth = 1;
        self.failed = None;
    }

    #[cold]
    pub(in crate::codec) fn fail(&mut self, kind: CodecErrorKind, text: fmt::Arguments<'_>) -> CodecError {
        self.note(CodecError::new(kind, text))
    }

    /// Remembers the first error that goes through.
    #[cold]
    #[inline(never)]
    pub(in crate::codec) fn note(&mut self, error: CodecError) -> CodecError {
        self.failed.get_or_insert_with(|| error.clone());
        error
    }

    /// As [`note`](Self::note), with the place at which it happened.
    #[cold]
    #[inline(never)]
    pub(in crate::codec) fn note_at(&mut self, error: CodecError, place: Place) -> CodecError {
        self.note(error.at(place))
    }

    #[cold]
    #[inline(never)]
    fn too_large(&self, name: &'static str) -> CodecError {
        let (size, limit) = (self.size, self.limits.max_size);
        let text =
            format_args!("the input of {size} bytes is larger than the limit `max_message` of {limit} bytes");
        CodecError::new(CodecErrorKind::Size, text).at(Place::whole(name))
    }

    #[cold]
    #[inline(never)]
    fn unfinished(&mut self, left: usize, name: &'static str) -> CodecError {
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
    pub(in crate::codec) fn too_deep(&mut self) -> CodecError {
        let limit = self.limits.max_depth;
        self.fail(
            CodecErrorKind::Depth,
            format_args!("the value is nested deeper than the limit `max_depth` of {limit}"),
        )
    }

    #[cold]
    fn too_many_elements(&mut self, count: usize, left: usize) -> CodecError {
        let size = self.size;
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
        let (bytes, limit) = (self.size, self.limits.max_expansion);
        self.fail(
            CodecErrorKind::Expansion,
            format_args!(
                "{count} values of {size} bytes take more memory than the limit `max_expansion` of {limit} bytes per \
                 byte of input grants to {bytes} bytes"
            ),
        )
    }
}
