//! What a handler knows of its call.

#[path = "context/cancelled.rs"]
mod cancelled;
#[path = "context/host.rs"]
mod host;
#[path = "context/peer.rs"]
mod peer;
#[path = "context/reply_metadata.rs"]
mod reply_metadata;

use farcall::{Client, Code, Executed, Limits, RpcError, TraceContext};

use self::host::{HostClient, HostServer, House};
use crate::support::{Net, over, within};

over! {{
    metadata_text_and_binary;
    method_peer_and_deadline;
    a_key_that_cannot_travel_is_refused;
    metadata_above_the_limit_is_refused;
    metadata_above_the_servers_limit_is_refused;
    who_the_caller_is;
    the_trace_of_the_caller;
}}

async fn metadata_text_and_binary(net: Net) {
    let pair = net.pair().await;
    let client = pair.client.with_metadata("text", "größer").with_metadata("binary", vec![0, 255, 7]);
    let seen = client.seen().await.unwrap();
    assert_eq!(seen.text.as_deref(), Some("größer"));
    assert_eq!(seen.binary.as_deref(), Some(&[0, 255, 7][..]));
    assert_eq!(seen.entries, 2);
    // The first of several is the one; all travel.
    let seen = client.with_metadata("text", "second").seen().await.unwrap();
    assert_eq!((seen.text.as_deref(), seen.entries), (Some("größer"), 3));
    // A copy of a client changes nothing at the client.
    assert_eq!(pair.client.seen().await.unwrap().entries, 0);
}

async fn method_peer_and_deadline(net: Net) {
    let pair = net.pair().await;
    let seen = pair.client.seen().await.unwrap();
    assert_eq!(seen.method, "Work.seen");
    assert!(seen.has_deadline);
    let scheme = pair.server.endpoints()[0].scheme();
    assert!(seen.peer.starts_with(&format!("{scheme}://")), "{}", seen.peer);
}

fn assert_refused(error: &RpcError, words: &[&str]) {
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No), "{error}");
    for word in words {
        assert!(error.message().contains(word), "{error}");
    }
}

async fn a_key_that_cannot_travel_is_refused(net: Net) {
    let pair = net.pair().await;
    for key in ["", "Tenant", "with space", "größe", "a:b"] {
        let error = pair.client.with_metadata(key, "x").seen().await.unwrap_err();
        assert_refused(&error, &["Work.seen", &format!("`{key}`"), "lower case"]);
    }
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn metadata_above_the_limit_is_refused(net: Net) {
    let pair = net.pair().await;
    let error = pair.client.with_metadata("text", "x".repeat(9_000)).seen().await.unwrap_err();
    assert_refused(&error, &["Work.seen", "90", "`max_metadata` is 8192"]);
    let most = pair.client.with_metadata("text", "x".repeat(8_000));
    assert_eq!(most.seen().await.unwrap().text.map(|text| text.len()), Some(8_000));
}

async fn metadata_above_the_servers_limit_is_refused(net: Net) {
    let pair = net.pair_with(Limits { max_metadata: 256, ..Limits::default() }, Limits::default()).await;
    let error = pair.client.with_metadata("text", "x".repeat(300)).seen().await.unwrap_err();
    assert_refused(&error, &["Work.seen", "256"]);
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn who_the_caller_is(net: Net) {
    let server = net.serve(HostServer::new(House::default())).await;
    let client: HostClient = net.connect(&server).await;
    let caller = client.caller().await.unwrap();
    assert_eq!(caller.service.as_deref(), Some("Host"));
    match (server.endpoints()[0].scheme(), caller.identity) {
        ("unix", Some((kind, name, is_this_process))) => {
            assert_eq!(kind, "unix");
            assert!(name.strip_prefix("uid=").is_some_and(|uid| uid.parse::<u32>().is_ok()), "{name}");
            assert!(is_this_process);
        }
        ("mem" | "tcp", None) => {}
        (scheme, identity) => panic!("{scheme}: {identity:?}"),
    }
}

async fn the_trace_of_the_caller(net: Net) {
    let server = net.serve(HostServer::new(House::default())).await;
    let client: HostClient = net.connect(&server).await;
    assert_eq!(client.caller().await.unwrap().trace, None);
    let trace = TraceContext::root(true);
    let traced = client.with_metadata("traceparent", trace.to_string());
    assert_eq!(traced.caller().await.unwrap().trace, Some((trace.to_string(), String::new())));
    let traced = traced.with_metadata("tracestate", "vendor=1");
    let seen = traced.caller().await.unwrap().trace;
    assert_eq!(seen, Some((trace.to_string(), "vendor=1".to_owned())));
    let malformed = client.with_metadata("traceparent", trace.to_string().to_uppercase());
    assert_eq!(malformed.caller().await.unwrap().trace, None);
}

#[tokio::test]
async fn an_object_in_this_process_knows_of_no_peer() {
    let client = HostClient::from_service(HostServer::new(House::default()));
    let caller = within(client.caller()).await.unwrap();
    assert_eq!((caller.identity, caller.serves, caller.service.as_deref()), (None, false, Some("Host")));
}
