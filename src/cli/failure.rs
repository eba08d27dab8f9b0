//! What may go wrong, and the number with which the process ends.

use std::fmt;
use std::process::ExitCode;

use crate::{Code, Executed, RpcError};

/// For `--help`; `docs/cli.md` has the same table.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  the call succeeded
  1  the method gave an error of its own; it is on stdout, as JSON
  2  the command line, the configuration, or a value is wrong; the call was not made, or cancelled
  3  the server cannot be reached, or cannot serve the call now
  4  the deadline passed
  5  there is no such service, method, codec or thing, or the server does not describe itself
  6  the caller may not do this
  7  the call failed for another reason";

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The method's own error, which was written to stdout.
    Own,
    /// The call was not made, or given up at a line of stdin that is no item.
    Usage(String),
    /// The server has no introspection.
    NotDescribed(String),
    Rpc(RpcError),
    /// The reader of stdout wants no more.
    Closed,
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Closed => 0,
            Self::Own => 1,
            Self::Usage(_) => 2,
            Self::NotDescribed(_) => 5,
            Self::Rpc(error) => match error.code() {
                Code::InvalidArgument if error.executed() == Executed::No => 2,
                Code::Unavailable => 3,
                Code::DeadlineExceeded => 4,
                Code::Unimplemented | Code::NotFound => 5,
                Code::Unauthenticated | Code::PermissionDenied => 6,
                _ => 7,
            },
        })
    }

    /// Whether there is something to say about it on stderr.
    pub(super) fn is_told(&self) -> bool {
        !matches!(self, Self::Own | Self::Closed)
    }
}

impl From<RpcError> for Failure {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("the method gave an error of its own"),
            Self::Closed => f.write_str("stdout was closed"),
            Self::Usage(text) | Self::NotDescribed(text) => f.write_str(text),
            Self::Rpc(error) => error.fmt(f),
        }
    }
}
