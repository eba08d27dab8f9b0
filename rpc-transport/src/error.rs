//! How the errors of this crate are made: the exact kind, and a sentence for the user.

use std::io;

/// An address or a parameter that cannot be right, whatever the network does.
pub(crate) fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message.into())
}

/// The same kind of error, told as a sentence.
#[cfg(all(feature = "unix", unix))]
pub(crate) fn told(error: &io::Error, message: impl Into<String>) -> io::Error {
    io::Error::new(error.kind(), message.into())
}

/// An error where tokio's sockets would panic: outside a runtime.
#[cfg(any(feature = "tcp", all(feature = "unix", unix)))]
pub(crate) fn require_runtime(endpoint: &rpc_core::Endpoint) -> io::Result<()> {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(io::Error::other(format!(
            "`{endpoint}` needs a tokio runtime: call this inside one, for example under `#[tokio::main]`"
        ))),
    }
}
