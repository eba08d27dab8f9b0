use std::fmt;

use crate::wire::{CloseCode, WireError};

/// Why a connection ended, or has to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Closed {
    pub(crate) code: CloseCode,
    pub(crate) text: String,
    /// Another connection to the same peer would come to the same end.
    pub(crate) lasting: bool,
}

impl Closed {
    pub(crate) fn new(code: CloseCode, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), lasting: false }
    }

    pub(crate) fn lasting(self) -> Self {
        Self { lasting: true, ..self }
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<WireError> for Closed {
    fn from(error: WireError) -> Self {
        Self::new(error.close_code(), error.to_string())
    }
}
