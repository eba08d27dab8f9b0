//! Generated code in a crate of edition 2021, whose `impl Trait` captures less and whose prelude has no `Future`.

use farcall::{rpc_service, RpcError};
use futures::Stream;

/// Has what depends on capture rules: borrowed arguments, futures, a default body.
#[rpc_service]
pub trait Edition {
    /// Borrows twice.
    async fn join(&self, first: &str, second: &str) -> Result<String, RpcError>;
    /// Borrows nothing.
    async fn add(&self, a: i64, b: i64) -> Result<i64, RpcError>;
    /// Is written as a function that returns a future.
    fn length(&self, text: &str) -> impl std::future::Future<Output = Result<usize, RpcError>> + Send;
    /// Returns a stream that may borrow.
    fn letters(&self, text: &str) -> impl Stream<Item = Result<char, RpcError>> + Send;
    /// Takes streams.
    async fn sum(&self, text: &str, numbers: impl Stream<Item = u64>) -> Result<u64, RpcError>;
    /// Takes a stream and opens one.
    async fn open(
        &self,
        text: &str,
        numbers: impl Stream<Item = u64> + Send,
    ) -> Result<impl Stream<Item = Result<u64, RpcError>> + Send, RpcError>;
    /// Takes a stream and returns one.
    fn both(
        &self,
        numbers: impl Stream<Item = u64> + Send,
    ) -> impl Stream<Item = Result<u64, RpcError>> + Send;
    /// Has a default body.
    async fn twice(&self, text: &str) -> Result<String, RpcError> {
        self.join(text, text).await
    }
}

#[cfg(test)]
mod tests {
    use futures::{stream, StreamExt};

    use super::*;

    struct Object;

    impl Edition for Object {
        async fn join(&self, first: &str, second: &str) -> Result<String, RpcError> {
            Ok(format!("{first}{second}"))
        }
        async fn add(&self, a: i64, b: i64) -> Result<i64, RpcError> {
            Ok(a + b)
        }
        async fn length(&self, text: &str) -> Result<usize, RpcError> {
            Ok(text.len())
        }
        fn letters(&self, text: &str) -> impl Stream<Item = Result<char, RpcError>> + Send {
            stream::iter(text.chars()).map(Ok)
        }
        async fn sum(&self, text: &str, numbers: impl Stream<Item = u64> + Send) -> Result<u64, RpcError> {
            Ok(numbers.fold(text.len() as u64, |sum, number| async move { sum + number }).await)
        }
        async fn open(
            &self,
            _: &str,
            numbers: impl Stream<Item = u64> + Send,
        ) -> Result<impl Stream<Item = Result<u64, RpcError>> + Send, RpcError> {
            Ok(numbers.map(Ok))
        }
        fn both(
            &self,
            numbers: impl Stream<Item = u64> + Send,
        ) -> impl Stream<Item = Result<u64, RpcError>> + Send {
            numbers.map(Ok)
        }
    }

    #[tokio::test]
    async fn streams_borrow_what_they_send_and_nothing_else() {
        let numbers = [1, 2];
        let (letters, sum, both, opened) = {
            let (client, text) = (EditionClient::local(Object), "ab".to_owned());
            let sum = client.sum("abc", stream::iter(numbers.iter().copied()));
            let opened = client.open(&text, stream::iter(numbers.iter().copied())).await;
            let letters = tokio::spawn(client.letters(&text).count());
            (letters, sum, client.both(stream::iter(numbers.iter().copied())), opened)
        };
        assert_eq!(letters.await.expect("no panic"), 2);
        assert_eq!(sum.await, Ok(6));
        assert_eq!(both.count().await, 2);
        assert_eq!(opened.expect("it opens").count().await, 2);
    }

    #[tokio::test]
    async fn a_call_borrows_its_arguments_and_nothing_else() {
        let first = String::from("a");
        let (joined, sum) = {
            let client = EditionClient::local(Object);
            (client.join(&first, "b"), tokio::spawn(client.add(1, 2)))
        };
        assert_eq!(joined.await, Ok("ab".to_owned()));
        assert_eq!(sum.await.expect("no panic"), Ok(3));
    }

    #[tokio::test]
    async fn the_client_is_the_trait() {
        let client = EditionClient::local(Object);
        assert_eq!(Edition::twice(&client, "a").await, Ok("aa".to_owned()));
        assert_eq!(Edition::length(&client, "abc").await, Ok(3));
        assert_eq!(Edition::letters(&client, "abc").count().await, 3);
        assert_eq!(Edition::sum(&client, "abc", stream::iter([1])).await, Ok(4));
        assert_eq!(Edition::both(&client, stream::iter([1])).count().await, 1);
        assert_eq!(Edition::open(&client, "", stream::iter([1])).await.expect("it opens").count().await, 1);
    }

    #[tokio::test]
    async fn connecting_is_free_of_its_endpoint() {
        let server = farcall::serve("mem://", EditionServer::new(Object)).await.expect("mem is always there");
        let connecting = {
            let endpoints = server.endpoints().to_vec();
            tokio::spawn(EditionClient::connect(endpoints))
        };
        let client = connecting.await.expect("no panic").expect("the server listens");
        assert_eq!(client.add(1, 2).await, Ok(3));
    }
}
