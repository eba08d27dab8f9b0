//! Every generated future and stream is `Send`, `'static` where nothing is borrowed, and free of its client.

use std::time::Duration;

use farcall::{Context, ReplyStream, RequestStream, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

#[derive(Debug, Serialize, Deserialize, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Item(String);

#[rpc_service]
trait Worker {
    async fn add(&self, a: i64, b: i64) -> Result<i64, Failure>;
    async fn name(&self, name: &str, item: &Item, items: Option<&[Item]>) -> Result<String, Failure>;
    async fn context(&self, context: &Context) -> Result<bool, Failure>;
    async fn both(&self, text: &str) -> Result<String, Failure> {
        let item = Item(text.to_owned());
        self.name(text, &item, None).await
    }
}

struct Local;

impl Worker for Local {
    async fn add(&self, a: i64, b: i64) -> Result<i64, Failure> {
        tokio::task::yield_now().await;
        Ok(a + b)
    }
    async fn name(&self, name: &str, item: &Item, items: Option<&[Item]>) -> Result<String, Failure> {
        tokio::task::yield_now().await;
        Ok(format!("{name}{}{}", item.0, items.map_or(0, <[Item]>::len)))
    }
    async fn context(&self, context: &Context) -> Result<bool, Failure> {
        tokio::task::yield_now().await;
        Ok(context.method().is_some())
    }
}

fn assert_send<T: Send>(value: T) -> T {
    value
}

async fn spawn_all<W: Worker + Clone + 'static>(worker: W) -> i64 {
    let mut tasks = JoinSet::new();
    let (a, b, c, d) = (worker.clone(), worker.clone(), worker.clone(), worker);
    tasks.spawn(async move { a.add(1, 2).await.unwrap() });
    tasks.spawn(async move { b.name("n", &Item("i".into()), Some(&[])).await.unwrap().len() as i64 });
    tasks.spawn(async move { i64::from(c.context(&Context::new()).await.is_ok()) });
    tasks.spawn(async move { d.both("x").await.unwrap().len() as i64 });
    tasks.join_all().await.into_iter().sum()
}

#[tokio::test]
async fn generic_code_spawns_every_future() {
    assert_eq!(spawn_all(WorkerClient::local(Local)).await, 3 + 3 + 1 + 3);
}

#[tokio::test]
async fn a_call_is_free_of_its_client() {
    let client = WorkerClient::local(Local);
    let mut tasks = JoinSet::new();
    tasks.spawn(client.with_timeout(Duration::from_secs(60)).add(1, 2));
    let lone = WorkerClient::local(Local).add(3, 4);
    drop(client);
    assert_eq!(tasks.join_next().await.unwrap().unwrap().unwrap(), 3);
    assert_eq!(lone.await.unwrap(), 7);
}

#[tokio::test]
async fn a_borrowing_call_is_as_long_as_its_arguments() {
    let item = Item("i".to_owned());
    let future = {
        let client = WorkerClient::local(Local);
        assert_send(client.name("n", &item, None))
    };
    assert_eq!(future.await.unwrap(), "ni0");
}

#[rpc_service]
trait Meter {
    async fn average(&self, numbers: impl Stream<Item = f64> + Send) -> Result<f64, Failure>;
    fn count(&self, name: &str) -> impl Stream<Item = usize> + Send;
    fn echo(&self, numbers: impl Stream<Item = f64> + Send) -> impl Stream<Item = f64> + Send;
    async fn open(
        &self,
        name: &str,
        numbers: impl Stream<Item = f64> + Send,
    ) -> Result<impl Stream<Item = f64> + Send, Failure>;
}

impl Meter for Local {
    async fn average(&self, numbers: impl Stream<Item = f64> + Send) -> Result<f64, Failure> {
        let numbers: Vec<_> = numbers.collect().await;
        Ok(numbers.iter().sum::<f64>() / numbers.len() as f64)
    }
    fn count(&self, name: &str) -> impl Stream<Item = usize> + Send {
        stream::iter(0..name.len())
    }
    fn echo(&self, numbers: impl Stream<Item = f64> + Send) -> impl Stream<Item = f64> + Send {
        numbers
    }
    async fn open(
        &self,
        _: &str,
        numbers: impl Stream<Item = f64> + Send,
    ) -> Result<impl Stream<Item = f64> + Send, Failure> {
        Ok(numbers)
    }
}

#[tokio::test]
async fn calls_with_streams_are_spawned_like_others() {
    let client = MeterClient::local(Local);
    let mut tasks = JoinSet::new();
    tasks.spawn(client.average(stream::iter([1.0, 2.0])));
    let counted = tokio::spawn(client.count(&String::from("abc")).collect::<Vec<_>>());
    let echoed = tokio::spawn(client.echo(stream::iter([3.0])).collect::<Vec<_>>());
    let opened = tokio::spawn(client.open("static", stream::iter([4.0])));
    drop(client);
    assert_eq!(tasks.join_next().await.unwrap().unwrap().unwrap(), 1.5);
    assert_eq!(counted.await.unwrap(), [Ok(0), Ok(1), Ok(2)]);
    assert_eq!(echoed.await.unwrap(), [Ok(3.0)]);
    assert_eq!(opened.await.unwrap().unwrap().next().await, Some(Ok(4.0)));
}

#[tokio::test]
async fn a_stream_is_as_long_as_those_that_it_sends() {
    let numbers = vec![1.0, 2.0];
    let (echo, opened) = {
        let (client, name) = (MeterClient::local(Local), "short".to_owned());
        let opened = client.open(&name, stream::iter(&numbers).map(|number| *number));
        let opened: ReplyStream<'_, f64> = assert_send(opened).await.unwrap();
        (client.echo(stream::iter(&numbers).map(|number| *number)), opened)
    };
    assert_eq!(assert_send(echo).collect::<Vec<_>>().await, [Ok(1.0), Ok(2.0)]);
    assert_eq!(assert_send(opened).collect::<Vec<_>>().await, [Ok(1.0), Ok(2.0)]);
}

#[test]
fn streams_of_calls_are_easy_to_hold() {
    fn assert<T: Send + Unpin + std::fmt::Debug + 'static>() {}
    assert::<ReplyStream<'static, *const u8, RpcError>>();
    fn assert_sync<T: Send + Sync + Unpin + std::fmt::Debug + 'static>() {}
    assert_sync::<RequestStream<*const u8>>();
}

#[tokio::test]
async fn nothing_happens_before_the_first_poll() {
    static CALLS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    #[rpc_service]
    trait Counter {
        fn count(&self);
    }
    struct Count;
    impl Counter for Count {
        fn count(&self) {
            CALLS.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
    }
    let call = CounterClient::local(Count).count();
    drop(call);
    assert_eq!(CALLS.load(std::sync::atomic::Ordering::SeqCst), 0);
    CounterClient::local(Count).count().await.unwrap();
    assert_eq!(CALLS.load(std::sync::atomic::Ordering::SeqCst), 1);
}
