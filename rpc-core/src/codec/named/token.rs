//! What a codec finds, and what it is told to look for.

use std::borrow::Cow;

/// What comes next in the input.
pub(in crate::codec) enum Token<'de> {
    Null,
    Bool(bool),
    Unsigned(u64),
    /// Below zero.
    Negative(i64),
    /// Above what `Unsigned` holds.
    WideUnsigned(Wide<u128>),
    /// Below what `Negative` holds.
    WideNegative(Wide<i128>),
    F32(f32),
    F64(f64),
    Text(Cow<'de, str>),
    Block(Cow<'de, [u8]>),
    /// A list begins, of so many elements if that is known.
    List(Option<usize>),
    /// A map begins, of so many entries if that is known. Structs and variants with content are maps too.
    Map(Option<usize>),
    /// A mark that what follows is in a `Some`.
    Some,
}

/// A number of 128 bits that does not ask for the alignment of one: every token would be half as large again.
#[repr(C, packed(8))]
#[derive(Clone, Copy)]
pub(in crate::codec) struct Wide<T>(pub(in crate::codec) T);

/// What a type asks for. Codecs whose bytes tell what they are may give something else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::codec) enum Wanted {
    /// Whatever it is.
    Any,
    /// Whatever it is, to be thrown away: the codec may skip it and give `Null`.
    Ignored,
    Bool,
    Integer,
    F32,
    F64,
    /// Also a `char`.
    Text,
    /// The name of a field or of a variant.
    Name,
    Block,
    Unit,
    List,
    Map,
    Struct,
    /// A text, or a map with one entry.
    Enum,
}
