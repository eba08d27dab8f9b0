//! The command line `farcall`: a server described, and called with values in JSON.

mod arguments;
mod call;
mod failure;
mod input;
mod options;
mod output;
mod print;
mod request;
mod run;
mod server;
mod value;

pub use run::main;
