//! Serving on threads of the library's own: each with a runtime, and with connections that stay there.

mod local;
mod setting;
mod shard;
mod shard_set;

pub(super) use local::at_work;
pub(crate) use local::{Guest, lodge};
pub use setting::Shards;
pub(super) use shard_set::{Seat, ShardSet};
