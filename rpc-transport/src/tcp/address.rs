//! `host:port` as text, and what it resolves to.

use std::io;
use std::net::{Ipv6Addr, SocketAddr};

use rpc_core::Endpoint;

use crate::error::invalid;

/// What stands after `tcp://`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    Literal(SocketAddr),
    Name { host: String, port: u16 },
}

impl Address {
    /// Reads `1.2.3.4:80`, `[::1]:80` or `name:80`.
    pub(super) fn parse(endpoint: &Endpoint) -> io::Result<Self> {
        let text = endpoint.address();
        if let Ok(literal) = text.parse() {
            return Ok(Self::Literal(literal));
        }
        if text.parse::<Ipv6Addr>().is_ok() {
            return Err(invalid(format!(
                "`{endpoint}` has no port, or an IPv6 address without brackets: write `tcp://[::1]:9090`"
            )));
        }
        let Some((host, port)) = text.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) else {
            return Err(invalid(format!("`{endpoint}` has no port: write it as in `tcp://127.0.0.1:9090`")));
        };
        // `u16` reads a leading `+`, which is no port.
        let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let Some(port) = port.parse().ok().filter(|_| digits) else {
            return Err(invalid(format!(
                "the port `{port}` in `{endpoint}` is not a number from 0 to 65535: write `tcp://host:port`"
            )));
        };
        if host.is_empty() {
            return Err(invalid(format!(
                "`{endpoint}` has no host: write `tcp://127.0.0.1:{port}` for this machine alone or \
                 `tcp://0.0.0.0:{port}` to listen for all"
            )));
        }
        if host.contains(':') || host.contains(['[', ']']) {
            return Err(invalid(format!(
                "the host `{host}` in `{endpoint}` is not an IPv6 address in brackets: write `tcp://[::1]:{port}`"
            )));
        }
        if host.contains(|c: char| c.is_whitespace() || c.is_control() || "/@\\#".contains(c)) {
            return Err(invalid(format!(
                "the host `{host}` in `{endpoint}` is not a name that a host can have"
            )));
        }
        Ok(Self::Name { host: host.to_owned(), port })
    }

    pub(super) fn port(&self) -> u16 {
        match self {
            Self::Literal(address) => address.port(),
            Self::Name { port, .. } => *port,
        }
    }

    /// Asks the system for the addresses of a name, in the order of its preference. Never empty.
    pub(super) async fn resolve(self, endpoint: &Endpoint) -> io::Result<Vec<SocketAddr>> {
        let (host, port) = match self {
            Self::Literal(address) => return Ok(vec![address]),
            Self::Name { host, port } => (host, port),
        };
        let unknown = |why: &str| {
            io::Error::new(
                io::ErrorKind::NotFound,
                format!("cannot find the host `{host}` of `{endpoint}`: {why}"),
            )
        };
        let found = tokio::net::lookup_host((host.as_str(), port)).await;
        let addresses: Vec<_> = found.map_err(|error| unknown(&error.to_string()))?.collect();
        if addresses.is_empty() { Err(unknown("it has no address")) } else { Ok(addresses) }
    }
}
