use crate::{RpcError, rpc_service};

use super::{MethodInfo, ServerInfo, ServiceInfo};

/// What a server serves, for people and for programs that know it by nothing but its address.
#[rpc_service(name = "farcall.Introspection")]
pub trait Introspection {
    /// The services of the server, with the names of their methods, and what its callers have to keep to.
    #[rpc(idempotent)]
    async fn server(&self) -> Result<ServerInfo, RpcError>;

    /// All there is to know of one service. `NotFound` names those that there are.
    #[rpc(idempotent)]
    async fn service(&self, name: &str) -> Result<ServiceInfo, RpcError>;

    /// All there is to know of one method, by its name on the wire: `Service.method`. `NotFound` names those that there
    /// are.
    #[rpc(idempotent)]
    async fn method(&self, name: &str) -> Result<MethodInfo, RpcError>;
}
