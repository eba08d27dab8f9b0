//! Clients and servers that are not of the same age, and types that cannot travel.

use farcall::{Code, Executed, RpcError, rpc_service};
use serde::{Deserialize, Serialize};

use crate::support::{Net, WorkServer, Worker, over};

over! {{
    an_unknown_service_is_named;
    an_unknown_method_is_named;
    an_old_client_is_served_by_a_service_that_has_grown;
    a_field_that_is_skipped_is_refused_by_name;
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
        async fn fetch(&self, name: &str, #[rpc(default)] upper: bool) -> String;
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

/// Would be misread: the reader cannot know that `middle` is missing.
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

async fn a_field_that_is_skipped_is_refused_by_name(net: Net) {
    let server = net.serve(GapsServer::new(Full)).await;
    let client: GapsClient = net.connect(&server).await;
    for _ in 0..2 {
        let error = client.take(Gap { first: 1, middle: None, last: Some(3) }).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No), "{error}");
        for word in ["Gaps.take", "Gap", "middle"] {
            assert!(error.message().contains(word), "{error}");
        }
        let error = client.give(false).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::Yes), "{error}");
        for word in ["Gaps.give", "Gap", "middle"] {
            assert!(error.message().contains(word), "{error}");
        }
        // Whole ones pass.
        assert_eq!(client.take(Gap { first: 1, middle: Some(2), last: None }).await.unwrap(), 1);
        assert_eq!(client.give(true).await.unwrap(), Gap { first: 1, middle: Some(2), last: Some(3) });
    }
}
