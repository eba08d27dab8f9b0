//! Generated code in a crate of edition 2021, whose `impl Trait` captures less and whose prelude has no `Future`.

use farcall::{rpc_service, RpcError};

/// Has what depends on capture rules: borrowed arguments, futures, a default body.
#[rpc_service]
pub trait Edition {
    /// Borrows twice.
    async fn join(&self, first: &str, second: &str) -> Result<String, RpcError>;
    /// Borrows nothing.
    async fn add(&self, a: i64, b: i64) -> Result<i64, RpcError>;
    /// Is written as a function that returns a future.
    fn length(&self, text: &str) -> impl std::future::Future<Output = Result<usize, RpcError>> + Send;
    /// Has a default body.
    async fn twice(&self, text: &str) -> Result<String, RpcError> {
        self.join(text, text).await
    }
}

#[cfg(test)]
mod tests {
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
