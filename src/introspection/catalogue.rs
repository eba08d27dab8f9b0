use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rpc_core::generated::Stream;
use rpc_core::{Limits, MethodDescriptor, Service, ServiceDescriptor};

use super::service::{Introspection, IntrospectionClient, IntrospectionServer};
use super::{CallerLimits, MethodInfo, ServerInfo, ServiceSummary};
use crate::{Client, Code, RpcError};

/// The service that describes `services`, and itself.
pub(crate) fn describe(services: &[&'static ServiceDescriptor], limits: &Limits) -> Arc<dyn Service> {
    let mut services = services.to_vec();
    services.push(IntrospectionClient::descriptor());
    services.sort_unstable_by_key(|service| service.name);
    Arc::new(IntrospectionServer::new(Catalogue { services, limits: CallerLimits::from(limits) }))
}

struct Catalogue {
    /// By name.
    services: Vec<&'static ServiceDescriptor>,
    limits: CallerLimits,
}

impl Catalogue {
    fn find(&self, name: &str) -> Result<&'static ServiceDescriptor, RpcError> {
        self.services.iter().find(|service| service.name == name).copied().ok_or_else(|| {
            let known = list(self.services.iter().map(|service| service.name));
            not_found(format!("there is no service `{name}`: this server has {known}"))
        })
    }
}

impl Introspection for Catalogue {
    async fn server(&self) -> Result<ServerInfo, RpcError> {
        Ok(ServerInfo {
            farcall: env!("CARGO_PKG_VERSION").to_owned(),
            services: self.services.iter().map(|service| ServiceSummary::new(service)).collect(),
            limits: self.limits.clone(),
        })
    }

    async fn service(&self, name: &str) -> Result<ServiceSummary, RpcError> {
        self.find(name).map(ServiceSummary::new)
    }

    async fn methods(
        &self,
        service: &str,
    ) -> Result<impl Stream<Item = Result<MethodInfo, RpcError>> + Send, RpcError> {
        Ok(Methods(self.find(service)?.methods.iter()))
    }

    async fn method(&self, name: &str) -> Result<MethodInfo, RpcError> {
        // The name of a service may have dots.
        let Some((service, method)) = name.rsplit_once('.') else {
            return Err(RpcError::new(
                Code::InvalidArgument,
                format!("`{name}` is no method: write `Service.method`"),
            ));
        };
        let service = self.find(service)?;
        let found = service.methods.iter().find(|known| known.name == method);
        found.map(|method| MethodInfo::new(method)).ok_or_else(|| {
            let known = list(service.methods.iter().map(|method| method.name));
            not_found(format!("`{}` has no method `{method}`: it has {known}", service.name))
        })
    }
}

/// Each is described when it is asked for, since that may take a while.
struct Methods(std::slice::Iter<'static, &'static MethodDescriptor>);

impl Stream for Methods {
    type Item = Result<MethodInfo, RpcError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(|method| Ok(MethodInfo::new(method))))
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names = names.map(|name| format!("`{name}`")).collect::<Vec<_>>();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn not_found(text: String) -> RpcError {
    RpcError::new(Code::NotFound, text)
}
