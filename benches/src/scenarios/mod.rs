//! What is measured of a peer, each in a file.

mod connect;
mod echo;
mod figure;
mod idle_memory;
mod in_flight;
mod load;
mod one_at_a_time;
mod scenario;
mod stream;

pub use figure::{Figure, Metric};
pub use scenario::{Bench, Scenario, Slice};
