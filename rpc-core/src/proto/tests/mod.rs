//! The protocol without a socket or a clock: two connections and the bytes between them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]

mod binds;
mod chunks;
mod drain;
mod lone;
mod memory;
mod model;
mod order;
mod pair;
mod random;
mod replies;
mod service;
mod side;
mod timers;
mod violations;
