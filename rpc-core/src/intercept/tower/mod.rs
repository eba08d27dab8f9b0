//! Layers of `tower` as interceptors, and a channel as a service of `tower`.

mod channel;
mod error;
mod layer;
mod next_service;

pub use layer::TowerLayer;
pub use next_service::NextService;
