//! `unix:///path/to.sock` and `unix://@name`.

mod address;
mod claim;
mod listener;
#[cfg(test)]
mod tests;
mod transport;

pub use transport::UnixTransport;
