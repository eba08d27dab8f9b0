//! One connection: what arrives, what the application wants, and what follows from both.

mod application;
mod drain;
mod frames;
mod queries;
mod state;
mod streams;

pub(crate) use state::{Connection, Side};
