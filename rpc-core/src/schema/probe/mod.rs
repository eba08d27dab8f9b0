//! What a type is, found by asking its serde implementations (`docs/evolution.md`).
//!
//! A type is deserialised again and again by a [`Probe`](deserializer::Probe), which notes what is asked of it, until
//! everything that can be reached is known: a field or a variant per pass. Then a value is made and serialised, to see whether
//! the two implementations agree.

mod access;
mod asked;
mod candidates;
mod check;
mod crossing;
mod deserializer;
mod entries;
mod error;
mod graph;
mod hasher;
mod identifier;
mod node;
mod noted;
mod prober;
mod problem;
mod recorder;
mod run;
mod variants;

pub use prober::Prober;
pub use problem::Problem;
