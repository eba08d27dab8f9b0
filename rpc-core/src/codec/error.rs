//! What the guard and the codecs refuse, and how they say so.

use std::fmt::{self, Write};

use serde::de::{Expected, Unexpected};

use super::found::Found;
use super::place::{Part, Place};

/// Why a value could not be encoded or decoded.
///
/// The text names the limit, the type and the field. It is one pointer on the stack.
#[derive(Clone)]
pub struct CodecError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: CodecErrorKind,
    text: String,
    /// How many more places on the way out of the value are told.
    places: u8,
}

/// What kind of thing a [`CodecError`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodecErrorKind {
    /// Serde skipped a field while encoding (`skip_serializing_if`).
    Skipped,
    /// A struct, tuple or variant has another number of fields than it announced.
    FieldCount,
    /// A sequence or map has another number of elements than it announced.
    ElementCount,
    /// A sequence or map does not know its length before it is written.
    LengthUnknown,
    /// The type needs a codec whose bytes tell what they are (`untagged`, `flatten`, internally tagged).
    SelfDescribing,
    /// There are bytes after the end of the value.
    LeftOver,
    /// A number or a length is not in its one shortest form, or does not fit its type.
    NonCanonical,
    /// Nested deeper than `max_depth`.
    Depth,
    /// More encoded bytes than `max_message`.
    Size,
    /// The value would take more memory than its bytes justify: `max_expansion`.
    Expansion,
    /// More elements than the bytes justify.
    Elements,
    /// The bytes end in the middle of the value.
    UnexpectedEnd,
    /// The bytes are not in the form of the codec at all.
    Malformed,
    /// A value that its type does not have, such as a bool of 2, text that is not UTF-8, or an unknown variant.
    Invalid,
    /// A value for which the codec has no form: NaN or `Some(None)` in JSON, say.
    Unsupported,
    /// What a `Serialize` or `Deserialize` implementation said itself.
    Custom,
}

impl CodecError {
    /// How much of a text from an implementation is kept, in bytes. It may quote the peer, and goes to logs.
    const MAX_TEXT: usize = 1_024;
    /// How many places are told at most; the first named field ends the list.
    const MAX_PLACES: u8 = 3;

    #[cold]
    #[inline(never)]
    pub(super) fn new(kind: CodecErrorKind, text: fmt::Arguments<'_>) -> Self {
        let mut bounded = Bounded { text: String::new(), left: Self::MAX_TEXT };
        if bounded.write_fmt(text).is_err() && bounded.left == 0 {
            bounded.text.push('…');
        }
        Self(Box::new(Inner { kind, text: bounded.text, places: Self::MAX_PLACES }))
    }

    /// What is there cannot be given in another codec.
    #[cold]
    pub(crate) fn unsupported(text: fmt::Arguments<'_>) -> Self {
        Self::placed(CodecErrorKind::Unsupported, text)
    }

    /// For a text that names the place itself.
    #[cold]
    pub(super) fn placed(kind: CodecErrorKind, text: fmt::Arguments<'_>) -> Self {
        let mut error = Self::new(kind, text);
        error.0.places = 0;
        error
    }

    /// Tells that `self` happened at `place`, unless an inner place has said enough.
    #[cold]
    #[inline(never)]
    pub(super) fn at(mut self, place: Place) -> Self {
        let enough = match place.part {
            Part::Whole => self.0.places < Self::MAX_PLACES,
            _ => self.0.places == 0,
        };
        if !enough {
            self.0.places = match place.part {
                Part::Field(_) => 0,
                _ => self.0.places.saturating_sub(1),
            };
            // Writing to a `String` cannot fail.
            let _ = write!(self.0.text, ", in {place}");
        }
        self
    }

    /// What to report where `self` came out and `first` was the first error inside.
    ///
    /// They are one error, but for the places that were added on the way out, unless an implementation swallowed
    /// `first` and met another one later.
    #[cold]
    pub(super) fn after(self, first: Option<Self>) -> Self {
        match first {
            Some(first) if !self.0.text.starts_with(&first.0.text) => first.swallowed(),
            _ => self,
        }
    }

    /// Tells that an implementation took no notice of `self`.
    #[cold]
    pub(super) fn swallowed(mut self) -> Self {
        self.0.text.push_str(" (an implementation went on in spite of this)");
        self
    }

    /// What kind of thing this is about.
    pub fn kind(&self) -> CodecErrorKind {
        self.0.kind
    }
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodecError({:?}: {})", self.0.kind, self.0.text)
    }
}

impl std::error::Error for CodecError {}

impl serde::ser::Error for CodecError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(CodecErrorKind::Custom, format_args!("{message}"))
    }
}

impl serde::de::Error for CodecError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(CodecErrorKind::Custom, format_args!("{message}"))
    }

    #[cold]
    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(CodecErrorKind::Invalid, format_args!("found {}, expected {expected}", Found(unexpected)))
    }

    #[cold]
    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }
}

/// Takes text up to a number of bytes, cut between two characters.
struct Bounded {
    text: String,
    left: usize,
}

impl Write for Bounded {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let kept = part.get(..part.floor_char_boundary(self.left)).unwrap_or_default();
        self.text.push_str(kept);
        if kept.len() < part.len() {
            self.left = 0;
            return Err(fmt::Error);
        }
        self.left = self.left.saturating_sub(kept.len());
        Ok(())
    }
}
