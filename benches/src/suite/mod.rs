//! The comparison with peers: what to measure, and the rounds in which it is done.

mod about;
mod options;
mod plan;
mod rounds;
mod run;
#[cfg(test)]
mod tests;

pub use run::run;
