//! Joins the protocol to a link: one task a connection, which alone reads; whoever has something to send may write.

mod busy_polls;
mod chunk;
mod connection;
mod forms;
mod handlers;
mod lingering;
mod locked;
mod processors;
mod short_lock;
mod streams;
mod task;
#[cfg(test)]
mod tests;
mod waiting;
mod writing;

pub(crate) use connection::{CallStart, Connection};
pub(crate) use forms::Standing;
