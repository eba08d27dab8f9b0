//! XML: `quick_xml` takes tags, texts and escapes apart; what stands for what is decided here.

mod name;
mod reader;
mod writer;

pub(super) use reader::Reader;
pub(super) use writer::Writer;

/// The attribute of an element that stands for `None`, with the value `true`.
const NIL: &str = "nil";
/// Of lists.
const ITEM: &str = "item";
/// Of maps, each with a key and a value.
const ENTRY: &str = "entry";
const KEY: &str = "key";
const VALUE: &str = "value";
/// In place of names that no element may have; the name is in the attribute [`NAME`].
const UNNAMED: &str = "_";
const NAME: &str = "name";
