//! The compact codec: CBOR (RFC 8949), with the names of fields and variants.

mod reader;
mod writer;

pub(super) use reader::Reader;
pub(super) use writer::Writer;

/// The tag around a `Some` that would look like `None` without it: "SOME" in ASCII.
const SOME: u64 = 0x534f_4d45;

/// Above these bits of the first byte of a value is its major type.
const MAJOR_SHIFT: u32 = 5;
