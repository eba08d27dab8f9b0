//! The lockfile: what a service looks like on the wire, in a file that is reviewed with the code.
//!
//! [`check`] compares a service with its file, and says which change would break clients or servers that are deployed.
//! [`Lockfile`] is the file as a value; it also holds the numbers of arguments, fields and variants, which are given once
//! and for ever.

mod advice;
mod assign;
mod changes;
mod check;
mod error;
mod file;
mod lockfile;
mod matching;
mod notation;
mod numbers;
mod parse;
mod parse_type;
mod renumbered;
mod report;
mod tokens;
mod write;

pub use check::{Mode, Outcome, check, check_in_crate};
pub use error::LockError;
pub use lockfile::{Definition, LockedMethod, Lockfile};
pub use numbers::{Numbers, Reserved};
pub use report::Report;
