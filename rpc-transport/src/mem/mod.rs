//! `mem://name`: connections inside one process, without a socket.

mod namespace;
mod pipe;
#[cfg(test)]
mod tests;
mod transport;

pub use transport::MemTransport;
