//! Generated code where farcall has another name, or is re-exported.

use futures::Stream;

/// What a company's own crate might look like.
pub mod platform {
    pub use distant as rpc;
}

/// Under another name.
#[distant::rpc_service(crate = ::distant)]
pub trait Renamed {
    /// Adds two numbers; the other name is known to stand for farcall.
    async fn add(&self, a: i64, b: i64) -> distant::Result<i64>;
    /// Has every kind of argument whose code names farcall.
    async fn sum(
        &self,
        context: &distant::Context,
        all: Option<&[u8]>,
        #[rpc(default)] first: u64,
    ) -> Result<u64, Failure>;
    /// Has streams of every kind.
    async fn open(
        &self,
        numbers: impl Stream<Item = u64>,
        results: impl Stream<Item = distant::Result<u64>>,
    ) -> distant::Result<impl Stream<Item = Result<u64, Failure>>>;
    /// Returns a stream whose items have another name for farcall's error.
    fn numbers(&self) -> impl Stream<Item = distant::Result<u64>>;
}

/// Through a re-export, by a relative path.
#[platform::rpc::rpc_service(crate = crate::platform::rpc)]
pub trait Reexported {
    /// Adds two numbers.
    async fn add(&self, a: i64, b: i64) -> platform::rpc::Result<i64> {
        Ok(a + b)
    }
}

/// An error that can hold a failed call.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Failure(pub distant::RpcError);

impl From<distant::RpcError> for Failure {
    fn from(error: distant::RpcError) -> Self {
        Self(error)
    }
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt, stream};

    use super::*;

    struct Object;

    impl Renamed for Object {
        async fn add(&self, a: i64, b: i64) -> distant::Result<i64> {
            Ok(a + b)
        }
        async fn sum(
            &self,
            context: &distant::Context,
            all: Option<&[u8]>,
            first: u64,
        ) -> Result<u64, Failure> {
            let known = u64::from(context.method().is_some());
            Ok(all.unwrap_or_default().iter().fold(first + known, |sum, byte| sum + u64::from(*byte)))
        }
        async fn open(
            &self,
            numbers: impl Stream<Item = u64> + Send,
            results: impl Stream<Item = distant::Result<u64>> + Send,
        ) -> distant::Result<impl Stream<Item = Result<u64, Failure>>> {
            Ok(numbers.map(Ok).chain(results.map(|result| result.map_err(Failure))))
        }
        fn numbers(&self) -> impl Stream<Item = distant::Result<u64>> {
            stream::iter([Ok(1)])
        }
    }

    impl Reexported for Object {}

    #[tokio::test]
    async fn under_another_name() {
        let client = RenamedClient::local(Object);
        let sum: Result<i64, distant::RpcError> = client.add(1, 2).await;
        assert_eq!(sum, Ok(3));
        assert_eq!(
            Renamed::sum(&client, &distant::Context::new(), Some(&[1, 2]), 3).await.map_err(|e| e.0),
            Ok(7)
        );
        let items: Vec<Result<u64, distant::RpcError>> = client.numbers().collect().await;
        assert_eq!(items, [Ok(1)]);
        let opened = Renamed::open(&client, stream::iter([1]), stream::iter([Ok(2)])).await;
        assert_eq!(opened.expect("it opens").count().await, 2);
    }

    #[tokio::test]
    async fn through_a_re_export() {
        assert_eq!(ReexportedClient::local(Object).add(1, 2).await, Ok(3));
    }
}
