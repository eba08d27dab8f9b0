//! What other traffic on a connection of farcall costs the small calls on it.

mod latencies;
mod report;
mod stalled;
mod upload;

pub use report::run;
