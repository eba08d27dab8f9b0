//! What a handler may know of the call that it serves.

mod call;
mod caller;
mod canceller;
#[allow(clippy::module_inception, reason = "the folder is about the type")]
mod context;
mod current;
mod inner;
mod spare;
#[cfg(test)]
mod tests;

pub use self::context::Context;

pub(crate) use self::caller::Caller;
pub(crate) use self::canceller::Canceller;
pub(crate) use self::current::Entered;
pub(crate) use self::inner::CallParts;
