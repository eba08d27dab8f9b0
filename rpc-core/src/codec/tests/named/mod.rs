//! The codecs that write names.

mod bombs;
mod borrowing;
mod carries;
mod compact;
mod evolution;
#[cfg(feature = "json")]
mod json;
mod kinds;
mod mistakes;
mod nothing;
mod random_bodies;
mod round_trips;
#[cfg(feature = "xml")]
mod xml;

use serde::{Deserialize, Serialize};

use crate::codec::{Codec, CodecError, CodecErrorKind, CodecLimits};

/// Every codec of this build that writes names.
fn all() -> impl Iterator<Item = Codec> {
    Codec::ALL.iter().copied().filter(|codec| *codec != Codec::Postcard)
}

fn encode<T: Serialize + ?Sized>(codec: Codec, value: &T) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::new();
    codec.encode(value, &CodecLimits::default(), &mut out)?;
    Ok(out)
}

fn decode<'de, T: Deserialize<'de>>(codec: Codec, input: &'de [u8]) -> Result<T, CodecError> {
    codec.decode(input, &CodecLimits::default())
}

#[track_caller]
fn encode_error<T: Serialize + ?Sized>(codec: Codec, value: &T) -> (CodecErrorKind, String) {
    match encode(codec, value) {
        Ok(body) => panic!("{codec} wrote {:?}", String::from_utf8_lossy(&body)),
        Err(error) => (error.kind(), error.to_string()),
    }
}

#[track_caller]
fn decode_error<'de, T: Deserialize<'de>>(codec: Codec, input: &'de [u8]) -> (CodecErrorKind, String) {
    match decode::<T>(codec, input) {
        Ok(_) => panic!("{codec} accepted {:?}", String::from_utf8_lossy(input)),
        Err(error) => (error.kind(), error.to_string()),
    }
}

/// The same value in each codec; a test changes the type, and looks what is made of it.
fn bodies<T: Serialize>(value: &T) -> Vec<(Codec, Vec<u8>)> {
    all().map(|codec| (codec, encode(codec, value).unwrap())).collect()
}
