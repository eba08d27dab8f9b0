//! Generated code leans on nothing that the user's crate may not have, and gives no warning.

#![no_implicit_prelude]
#![deny(missing_docs, warnings, unreachable_pub, missing_debug_implementations, single_use_lifetimes)]
#![deny(
    rust_2018_idioms,
    elided_lifetimes_in_paths,
    unused_qualifications,
    unused_lifetimes,
    let_underscore_drop
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![forbid(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![forbid(unsafe_code)]

use ::futures::StreamExt as _;
use ::std::assert_eq;
use ::std::borrow::ToOwned as _;
use ::std::result::Result::{self, Err, Ok};
use ::std::string::String;

/// An error that can hold a failed call.
#[derive(::std::fmt::Debug, ::serde::Serialize, ::serde::Deserialize)]
pub enum Failure {
    /// The handler's own.
    Own,
    /// A call that failed.
    Rpc(::farcall::RpcError),
}

impl ::std::convert::From<::farcall::RpcError> for Failure {
    fn from(error: ::farcall::RpcError) -> Self {
        Self::Rpc(error)
    }
}

/// A service that has one of everything.
#[::farcall::rpc_service]
pub trait Everything {
    /// Borrows.
    async fn borrows(
        &self,
        text: &str,
        maybe: ::std::option::Option<&[u8]>,
        cow: ::std::borrow::Cow<'_, str>,
    ) -> Result<String, Failure>;
    /// Has options.
    #[rpc(name = "other", timeout = "2s", idempotent)]
    async fn options(&self, #[rpc(default, alias = "n")] count: u32) -> Result<u32, ::farcall::RpcError>;
    /// Has a default body.
    async fn body(&self, context: &::farcall::Context) -> Result<u8, Failure> {
        if context.method().is_none() {
            return Err(Failure::Own);
        }
        Ok(1)
    }
    /// Returns a future.
    fn future(&self) -> impl ::std::future::Future<Output = Result<(), Failure>> + ::std::marker::Send;
    /// Takes streams.
    async fn takes(
        &self,
        text: &str,
        numbers: impl ::futures::Stream<Item = u8> + ::std::marker::Send,
        results: impl ::futures::Stream<Item = Result<u8, Failure>>,
    ) -> Result<u8, Failure>;
    /// Returns a stream.
    fn returns(&self, text: &str)
    -> impl ::futures::Stream<Item = Result<u8, Failure>> + ::std::marker::Send;
    /// Opens a stream.
    async fn opens(
        &self,
        text: &str,
        numbers: impl ::futures::Stream<Item = u8> + ::std::marker::Send,
    ) -> Result<impl ::futures::Stream<Item = Result<u8, ::farcall::RpcError>> + ::std::marker::Send, Failure>
    {
        self.takes(text, numbers, ::futures::stream::empty()).await?;
        Ok(::futures::stream::empty())
    }
    /// Takes a stream and returns one.
    fn both(
        &self,
        numbers: impl ::futures::Stream<Item = u8> + ::std::marker::Send,
    ) -> impl ::futures::Stream<Item = Result<u8, Failure>> + ::std::marker::Send;
}

/// A service whose client is not the trait.
#[::farcall::rpc_service]
pub trait Plain {
    /// A plain function.
    #[rpc(blocking)]
    fn plain(&self, block: ::std::vec::Vec<u8>) -> usize;
}

/// A service of which nothing is used.
#[::farcall::rpc_service]
trait Unused {
    async fn unused(&self, text: &str) -> Result<String, Failure>;
}

/// Serves all.
#[derive(::std::fmt::Debug)]
pub struct Object;

impl Everything for Object {
    async fn borrows(
        &self,
        text: &str,
        maybe: ::std::option::Option<&[u8]>,
        cow: ::std::borrow::Cow<'_, str>,
    ) -> Result<String, Failure> {
        Ok(::std::format!("{text}{maybe:?}{cow}"))
    }

    async fn options(&self, count: u32) -> Result<u32, ::farcall::RpcError> {
        Ok(count)
    }

    async fn future(&self) -> Result<(), Failure> {
        Ok(())
    }

    async fn takes(
        &self,
        text: &str,
        numbers: impl ::futures::Stream<Item = u8> + ::std::marker::Send,
        results: impl ::futures::Stream<Item = Result<u8, Failure>> + ::std::marker::Send,
    ) -> Result<u8, Failure> {
        let sum = numbers.fold(0_u8, async |sum, number| sum.wrapping_add(number)).await;
        let more = results.fold(0_u8, async |sum, _| sum.wrapping_add(1)).await;
        ::std::assert!(!text.is_empty());
        Ok(sum.wrapping_add(more))
    }

    fn returns(
        &self,
        text: &str,
    ) -> impl ::futures::Stream<Item = Result<u8, Failure>> + ::std::marker::Send {
        ::futures::stream::iter(text.bytes()).map(Ok)
    }

    fn both(
        &self,
        numbers: impl ::futures::Stream<Item = u8> + ::std::marker::Send,
    ) -> impl ::futures::Stream<Item = Result<u8, Failure>> + ::std::marker::Send {
        numbers.map(Ok)
    }
}

impl Plain for Object {
    fn plain(&self, block: ::std::vec::Vec<u8>) -> usize {
        block.len()
    }
}

#[::core::prelude::v1::test]
fn a_crate_without_prelude_calls() {
    let runtime = ::tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap_or_else(|_| ::std::process::abort());
    runtime.block_on(async {
        let client = EverythingClient::local(Object);
        let text = client
            .borrows("a", ::std::option::Option::None, ::std::borrow::Cow::Borrowed("b"))
            .await
            .unwrap_or_else(|_| ::std::process::abort());
        assert_eq!(text, "aNoneb".to_owned());
        assert_eq!(client.options(3).await.unwrap_or_else(|_| ::std::process::abort()), 3);
        assert_eq!(client.body().await.unwrap_or_else(|_| ::std::process::abort()), 1);
        client.future().await.unwrap_or_else(|_| ::std::process::abort());
        let numbers = ::futures::stream::iter([1, 2]);
        let results = ::futures::stream::iter([Ok(1), Err(Failure::Own)]);
        let sum = client.takes("a", numbers, results).await.unwrap_or_else(|_| ::std::process::abort());
        assert_eq!(sum, 5);
        assert_eq!(client.returns("abc").count().await, 3);
        assert_eq!(client.both(::futures::stream::iter([1])).count().await, 1);
        let opened = client.opens("a", ::futures::stream::empty()).await;
        assert_eq!(opened.unwrap_or_else(|_| ::std::process::abort()).count().await, 0);
        assert_eq!(
            PlainClient::local(Object)
                .plain(::std::vec![1, 2])
                .await
                .unwrap_or_else(|_| ::std::process::abort()),
            2
        );
    });
}
