#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]

mod bodies;
mod decoder;
pub(crate) mod document;
mod frames;
mod golden;
mod hello;
mod metadata;
mod mutations;
mod random;
mod rest;
mod splits;
mod varint;

use super::{Decoder, Event, Hello};

/// A hello with the smallest limits and nothing else.
fn hello() -> Hello {
    Hello {
        version_min: 1,
        version_max: 1,
        features: 0,
        max_frame: 16_384,
        max_message: 1_024,
        max_calls: 64,
        max_call_bytes: 1_048_576,
        max_assembling: 1,
        codecs: vec![1],
        services: vec![],
    }
}

/// A decoder that has read a hello and stands before the first frame.
fn decoder_behind_hello(max_frame: usize) -> Decoder {
    let mut bytes = Vec::new();
    hello().encode(&mut bytes);
    let mut decoder = Decoder::new(max_frame);
    let mut input = &bytes[..];
    assert_eq!(decoder.next(&mut input), Ok(Some(Event::Magic)));
    assert_eq!(decoder.next(&mut input), Ok(Some(Event::Hello(hello()))));
    assert_eq!(decoder.next(&mut input), Ok(None));
    decoder
}
