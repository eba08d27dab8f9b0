use std::io::ErrorKind;

use rpc_core::{Endpoint, RpcError, Transport};
use rpc_transport::TransportRegistry;

use super::problem::{Problem, shown, wrong_configuration};
use super::tree::Node;
use super::{ClientConfig, Config};

impl Config {
    /// Checks what only a program knows: whether a transport can have the endpoints. `tree` is what was read.
    pub(super) fn check_endpoints(&self, tree: &Node) -> Result<(), Problem> {
        let registry = TransportRegistry::global();
        // Another program that shares the file may have the transport that this one was built without.
        let here = |endpoint: &&Endpoint| match registry.check_listen(endpoint) {
            Err(error) => error.kind() != ErrorKind::Unsupported,
            Ok(()) => true,
        };
        for (index, endpoint) in self.server.listen.iter().enumerate().filter(|(_, it)| here(it)) {
            endpoint
                .check_listen(&*registry)
                .map_err(|error| tree.blame_item(&["server", "listen"], index, &error))?;
        }
        for (name, client) in &self.clients {
            for (index, endpoint) in client.endpoint.iter().enumerate().filter(|(_, it)| here(it)) {
                endpoint
                    .check_connect(&*registry)
                    .map_err(|error| tree.blame_item(&["clients", name, "endpoint"], index, &error))?;
            }
        }
        Ok(())
    }

    /// Checks the endpoints and limits of a client that this program is about to make.
    pub(crate) fn check_client(&self, name: &str, client: &ClientConfig) -> Result<(), RpcError> {
        let registry = TransportRegistry::global();
        for endpoint in &client.endpoint {
            endpoint
                .check_connect(&*registry)
                .map_err(|error| self.wrong(&format!("`clients.{}.endpoint`: ", shown(name)), &error))?;
        }
        self.limits.validate().map_err(|error| self.wrong("", &error))
    }

    /// Checks what the configuration says of a server that this program is about to make.
    pub(crate) fn check_server(&self) -> Result<(), RpcError> {
        let registry = TransportRegistry::global();
        for endpoint in &self.server.listen {
            endpoint.check_listen(&*registry).map_err(|error| self.wrong("`server.listen`: ", &error))?;
        }
        // Not when the file is read: another program that shares it may have the feature.
        if self.server.introspection && !cfg!(feature = "introspection") {
            return Err(wrong_configuration(format!(
                "{}, or a variable over it, says `server.introspection = true`, but this program was built without \
                 the feature `introspection` of farcall: switch that on, as in \
                 `farcall = {{ features = [\"introspection\"] }}`, or set the key to false",
                self.called()
            )));
        }
        self.limits.validate().map_err(|error| self.wrong("", &error))
    }

    fn wrong(&self, key: &str, error: &RpcError) -> RpcError {
        wrong_configuration(format!("{}: {key}{}", self.called(), error.message()))
    }
}
