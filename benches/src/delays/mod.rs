//! What other traffic on a connection costs the small calls on it.

mod report;
pub mod stalled;
pub mod upload;

pub use report::report;
