//! The state of one encoding beside its bytes.

use std::fmt;

use crate::codec::place::Place;
use crate::codec::{CodecError, CodecErrorKind, CodecLimits};

pub(in crate::codec) struct EncodeBudget<'a> {
    limits: &'a CodecLimits,
    depth: usize,
    /// Elements so far that took no byte.
    empty_elements: usize,
    /// The first error. An implementation that swallows one must not leave half a value behind.
    failed: Option<CodecError>,
}

impl<'a> EncodeBudget<'a> {
    #[inline]
    pub(in crate::codec) fn new(limits: &'a CodecLimits) -> Self {
        Self { limits, depth: 0, empty_elements: 0, failed: None }
    }

    /// Another value. The error of the one before is told.
    #[inline]
    pub(in crate::codec) fn begin(&mut self) {
        (self.depth, self.empty_elements) = (0, 0);
    }

    #[inline]
    pub(in crate::codec) fn limits(&self) -> &'a CodecLimits {
        self.limits
    }

    #[inline]
    pub(in crate::codec) fn is_sound(&self, result: &Result<(), CodecError>) -> bool {
        result.is_ok() && self.failed.is_none() && self.empty_elements <= CodecLimits::FREE_ELEMENTS
    }

    /// What to report of a value of `written` bytes that is not certainly sound. `name` is what it is called as a whole.
    #[cold]
    #[inline(never)]
    pub(in crate::codec) fn verdict(
        &mut self,
        result: Result<(), CodecError>,
        written: usize,
        name: &'static str,
    ) -> Result<(), CodecError> {
        let error = match (result, self.failed.take()) {
            (Err(error), first) => error.after(first),
            (Ok(()), Some(error)) => error.swallowed(),
            (Ok(()), None) => match self.check_elements(written) {
                Err(error) => error,
                Ok(()) => return Ok(()),
            },
        };
        Err(error.at(Place::whole(name)))
    }

    /// Counts an element of a sequence or map that took no byte.
    #[inline]
    pub(in crate::codec) fn count_empty(&mut self) -> Result<(), CodecError> {
        self.empty_elements = self.empty_elements.saturating_add(1);
        self.check_elements(self.limits.max_size)
    }

    // The decoder keeps the same bound; here the error comes before a byte is sent.
    #[inline]
    fn check_elements(&mut self, bytes: usize) -> Result<(), CodecError> {
        let count = self.empty_elements;
        if count <= bytes.saturating_add(CodecLimits::FREE_ELEMENTS) {
            return Ok(());
        }
        Err(self.fail(
            CodecErrorKind::Elements,
            format_args!(
                "the value has {count} elements that take no bytes, more than its encoded size plus {}",
                CodecLimits::FREE_ELEMENTS
            ),
        ))
    }

    #[inline]
    pub(in crate::codec) fn enter(&mut self) -> Result<(), CodecError> {
        if self.depth >= self.limits.max_depth {
            return Err(self.too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    #[inline]
    pub(in crate::codec) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    #[cold]
    pub(in crate::codec) fn too_large(&mut self) -> CodecError {
        let limit = self.limits.max_size;
        self.fail(
            CodecErrorKind::Size,
            format_args!("the encoded value is larger than the limit `max_message` of {limit} bytes"),
        )
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
    pub(in crate::codec) fn fail(&mut self, kind: CodecErrorKind, text: fmt::Arguments<'_>) -> CodecError {
        self.note(CodecError::new(kind, text))
    }

    /// Remembers the first error that goes through.
    #[cold]
    pub(in crate::codec) fn note(&mut self, error: CodecError) -> CodecError {
        self.failed.get_or_insert_with(|| error.clone());
        error
    }
}
