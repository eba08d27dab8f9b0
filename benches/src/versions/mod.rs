//! What it costs that both sides compare the types of their methods.

mod report;
mod services;

pub use report::run;
