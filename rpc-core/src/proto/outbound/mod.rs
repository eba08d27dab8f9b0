//! Calls that this side makes.

mod answers;
mod call;
mod ends;
mod free_places;
mod streams;
mod table;

pub(super) use call::{MAX_BEGINNING, MAX_HEAD};
pub(super) use table::Outbound;
