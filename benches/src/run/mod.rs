//! One measurement: where the two ends of a peer are, and on what runtimes.

mod child;
mod measure;
mod place;

pub use child::serve_until_stdin_ends;
pub use measure::measure;
pub use place::{Place, Processes, Threads};
