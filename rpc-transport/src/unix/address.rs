//! The two forms of a Unix socket's address.

use std::io;
use std::os::unix::net::SocketAddr;
use std::path::{Path, PathBuf};

use rpc_core::Endpoint;

use crate::error::invalid;

/// Bytes of a path that fit into `sun_path` with the NUL after it.
const LONGEST: usize = if cfg!(any(target_os = "linux", target_os = "android")) { 107 } else { 103 };

/// What stands after `unix://`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    File(PathBuf),
    /// A name that only Linux has: no file, gone with the socket. Kept with the NUL before it, as tokio takes it.
    Abstract(PathBuf),
}

impl Address {
    pub(super) fn parse(endpoint: &Endpoint) -> io::Result<Self> {
        let text = endpoint.address();
        if text.contains('\0') {
            return Err(invalid(format!(
                "`{endpoint}` has a NUL byte in it, which no socket's address can have"
            )));
        }
        if text.len() > LONGEST {
            return Err(invalid(format!(
                "the socket address in `{endpoint}` is too long: it has {} bytes, and the system allows {LONGEST}; \
                 take a shorter one, such as `unix:///run/calc.sock`",
                text.len()
            )));
        }
        match text.strip_prefix('@') {
            Some("") => Err(invalid(format!("`{endpoint}` has no name after the `@`: write `unix://@calc`"))),
            Some(_) if cfg!(not(any(target_os = "linux", target_os = "android"))) => Err(io::Error::new(
                io::ErrorKind::Unsupported,
                format!("`{endpoint}` names an abstract socket, which only Linux has: give a path"),
            )),
            Some(name) => Ok(Self::Abstract(format!("\0{name}").into())),
            None if text.starts_with('/') && !text.ends_with('/') => {
                let path = PathBuf::from(text);
                SocketAddr::from_pathname(&path).map_err(|error| {
                    invalid(format!("the path in `{endpoint}` cannot be a socket: {error}"))
                })?;
                Ok(Self::File(path))
            }
            None => Err(invalid(format!(
                "`{endpoint}` is not the absolute path of a socket: write three slashes, as in \
                 `unix:///run/calc.sock`, or `unix://@calc` for an abstract socket"
            ))),
        }
    }

    /// As tokio takes it.
    pub(super) fn as_path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Abstract(path) => path,
        }
    }
}
