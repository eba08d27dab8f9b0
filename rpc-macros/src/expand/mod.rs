//! Writes the code. Nothing is checked here: the model is sound.

mod blocking;
mod client;
mod client_trait;
mod descriptor;
mod fallback;
mod forward;
mod parts;
mod request;
mod request_serde;
mod server;
mod service;
mod streams;
#[cfg(test)]
pub(crate) mod tests;
mod trait_;

pub(crate) use service::rpc_service;
