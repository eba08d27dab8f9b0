//! A method's arguments as one struct, written from and read into a list: `(first, (second, ()))`.

mod decode;
mod encode;
mod missing;
mod slots;

pub use decode::decode_arguments;
pub use encode::{Field, Fields, encode_arguments};
pub use slots::{Slot, Slots, Source};
