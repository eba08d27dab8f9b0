//! What the serializer asks of a codec.

use std::borrow::Cow;

/// A codec that writes, piece by piece. The serializer keeps depth, counts and places; a sink only forms bytes.
pub(in crate::codec) trait Sink {
    /// As `Serializer::is_human_readable`.
    fn is_human_readable(&self) -> bool;

    /// `None`, which stands within `within` times `Some`.
    fn none(&mut self, within: usize) -> Result<(), Unwritable>;

    /// `()` or a struct without content, which stands within `within` times `Some`.
    fn unit(&mut self, within: usize) -> Result<(), Unwritable>;

    fn bool(&mut self, value: bool) -> Result<(), Unwritable>;

    fn u64(&mut self, value: u64) -> Result<(), Unwritable>;

    fn i64(&mut self, value: i64) -> Result<(), Unwritable>;

    fn u128(&mut self, value: u128) -> Result<(), Unwritable>;

    fn i128(&mut self, value: i128) -> Result<(), Unwritable>;

    fn f32(&mut self, value: f32) -> Result<(), Unwritable>;

    fn f64(&mut self, value: f64) -> Result<(), Unwritable>;

    fn text(&mut self, value: &str) -> Result<(), Unwritable>;

    fn block(&mut self, value: &[u8]) -> Result<(), Unwritable>;

    /// Begins what is called `name`, of `length` parts if that is known.
    fn begin(
        &mut self,
        structure: Structure,
        name: &'static str,
        length: Option<usize>,
    ) -> Result<(), Unwritable>;

    /// Stands before a part; `first` if none came before it.
    fn part(&mut self, part: Part, first: bool) -> Result<(), Unwritable>;

    /// Whether [`part_end`](Self::part_end) does anything.
    fn ends_parts(&self) -> bool {
        false
    }

    /// Stands behind a part.
    fn part_end(&mut self, _: Part) -> Result<(), Unwritable> {
        Ok(())
    }

    /// Ends what was begun with the same words.
    fn end(&mut self, structure: Structure, length: Option<usize>) -> Result<(), Unwritable>;

    /// Stands behind the whole value.
    fn finish(&mut self) -> Result<(), Unwritable>;
}

/// What has parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::codec) enum Structure {
    /// Elements.
    List,
    /// Keys, each with its value.
    Map,
    /// Fields. Also a variant with content: an only field, which is called like the variant.
    Fields,
}

/// A part of a [`Structure`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::codec) enum Part {
    Element,
    Key,
    Value,
    Field(&'static str),
}

/// Why a sink does not write something.
pub(in crate::codec) enum Unwritable {
    /// There is no room for it.
    Full,
    /// The codec has no form for it: a sentence.
    #[cfg_attr(
        not(any(feature = "json", feature = "xml")),
        expect(dead_code, reason = "the compact codec has a form for everything")
    )]
    Formless(Cow<'static, str>),
}
