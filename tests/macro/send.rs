//! Every generated future is `Send`, `'static` where nothing is borrowed, and free of its client.

use std::time::Duration;

use farcall::{Context, RpcError, rpc_service};
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
