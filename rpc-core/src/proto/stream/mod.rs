//! The streams of a call: what may be sent of one, what has come of one, and what both sides of a call have of them.

mod callee;
mod caller;
#[cfg(test)]
mod credits;
mod marks;
mod receiving;
mod room;
mod sending;
mod share;

pub(super) use callee::{Argument, CalleeStreams, ResultStream};
pub(super) use caller::{CallerStreams, Opened};
#[cfg(test)]
pub(super) use credits::Credits;
pub(super) use marks::Marks;
pub(super) use receiving::{Receiving, Trouble};
pub(super) use room::{Later, RoomQueue, Who};
pub(super) use sending::{Block, ItemLimits, Sending};
pub(super) use share::Pool;
