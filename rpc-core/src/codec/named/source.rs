//! What the deserializer asks of a codec.

use std::borrow::Cow;

use super::token::{Token, Wanted};

/// A codec that reads, piece by piece. The deserializer keeps depth, budgets and places; a source only takes bytes apart.
pub(in crate::codec) trait Source<'de> {
    /// As `Deserializer::is_human_readable`.
    fn is_human_readable(&self) -> bool;

    /// Takes the next scalar, or the beginning of a list or a map.
    fn next(&mut self, wanted: Wanted) -> Result<Token<'de>, Unreadable>;

    /// Takes a `None` if one comes next.
    fn none(&mut self) -> Result<bool, Unreadable>;

    /// Takes the mark of a `Some` if one comes next: codecs have it only where `None` would look the same without it.
    fn some(&mut self) -> Result<bool, Unreadable>;

    /// Goes to the next element, or to the next key, of the innermost list or map; `false` behind its end.
    fn more(&mut self, level: &mut Level) -> Result<bool, Unreadable>;

    /// Whether [`value`](Self::value) does anything.
    fn parts_values(&self) -> bool {
        true
    }

    /// Goes from a key to its value.
    fn value(&mut self, level: &Level) -> Result<(), Unreadable>;

    /// How many bytes of the input have not been taken.
    fn left(&self) -> usize;

    /// Goes to the end of the input, and says how many bytes are left over there.
    fn finish(&mut self) -> Result<usize, Unreadable>;
}

/// A list or a map that is being read.
pub(in crate::codec) struct Level {
    /// What it was taken for.
    #[cfg_attr(
        not(feature = "xml"),
        expect(dead_code, reason = "only XML writes a map otherwise than a struct")
    )]
    pub(in crate::codec) wanted: Wanted,
    /// Whether it has keys.
    pub(in crate::codec) keyed: bool,
    /// How many elements or entries are to come, if that is known.
    pub(in crate::codec) left: Option<usize>,
    /// Whether none was taken.
    pub(in crate::codec) first: bool,
}

impl Level {
    pub(in crate::codec) const fn new(wanted: Wanted, keyed: bool, length: Option<usize>) -> Self {
        Self { wanted, keyed, left: length, first: true }
    }
}

/// Why a source cannot go on.
pub(in crate::codec) enum Unreadable {
    /// The input ends before the value does.
    End,
    /// The input is not in the form of this codec: a sentence.
    Malformed(Cow<'static, str>),
    /// The codec does not tell what comes next, and has to be asked for something in particular.
    #[cfg_attr(not(feature = "xml"), expect(dead_code, reason = "only XML does not tell"))]
    Untold,
}

impl Unreadable {
    #[cold]
    pub(in crate::codec) const fn malformed(text: &'static str) -> Self {
        Self::Malformed(Cow::Borrowed(text))
    }
}
