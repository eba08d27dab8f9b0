//! Calls that this side serves.

mod answers;
mod arrivals;
mod ends;
mod place;
mod streams;
mod table;

pub(super) use table::Inbound;
