//! Values to bytes and back: the codec boundary.
//!
//! Everything outside of this module hands over a `&T: Serialize` or a `DeserializeSeed` and names a [`Codec`];
//! nothing else knows which codecs there are. The guard stands between serde and the codec: it refuses what the
//! codec would misread silently, and what a peer could use to take memory, time or stack out of proportion to the
//! bytes that it sent.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::panic
)]

mod block;
mod boundary;
mod budget;
mod carries;
mod compact;
mod error;
mod flat;
mod found;
mod guard;
#[cfg(feature = "json")]
mod json;
mod limits;
mod named;
mod output;
mod place;
pub(crate) mod positional;
mod run;
#[cfg(test)]
mod tests;
#[cfg(feature = "xml")]
mod xml;

pub(crate) use block::{BLOCK, offer};
pub use boundary::Codec;
pub use error::{CodecError, CodecErrorKind};
pub(crate) use flat::Flat;
pub use limits::CodecLimits;
pub(crate) use run::{DecodeRun, EncodeRun};
