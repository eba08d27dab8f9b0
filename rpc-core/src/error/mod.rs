//! What a caller sees when a call does not succeed.

mod call_error;
mod code;
mod executed;
mod fault;
mod rpc_error;
#[cfg(test)]
mod tests;

pub use call_error::{CallError, CallResultExt};
pub use code::Code;
pub use executed::Executed;
pub use fault::Fault;
pub use rpc_error::{ErrorDetail, Result, RpcError};
