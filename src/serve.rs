use rpc_core::server::ServerBuilder;
use rpc_core::{IntoEndpoints, RpcError, RunningServer, Services};
use rpc_transport::TransportRegistry;

/// Serves one service, or a tuple of them, on an endpoint or a list, with the default limits.
///
/// Returns when it listens. `Server::builder()` is the long form.
///
/// # Errors
///
/// Those of [`ServerBuilder::start`].
///
/// ```
/// # use farcall::rpc_service;
/// #[rpc_service]
/// trait Clock { async fn hour(&self) -> u8; }
/// struct Noon;
/// impl Clock for Noon { async fn hour(&self) -> u8 { 12 } }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> farcall::Result<()> {
/// let server = farcall::serve("mem://", ClockServer::new(Noon)).await?;
/// let clock = ClockClient::connect(server.endpoints()).await?;
/// assert_eq!(clock.hour().await?, 12);
/// # Ok(()) }
/// ```
pub async fn serve(
    endpoints: impl IntoEndpoints,
    services: impl Services,
) -> Result<RunningServer, RpcError> {
    Server::builder().service(services).listen(endpoints).start().await
}

/// Where servers begin.
#[derive(Debug)]
#[non_exhaustive]
pub struct Server;

impl Server {
    /// A server with the transports of [`TransportRegistry::global`], no services and no endpoints yet.
    pub fn builder() -> ServerBuilder {
        let builder = ServerBuilder::new(TransportRegistry::global());
        #[cfg(feature = "introspection")]
        let builder = builder.described_by(crate::introspection::describe);
        builder
    }

    /// A server that listens where the configuration says, within its limits and on its shards, and describes itself if
    /// it says so. Add services and start it.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if the configuration does not say where to listen, if an endpoint or a limit is wrong, or if it
    /// switches introspection on and farcall was built without that feature, with the file and the key.
    #[cfg(feature = "config")]
    pub fn from_config(config: &crate::Config) -> Result<ServerBuilder, RpcError> {
        let listen = config.listen()?;
        config.check_server()?;
        let builder = Self::builder().listen(listen).limits(config.limits.clone());
        Ok(builder.shards(config.server.shards).introspection(config.server.introspection))
    }
}
