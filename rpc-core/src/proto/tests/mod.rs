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
mod flow;
mod lending;
mod lone;
mod memory;
mod metadata;
mod model;
mod order;
mod pair;
mod random;
mod replies;
mod service;
mod side;
mod stream_arguments;
mod stream_callee;
mod stream_caller;
mod stream_flow;
mod stream_model;
mod stream_violations;
mod timers;
mod violations;
mod winding_up;
