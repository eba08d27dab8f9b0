//! A quick way for values that are a few numbers: lone ones, and tuples, structs and enums of them.
//!
//! It keeps no account of errors, bytes or memory. It gives what the guard gives, or refuses without saying why, and then
//! it is up to the guard. Small as it is, it is inlined to the last call whatever a compiler thinks of its size: nothing
//! of a number between a user's value and the buffer goes through memory.

mod access;
mod decoder;
mod encoder;
mod parts;
mod quick_way;
mod refused;
mod varint;

pub(crate) use quick_way::Flat;
