//! The bounds of one encoding or decoding.

use crate::Limits;

/// The bounds that the guard keeps while a value is encoded or decoded.
///
/// Made from [`Limits`], where the defaults and their reasons are.
///
/// ```
/// use rpc_core::{Limits, codec::CodecLimits};
/// let limits = CodecLimits { max_depth: 16, ..CodecLimits::from(&Limits::default()) };
/// assert_eq!(limits.max_size, 4 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodecLimits {
    /// Largest encoded value, in bytes: `Limits::max_message`.
    pub max_size: usize,
    /// Deepest nesting of options, sequences, tuples, maps, structs, newtypes and enum variants with content:
    /// `Limits::max_depth`. 1 to 128.
    pub max_depth: usize,
    /// Bytes of memory that the decoded value may take per byte of input, beside [`FREE_MEMORY`](Self::FREE_MEMORY):
    /// `Limits::max_expansion`. Counted are elements, entries and boxes by the size of their types; what collections
    /// and the allocator add is not.
    pub max_expansion: usize,
}

impl CodecLimits {
    /// Bytes of memory that every decoded value may take, however short its input: 64 KiB.
    pub const FREE_MEMORY: usize = 64 << 10;
    /// Elements of sequences and maps that may take no byte of input (`()`, unit structs), beside one for each byte
    /// of input: 1,024. Without this bound nine bytes could ask for 2^64 turns of a loop.
    pub const FREE_ELEMENTS: usize = 1_024;
}

impl From<&Limits> for CodecLimits {
    fn from(limits: &Limits) -> Self {
        Self {
            max_size: limits.max_message,
            max_depth: limits.max_depth,
            max_expansion: limits.max_expansion,
        }
    }
}

impl Default for CodecLimits {
    fn default() -> Self {
        Self::from(&Limits::default())
    }
}
