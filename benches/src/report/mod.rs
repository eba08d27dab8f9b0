//! What comes out: a table, JSON lines, a plot.

mod json;
mod number;
mod plot;
mod ratios;
mod results;
mod spread;
mod table;
#[cfg(test)]
mod tests;

pub use plot::plot;
pub use results::{About, Failure, Lack, PeerInfo, Record, Results};
pub use spread::Spread;
pub use table::{overviews, table};
