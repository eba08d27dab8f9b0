//! What user code and the probe tell each other when something does not go on.

use std::fmt;

use serde::de::{self, Unexpected};
use serde::ser;

/// Longer reasons are cut: they are for a log line.
const LONGEST_TEXT: usize = 200;

#[derive(Debug)]
pub(in crate::schema) struct ProbeError {
    pub(super) kind: ErrorKind,
    pub(super) text: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorKind {
    /// Enough was seen.
    Stop,
    /// A field is not there.
    Missing(&'static str),
    /// A field is there twice; by the name under which it is declared.
    Duplicate(&'static str),
    /// There is no such variant, but this one.
    Variant(&'static str),
    /// Another kind of value was expected.
    Type,
    /// The value was not liked.
    Refused,
}

impl ProbeError {
    #[cold]
    pub(super) fn stop() -> Self {
        Self::bare(ErrorKind::Stop)
    }

    pub(super) fn refused(text: &str) -> Self {
        Self { kind: ErrorKind::Refused, text: text.into() }
    }

    fn bare(kind: ErrorKind) -> Self {
        Self { kind, text: Box::default() }
    }
}

impl fmt::Display for ProbeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ErrorKind::Stop => f.write_str("stopped"),
            ErrorKind::Missing(name) => write!(f, "the field `{name}` is missing"),
            ErrorKind::Duplicate(name) => write!(f, "the field `{name}` is there twice"),
            ErrorKind::Variant(_) | ErrorKind::Type | ErrorKind::Refused => f.write_str(&self.text),
        }
    }
}

impl std::error::Error for ProbeError {}

impl de::Error for ProbeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let mut text = message.to_string();
        text.truncate(text.floor_char_boundary(LONGEST_TEXT));
        Self::refused(&text)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let Self { text, .. } =
            de::Error::custom(format_args!("expected {expected}, and not {found}, which was asked for"));
        Self { kind: ErrorKind::Type, text }
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        let Self { kind, text } = de::Error::custom(format_args!("there is no variant `{found}`"));
        Self { kind: expected.first().map_or(kind, |first| ErrorKind::Variant(first)), text }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::bare(ErrorKind::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::bare(ErrorKind::Duplicate(field))
    }
}

impl ser::Error for ProbeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        de::Error::custom(message)
    }
}
