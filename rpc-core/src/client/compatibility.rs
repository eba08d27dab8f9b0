//! What a service is at its server, compared with what it is here.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::channel::{Channel, Target};
use super::via::Via;
use super::{failure, timers};
use crate::driver::Standing;
use crate::generated::{MethodDescriptor, ServiceDescriptor};
use crate::schema::{Compatibility, Signature};
use crate::{Code, Executed, Fault, RpcError};

/// What the methods of a service are at its server, compared with what this program was built with. It prints one line for
/// each method.
#[derive(Clone, Debug)]
pub struct CompatibilityReport {
    service: &'static ServiceDescriptor,
    methods: Vec<(&'static MethodDescriptor, MethodCompatibility)>,
}

/// What a method is at the server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MethodCompatibility {
    /// The same types: values cross by position, which is fastest.
    Same,
    /// The types differ and are compatible, or a value can cross by names only: values cross with the names of their
    /// fields. With what differs, if the server told what it has.
    Named(Option<Arc<Compatibility>>),
    /// Calls fail with this error, before anything of them is executed.
    Incompatible(RpcError),
    /// The server does not have it.
    Missing,
}

impl CompatibilityReport {
    /// The methods of the service as this program knows it, in the order of the trait.
    pub fn methods(
        &self,
    ) -> impl ExactSizeIterator<Item = (&'static MethodDescriptor, &MethodCompatibility)> {
        self.methods.iter().map(|(method, what)| (*method, what))
    }

    /// Whether all methods can be called.
    pub fn is_compatible(&self) -> bool {
        self.methods.iter().all(|(_, what)| what.is_callable())
    }
}

impl MethodCompatibility {
    /// Whether it can be called. A value that does not fit, such as a number that is too large, may still fail a call.
    pub fn is_callable(&self) -> bool {
        matches!(self, Self::Same | Self::Named(_))
    }
}

impl fmt::Display for CompatibilityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (method, what)) in self.methods.iter().enumerate() {
            let end = if index == 0 { "" } else { "\n" };
            match what {
                MethodCompatibility::Same => write!(f, "{end}`{method}`: the same")?,
                MethodCompatibility::Named(Some(compared)) => write!(f, "{end}{compared}")?,
                MethodCompatibility::Named(None) => write!(f, "{end}`{method}`: values cross by name")?,
                MethodCompatibility::Incompatible(error) => write!(f, "{end}{}", error.message())?,
                MethodCompatibility::Missing => {
                    write!(f, "{end}`{method}`: the server does not have it")?;
                }
            }
        }
        if self.methods.is_empty() {
            write!(f, "`{}` has no methods", self.service.name)?;
        }
        Ok(())
    }
}

impl Channel {
    /// Compares a service with what its server has, without a call: see `farcall::Client::compatibility`.
    ///
    /// # Errors
    ///
    /// There is no connection.
    pub fn compatibility(
        &self,
        service: &'static ServiceDescriptor,
    ) -> impl Future<Output = Result<CompatibilityReport, RpcError>> + Send + use<> {
        let target = self.target.clone();
        // Boxed here, so that it is compiled once and not in every crate that has a client.
        let comparing: BoxFuture<'static, _> = Box::pin(async move {
            let mut methods = Vec::with_capacity(service.methods.len());
            for method in service.methods {
                methods.push((*method, target.standing(method).await?));
            }
            Ok(CompatibilityReport { service, methods })
        });
        comparing
    }

    /// Whether the server has a method that can be called: see `farcall::Client::supports`.
    ///
    /// # Errors
    ///
    /// There is no connection, or `service` has no method called `name`.
    pub fn supports(
        &self,
        service: &'static ServiceDescriptor,
        name: &str,
    ) -> impl Future<Output = Result<bool, RpcError>> + Send + use<> {
        let target = self.target.clone();
        let found = service.methods.iter().copied().find(|method| method.name == name);
        let method = found.ok_or_else(|| unknown(service, name));
        let asking: BoxFuture<'static, _> =
            Box::pin(async move { Ok(target.standing(method?).await?.is_callable()) });
        asking
    }
}

impl Target {
    async fn standing(&self, method: &'static MethodDescriptor) -> Result<MethodCompatibility, RpcError> {
        let lane = match self {
            Self::Local(service) => return Ok(local(service.descriptor(), method)),
            Self::Remote(lane) => lane,
        };
        let asking = async {
            let remote = match lane.via() {
                Via::Endpoint(remote) => remote,
                Via::Peer(peer) => {
                    return Ok((peer.connection.codec(), peer.connection.standing(method).await?));
                }
            };
            // A connection that has ended since the last call is noticed when it is used.
            let mut last = None;
            for _ in 0..ATTEMPTS {
                let connection = Arc::clone(remote).connection().await?;
                match connection.standing(method).await {
                    Ok(standing) => return Ok((connection.codec(), standing)),
                    Err(error) => {
                        last = Some(error);
                        lane.via().forget(&connection);
                    }
                }
            }
            Err(gone(method, last.as_ref()))
        };
        let (codec, standing) = match self.default_timeout().duration() {
            None => asking.await?,
            Some(timeout) => {
                timers::check()?;
                let asked = tokio::time::timeout(timeout, asking).await;
                asked.map_err(|_elapsed| failure::expired(method, Executed::No))??
            }
        };
        Ok(match standing {
            Standing::Bound(form, None) if form.codec == codec && !form.compared => MethodCompatibility::Same,
            Standing::Bound(_, compared) => MethodCompatibility::Named(compared),
            Standing::Incompatible(error) => MethodCompatibility::Incompatible(error),
            Standing::Missing => MethodCompatibility::Missing,
        })
    }
}

/// Nothing stands between the two: values cross by position, or not at all.
fn local(service: &'static ServiceDescriptor, method: &'static MethodDescriptor) -> MethodCompatibility {
    let Some(theirs) = service.methods.iter().find(|known| known.id == method.id) else {
        return MethodCompatibility::Missing;
    };
    match (method.signature(), theirs.signature()) {
        (Some(ours), Some(theirs)) if ours.fingerprint() != theirs.fingerprint() => {
            let compared = Signature::compatibility(ours, theirs);
            let text = format!("{compared} (an object in this process has to have the same types)");
            MethodCompatibility::Incompatible(
                RpcError::new(Code::Unimplemented, text)
                    .with_executed(Executed::No)
                    .with_fault(Fault::Environment),
            )
        }
        _ => MethodCompatibility::Same,
    }
}

/// `last` is what the last of the connections said.
fn gone(method: &'static MethodDescriptor, last: Option<&RpcError>) -> RpcError {
    let why = last.map_or_else(String::new, |error| format!(": {}", error.message()));
    let text =
        format!("{ATTEMPTS} connections ended before the server had said what `{method}` is there{why}");
    RpcError::new(Code::Unavailable, text).with_executed(Executed::No).with_fault(Fault::Environment)
}

/// Of connections that may end in between.
const ATTEMPTS: usize = 3;

fn unknown(service: &ServiceDescriptor, name: &str) -> RpcError {
    let known =
        service.methods.iter().map(|method| format!("`{}`", method.name)).collect::<Vec<_>>().join(", ");
    let text = format!("`{}` has no method `{name}` here: it has {known}", service.name);
    RpcError::new(Code::InvalidArgument, text).with_executed(Executed::No).with_fault(Fault::Caller)
}
