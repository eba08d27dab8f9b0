use std::error::Error;
use std::fmt;

use super::RpcError;

/// Why a call of a method that returns `Result<T, E>` gave no `T`: the service said so, or the call failed.
///
/// ```
/// # extern crate rpc_core as farcall;
/// use farcall::{CallError, CallResultExt, Code, RpcError};
/// let answer: Result<u32, CallError<String>> = Err(CallError::App("overdrawn".to_owned()));
/// match answer.split() {
///     Ok(Err(app)) => assert_eq!(app, "overdrawn"),
///     other => panic!("{other:?}"),
/// }
/// let lost: CallError<String> = RpcError::new(Code::Unavailable, "connection lost").into();
/// assert_eq!(lost.rpc().map(RpcError::code), Some(Code::Unavailable));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError<E> {
    /// What the handler returned as `Err`.
    App(E),
    /// The call failed outside of the method's own result.
    Rpc(RpcError),
}

impl<E> CallError<E> {
    /// The handler's own error, if it is one.
    pub fn app(&self) -> Option<&E> {
        match self {
            Self::App(error) => Some(error),
            Self::Rpc(_) => None,
        }
    }

    /// The failure of the call, if it is one.
    pub fn rpc(&self) -> Option<&RpcError> {
        match self {
            Self::App(_) => None,
            Self::Rpc(error) => Some(error),
        }
    }

    /// One error type for both, where the application's error can hold a failed call.
    pub fn into_app(self) -> E
    where
        E: From<RpcError>,
    {
        match self {
            Self::App(error) => error,
            Self::Rpc(error) => E::from(error),
        }
    }
}

impl<E> From<RpcError> for CallError<E> {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
    }
}

impl<E: fmt::Display> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(error) => error.fmt(f),
            Self::Rpc(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for CallError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::App(_) => None,
            Self::Rpc(error) => error.source(),
        }
    }
}

/// Takes the two kinds of failure of a call apart.
pub trait CallResultExt<T, E> {
    /// The method's own result inside, the call's failure outside.
    fn split(self) -> Result<Result<T, E>, RpcError>;
}

impl<T, E> CallResultExt<T, E> for Result<T, CallError<E>> {
    fn split(self) -> Result<Result<T, E>, RpcError> {
        match self {
            Ok(value) => Ok(Ok(value)),
            Err(CallError::App(error)) => Ok(Err(error)),
            Err(CallError::Rpc(error)) => Err(error),
        }
    }
}
