//! Each option, by what it does from end to end.

use std::thread;
use std::time::Duration;

use farcall::{Client, Context, RpcError, rpc_service};
use futures::{Stream, StreamExt, stream};

#[rpc_service(name = "shop.Orders")]
trait Orders {
    async fn count(&self, customer: &str) -> usize;
    async fn total(
        &self,
        currency: &str,
        #[rpc(default)] rounded: bool,
        #[rpc(default = two)] digits: u8,
    ) -> String;
    async fn note(
        &self,
        id: u32,
        #[rpc(default = no_note)] text: &str,
        #[rpc(default)] tags: Option<&str>,
        #[rpc(default)] more: &[u16],
    ) -> String;
}

fn two() -> u8 {
    2
}

fn no_note() -> String {
    "none".to_owned()
}

struct Shop;

impl Orders for Shop {
    async fn count(&self, customer: &str) -> usize {
        customer.len()
    }
    async fn total(&self, currency: &str, rounded: bool, digits: u8) -> String {
        format!("{currency} {rounded} {digits}")
    }
    async fn note(&self, id: u32, text: &str, tags: Option<&str>, more: &[u16]) -> String {
        format!("{id} {text} {tags:?} {more:?}")
    }
}

/// The same service as an older or newer caller sees it.
mod other_side {
    use farcall::rpc_service;

    #[rpc_service(name = "shop.Orders")]
    pub(super) trait Purchases {
        #[rpc(name = "count")]
        async fn number_of(&self, customer: &str) -> usize;
        async fn total(&self, currency: &str) -> String;
        async fn note(&self, id: u32) -> String;
    }
}

fn purchases() -> other_side::PurchasesClient {
    Client::from_service(OrdersServer::new(Shop))
}

#[tokio::test]
async fn name_of_service_and_method_are_what_travels() {
    assert_eq!(purchases().number_of("abc").await.unwrap(), 3);
}

#[tokio::test]
async fn default_stands_for_arguments_that_a_caller_does_not_know() {
    assert_eq!(purchases().total("EUR").await.unwrap(), "EUR false 2");
    assert_eq!(purchases().note(7).await.unwrap(), "7 none None []");
    assert_eq!(OrdersClient::local(Shop).total("EUR", true, 3).await.unwrap(), "EUR true 3");
}

#[test]
fn name_and_alias_of_an_argument_are_its_names_in_self_describing_forms() {
    #[rpc_service]
    trait Search {
        async fn find(&self, #[rpc(name = "type", alias = "kind", alias = "sort")] category: u8);
    }
    for name in ["type", "kind", "sort"] {
        let text = format!(r#"{{"Find":{{"{name}":3}}}}"#);
        match serde_json::from_str::<SearchRequest<'_>>(&text).unwrap() {
            SearchRequest::Find { category } => assert_eq!(category, 3),
            _ => unreachable!(),
        }
    }
    assert!(serde_json::from_str::<SearchRequest<'_>>(r#"{"Find":{"category":3}}"#).is_err());
    let text = serde_json::to_string(&SearchRequest::Find { category: 3 }).unwrap();
    assert_eq!(text, r#"{"Find":{"type":3}}"#);
}

#[test]
fn variant_names_the_variant() {
    #[rpc_service]
    trait Getter {
        #[rpc(variant = "ReadOne")]
        async fn get(&self, key: u8);
    }
    assert_eq!(format!("{:?}", GetterRequest::ReadOne { key: 1 }), "ReadOne { key: 1 }");
}

#[rpc_service]
trait Scheduling {
    #[rpc(timeout = "1500ms")]
    async fn hurried(&self, context: &Context) -> Duration;
    async fn usual(&self, context: &Context) -> Duration;
    #[rpc(blocking)]
    fn blocking(&self) -> bool;
    #[rpc(blocking)]
    async fn blocking_async(&self) -> bool;
    fn in_place(&self) -> bool;
    #[rpc(spawn)]
    async fn spawned(&self) -> bool;
    async fn not_spawned(&self) -> bool;
}

struct Scheduled(thread::ThreadId);

impl Scheduled {
    fn elsewhere(&self) -> bool {
        thread::current().id() != self.0
    }
}

impl Scheduling for Scheduled {
    async fn hurried(&self, context: &Context) -> Duration {
        context.remaining().unwrap_or(Duration::MAX)
    }
    async fn usual(&self, context: &Context) -> Duration {
        context.remaining().unwrap_or(Duration::MAX)
    }
    fn blocking(&self) -> bool {
        self.elsewhere()
    }
    async fn blocking_async(&self) -> bool {
        self.elsewhere()
    }
    fn in_place(&self) -> bool {
        self.elsewhere()
    }
    async fn spawned(&self) -> bool {
        tokio::task::try_id().is_some()
    }
    async fn not_spawned(&self) -> bool {
        tokio::task::try_id().is_some()
    }
}

fn scheduled() -> SchedulingClient {
    SchedulingClient::local(Scheduled(thread::current().id()))
}

#[tokio::test]
async fn timeout_is_the_deadline_of_a_call_that_sets_none() {
    let client = scheduled();
    assert!(client.hurried().await.unwrap() <= Duration::from_millis(1_500));
    let minute = client.with_timeout(Duration::from_secs(60));
    assert!(minute.hurried().await.unwrap() > Duration::from_millis(1_500));
}

// One thread: what runs elsewhere runs on the blocking pool.
#[tokio::test]
async fn blocking_runs_on_the_blocking_pool() {
    assert!(scheduled().blocking().await.unwrap());
    assert!(scheduled().blocking_async().await.unwrap());
    assert!(!scheduled().in_place().await.unwrap());
}

// Outside of any task, so that a task id can only be that of a task of the handler's own.
#[tokio::test]
async fn spawn_gives_the_handler_a_task() {
    assert!(scheduled().spawned().await.unwrap());
    assert!(!scheduled().not_spawned().await.unwrap());
}

#[test]
fn idempotent_and_detached_stand_in_the_descriptor() {
    #[rpc_service]
    trait Marked {
        #[rpc(idempotent)]
        async fn read(&self);
        #[rpc(detached)]
        async fn write(&self);
    }
    let [read, write] = MarkedClient::descriptor().methods else {
        panic!("two methods");
    };
    assert!(read.idempotent && !read.detached);
    assert!(write.detached && !write.idempotent);
}

#[rpc_service]
trait Streaming {
    #[rpc(blocking)]
    fn rows(&self, first: impl Stream<Item = u8> + Send) -> impl Stream<Item = (u8, bool)> + Send;
    #[rpc(spawn)]
    async fn tasks(
        &self,
        all: impl Stream<Item = u8> + Send,
    ) -> Result<impl Stream<Item = bool> + Send, RpcError>;
    #[rpc(name = "last", timeout = "1500ms")]
    fn hurried(
        &self,
        context: &Context,
        #[rpc(name = "from")] all: impl Stream<Item = u8> + Send,
    ) -> Duration;
}

impl Streaming for Scheduled {
    fn rows(&self, first: impl Stream<Item = u8> + Send) -> impl Stream<Item = (u8, bool)> + Send {
        first.map(|row| (row, self.elsewhere()))
    }
    async fn tasks(
        &self,
        all: impl Stream<Item = u8> + Send,
    ) -> Result<impl Stream<Item = bool> + Send, RpcError> {
        Ok(all.map(|_| tokio::task::try_id().is_some()))
    }
    fn hurried(&self, context: &Context, _: impl Stream<Item = u8> + Send) -> Duration {
        context.remaining().unwrap()
    }
}

#[tokio::test]
async fn options_hold_for_methods_with_streams() {
    let client = StreamingClient::local(Scheduled(thread::current().id()));
    let rows: Vec<_> = client.rows(stream::iter([1, 2])).map(Result::unwrap).collect().await;
    assert_eq!(rows, [(1, true), (2, true)]);
    let tasks: Vec<_> = client.tasks(stream::iter([1])).await.unwrap().collect().await;
    assert_eq!(tasks, [Ok(true)]);
    assert!(client.hurried(stream::empty()).await.unwrap() <= Duration::from_millis(1_500));
    let last = StreamingClient::descriptor().methods[2];
    assert_eq!((last.name, last.argument_streams), ("last", &["from"][..]));
}
