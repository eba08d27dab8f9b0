//! Where a trait may stand and what may stand on it.

use farcall::{RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};

#[tokio::test]
async fn in_a_function_with_types_of_its_own() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Inner(u8);
    #[derive(Debug, Serialize, Deserialize)]
    struct Failure(RpcError);
    impl From<RpcError> for Failure {
        fn from(error: RpcError) -> Self {
            Self(error)
        }
    }

    #[rpc_service]
    trait Local {
        async fn get(&self, inner: &Inner) -> Result<Inner, Failure>;
        fn echo(
            &self,
            all: impl Stream<Item = Result<Inner, Failure>> + Send,
        ) -> impl Stream<Item = Result<Inner, Failure>> + Send;
    }
    struct Object;
    impl Local for Object {
        fn echo(
            &self,
            all: impl Stream<Item = Result<Inner, Failure>> + Send,
        ) -> impl Stream<Item = Result<Inner, Failure>> + Send {
            all
        }
        async fn get(&self, inner: &Inner) -> Result<Inner, Failure> {
            Ok(Inner(inner.0 + 1))
        }
    }
    async fn generic(local: &impl Local) -> Inner {
        let gotten = local.get(&Inner(1)).await.unwrap();
        local.echo(stream::iter([Ok(gotten)])).boxed().next().await.unwrap().unwrap()
    }
    assert_eq!(generic(&LocalClient::local(Object)).await, Inner(2));
}

mod deep {
    pub(super) mod deeper {
        use farcall::rpc_service;

        #[rpc_service]
        pub(in super::super) trait Restricted {
            async fn get(&self) -> super::Shared;
        }
        impl Restricted for () {
            async fn get(&self) -> super::Shared {
                super::Shared(3)
            }
        }
    }
    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct Shared(pub(super) u8);
}

#[tokio::test]
async fn in_a_module_with_a_visibility_of_its_own() {
    assert_eq!(deep::deeper::RestrictedClient::local(()).get().await.unwrap().0, 3);
}

macro_rules! service {
    ($(#[$attribute:meta])* $name:ident { $($method:ident($($argument:ident: $type:ty),*) -> $output:ty;)* }) => {
        #[rpc_service]
        $(#[$attribute])*
        pub(crate) trait $name {
            $(async fn $method(&self, $($argument: $type),*) -> $output;)*
        }
    };
}

service! {
    /// Made by a macro.
    Made {
        text(text: &str) -> Result<usize, RpcError>;
        block(context: &farcall::Context, block: Option<&[u8]>, more: &[u8]) -> Result<Vec<u8>, RpcError>;
        total(numbers: impl Stream<Item = u8> + Send, more: impl Stream<Item = u8>) -> Result<u8, RpcError>;
        open(count: u8) -> Result<impl Stream<Item = Result<u8, RpcError>>, RpcError>;
    }
}

macro_rules! plain_service {
    ($name:ident { $($method:ident($($argument:ident: $type:ty),*) -> $output:ty;)* }) => {
        #[rpc_service]
        trait $name {
            $(fn $method(&self, $($argument: $type),*) -> $output;)*
        }
    };
}

plain_service! {
    Piped {
        pipe(numbers: impl Stream<Item = u8>) -> impl Stream<Item = farcall::Result<u8>>;
    }
}

macro_rules! whole_item {
    ($item:item) => {
        #[rpc_service]
        $item
    };
}

whole_item! {
    pub(crate) trait Whole {
        async fn text(&self, text: &str) -> Result<usize, RpcError> {
            Ok(self.count(text).await? + 1)
        }
        async fn count(&self, text: &str) -> Result<usize, RpcError>;
    }
}

macro_rules! own_names {
    ($name:ident) => {
        #[rpc_service]
        trait Hygienic {
            async fn add(&self, a: u8, $name: u8) -> u8 {
                a - $name
            }
        }
    };
}
own_names!(b);

struct Object;

impl Made for Object {
    async fn text(&self, text: &str) -> Result<usize, RpcError> {
        Ok(text.len())
    }
    async fn block(
        &self,
        context: &farcall::Context,
        block: Option<&[u8]>,
        more: &[u8],
    ) -> Result<Vec<u8>, RpcError> {
        assert!(context.method().is_some());
        Ok([block.unwrap_or_default(), more].concat())
    }
    async fn total(
        &self,
        numbers: impl Stream<Item = u8> + Send,
        more: impl Stream<Item = u8> + Send,
    ) -> Result<u8, RpcError> {
        Ok(numbers.chain(more).fold(0, async |sum, number| sum + number).await)
    }
    async fn open(&self, count: u8) -> Result<impl Stream<Item = Result<u8, RpcError>>, RpcError> {
        Ok(stream::iter(0..count).map(Ok))
    }
}
impl Piped for Object {
    fn pipe(&self, numbers: impl Stream<Item = u8> + Send) -> impl Stream<Item = farcall::Result<u8>> {
        numbers.map(Ok)
    }
}
impl Whole for Object {
    async fn count(&self, text: &str) -> Result<usize, RpcError> {
        Ok(text.len())
    }
}

#[tokio::test]
async fn made_by_macro_rules() {
    struct Plain;
    impl Hygienic for Plain {}
    assert_eq!(Plain.add(3, 1).await, 2);
    let made = MadeClient::local(Object);
    assert_eq!(made.text("abc").await.unwrap(), 3);
    assert_eq!(made.block(Some(&[1]), &[2]).await.unwrap(), [1, 2]);
    assert_eq!(made.total(stream::iter([1, 2]), stream::iter([3])).await.unwrap(), 6);
    assert_eq!(Made::open(&made, 2).await.unwrap().count().await, 2);
    assert_eq!(Piped::pipe(&PipedClient::local(Object), stream::iter([1])).count().await, 1);
    assert_eq!(Whole::text(&WholeClient::local(Object), "abc").await.unwrap(), 4);
}

#[rpc_service]
#[cfg(not(test))]
trait Removed {
    async fn get(&self) -> NoSuchType;
}

#[rpc_service]
#[cfg(test)]
#[allow(non_snake_case)]
trait Kept {
    #[cfg(not(test))]
    async fn removed(&self, value: NoSuchType) -> NoSuchType;
    #[cfg(test)]
    async fn kept(&self) -> u8;
    #[cfg(test)]
    async fn platform(&self) -> u8;
    #[cfg(not(test))]
    async fn platform(&self) -> NoSuchType;
    #[deprecated(note = "use `kept`")]
    #[allow(non_snake_case)]
    async fn oldStyle(&self) -> u8;
    #[cfg_attr(test, doc = "Documented on some platforms.")]
    async fn documented(&self) -> u8;
    #[cfg(not(test))]
    fn removed_stream(&self, all: impl Stream<Item = NoSuchType>) -> impl Stream<Item = NoSuchType>;
    #[cfg(test)]
    fn kept_stream(&self) -> impl Stream<Item = u8>;
    #[deprecated(note = "use `kept_stream`")]
    #[allow(non_snake_case)]
    fn oldStream(&self, numbers: impl Stream<Item = u8>) -> impl Stream<Item = u8>;
}

impl Kept for Object {
    async fn kept(&self) -> u8 {
        1
    }
    async fn platform(&self) -> u8 {
        2
    }
    async fn oldStyle(&self) -> u8 {
        3
    }
    async fn documented(&self) -> u8 {
        4
    }
    fn kept_stream(&self) -> impl Stream<Item = u8> {
        stream::iter([5])
    }
    fn oldStream(&self, numbers: impl Stream<Item = u8> + Send) -> impl Stream<Item = u8> {
        numbers
    }
}

#[tokio::test]
async fn with_conditional_and_deprecated_methods() {
    let client = KeptClient::local(Object);
    assert_eq!(client.kept().await.unwrap(), 1);
    assert_eq!(client.platform().await.unwrap(), 2);
    #[expect(deprecated, reason = "the client's method is deprecated like the trait's")]
    let old = client.oldStyle();
    assert_eq!(old.await.unwrap(), 3);
    assert_eq!(client.documented().await.unwrap(), 4);
    assert_eq!(client.kept_stream().collect::<Vec<_>>().await, [Ok(5)]);
    #[expect(deprecated, reason = "the client's method is deprecated like the trait's")]
    let old = client.oldStream(stream::iter([6]));
    assert_eq!(old.collect::<Vec<_>>().await, [Ok(6)]);
}

#[rpc_service]
trait Empty {}
impl Empty for Object {}

#[tokio::test]
async fn without_methods() {
    use farcall::Client;
    let _client = EmptyClient::local(Object);
    assert!(EmptyClient::descriptor().methods.is_empty());
}
