//! `scheme://address?key=value`: where a service is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::Codec;
use crate::{Code, Executed, Fault, RpcError, Transport};

/// Where a service is: a scheme that names the transport, an address in the transport's own form, and parameters.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Endpoint;
/// let endpoint: Endpoint = "tcp://127.0.0.1:9090?codec=postcard".parse()?;
/// assert_eq!(endpoint.scheme(), "tcp");
/// assert_eq!(endpoint.address(), "127.0.0.1:9090");
/// assert_eq!(endpoint.parameter("codec"), Some("postcard"));
/// assert!("127.0.0.1:9090".parse::<Endpoint>().is_err());
/// # Ok::<(), rpc_core::RpcError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    scheme: String,
    address: String,
    /// By key, each once. A list and not a map: there are few, and every program that links farcall has this code.
    parameters: Vec<(String, String)>,
}

impl Endpoint {
    /// An endpoint without parameters. The scheme is taken as it stands.
    pub fn new(scheme: impl Into<String>, address: impl Into<String>) -> Self {
        Self { scheme: scheme.into(), address: address.into(), parameters: Vec::new() }
    }

    /// What stands before `://`: the name of the transport.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// What stands between `://` and `?`, for the transport to read.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The value of a parameter after the `?`.
    pub fn parameter(&self, key: &str) -> Option<&str> {
        self.parameters().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// All parameters, in the order of their keys.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl Endpoint {
    /// Whether a client can be asked to connect here with `transport`, as far as the text tells. Touches no network.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` with what is wrong with the address, a parameter or the codec, or that `transport` does not
    /// have the scheme.
    pub fn check_connect(&self, transport: &dyn Transport) -> Result<(), RpcError> {
        self.check(transport.check_connect(self), "cannot connect to")
    }

    /// The same for a server that is to listen here: port 0 is right, for example.
    ///
    /// # Errors
    ///
    /// As for [`check_connect`](Self::check_connect).
    pub fn check_listen(&self, transport: &dyn Transport) -> Result<(), RpcError> {
        self.check(transport.check_listen(self), "cannot listen on")
    }

    fn check(&self, said: std::io::Result<()>, attempt: &str) -> Result<(), RpcError> {
        said.map_err(|error| wrong(self.sentence(attempt, &error)))?;
        let Some(name) = self.parameter("codec") else { return Ok(()) };
        match Codec::from_name(name) {
            Some(_) => Ok(()),
            None => {
                let known =
                    Codec::ALL.iter().map(|codec| format!("`{codec}`")).collect::<Vec<_>>().join(", ");
                Err(wrong(format!("unknown codec `{name}` in `{self}`: this program has {known}")))
            }
        }
    }

    /// What calls to this endpoint are encoded in: `?codec=json`; postcard if it does not say, which is the fastest.
    pub fn codec(&self) -> Codec {
        self.parameter("codec").and_then(Codec::from_name).unwrap_or(Codec::Postcard)
    }

    /// What a transport said of this endpoint, as a sentence. Ours say a whole one; one that passes on what the
    /// operating system said gets `attempt` and the endpoint in front of it.
    pub(crate) fn sentence(&self, attempt: &str, error: &std::io::Error) -> String {
        let said = error.to_string();
        let endpoint = self.to_string();
        if said.contains(&endpoint) { said } else { format!("{attempt} `{endpoint}`: {said}") }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.address)?;
        for (index, (key, value)) in self.parameters.iter().enumerate() {
            write!(f, "{}{key}={value}", if index == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

impl FromStr for Endpoint {
    type Err = RpcError;

    fn from_str(text: &str) -> Result<Self, RpcError> {
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(wrong(format!(
                "`{text}` is not an endpoint: write the transport before it, as in `tcp://127.0.0.1:9090`"
            )));
        };
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '+' | '-' | '.');
        if !scheme.starts_with(|c: char| c.is_ascii_lowercase()) || !scheme.chars().all(letters) {
            return Err(wrong(format!(
                "`{text}` is not an endpoint: its scheme `{scheme}` is not a lower-case word"
            )));
        }
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(wrong(format!(
                    "the parameter `{pair}` of `{text}` has no value: write `{pair}=…`"
                )));
            };
            match parameters.binary_search_by(|(known, _)| known.as_str().cmp(key)) {
                Ok(_) => return Err(wrong(format!("`{text}` gives the parameter `{key}` twice"))),
                Err(place) => parameters.insert(place, (key.to_owned(), value.to_owned())),
            }
        }
        Ok(Self { scheme: scheme.to_owned(), address: address.to_owned(), parameters })
    }
}

impl Serialize for Endpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(|error: RpcError| serde::de::Error::custom(error.message()))
    }
}

fn wrong(what: String) -> RpcError {
    RpcError::new(Code::InvalidArgument, what).with_executed(Executed::No).with_fault(Fault::Caller)
}

/// What `connect` and `listen` take: one endpoint or a list, as text or parsed.
pub trait IntoEndpoints {
    /// The endpoints in the order in which they are tried; an error if one cannot be read or there is none.
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError>;
}

impl IntoEndpoints for Endpoint {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        Ok(vec![self])
    }
}

impl IntoEndpoints for &Endpoint {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        Ok(vec![self.clone()])
    }
}

impl IntoEndpoints for &str {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        self.parse().map(|endpoint| vec![endpoint])
    }
}

impl IntoEndpoints for &&str {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        (*self).into_endpoints()
    }
}

impl IntoEndpoints for String {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        self.as_str().into_endpoints()
    }
}

impl IntoEndpoints for &String {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        self.as_str().into_endpoints()
    }
}

impl<T: IntoEndpoints> IntoEndpoints for Vec<T> {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        let mut all = Vec::with_capacity(self.len());
        for one in self {
            all.extend(one.into_endpoints()?);
        }
        if all.is_empty() {
            return Err(wrong("the list of endpoints is empty: give at least one".to_owned()));
        }
        Ok(all)
    }
}

impl<T: IntoEndpoints, const N: usize> IntoEndpoints for [T; N] {
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        Vec::from(self).into_endpoints()
    }
}

impl<'a, T> IntoEndpoints for &'a [T]
where
    &'a T: IntoEndpoints,
{
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        self.iter().collect::<Vec<_>>().into_endpoints()
    }
}

impl<'a, T> IntoEndpoints for &'a Vec<T>
where
    &'a T: IntoEndpoints,
{
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        self.as_slice().into_endpoints()
    }
}

impl<'a, T, const N: usize> IntoEndpoints for &'a [T; N]
where
    &'a T: IntoEndpoints,
{
    fn into_endpoints(self) -> Result<Vec<Endpoint>, RpcError> {
        self.as_slice().into_endpoints()
    }
}
