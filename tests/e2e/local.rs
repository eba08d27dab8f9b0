//! A client of an object in this process behaves as one of a server.

use std::sync::Arc;
use std::time::Duration;

use farcall::{CallError, Client, Code, Executed};

use crate::support::{Hand, WorkClient, WorkError, WorkServer, Worker, within};

fn local() -> (WorkClient, Arc<Worker>) {
    let worker = Arc::new(Worker::default());
    (WorkClient::from_service(WorkServer::from_arc(Arc::clone(&worker))), worker)
}

#[tokio::test]
async fn values_and_errors() {
    let (client, _) = local();
    assert_eq!(client.add(1, 2).await.unwrap(), 3);
    assert_eq!(client.plain(1).await.unwrap(), 2);
    assert_eq!(client.divide(1, 0).await.unwrap_err(), CallError::App(WorkError::DivideByZero));
    let error = client.find("").await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::Yes));
    assert_eq!(client.text("größer").await.unwrap(), "größer");
    assert!(client.owned(vec![1; 3 << 20]).await.unwrap() == vec![1; 3 << 20]);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let (client, worker) = local();
    let error = client.note("big", &vec![0; 5 << 20]).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::No));
    assert!(error.message().contains("max_message"), "{error}");
    assert_eq!(worker.desk.notes(), []);
    let error = client.make(5 << 20).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::Yes));
}

#[tokio::test]
async fn deadlines_drop_the_handler() {
    let (client, worker) = local();
    let short = client.with_timeout(Duration::from_millis(20));
    let error = within(short.stay()).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    within(worker.desk.running(0)).await;
    let error = within(client.hurried()).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
    let started = worker.desk.started();
    let error = client.with_timeout(Duration::ZERO).stay().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
    assert_eq!(worker.desk.started(), started);
    assert!(client.remaining().await.unwrap().unwrap() <= 10_000);
}

#[tokio::test]
async fn dropping_a_call_drops_its_handler() {
    let (client, worker) = local();
    let mut call = Hand::new(client.stay());
    assert!(call.poll().is_pending());
    within(worker.desk.running(1)).await;
    drop(call);
    assert_eq!(worker.desk.running_now(), 0);
}

#[tokio::test]
async fn panics_stay_where_they_are() {
    let (client, _) = local();
    for turns in [0, 2] {
        let error = client.panics(turns).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::Yes));
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
    assert_eq!(client.add(1, 2).await.unwrap(), 3);
}

#[tokio::test]
async fn the_context_is_that_of_the_call() {
    let (client, _) = local();
    let seen = client.with_metadata("text", "a").with_metadata("binary", vec![1]).seen().await.unwrap();
    assert_eq!((&*seen.method, seen.entries, seen.has_deadline), ("Work.seen", 2, true));
    assert_eq!((seen.text.as_deref(), seen.binary.as_deref()), (Some("a"), Some(&[1][..])));
    assert_eq!(seen.peer, "local");
}

#[tokio::test]
async fn metadata_that_a_wire_would_refuse_is_refused() {
    let (client, _) = local();
    for (key, value, word) in [("Tenant", 1, "`Tenant`"), ("text", 9_000, "max_metadata")] {
        let error = client.with_metadata(key, "x".repeat(value)).seen().await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No), "{error}");
        assert!(error.message().contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_client_of_another_trait_is_told_what_is_missing() {
    #[farcall::rpc_service(name = "Work")]
    trait Newer {
        async fn added_later(&self) -> u8;
    }
    let client = NewerClient::from_service(WorkServer::new(Worker::default()));
    let error = client.added_later().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unimplemented, Executed::No));
    assert!(error.message().contains("`added_later`"), "{error}");
}
