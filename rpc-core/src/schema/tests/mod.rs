#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]

mod arena;
mod compatible_method;
mod compatible_serde;
mod fingerprint;
mod hostile;
#[cfg(feature = "schema")]
mod lock_check;
#[cfg(feature = "schema")]
mod lock_damage;
#[cfg(feature = "schema")]
mod lock_numbers;
#[cfg(feature = "schema")]
mod lock_text;
mod probe;
mod written;
