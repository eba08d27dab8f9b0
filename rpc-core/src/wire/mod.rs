//! Bytes to frames and back: the native wire, as `docs/wire.md` specifies it.
//!
//! Nothing here does I/O, reads a clock or knows which calls are in flight. [`Decoder`] takes bytes as they come,
//! in pieces of any size, and gives the [`Hello`] and then one [`Frame`] after the other; what a frame *means* is
//! the protocol's business. Everything here is total: any bytes give frames, a wish for more bytes, or a
//! [`WireError`] that says with which [`CloseCode`] the connection has to be closed.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]

mod close_code;
mod decoder;
mod error;
mod frame;
mod hello;
mod metadata;
mod reader;
mod stranger;
pub mod varint;

#[cfg(test)]
pub(crate) mod tests;

pub use close_code::CloseCode;
pub(crate) use decoder::{BEHIND, Behind, slice_of};
pub use decoder::{Decoder, Event};
pub use error::{WireError, WireErrorKind};
pub(crate) use frame::ShortFrame;
pub use frame::{
    Bind, Bound, Call, Chunk, ChunkOf, Close, Credit, End, EndStatus, Frame, Item, ItemOf, Items, MethodRef,
    RefusalReason, Reply, ReplyStatus, encode_call_head, encode_chunk_head, encode_end_head,
    encode_item_head, encode_items_head, encode_reply_head,
};
pub use hello::Hello;
pub use metadata::{
    MAX_METADATA, MAX_METADATA_ENTRIES, MetadataEntries, MetadataRef, check_metadata, decode_metadata,
    encode_metadata, is_metadata_key,
};
pub use reader::Reader;
pub use stranger::refusal_for_stranger;

/// The largest place, method index, position and stream number that a frame may name: 2^31 − 1.
pub const MAX_INDEX: u32 = (1 << 31) - 1;
