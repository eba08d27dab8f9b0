//! What a method's result is made of, found by type where its tokens do not say.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{CallError, RpcError};

/// The two types of a `Result`, whatever it is called.
#[diagnostic::on_unimplemented(
    message = "a service's method that returns a `Result` has to return Rust's own, and `{Self}` is another type",
    label = "not `core::result::Result`",
    note = "give the type another name, or return `core::result::Result`"
)]
pub trait ProjectResult {
    type Ok;
    type Err;

    fn into_result(self) -> Result<Self::Ok, Self::Err>;
}

impl<T, E> ProjectResult for Result<T, E> {
    type Ok = T;
    type Err = E;

    fn into_result(self) -> Self {
        self
    }
}

pub fn into_result<R: ProjectResult>(result: R) -> Result<R::Ok, R::Err> {
    result.into_result()
}

/// An error that a handler can send and a caller can receive.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is the error of a service's method but is not serde data, so it cannot travel",
    label = "cannot be encoded and decoded",
    note = "derive `serde::Serialize` and `serde::Deserialize` for it, or return `Result<_, farcall::RpcError>`"
)]
pub trait ErrorData: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<E: Serialize + DeserializeOwned> ErrorData for E {}

/// An error that can hold a failed call: what makes the client the trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a failed call, so the client does not implement the service's trait",
    label = "does not implement `From<farcall::RpcError>`",
    note = "add a variant such as `Rpc(farcall::RpcError)` with `impl From<farcall::RpcError>` (`#[from]` of thiserror)"
)]
pub trait FromRpcError {
    fn from_rpc_error(error: RpcError) -> Self;
}

#[diagnostic::do_not_recommend]
impl<E: From<RpcError>> FromRpcError for E {
    fn from_rpc_error(error: RpcError) -> Self {
        Self::from(error)
    }
}

/// What the trait's method returns, from what the client's returns.
pub fn flatten_call_error<T, E: FromRpcError>(result: Result<T, CallError<E>>) -> Result<T, E> {
    result.map_err(|error| match error {
        CallError::App(error) => error,
        CallError::Rpc(error) => E::from_rpc_error(error),
    })
}
