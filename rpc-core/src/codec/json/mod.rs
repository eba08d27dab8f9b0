//! JSON: `serde_json` reads and writes every text and number; the brackets around them are taken apart here.

mod leaf;
mod reader;
mod writer;

pub(super) use reader::Reader;
pub(super) use writer::Writer;
