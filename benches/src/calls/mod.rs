//! Calls per second of `add(i64, i64)` beside a bare echo loop over the same kind of socket.

mod farcall_add;
mod raw_echo;
mod report;

pub use report::report;
