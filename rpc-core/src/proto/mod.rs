//! The protocol as a value: no socket, no clock, no task.
//!
//! A [`Connection`](connection::Connection) is told what arrives (`handle_*`), what the application wants (`start_call`,
//! `cancel_call`, `finish`), and asked what follows (`poll_*`). Time is an argument. The driver does the rest.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::panic
)]

mod admit;
mod answer;
mod assembly;
mod bind;
mod call;
mod chunk_window;
mod closed;
mod connection;
mod handshake;
mod inbound;
mod long_body;
mod outbound;
mod pages;
mod pings;
mod send_queue;
mod stream;
mod timers;

#[cfg(test)]
mod tests;

pub(crate) use assembly::Part;
pub(crate) use bind::NotBound;
pub(crate) use call::{
    ArgumentEvent, Ending, Form, OutgoingCall, ResultEvent, Room, SendRoom, ServedCall, StartCall, StartError,
};
pub(crate) use closed::Closed;
pub(crate) use connection::{Connection, Side};
pub(crate) use handshake::refusal;
pub(crate) use send_queue::{Lent, Outgoing, Spent};
