//! The client implements a trait with streams where errors can hold a failed call.

use std::time::Duration;

use farcall::{Code, Context, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};

use super::streams::FeedError;

mod io {
    pub(super) type Result<T> = std::result::Result<T, super::FeedError>;
}

#[rpc_service]
trait Feed {
    fn feed(&self, count: u64) -> impl Stream<Item = Result<u64, FeedError>> + Send;
    fn raw(&self) -> impl Stream<Item = farcall::Result<u64>> + Send;
    fn lasting(&self) -> impl Stream<Item = io::Result<u64>> + Send + Unpin + 'static;
    async fn open(&self, name: &str) -> Result<impl Stream<Item = Result<u64, FeedError>> + Send, FeedError>;
    async fn open_raw(&self) -> farcall::Result<impl Stream<Item = io::Result<u64>> + Send>;
    fn open_future(
        &self,
        name: &str,
    ) -> impl Future<Output = io::Result<impl Stream<Item = Result<u64, RpcError>> + Send>> + Send;
    async fn sum(&self, name: &str, numbers: impl Stream<Item = u64> + Send) -> Result<u64, FeedError>;
    fn double(
        &self,
        context: &Context,
        text: &str,
        numbers: impl Stream<Item = Result<u64, FeedError>> + Send,
    ) -> impl Stream<Item = Result<String, FeedError>> + Send;
    async fn join<'x, 'y>(
        &'x self,
        name: &'y str,
        first: impl Stream<Item = u64> + Send,
        second: impl Stream<Item = u64>,
    ) -> Result<impl Stream<Item = Result<u64, FeedError>> + Send, FeedError>
    where
        'y: 'x;
    #[cfg(not(test))]
    async fn removed(&self) -> Result<impl Stream<Item = Result<u8, NoSuchType>> + Send, NoSuchType>;
}

#[derive(Clone)]
struct Local;

impl Feed for Local {
    fn feed(&self, count: u64) -> impl Stream<Item = Result<u64, FeedError>> + Send {
        stream::iter(0..count).map(Ok)
    }
    fn raw(&self) -> impl Stream<Item = farcall::Result<u64>> + Send {
        stream::iter([Ok(1), Err(RpcError::new(Code::NotFound, "none"))])
    }
    fn lasting(&self) -> impl Stream<Item = io::Result<u64>> + Send + Unpin + 'static {
        stream::iter([Err(FeedError::Dry(0))])
    }
    async fn open(&self, name: &str) -> Result<impl Stream<Item = Result<u64, FeedError>> + Send, FeedError> {
        if name.is_empty() {
            return Err(FeedError::Unknown(name.to_owned()));
        }
        Ok(self.feed(name.len() as u64))
    }
    async fn open_raw(&self) -> farcall::Result<impl Stream<Item = io::Result<u64>> + Send> {
        Ok(self.lasting())
    }
    async fn open_future(&self, name: &str) -> io::Result<impl Stream<Item = Result<u64, RpcError>> + Send> {
        self.open(name).await.map(|_| self.raw())
    }
    async fn sum(&self, name: &str, numbers: impl Stream<Item = u64> + Send) -> Result<u64, FeedError> {
        Ok(numbers.fold(name.len() as u64, async |sum, number| sum + number).await)
    }
    fn double(
        &self,
        context: &Context,
        text: &str,
        numbers: impl Stream<Item = Result<u64, FeedError>> + Send,
    ) -> impl Stream<Item = Result<String, FeedError>> + Send {
        let limited = context.remaining().is_some();
        numbers.map(move |number| Ok(format!("{text}{}{limited}", number? * 2)))
    }
    async fn join<'x, 'y>(
        &'x self,
        name: &'y str,
        first: impl Stream<Item = u64> + Send,
        second: impl Stream<Item = u64> + Send,
    ) -> Result<impl Stream<Item = Result<u64, FeedError>> + Send, FeedError>
    where
        'y: 'x,
    {
        if name.is_empty() {
            return Err(FeedError::Unknown(name.to_owned()));
        }
        Ok(first.chain(second).map(Ok))
    }
}

async fn use_all(feed: &impl Feed) -> Result<(), FeedError> {
    let items: Vec<_> = feed.feed(2).collect().await;
    assert_eq!(items, [Ok(0), Ok(1)]);
    let raw: Vec<_> = feed.raw().collect().await;
    assert_eq!((raw.len(), &raw[0]), (2, &Ok(1)));
    assert_eq!(raw[1].as_ref().unwrap_err().code(), Code::NotFound);
    assert_eq!(feed.lasting().next().await, Some(Err(FeedError::Dry(0))));
    let items: Vec<_> = feed.open("ab").await?.collect().await;
    assert_eq!(items, [Ok(0), Ok(1)]);
    assert_eq!(feed.open("").await.err(), Some(FeedError::Unknown(String::new())));
    let items: Vec<_> = feed.open_raw().await?.collect().await;
    assert_eq!(items, [Err(FeedError::Dry(0))]);
    assert_eq!(feed.open_future("a").await?.boxed().next().await, Some(Ok(1)));
    let borrowed = vec![1, 2];
    assert_eq!(feed.sum("abc", stream::iter(borrowed.iter().copied())).await?, 6);
    let context = Context::new().with_timeout(Duration::from_secs(60));
    let numbers = stream::iter(&borrowed).map(|number| Ok(*number));
    let doubled: Vec<_> = feed.double(&context, "n", numbers).collect().await;
    assert_eq!(doubled, [Ok("n2true".to_owned()), Ok("n4true".to_owned())]);
    let joined = feed.join("name", stream::iter(borrowed.iter().copied()), stream::iter([3])).await?;
    assert_eq!(joined.collect::<Vec<_>>().await, [Ok(1), Ok(2), Ok(3)]);
    let refused = feed.join("", stream::empty(), stream::empty()).await;
    assert_eq!(refused.err(), Some(FeedError::Unknown(String::new())));
    Ok(())
}

#[tokio::test]
async fn one_function_takes_object_and_client() {
    use_all(&Local).await.unwrap();
    let client = FeedClient::local(Local);
    use_all(&client).await.unwrap();
    // A client can be served in turn.
    use_all(&FeedClient::local(client)).await.unwrap();
    let server = farcall::serve("mem://", FeedServer::new(Local)).await.unwrap();
    use_all(&FeedClient::connect(server.endpoints()).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn generic_code_spawns_streams() {
    async fn spawn<F: Feed + Clone + 'static>(feed: F) -> u64 {
        let other = feed.clone();
        let both = tokio::spawn(async move {
            let numbers = other.feed(4).map(Result::unwrap);
            let mut joined = Box::pin(other.join("a", numbers, stream::iter([5])).await.unwrap());
            let mut sum = 0;
            while let Some(number) = joined.next().await {
                sum += number.unwrap();
            }
            sum
        });
        let sum = tokio::spawn(async move { feed.sum("", stream::iter([1, 2])).await.unwrap() });
        both.await.unwrap() + sum.await.unwrap()
    }
    assert_eq!(spawn(Local).await, 14);
    assert_eq!(spawn(FeedClient::local(Local)).await, 14);
}

#[tokio::test]
async fn a_failed_call_becomes_the_errors_own_variant() {
    let expired = FeedClient::local(Local).with_timeout(Duration::ZERO);
    let code = |error: &FeedError| match error {
        FeedError::Rpc(error) => error.code(),
        other => panic!("{other:?}"),
    };
    let items: Vec<_> = Feed::feed(&expired, 2).collect().await;
    assert_eq!(
        items.iter().map(|item| code(item.as_ref().unwrap_err())).collect::<Vec<_>>(),
        [Code::DeadlineExceeded]
    );
    let error = Feed::join(&expired, "name", stream::empty(), stream::empty()).await.err().unwrap();
    assert_eq!(code(&error), Code::DeadlineExceeded);
}

/// Traits whose client is not the trait, for one reason each; all of them compile.
mod others {
    use super::*;

    #[rpc_service]
    trait Values {
        fn values(&self) -> impl Stream<Item = u8> + Send;
    }
    #[rpc_service]
    trait Shared {
        fn shared(&self) -> impl Stream<Item = Result<u8, FeedError>> + Send + Sync;
    }
    #[rpc_service]
    trait Bounded {
        fn bounded<'a>(
            &'a self,
            numbers: impl Stream<Item = u8> + Send + 'a,
        ) -> impl Stream<Item = Result<u8, FeedError>> + Send + 'a;
    }
    #[rpc_service]
    trait Stubborn {
        fn stubborn(&self) -> impl Stream<Item = Result<u8, String>> + Send;
    }
}
