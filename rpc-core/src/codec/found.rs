//! What a peer sent where something else is expected, in words for people.

use std::fmt;

use serde::de::Unexpected;

pub(super) struct Found<'a>(pub(super) Unexpected<'a>);

impl Found<'_> {
    /// How much of a text is quoted, in bytes: what was expected is to be told as well.
    const MAX_QUOTE: usize = 100;
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Bool(value) => write!(f, "{value}"),
            Unexpected::Unsigned(value) => write!(f, "the number {value}"),
            Unexpected::Signed(value) => write!(f, "the number {value}"),
            Unexpected::Float(value) => write!(f, "the number {value:?}"),
            Unexpected::Char(value) => write!(f, "the character {value:?}"),
            Unexpected::Str(text) => match text.get(..text.floor_char_boundary(Self::MAX_QUOTE)) {
                Some(start) if start.len() < text.len() => {
                    write!(f, "a string of {} bytes, {start:?}…", text.len())
                }
                _ => write!(f, "the string {text:?}"),
            },
            Unexpected::Bytes(bytes) => write!(f, "a block of {} bytes", bytes.len()),
            Unexpected::Unit => f.write_str("null"),
            Unexpected::Option => f.write_str("an option"),
            Unexpected::Seq => f.write_str("a list"),
            Unexpected::Map => f.write_str("a map"),
            other => write!(f, "{other}"),
        }
    }
}
