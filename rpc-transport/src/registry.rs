//! Which transport serves which scheme.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use futures_core::future::BoxFuture;
use rpc_core::{Endpoint, Link, Listener, Transport};

use crate::MemTransport;
use crate::error::invalid;

#[cfg(test)]
mod tests;

type Transports = BTreeMap<String, Arc<dyn Transport>>;

/// The transports of a client or a server, by scheme. Itself a [`Transport`], which picks by the endpoint's scheme.
///
/// `default()` holds `mem` and, per feature, `tcp` and `unix`. Schemes may be added at any time, also while others
/// connect. Register one on [`global`](Self::global) and every `connect` and `serve` of this process knows it:
///
/// ```
/// use std::sync::Arc;
/// use rpc_core::Transport;
/// use rpc_transport::{MemTransport, TransportRegistry};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let registry = TransportRegistry::default();
/// registry.register("memory", Arc::new(MemTransport))?;
/// let listener = registry.listen(&"memory://".parse()?).await?;
/// registry.connect(&listener.endpoint()).await?;
///
/// let error = registry.connect(&"tpc://127.0.0.1:9090".parse()?).await.unwrap_err();
/// assert!(error.to_string().starts_with("unknown transport `tpc` in `tpc://127.0.0.1:9090`"));
/// # Ok(())
/// # }
/// ```
pub struct TransportRegistry {
    transports: RwLock<Transports>,
}

impl TransportRegistry {
    /// A registry without any transport, for a program that wants to allow only what it names.
    pub fn empty() -> Self {
        Self { transports: RwLock::default() }
    }

    /// A registry of `mem` and, per feature, `tcp` and `unix`. The same as `default()`.
    pub fn with_defaults() -> Self {
        let mut transports = Transports::new();
        transports.insert("mem".to_owned(), Arc::new(MemTransport));
        #[cfg(feature = "tcp")]
        transports.insert("tcp".to_owned(), Arc::new(crate::TcpTransport));
        #[cfg(all(feature = "unix", unix))]
        transports.insert("unix".to_owned(), Arc::new(crate::UnixTransport));
        Self { transports: RwLock::new(transports) }
    }

    /// The registry of this process, which `connect` and `serve` use unless they are given another.
    pub fn global() -> Arc<Self> {
        static GLOBAL: LazyLock<Arc<TransportRegistry>> = LazyLock::new(Arc::default);
        GLOBAL.clone()
    }

    /// Adds a transport.
    ///
    /// # Errors
    ///
    /// `AlreadyExists` if the scheme is taken ([`replace`](Self::replace) takes it over); `InvalidInput` if no
    /// endpoint can have this scheme: it is a lower-case word of `a-z`, `0-9`, `+`, `-` and `.`.
    pub fn register(&self, scheme: &str, transport: Arc<dyn Transport>) -> io::Result<()> {
        check_scheme(scheme)?;
        let mut transports = self.transports.write().unwrap_or_else(PoisonError::into_inner);
        if transports.contains_key(scheme) {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("the transport `{scheme}` is registered already: call `replace` if that is meant"),
            ));
        }
        transports.insert(scheme.to_owned(), transport);
        Ok(())
    }

    /// Adds a transport in the place of the one that had the scheme, which is given back. Connections and listeners
    /// that it made go on.
    ///
    /// # Errors
    ///
    /// `InvalidInput` as for [`register`](Self::register).
    pub fn replace(
        &self,
        scheme: &str,
        transport: Arc<dyn Transport>,
    ) -> io::Result<Option<Arc<dyn Transport>>> {
        check_scheme(scheme)?;
        let mut transports = self.transports.write().unwrap_or_else(PoisonError::into_inner);
        Ok(transports.insert(scheme.to_owned(), transport))
    }

    /// The transport of `endpoint`'s scheme.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for an unknown scheme, with the known ones; `Unsupported` for one that this build or this
    /// system does not have, with what to do.
    pub fn get(&self, endpoint: &Endpoint) -> io::Result<Arc<dyn Transport>> {
        let transports = self.transports.read().unwrap_or_else(PoisonError::into_inner);
        let scheme = endpoint.scheme();
        transports.get(scheme).cloned().ok_or_else(|| match missing(scheme) {
            Some(why) => io::Error::new(
                io::ErrorKind::Unsupported,
                format!("the transport `{scheme}` in `{endpoint}` is not in this program: {why}"),
            ),
            None if transports.is_empty() => {
                invalid(format!("unknown transport `{scheme}` in `{endpoint}`: none is registered"))
            }
            None => invalid(format!(
                "unknown transport `{scheme}` in `{endpoint}`: known are {}",
                transports.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
            )),
        })
    }

    /// The known schemes in alphabetical order.
    pub fn schemes(&self) -> Vec<String> {
        self.transports.read().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }
}

impl Transport for TransportRegistry {
    fn check_connect(&self, endpoint: &Endpoint) -> io::Result<()> {
        self.get(endpoint)?.check_connect(endpoint)
    }

    fn check_listen(&self, endpoint: &Endpoint) -> io::Result<()> {
        self.get(endpoint)?.check_listen(endpoint)
    }

    fn connect<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Link>> {
        Box::pin(async move { self.get(endpoint)?.connect(endpoint).await })
    }

    fn listen<'a>(&'a self, endpoint: &'a Endpoint) -> BoxFuture<'a, io::Result<Box<dyn Listener>>> {
        Box::pin(async move { self.get(endpoint)?.listen(endpoint).await })
    }
}

impl Default for TransportRegistry {
    fn default() -> Self {
        Self::with_defaults()
    }
}

impl fmt::Debug for TransportRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransportRegistry").field(&self.schemes()).finish()
    }
}

fn check_scheme(scheme: &str) -> io::Result<()> {
    // The grammar of a scheme is the endpoint's, and is kept in one place.
    match format!("{scheme}://x").parse::<Endpoint>() {
        Ok(endpoint) if endpoint.scheme() == scheme => Ok(()),
        _ => Err(invalid(format!("`{scheme}` cannot be a scheme: take a lower-case word such as `tcp`"))),
    }
}

/// Why a transport that farcall could have is not there.
fn missing(scheme: &str) -> Option<&'static str> {
    match scheme {
        "tcp" if cfg!(not(feature = "tcp")) => Some("enable the feature `tcp` of `farcall`"),
        "unix" if cfg!(not(unix)) => Some("this system has no Unix sockets"),
        "unix" if cfg!(not(feature = "unix")) => Some("enable the feature `unix` of `farcall`"),
        _ => None,
    }
}
