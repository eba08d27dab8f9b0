use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use rpc_core::RpcError;
use serde::Deserialize;

use super::Config;
use super::environment;
use super::problem::wrong_configuration;
use super::tree::Node;

impl Config {
    /// Reads the file and lets the environment override it.
    ///
    /// Endpoints are compared with the transports of [`TransportRegistry::global`](crate::TransportRegistry::global):
    /// register your own before. A transport that farcall has and this program was built without is told by
    /// `from_config` instead, since programs that share a file need not all have it.
    ///
    /// # Errors
    ///
    /// `InvalidArgument`, with one sentence that names the file and line, or the variable, with the key, its value and
    /// what was expected.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RpcError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let reason = match error.kind() {
                ErrorKind::NotFound => "there is no such file".to_owned(),
                ErrorKind::IsADirectory => "it is a folder".to_owned(),
                ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
                ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
                _ => error.to_string(),
            };
            wrong_configuration(format!("cannot read the configuration `{name}`: {reason}"))
        })?;
        Self::from_toml_and_variables(&text, &name, std::env::vars_os())
    }

    /// Reads TOML text; errors call it `name`. The environment is not looked at.
    ///
    /// # Errors
    ///
    /// Those of [`load`](Self::load).
    pub fn from_toml(text: &str, name: &str) -> Result<Self, RpcError> {
        Self::from_toml_and_variables(text, name, std::iter::empty::<(OsString, OsString)>())
    }

    /// Reads TOML text, overridden by these variables instead of those of the process. Errors call the text `name`.
    ///
    /// # Errors
    ///
    /// Those of [`load`](Self::load).
    pub fn from_toml_and_variables<K, V>(
        text: &str,
        name: &str,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, RpcError>
    where
        K: Into<OsString>,
        V: Into<OsString>,
    {
        let mut tree = Node::parse(text).map_err(|problem| problem.into_error(name))?;
        let variables = variables.into_iter().map(|(key, value)| (key.into(), value.into()));
        environment::apply(&mut tree, variables).map_err(|problem| problem.into_error(name))?;
        let mut config = Self::deserialize(tree.clone()).map_err(|problem| problem.into_error(name))?;
        config.limits.validate().map_err(|error| tree.blame(&error).into_error(name))?;
        config.check_endpoints(&tree).map_err(|problem| problem.into_error(name))?;
        config.name = Some(name.to_owned());
        Ok(config)
    }
}
