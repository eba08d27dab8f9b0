//! The guard around postcard: a serializer and a deserializer that check structure and hand every primitive and
//! every length to postcard. What the guard accepts has exactly the bytes that postcard gives it.

mod access;
mod collect;
mod compound;
mod decoder;
mod deserializer;
mod encoder;
mod input;
mod variant;

pub(super) use decoder::{DecodeRun, decode};
pub(super) use encoder::{EncodeRun, encode, encode_apart};
pub(super) use input::Varint;
