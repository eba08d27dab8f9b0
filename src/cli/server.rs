//! The server that is asked.

use std::fmt::Display;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use rpc_core::generated::Stream;
use rpc_core::{Channel, Endpoint, IntoEndpoints, Limits, Timeout};
use rpc_transport::TransportRegistry;
use serde::Serialize;

use super::failure::Failure;
use super::options::{ServerOptions, WireCodec};
use crate::introspection::{IntrospectionClient, MethodInfo, ServerInfo};
use crate::{Client, ClientBuilder, Code, Config, Executed, RpcError};

/// Memory for each byte received: whatever comes is shown and forgotten, and a value of unknown type takes more than one of
/// a known.
const EXPANSION: usize = 1 << 10;

/// A server that was connected to, and how its methods are called.
pub(super) struct Server {
    pub(super) channel: Channel,
    pub(super) codec: WireCodec,
    introspection: IntrospectionClient,
    /// As the user called it.
    name: String,
}

/// A service with all its methods.
#[derive(Serialize)]
pub(super) struct DescribedService {
    pub(super) name: String,
    pub(super) docs: String,
    pub(super) methods: Vec<MethodInfo>,
}

/// What stands in the configuration, or in the URL alone.
struct Place {
    endpoints: Vec<Endpoint>,
    limits: Limits,
    timeout: Timeout,
}

impl Server {
    pub(super) async fn connect(options: &ServerOptions) -> Result<Self, Failure> {
        let Place { endpoints, mut limits, timeout } = place(options)?;
        let codec = options.codec.unwrap_or_else(|| of_endpoints(&endpoints));
        limits.max_expansion = limits.max_expansion.max(EXPANSION);
        if let Some(Timeout::After(timeout)) = options.timeout {
            limits.hello_timeout = limits.hello_timeout.min(timeout.max(Duration::from_millis(1)));
        }
        let builder = |codec| -> Result<ClientBuilder, RpcError> {
            let endpoints = endpoints.iter().map(|endpoint| with_codec(endpoint, codec));
            let endpoints = endpoints.collect::<Result<Vec<_>, _>>()?;
            let builder = ClientBuilder::new(endpoints, TransportRegistry::global());
            Ok(builder.limits(limits.clone()).timeout(timeout))
        };
        let described = builder(WireCodec::Compact)?.connect().await?;
        let mut terms = described.options();
        if let Some(timeout) = options.timeout {
            terms = terms.with_timeout(timeout);
        }
        for (key, value) in &options.meta {
            terms = terms.with_metadata(key, value.as_str());
        }
        let described = described.with(terms.clone());
        let channel = match codec {
            WireCodec::Compact => described.clone(),
            // A server without it still describes itself.
            WireCodec::Json => builder(codec)?.build()?.with(terms),
        };
        let introspection = IntrospectionClient::from_channel(described);
        Ok(Self { channel, codec, introspection, name: options.server.clone() })
    }

    pub(super) async fn info(&self) -> Result<ServerInfo, Failure> {
        self.introspection.server().await.map_err(|error| self.not_described(error))
    }

    pub(super) async fn service(&self, name: &str) -> Result<DescribedService, Failure> {
        let not_described = |error| self.not_described(error);
        let summary = self.introspection.service(name).await.map_err(not_described)?;
        let mut methods = Vec::new();
        let mut stream = pin!(self.introspection.methods(name).await.map_err(not_described)?);
        while let Some(method) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            let method = method.map_err(not_described)?;
            check(&method)?;
            // Without this it would go on for as long as a server likes.
            if methods.len() == summary.methods.len() {
                return Err(cannot_be(&format!("`{name}` has more methods than it names")));
            }
            methods.push(method);
        }
        Ok(DescribedService { name: summary.name, docs: summary.docs, methods })
    }

    pub(super) async fn method(&self, name: &str) -> Result<MethodInfo, Failure> {
        let method = self.introspection.method(name).await.map_err(|error| self.not_described(error))?;
        check(&method)?;
        Ok(method)
    }

    fn not_described(&self, error: RpcError) -> Failure {
        match (error.code(), error.executed()) {
            (Code::Unimplemented, Executed::No) => Failure::NotDescribed(format!(
                "the server at `{}` does not describe itself ({}): switch that on with \
                 `Server::builder().introspection(true)`, or with `introspection = true` in the table `[server]` of its \
                 configuration; both take the feature `introspection` of farcall",
                self.name,
                error.message().escape_debug()
            )),
            (Code::InvalidArgument, _) => Failure::Usage(error.message().escape_debug().to_string()),
            _ => error.into(),
        }
    }
}

/// What a peer says of types has to hold together before anybody walks through it.
fn check(method: &MethodInfo) -> Result<(), Failure> {
    let Some(signature) = &method.signature else { return Ok(()) };
    signature.validate().map_err(|error| cannot_be(&error))
}

fn cannot_be(why: &dyn Display) -> Failure {
    let text = format!("the server describes what cannot be: {why}");
    Failure::Rpc(RpcError::new(Code::DataLoss, text).with_executed(Executed::No))
}

fn place(options: &ServerOptions) -> Result<Place, Failure> {
    let name = options.server.as_str();
    match &options.config {
        Some(file) => {
            let config = Config::load(file)?;
            let client = config.client(name)?;
            config.check_client(name, client)?;
            let limits = config.limits.clone();
            Ok(Place { endpoints: client.endpoint.clone(), limits, timeout: client.timeout })
        }
        None => {
            let endpoints = name.into_endpoints()?;
            Ok(Place { endpoints, limits: Limits::default(), timeout: Timeout::default() })
        }
    }
}

fn of_endpoints(endpoints: &[Endpoint]) -> WireCodec {
    let is_json = |endpoint: &Endpoint| endpoint.parameter("codec") == Some(WireCodec::Json.name());
    if endpoints.iter().any(is_json) { WireCodec::Json } else { WireCodec::Compact }
}

fn with_codec(endpoint: &Endpoint, codec: WireCodec) -> Result<Endpoint, RpcError> {
    let mut text = format!("{}://{}?codec={}", endpoint.scheme(), endpoint.address(), codec.name());
    for (key, value) in endpoint.parameters().filter(|(key, _)| *key != "codec") {
        text = format!("{text}&{key}={value}");
    }
    text.parse()
}
