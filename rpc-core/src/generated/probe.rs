//! Which payload a type has is decided by the type, not by how it is written: an alias of `Vec<u8>` is a block too.

use std::marker::PhantomData;

use bytes::Bytes;

use super::{
    ApplicationError, Arg, BlockPayload, ErrorPayload, Misplaced, OptionalBlockPayload, PlainPayload,
    SendableContext, SerdePayload,
};
use crate::{Context, RpcError};

/// Finds the payload of a type: the inherent method, which only the types of blocks have, wins over the trait's.
pub struct Probe<T>(PhantomData<fn() -> T>);

impl<T> Probe<T> {
    pub const NEW: Self = Self(PhantomData);
}

macro_rules! blocks {
    ($([$($lifetime:lifetime)?] $block:ty),*) => { $(
        impl<$($lifetime)?> Probe<$block> {
            pub const fn __farcall_payload(&self) -> BlockPayload {
                BlockPayload
            }

            pub const fn __farcall_error_payload(&self) -> BlockPayload {
                BlockPayload
            }
        }

        impl<$($lifetime)?> Probe<Option<$block>> {
            pub const fn __farcall_payload(&self) -> OptionalBlockPayload {
                OptionalBlockPayload
            }

            pub const fn __farcall_error_payload(&self) -> OptionalBlockPayload {
                OptionalBlockPayload
            }
        }
    )* };
}

blocks!([] Vec<u8>, [] Bytes, ['a] Arg<'a, [u8]>, ['a] Arg<'a, Vec<u8>>, ['a] Arg<'a, Bytes>);

// `for<'x>` keeps rustc from checking the bounds before somebody relies on them.
impl Probe<RpcError> {
    pub const fn __farcall_error_payload(&self) -> Misplaced
    where
        for<'x> RpcError: ApplicationError,
    {
        Misplaced
    }
}

impl Probe<Context> {
    pub const fn __farcall_payload(&self) -> Misplaced
    where
        for<'x> Context: SendableContext,
    {
        Misplaced
    }
}

impl<'a> Probe<Option<Arg<'a, Context>>> {
    pub const fn __farcall_payload(&self) -> Misplaced
    where
        for<'x> Context: SendableContext,
    {
        Misplaced
    }
}

/// What may be copied and be anywhere. It takes the probe itself, so that it wins over what takes a reference: no block
/// may be copied.
pub trait Plain: Sized {
    fn __farcall_payload(self) -> PlainPayload {
        PlainPayload
    }
}

impl<T: Copy + Send + Sync> Plain for Probe<T> {}

/// Everything that is not a block.
pub trait SerdeFallback {
    fn __farcall_payload(&self) -> SerdePayload {
        SerdePayload
    }
}

impl<T> SerdeFallback for Probe<T> {}

/// Everything that is not a block, where an error is wanted: what is missing is said in terms of errors.
pub trait ErrorFallback {
    fn __farcall_error_payload(&self) -> ErrorPayload {
        ErrorPayload
    }
}

impl<T> ErrorFallback for Probe<T> {}

/// The payload of a type: `payload!(Vec<u8>)`, or `payload!(error E)` for the error of a method.
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    (error $type:ty) => {{
        #[allow(unused_imports, reason = "the inherent method of a block needs no trait")]
        use $crate::generated::ErrorFallback as _;
        $crate::generated::Probe::<$type>::NEW.__farcall_error_payload()
    }};
    ($type:ty) => {{
        #[allow(unused_imports, reason = "the inherent method of a block needs no trait")]
        use $crate::generated::{Plain as _, SerdeFallback as _};
        $crate::generated::Probe::<$type>::NEW.__farcall_payload()
    }};
}
