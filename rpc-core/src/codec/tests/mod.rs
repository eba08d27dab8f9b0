//! The behaviour of the codec boundary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::panic
)]

mod apart;
mod arguments;
mod bombs;
mod borrowing;
mod codec;
mod decode_errors;
mod depth;
mod encode_errors;
mod equal_to_postcard;
mod flat;
mod named;
mod random;
mod random_bodies;
mod varints;
mod zoo;

use serde::{Deserialize, Serialize};

use super::{Codec, CodecError, CodecErrorKind, CodecLimits};

fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::new();
    Codec::Postcard.encode(value, &CodecLimits::default(), &mut out)?;
    Ok(out)
}

fn decode<'de, T: Deserialize<'de>>(input: &'de [u8]) -> Result<T, CodecError> {
    Codec::Postcard.decode(input, &CodecLimits::default())
}

fn encode_error<T: Serialize + ?Sized>(value: &T) -> (CodecErrorKind, String) {
    let error = encode(value).expect_err("the guard accepted the value");
    (error.kind(), error.to_string())
}

fn decode_error<'de, T: Deserialize<'de>>(input: &'de [u8]) -> (CodecErrorKind, String) {
    match decode::<T>(input) {
        Ok(_) => panic!("the guard accepted {input:?}"),
        Err(error) => (error.kind(), error.to_string()),
    }
}

/// The length prefix and nothing after it.
fn length(length: u64) -> Vec<u8> {
    postcard::to_allocvec(&length).unwrap()
}
