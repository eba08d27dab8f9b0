//! Whether what one version of a type writes is understood by another, in the named form of a self-describing codec.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::panic
)]

mod compare;
mod compatibility;
mod difference;
mod found;
mod grade;
mod members;
mod method;
mod numbers;
mod path;
mod rules;
mod view;

pub use compare::compare;
pub use compatibility::Compatibility;
pub use difference::{Difference, Direction, Part};
pub use grade::Grade;
pub(in crate::schema) use method::{Side, differences};
