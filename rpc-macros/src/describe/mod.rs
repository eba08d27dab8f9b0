//! `#[derive(Describe)]`: documentation and numbers of types.

mod attributes;
mod expand;
mod members;
#[cfg(test)]
mod tests;

pub(crate) use expand::describe;
