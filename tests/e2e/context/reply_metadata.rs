//! What a handler sends beside its answer.

use std::sync::Arc;

use farcall::{CallError, Client, Code, Executed, Limits, Metadata, RpcError};
use futures::{StreamExt, TryStreamExt};

use super::host::{HostClient, HostServer, House, Visit, labelled};
use crate::support::{Hand, Net, over, within};

over! {{
    it_comes_with_every_kind_of_answer;
    it_comes_with_the_opening_of_a_stream;
    it_is_of_the_last_call;
    what_cannot_be_sent_fails_the_call;
    more_than_the_caller_takes_fails_that_call_alone;
}}

fn one(value: &str) -> Option<Metadata> {
    Some(Metadata::new().with("served-by", value))
}

async fn it_comes_with_every_kind_of_answer(net: Net) {
    every_kind_of_answer(&Visit::over(&net).await.client).await;
}

async fn every_kind_of_answer(client: &HostClient) {
    let (client, reply) = labelled(client);
    assert_eq!(reply.get(), None);
    assert_eq!(client.label("served-by", "größer").await.unwrap(), 1);
    assert_eq!(reply.get(), one("größer"));
    let error = client.label_error("served-by", "b").await.unwrap_err();
    assert!(matches!(error, CallError::App(_)), "{error}");
    assert_eq!(reply.get(), one("b"));
    let error = client.label_failure("served-by", "c").await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    assert_eq!(reply.get(), one("c"));
}

async fn it_comes_with_the_opening_of_a_stream(net: Net) {
    opening_of_a_stream(&Visit::over(&net).await.client).await;
}

async fn opening_of_a_stream(client: &HostClient) {
    let (client, reply) = labelled(client);
    let mut numbers = client.label_stream("served-by", "a");
    assert_eq!(numbers.next().await.unwrap().unwrap(), 1);
    assert_eq!(reply.get(), one("a"));
    assert_eq!(numbers.try_collect::<Vec<_>>().await.unwrap(), [2]);
    assert_eq!(reply.get(), one("a"));

    let numbers = client.label_opened("served-by", "b").await.unwrap();
    assert_eq!(reply.get(), one("b"));
    assert_eq!(numbers.try_collect::<Vec<_>>().await.unwrap(), [1, 2]);
}

async fn it_is_of_the_last_call(net: Net) {
    let visit = Visit::over(&net).await;
    let (client, reply) = labelled(&visit.client);
    client.label("served-by", "a").await.unwrap();
    assert_eq!(reply.get(), one("a"));
    client.leave().await.unwrap();
    assert_eq!(reply.get(), None);
    // A copy without a place for it is none the worse.
    assert_eq!(visit.client.label("served-by", "b").await.unwrap(), 1);
    assert_eq!(reply.get(), None);
}

async fn what_cannot_be_sent_fails_the_call(net: Net) {
    cannot_be_sent(&Visit::over(&net).await.client).await;
}

async fn cannot_be_sent(client: &HostClient) {
    let long = "x".repeat(9_000);
    for (key, value, word) in [("served-by", long.as_str(), "90"), ("Served By", "a", "`Served By`")] {
        assert_not_sent(&client.label(key, value).await.unwrap_err(), word);
        let CallError::Rpc(error) = client.label_error(key, value).await.unwrap_err() else {
            panic!("the answer came without its metadata");
        };
        assert_not_sent(&error, word);
        let error = client.label_stream(key, value).next().await.unwrap().unwrap_err();
        assert_not_sent(&error, word);
        match client.label_opened(key, value).await {
            Err(CallError::Rpc(error)) => assert_not_sent(&error, word),
            _ => panic!("the stream was opened without its metadata"),
        }
    }
    let most = "x".repeat(8_000);
    let (client, reply) = labelled(client);
    client.label("served-by", &most).await.unwrap();
    assert_eq!(reply.get(), one(&most));
}

fn assert_not_sent(error: &RpcError, word: &str) {
    assert_eq!(error.executed(), Executed::Yes, "{error}");
    assert!(error.message().contains("metadata") && error.message().contains(word), "{error}");
}

async fn more_than_the_caller_takes_fails_that_call_alone(net: Net) {
    let visit = Visit::over(&net).await;
    let limits = Limits { max_metadata: 256, ..net.limits() };
    let builder = net.client(visit.server.endpoints()).limits(limits);
    let (client, reply) = labelled(&HostClient::from_channel(builder.connect().await.unwrap()));
    let mut stays = Hand::new(client.stay());
    assert!(stays.poll().is_pending());
    visit.house.marks.begun(1).await;
    let long = "x".repeat(300);
    let error = client.label("served-by", &long).await.unwrap_err();
    assert_eq!((error.executed(), error.message().contains("metadata")), (Executed::Yes, true), "{error}");
    let error = client.label_stream("served-by", &long).next().await.unwrap().unwrap_err();
    assert_eq!((error.executed(), error.message().contains("metadata")), (Executed::Yes, true), "{error}");
    client.label("served-by", "a").await.unwrap();
    assert_eq!(reply.get(), one("a"));
    assert!(stays.poll().is_pending());
}

#[tokio::test]
async fn an_object_in_this_process() {
    let client = HostClient::from_service(HostServer::from_arc(Arc::new(House::default())));
    within(every_kind_of_answer(&client)).await;
    within(opening_of_a_stream(&client)).await;
    within(cannot_be_sent(&client)).await;
}
