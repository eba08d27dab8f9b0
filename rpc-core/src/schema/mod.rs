//! Types as they are on the wire, described from their serde implementations alone.
//!
//! [`Types`] holds [`Shape`]s that refer to each other by [`TypeRef`], so that recursive types have an end. A
//! [`Signature`] is what one method takes and gives; from it come fingerprints, compatibility, the lockfile, and every
//! foreign description of a service.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::panic
)]

mod classes;
mod compatible;
mod describe;
mod encoded;
mod fingerprint;
#[cfg(feature = "schema")]
pub mod lock;
#[cfg(any(test, feature = "introspection"))]
mod namesakes;
mod partition;
mod parts;
#[cfg(any(test, feature = "introspection"))]
mod print;
mod probe;
mod shape;
mod signature;
mod signature_error;
#[cfg(test)]
mod tests;
mod types;
mod validate;
mod words;

pub use compatible::{Compatibility, Difference, Direction, Grade, Part, compare};
pub use describe::{Describe, Descriptions, MemberNotes, Notes};
#[cfg(any(test, feature = "introspection"))]
pub use namesakes::tell_apart;
pub use probe::{Prober, Problem};
pub use shape::{Content, Field, Number, Shape, Variant};
pub use signature::{Argument, Outcome, ServiceSignature, Signature, StreamSignature};
pub use signature_error::SignatureError;
pub use types::{TypeRef, Types};
