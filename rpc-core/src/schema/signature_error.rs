//! Why a signature is no description of a method.

use thiserror::Error;

#[cfg(doc)]
use super::Signature;

/// Why a signature cannot be sent, or was not believed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// More bytes than [`Signature::MAX_BYTES`] or the connection's limit.
    #[error("the signature has {length} bytes, but may have {max} at most")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        max: usize,
    },
    /// No byte at all.
    #[error("the signature is empty")]
    Empty,
    /// A form of a later version.
    #[error(
        "the signature is in form {form}, and this side reads form 1: it was written by a later version of farcall"
    )]
    Form {
        /// The first byte.
        form: u8,
    },
    /// Bytes that are no signature.
    #[error("the signature cannot be read: {why}")]
    Malformed {
        /// What is wrong with them.
        why: String,
    },
    /// More types than [`SignatureError::MAX_TYPES`].
    #[error("the signature of `{method}` has {count} types, but may have {max} at most", max = Self::MAX_TYPES)]
    TooManyTypes {
        /// Whose signature.
        method: String,
        /// How many there are.
        count: usize,
    },
    /// A reference to a type that is not among its types.
    #[error("the signature of `{method}` refers to type {which}, but lists only {count}")]
    UnknownType {
        /// Whose signature.
        method: String,
        /// The reference.
        which: u32,
        /// How many there are.
        count: usize,
    },
    /// A name that is too long.
    #[error(
        "the signature of `{method}` has a name of {length} bytes that begins with `{begin}`, but a name may have {max} \
         at most",
        max = Self::MAX_NAME
    )]
    Name {
        /// Whose signature.
        method: String,
        /// The beginning of the name.
        begin: String,
        /// How many bytes it has.
        length: usize,
    },
    /// Two arguments, fields or variants of one name, or two variants of one index.
    #[error("the signature of `{method}` has two {what} called `{name}`, in {place}")]
    Twice {
        /// Whose signature.
        method: String,
        /// What there are two of.
        what: &'static str,
        /// Its name, or its number.
        name: String,
        /// Where.
        place: String,
    },
    /// A type that contains itself in every value.
    #[error(
        "the signature of `{method}` has a type, {words}, that contains itself without an Option, a list, a map or an enum \
         in between: it has no value"
    )]
    Endless {
        /// Whose signature.
        method: String,
        /// The type in a few words.
        words: String,
    },
    /// Structs, newtypes and tuples directly within each other, more than [`SignatureError::MAX_NESTING`].
    #[error(
        "the signature of `{method}` has a type, {words}, of which every value is nested {depth} deep, but a value may \
         be {max} deep at most",
        max = Self::MAX_NESTING
    )]
    Nesting {
        /// Whose signature.
        method: String,
        /// The type in a few words.
        words: String,
        /// How deep.
        depth: usize,
    },
}

impl SignatureError {
    /// Most types in one signature: 16,384. The largest interfaces known, of whole clouds, have some hundreds in one method.
    pub const MAX_TYPES: usize = 16_384;

    /// Longest name of anything, in bytes: 1,024. It goes into messages and files that people read.
    pub const MAX_NAME: usize = 1_024;

    /// How deep structs, newtypes and tuples stand directly within each other at most: 128. That is the highest
    /// `Limits::max_depth`, so no value of a deeper type could be sent. What is nested through options, lists, maps and
    /// enums has short values, and no bound here but [`Signature::MAX_BYTES`].
    pub const MAX_NESTING: usize = 128;
}
