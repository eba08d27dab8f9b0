use rpc_core::generated::Stream;

use crate::{RpcError, rpc_service};

use super::{MethodInfo, ServerInfo, ServiceSummary};

/// What a server serves, for people and for programs that know it by nothing but its address.
#[rpc_service(name = "farcall.Introspection")]
pub trait Introspection {
    /// The services of the server, with the names of their methods, and what its callers have to keep to.
    #[rpc(idempotent)]
    async fn server(&self) -> Result<ServerInfo, RpcError>;

    /// One service, with the names of its methods. `NotFound` names those that there are.
    #[rpc(idempotent)]
    async fn service(&self, name: &str) -> Result<ServiceSummary, RpcError>;

    /// All there is to know of the methods of a service, in the order of the trait. A stream, so that no service is too large
    /// for a message. `NotFound` names the services that there are.
    #[rpc(idempotent)]
    async fn methods(
        &self,
        service: &str,
    ) -> Result<impl Stream<Item = Result<MethodInfo, RpcError>> + Send, RpcError>;

    /// All there is to know of one method, by its name on the wire: `Service.method`. `NotFound` names those that there
    /// are.
    #[rpc(idempotent)]
    async fn method(&self, name: &str) -> Result<MethodInfo, RpcError>;
}
