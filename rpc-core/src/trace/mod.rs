//! Which piece of work a call is part of, as the W3C recommendation *Trace Context*, level 1, has it.

mod random;
mod state;
#[cfg(test)]
mod tests;
mod trace_context;

pub(crate) use trace_context::TRACE_KEYS;
pub use trace_context::TraceContext;
