//! The codecs that write names: one serializer and one deserializer for all of them, so that a user's type is compiled
//! once for each direction and not once for each codec. A codec is a [`Sink`] and a [`Source`].

mod access;
mod codecs;
mod compound;
mod decoder;
mod deserializer;
mod encoder;
mod float;
mod name;
#[cfg(any(feature = "json", feature = "xml"))]
mod scalar;
mod sink;
mod source;
mod token;
mod variant;

pub(super) use decoder::decode;
pub(super) use encoder::encode;
#[cfg(any(feature = "json", feature = "xml"))]
pub(super) use float::float;
#[cfg(any(feature = "json", feature = "xml"))]
pub(super) use scalar::scalar;
pub(super) use sink::{Part, Sink, Structure, Unwritable};
pub(super) use source::{Level, Source, Unreadable};
pub(super) use token::{Token, Wanted, Wide};
