use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rpc_core::{Endpoint, IntoEndpoints, Limits, RpcError, Shards, Timeout};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::problem::wrong_configuration;

/// Where services listen and where clients find them: what stands in the configuration file.
///
/// ```toml
/// [limits]                                   # optional, see `docs/limits.md`
/// max_message = 8388608
///
/// [server]
/// listen = ["tcp://127.0.0.1:9090"]          # text or a list
/// grace = "30s"
/// shards = "per-core"                        # or a number, or "off"
/// introspection = true                       # with the feature of that name; default false
///
/// [clients.calculator]
/// endpoint = "tcp://127.0.0.1:9090"          # text or a list
/// timeout = "2s"                             # or "never"
/// ```
///
/// Every key but a client's `endpoint` has a default. Unknown keys and wrong values are errors that name the file
/// and line, or the variable. [`Config::load`] reads the file and lets the environment override it. The type is
/// plain serde data, so it can also be a part of a larger configuration of your own.
///
/// # Environment
///
/// `FARCALL_SERVER__LISTEN` overrides `server.listen`: the prefix `FARCALL_`, then the keys in capitals, joined by
/// two underscores. In the name of a client, capitals and `-` are forgiven: `FARCALL_CLIENTS__MY_CALC__ENDPOINT`
/// is for `my-calc`, `My_Calc` or `my_calc`, whichever the file has. If it has none, the variable adds a client
/// `my_calc`. A value that begins with `[` is a list as in TOML. Variables without two underscores in a row after
/// the prefix are not farcall's configuration and are left alone; only where an underscore is missing in what would
/// be a key, as in `FARCALL_LIMITS_MAX_MESSAGE`, that is an error, which tells the right spelling.
///
/// ```
/// let file = r#"
///     [clients.calculator]
///     endpoint = "tcp://127.0.0.1:9090"
/// "#;
/// let variables = [("FARCALL_CLIENTS__CALCULATOR__ENDPOINT", "unix:///run/calc.sock")];
/// let config = farcall::Config::from_toml_and_variables(file, "farcall.toml", variables)?;
/// assert_eq!(config.client("calculator")?.endpoint[0].to_string(), "unix:///run/calc.sock");
/// # Ok::<(), farcall::RpcError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The bounds of every client and server that this configuration makes.
    pub limits: Limits,
    /// What a server needs to know.
    pub server: ServerConfig,
    /// What clients need to know, by the name that the program gives to each.
    pub clients: BTreeMap<String, ClientConfig>,
    /// How errors call this configuration: the path of the file.
    #[serde(skip)]
    pub(super) name: Option<String>,
}

/// Where a server listens, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ServerConfig {
    /// Every endpoint on which the services are offered; text or a list in a file. Default: none, which is right
    /// for a program that only has clients.
    #[serde(deserialize_with = "endpoints")]
    pub listen: Vec<Endpoint>,
    /// How long calls may go on after the server was told to stop. Default 30 s: three times the default deadline
    /// of a call. Zero ends them at once.
    #[serde(with = "rpc_core::duration_serde")]
    pub grace: Duration,
    /// On how many threads of its own the server serves: a number, `"per-core"` or `"off"`. Default off: see
    /// [`ServerBuilder::shards`](crate::ServerBuilder::shards) for when to have them.
    pub shards: Shards,
    /// Whether the server tells its callers what it serves, which takes the feature `introspection` of farcall:
    /// [`Server::from_config`](crate::Server::from_config) fails without it. Default false: see
    /// [`ServerBuilder::introspection`](crate::ServerBuilder::introspection).
    pub introspection: bool,
}

/// Where one service is, and how long its calls may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ClientConfig {
    /// Where the service is; text or a list in a file. Several are tried in turn.
    #[serde(deserialize_with = "endpoints")]
    pub endpoint: Vec<Endpoint>,
    /// How long a call may take that sets no timeout of its own. Default 10 s. Zero is refused in a file: every call
    /// would have expired.
    #[serde(default, deserialize_with = "timeout")]
    pub timeout: Timeout,
}

impl Config {
    /// What the file says about the client `name`.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if it says nothing about it, with the clients that there are.
    pub fn client(&self, name: &str) -> Result<&ClientConfig, RpcError> {
        self.clients.get(name).ok_or_else(|| {
            let known = self.clients.keys().map(|known| format!("`{known}`")).collect::<Vec<_>>();
            wrong_configuration(format!(
                "{} has no client `{name}`: {}",
                self.called(),
                if known.is_empty() {
                    format!("it has none at all; add a table `[clients.{name}]` with an `endpoint`")
                } else {
                    format!("it has {}", known.join(", "))
                }
            ))
        })
    }

    /// Where the server has to listen.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if nothing is said about it.
    pub fn listen(&self) -> Result<&[Endpoint], RpcError> {
        if self.server.listen.is_empty() {
            return Err(wrong_configuration(format!(
                "{} does not say where to listen: add `listen` to the table `[server]`",
                self.called()
            )));
        }
        Ok(&self.server.listen)
    }

    pub(super) fn called(&self) -> String {
        self.name.as_ref().map_or_else(|| "the configuration".to_owned(), |name| format!("`{name}`"))
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: Vec::new(),
            grace: Duration::from_secs(30),
            shards: Shards::default(),
            introspection: false,
        }
    }
}

impl ClientConfig {
    /// A client of the service at `endpoint`, with the default timeout.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` for an endpoint that cannot be read, or an empty list.
    pub fn new(endpoint: impl IntoEndpoints) -> Result<Self, RpcError> {
        Ok(Self { endpoint: endpoint.into_endpoints()?, timeout: Timeout::default() })
    }
}

fn timeout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timeout, D::Error> {
    let timeout = Timeout::deserialize(deserializer)?;
    if timeout.duration() == Some(Duration::ZERO) {
        return Err(serde::de::Error::custom(format!(
            "`{timeout}` leaves no time, so that every call would have expired: write a duration such as \"2s\", or \
             \"never\""
        )));
    }
    Ok(timeout)
}

fn endpoints<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Endpoint>, D::Error> {
    deserializer.deserialize_any(OneOrMany)
}

struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Vec<Endpoint>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an endpoint such as \"tcp://127.0.0.1:9090\" or a list of them")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        text.into_endpoints().map_err(|error| E::custom(error.message()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(endpoint) = list.next_element::<Endpoint>()? {
            all.push(endpoint);
        }
        if all.is_empty() {
            return Err(serde::de::Error::custom("the list is empty: give at least one endpoint"));
        }
        Ok(all)
    }
}
