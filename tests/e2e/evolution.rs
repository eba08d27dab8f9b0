//! Clients and servers that are not of the same age, and types that cannot travel.

use farcall::intercept::{Next, Request};
use farcall::{CallError, Code, Executed, MethodCompatibility, RpcError, rpc_service};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use crate::support::{Net, WorkServer, Worker, over};

over! {{
    an_unknown_service_is_named;
    an_unknown_method_is_named;
    an_old_client_is_served_by_a_service_that_has_grown;
    a_field_that_is_skipped_crosses_by_name;
    a_client_knows_before_a_call_what_it_can_call;
    a_client_knows_before_a_call_what_it_cannot_call;
    streams_of_two_versions_understand_each_other;
}}

#[rpc_service]
trait Nowhere {
    async fn anything(&self) -> u8;
}

fn assert_unimplemented(error: &RpcError, words: &[&str]) {
    assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No), "{error}");
    for word in words {
        assert!(error.message().contains(word), "{error}");
    }
}

async fn an_unknown_service_is_named(net: Net) {
    let server = net.serve(WorkServer::new(Worker::default())).await;
    let nowhere: NowhereClient = net.connect(&server).await;
    // The first is sent before the server's answer to the bind, the second is not sent.
    for _ in 0..2 {
        assert_unimplemented(&nowhere.anything().await.unwrap_err(), &["`Nowhere`", "`Nowhere.anything`"]);
    }
    let calls = (0..50).map(|_| nowhere.anything());
    for answer in futures::future::join_all(calls).await {
        assert_unimplemented(&answer.unwrap_err(), &["`Nowhere`"]);
    }
}

/// A service in three ages. What is on the wire is the name.
mod old {
    use farcall::rpc_service;

    #[rpc_service(name = "Store")]
    pub(super) trait Store {
        async fn get(&self, key: &str) -> String;
        async fn size(&self) -> u64;
    }
}

mod new {
    use farcall::rpc_service;

    #[rpc_service(name = "Store")]
    pub(super) trait Warehouse {
        async fn added(&self) -> u8;
        #[rpc(name = "size")]
        async fn count(&self) -> u64;
        #[rpc(name = "get")]
        async fn fetch(&self, #[rpc(alias = "key")] name: &str, #[rpc(default)] upper: bool) -> String;
        async fn added_last(&self) -> u8;
    }
}

struct Old;

impl old::Store for Old {
    async fn get(&self, key: &str) -> String {
        format!("old {key}")
    }
    async fn size(&self) -> u64 {
        1
    }
}

struct New;

impl new::Warehouse for New {
    async fn added(&self) -> u8 {
        3
    }
    async fn count(&self) -> u64 {
        2
    }
    async fn fetch(&self, name: &str, upper: bool) -> String {
        format!("new {name} {upper}")
    }
    async fn added_last(&self) -> u8 {
        4
    }
}

async fn an_unknown_method_is_named(net: Net) {
    let server = net.serve(old::StoreServer::new(Old)).await;
    let client: new::WarehouseClient = net.connect(&server).await;
    for _ in 0..2 {
        assert_unimplemented(&client.added().await.unwrap_err(), &["`Store`", "`added`"]);
        // The connection lives, and the others are served.
        assert_eq!(client.count().await.unwrap(), 1);
        assert_unimplemented(&client.added_last().await.unwrap_err(), &["`Store`", "`added_last`"]);
    }
}

async fn an_old_client_is_served_by_a_service_that_has_grown(net: Net) {
    let server = net.serve(new::WarehouseServer::new(New)).await;
    let client: old::StoreClient = net.connect(&server).await;
    assert_eq!(client.get("key").await.unwrap(), "new key false");
    assert_eq!(client.size().await.unwrap(), 2);
    let newer: new::WarehouseClient = net.connect(&server).await;
    assert_eq!(newer.fetch("key", true).await.unwrap(), "new key true");
    assert_eq!((newer.added().await.unwrap(), newer.added_last().await.unwrap()), (3, 4));
}

/// By position it would be misread: the reader cannot know that `middle` is missing.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Gap {
    first: u8,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    middle: Option<u8>,
    last: Option<u8>,
}

#[rpc_service]
trait Gaps {
    async fn take(&self, gap: Gap) -> u8;
    async fn give(&self, whole: bool) -> Gap;
}

struct Full;

impl Gaps for Full {
    async fn take(&self, gap: Gap) -> u8 {
        gap.first
    }
    async fn give(&self, whole: bool) -> Gap {
        Gap { first: 1, middle: whole.then_some(2), last: Some(3) }
    }
}

async fn a_field_that_is_skipped_crosses_by_name(net: Net) {
    let server = net.serve(GapsServer::new(Full)).await;
    let client: GapsClient = net.connect(&server).await;
    for _ in 0..2 {
        assert_eq!(client.take(Gap { first: 1, middle: None, last: Some(3) }).await.unwrap(), 1);
        assert_eq!(client.give(false).await.unwrap(), Gap { first: 1, middle: None, last: Some(3) });
        assert_eq!(client.take(Gap { first: 1, middle: Some(2), last: None }).await.unwrap(), 1);
        assert_eq!(client.give(true).await.unwrap(), Gap { first: 1, middle: Some(2), last: Some(3) });
    }
}

async fn a_client_knows_before_a_call_what_it_can_call(net: Net) {
    let server = net.serve(new::WarehouseServer::new(New)).await;
    let old: old::StoreClient = net.connect(&server).await;
    assert!(old.supports("get").await.unwrap() && old.supports("size").await.unwrap());
    let report = old.compatibility().await.unwrap();
    assert!(report.is_compatible());
    let kinds: Vec<_> = report
        .methods()
        .map(|(method, what)| (method.name, matches!(what, MethodCompatibility::Same)))
        .collect();
    assert_eq!(kinds, [("get", false), ("size", true)], "{report}");
}

async fn a_client_knows_before_a_call_what_it_cannot_call(net: Net) {
    let server = net.serve(old::StoreServer::new(Old)).await;
    let new: new::WarehouseClient = net.connect(&server).await;
    assert!(!new.supports("added").await.unwrap() && !new.supports("get").await.unwrap());
    let report = new.compatibility().await.unwrap();
    assert!(!report.is_compatible());
    for words in ["`Store.added`: the server does not have it", "argument `key`", "`Store.size`: the same"] {
        assert!(report.to_string().contains(words), "{report}");
    }
    let error = new.supports("got").await.unwrap_err();
    assert!(error.message().contains("`got`") && error.message().contains("`get`"), "{error}");
}

/// A stream in two versions.
mod narrow {
    use farcall::rpc_service;
    use futures::Stream;

    #[rpc_service(name = "Meter")]
    pub(super) trait Meter {
        fn read(&self, from: u8) -> impl Stream<Item = Result<u32, String>> + Send;
        async fn sum(&self, numbers: impl Stream<Item = u32> + Send) -> u64;
        fn twice(&self, numbers: impl Stream<Item = u32> + Send) -> impl Stream<Item = u32> + Send;
    }
}

mod wide {
    use farcall::rpc_service;
    use futures::Stream;

    #[rpc_service(name = "Meter")]
    pub(super) trait Meter {
        fn read(&self, from: u64) -> impl Stream<Item = Result<u64, String>> + Send;
        async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64;
        fn twice(&self, numbers: impl Stream<Item = u64> + Send) -> impl Stream<Item = u64> + Send;
    }
}

struct Wide;

impl wide::Meter for Wide {
    fn read(&self, from: u64) -> impl Stream<Item = Result<u64, String>> + Send {
        stream::iter((from..from + 100).map(Ok).chain([Err("empty".to_owned())]))
    }
    async fn sum(&self, numbers: impl Stream<Item = u64> + Send) -> u64 {
        numbers.fold(0, |sum, number| async move { sum + number }).await
    }
    fn twice(&self, numbers: impl Stream<Item = u64> + Send) -> impl Stream<Item = u64> + Send {
        numbers.map(|number| 2 * number)
    }
}

async fn streams_of_two_versions_understand_each_other(net: Net) {
    let server = net.serve(wide::MeterServer::new(Wide)).await;
    let plain: narrow::MeterClient = net.connect(&server).await;
    let behind = plain.with_interceptor(|request: Request, next: Next| next.run(request));
    let fresh: narrow::MeterClient = net.connect(&server).await;
    let fresh = fresh.with_interceptor(|request: Request, next: Next| next.run(request));
    for client in [plain, behind, fresh] {
        for _ in 0..2 {
            let items: Vec<_> = client.read(7).collect().await;
            assert_eq!(items.len(), 101);
            assert_eq!(items[99], Ok(106));
            assert_eq!(items[100], Err(CallError::App("empty".to_owned())));
            assert_eq!(client.sum(stream::iter(0..1_000)).await.unwrap(), 499_500);
            let doubled: Result<Vec<u32>, _> = client.twice(stream::iter(0..100)).try_collect().await;
            assert_eq!(doubled.unwrap(), (0..100).map(|number| 2 * number).collect::<Vec<_>>());
        }
    }
}
