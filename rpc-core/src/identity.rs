use std::fmt;
use std::sync::Arc;

/// Who is at the other end of a connection, as far as the transport or an interceptor knows.
///
/// The kind says how it is known, and so how far the name can be believed: `unix` is the word of the operating system.
/// Attributes are what else is known; they say nothing of who it is.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::Identity;
/// let identity = Identity::new("unix", "uid=1000").with("pid", "4242");
/// assert_eq!((identity.kind(), identity.name(), identity.attribute("pid")), ("unix", "uid=1000", Some("4242")));
/// assert_eq!(identity.to_string(), "unix:uid=1000 (pid=4242)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity(Arc<Known>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Known {
    kind: String,
    name: String,
    attributes: Vec<(String, String)>,
}

impl Identity {
    /// Somebody who is known as `name` by means of `kind`.
    pub fn new(kind: impl Into<String>, name: impl Into<String>) -> Self {
        Self(Arc::new(Known { kind: kind.into(), name: name.into(), attributes: Vec::new() }))
    }

    /// The same with something else that is known.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).attributes.push((key.into(), value.into()));
        self
    }

    /// How it is known who this is, such as `unix`.
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Who this is, such as `uid=1000`. Two kinds may use one name for different peers: compare both.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What else is known under `key`, such as `gid` and `pid` of kind `unix`.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.0.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.name())?;
        for (number, (key, value)) in self.0.attributes.iter().enumerate() {
            let before = if number == 0 { " (" } else { ", " };
            write!(f, "{before}{key}={value}")?;
        }
        f.write_str(if self.0.attributes.is_empty() { "" } else { ")" })
    }
}
