//! What an encoding or decoding may still cost, and its first error: the same for every codec.

mod decoding;
mod encoding;

pub(super) use decoding::DecodeBudget;
pub(super) use encoding::EncodeBudget;
