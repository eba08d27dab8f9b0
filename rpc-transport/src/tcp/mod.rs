//! `tcp://host:port`.

mod address;
mod in_turn;
mod listener;
#[cfg(test)]
mod tests;
mod transport;

pub use transport::TcpTransport;
