//! The parameters of an endpoint: those of the transport, those of farcall, and mistakes.

use std::io;

use rpc_core::Endpoint;

use crate::error::invalid;

/// What farcall itself reads from an endpoint. Every transport ignores it.
const CORE_PARAMETERS: [&str; 1] = ["codec"];

/// Refuses a parameter of `endpoint` that is neither in `known` nor one of farcall's own (`codec`).
///
/// A [`Transport`](rpc_core::Transport) calls it first in `connect` and `listen`, so that a misspelt parameter is an
/// error and not a setting that never took effect.
///
/// ```
/// use rpc_transport::check_parameters;
/// let endpoint = "rot13://calc?shift=13&codec=json".parse()?;
/// assert!(check_parameters(&endpoint, &["shift"]).is_ok());
/// assert!(check_parameters(&endpoint, &[]).unwrap_err().to_string().contains("`shift`"));
/// # Ok::<(), rpc_core::RpcError>(())
/// ```
///
/// # Errors
///
/// `InvalidInput`, naming the parameter and the known ones.
pub fn check_parameters(endpoint: &Endpoint, known: &[&str]) -> io::Result<()> {
    for (key, _) in endpoint.parameters() {
        if known.contains(&key) || CORE_PARAMETERS.contains(&key) {
            continue;
        }
        let all: Vec<_> = known.iter().chain(&CORE_PARAMETERS).map(|key| format!("`{key}`")).collect();
        return Err(invalid(format!(
            "the transport `{}` does not know the parameter `{key}` of `{endpoint}`: it knows {}",
            endpoint.scheme(),
            all.join(", ")
        )));
    }
    Ok(())
}
