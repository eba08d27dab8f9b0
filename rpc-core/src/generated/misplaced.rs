//! Types of farcall's own where a user expects them to travel. Choosing a payload for such a type asks for a trait that
//! nobody implements, so that rustc says what to write instead.

use bytes::Bytes;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserializer, Serializer};

use super::{DecodeField, EncodePayload};

/// Nobody implements it, so that a context is no argument but as `&Context`.
///
/// ```compile_fail,E0277
/// let _ = rpc_core::__payload!(rpc_core::Context);
/// ```
/// ```compile_fail,E0277
/// let _ = rpc_core::__payload!(Option<rpc_core::Arg<'static, rpc_core::Context>>);
/// ```
#[diagnostic::on_unimplemented(
    message = "the context of a call does not travel, so that no data of type `{Self}` can be sent",
    label = "a context is taken as `&Context`",
    note = "as an argument write `&Context`: the handler gets that of its call, and the client's method leaves it out"
)]
pub trait SendableContext {}

/// Nobody implements it, so that `RpcError` can be a value but not an application's error.
///
/// ```
/// let _ = rpc_core::__payload!(rpc_core::RpcError);
/// ```
/// ```compile_fail,E0277
/// let _ = rpc_core::__payload!(error rpc_core::RpcError);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is farcall's own error and not one of the application, which this way of writing makes it",
    label = "a `Result` whose error is farcall's, by another name",
    note = "write `farcall::Result<T>`, or `Result<T, RpcError>` with `use farcall::RpcError`: the client then returns the same"
)]
pub trait ApplicationError {}

/// How nothing crosses.
#[derive(Clone, Copy, Debug)]
pub struct Misplaced;

/// Without a bound, so that rustc reports the type once and not wherever its payload is used.
impl<T> EncodePayload<T> for Misplaced {
    fn encode<S: Serializer>(self, _: &T, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(MESSAGE))
    }
}

impl<'de, T> DecodeField<'de, T> for Misplaced {
    fn decode_field<D: Deserializer<'de>>(self, _: &'de Bytes, _: D) -> Result<T, D::Error> {
        Err(D::Error::custom(MESSAGE))
    }
}

const MESSAGE: &str = "this type does not travel";
