//! Values whose types are known while the program runs: out of JSON as a shape says, and into whatever a codec writes.

mod data;
mod elements;
mod fields;
mod held;
mod read;
mod scalar;
mod shaped;
mod tagged;
#[cfg(test)]
mod tests;
mod visitor;

pub(super) use data::Data;
pub(super) use fields::{Members, MembersVisitor};
pub(super) use shaped::Shaped;
pub(super) use tagged::TaggedVisitor;
