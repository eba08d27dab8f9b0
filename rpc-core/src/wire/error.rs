use thiserror::Error;

use super::{CloseCode, varint};

/// Bytes from the peer that the wire does not allow. Always the peer's fault; the connection has to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct WireError {
    kind: WireErrorKind,
    code: CloseCode,
}

/// What is wrong with the bytes. `subject` says where: `"a Call frame"`, `"the hello"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WireErrorKind {
    /// The last field is not whole.
    #[error("{subject} ends in the middle of a field")]
    EndsEarly {
        /// Where.
        subject: &'static str,
    },
    /// Something stands behind the last field.
    #[error("{subject} goes on behind its last field (bytes left: {count})")]
    LeftOver {
        /// Where.
        subject: &'static str,
        /// Bytes too many.
        count: usize,
    },
    /// A number is not a valid varint.
    #[error("{subject} has a number that is no varint: {why}")]
    Varint {
        /// Where.
        subject: &'static str,
        /// What rule it breaks.
        why: varint::Invalid,
    },
    /// A field is above what it may be.
    #[error("the {what} in {subject} is {value}, but may be {max} at most")]
    TooLarge {
        /// Where.
        subject: &'static str,
        /// Which field.
        what: &'static str,
        /// What it is.
        value: u64,
        /// What it may be.
        max: u64,
    },
    /// A field is below what it has to be.
    #[error("the {what} in {subject} is {value}, but has to be {min} at least")]
    TooSmall {
        /// Where.
        subject: &'static str,
        /// Which field.
        what: &'static str,
        /// What it is.
        value: u64,
        /// What it has to be.
        min: u64,
    },
    /// A field has a value to which version 1 gives no meaning.
    #[error("{subject} has the {what} {value:#04x}, which this version does not know")]
    Unknown {
        /// Where.
        subject: &'static str,
        /// Which field.
        what: &'static str,
        /// What it is.
        value: u64,
    },
    /// A text is not UTF-8, or a key has a character that keys may not have.
    #[error("the {what} in {subject} is not {rule}")]
    Text {
        /// Where.
        subject: &'static str,
        /// Which field.
        what: &'static str,
        /// What it should be.
        rule: &'static str,
    },
    /// A frame of no bytes, which has not even a kind.
    #[error("a frame has the length 0, but has to have a kind at least")]
    EmptyFrame,
    /// A frame whose length is above the limit. Found before any byte of it is looked at.
    #[error("a frame of {length} bytes was announced, but the limit `max_frame` is {max}")]
    FrameTooLong {
        /// What was announced.
        length: u64,
        /// The limit.
        max: usize,
    },
    /// The first eight bytes are not those of this wire.
    #[error("the peer does not speak farcall: its first bytes are not the magic")]
    Stranger,
    /// The version ranges of the sides have nothing in common.
    #[error(
        "no common version: this side speaks {ours_min} to {ours_max}, the peer {theirs_min} to {theirs_max}; \
         update the older one"
    )]
    NoCommonVersion {
        /// Our lowest.
        ours_min: u64,
        /// Our highest.
        ours_max: u64,
        /// The peer's lowest.
        theirs_min: u64,
        /// The peer's highest.
        theirs_max: u64,
    },
}

impl WireError {
    /// An error for which the connection is closed with `code`.
    pub fn new(kind: WireErrorKind, code: CloseCode) -> Self {
        Self { kind, code }
    }

    /// What is wrong.
    pub fn kind(&self) -> WireErrorKind {
        self.kind
    }

    /// The code for the `Close` frame; its text is this error as text.
    pub fn close_code(&self) -> CloseCode {
        self.code
    }

    pub(super) fn malformed(kind: WireErrorKind) -> Self {
        Self::new(kind, CloseCode::Malformed)
    }

    /// The same error, found while the hello was read.
    pub(super) fn in_hello(self) -> Self {
        Self { code: CloseCode::Hello, ..self }
    }
}
