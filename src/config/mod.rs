//! One file that says where services are, for clients and servers alike.

mod check;
mod de;
mod environment;
mod load;
mod model;
mod problem;
mod table;
mod tree;

pub use model::{ClientConfig, Config, ServerConfig};
