//! Calls from the server to its clients.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Code, Executed};
use futures::{StreamExt, stream};

use super::host::{HostClient, HostServer, House, Visit, visit};
use crate::support::{Cutter, Hand, Net, over};

over! {{
    a_client_that_serves_nothing_cannot_be_called;
    the_handler_calls_back;
    with_streams_of_every_shape;
    back_and_forth;
    beyond_the_call_that_it_came_with;
    several_clients_are_told_apart;
    a_client_that_is_gone_is_unavailable;
    a_connection_that_is_cut_ends_calls_to_the_client;
    a_handler_of_the_client_that_panics;
    dropping_a_call_cancels_at_the_client;
    a_server_that_stops_waits_for_calls_both_ways;
    a_client_that_closes_waits_for_calls_both_ways;
    a_server_that_stops_lets_its_last_handlers_call_back;
}}

async fn a_client_that_serves_nothing_cannot_be_called(net: Net) {
    let server = net.serve(HostServer::new(House::default())).await;
    let client: HostClient = net.connect(&server).await;
    assert!(!client.caller().await.unwrap().serves);
    let error = client.ask_back(1).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Code::FailedPrecondition, "no guest"));
}

async fn the_handler_calls_back(net: Net) {
    let visit = Visit::over(&net).await;
    assert!(visit.client.caller().await.unwrap().serves);
    for number in 0..20 {
        assert_eq!(visit.client.ask_back(number).await.unwrap(), 2 * number);
    }
}

async fn with_streams_of_every_shape(net: Net) {
    let visit = Visit::over(&net).await;
    let numbers = visit.client.stream_back(100).await.unwrap();
    assert_eq!(numbers, (0..100).chain([4_950]).chain(0..50).collect::<Vec<_>>());
}

async fn back_and_forth(net: Net) {
    let visit = Visit::over(&net).await;
    assert_eq!(visit.client.bounce(9).await.unwrap(), 9);
}

async fn beyond_the_call_that_it_came_with(net: Net) {
    let visit = Visit::over(&net).await;
    let guest = visit.guest().await;
    // The client makes no call meanwhile.
    assert_eq!(guest.double(21).await.unwrap(), 42);
    assert_eq!(guest.sum(stream::iter(0..1_000)).await.unwrap(), 499_500);
}

async fn several_clients_are_told_apart(net: Net) {
    let one = Visit::over(&net).await;
    let (client, visitor) = visit(&net, &one.server).await;
    let (first, second) = (one.guest().await, one.guest_of(&client).await);
    let mut wait = Hand::new(first.wait());
    assert!(wait.poll().is_pending());
    one.visitor.marks.begun(1).await;
    visitor.marks.open();
    assert_eq!(second.wait().await.unwrap(), 7);
    assert!(wait.poll().is_pending());
    one.visitor.marks.open();
    assert_eq!(wait.poll_when_woken().await.unwrap(), 7);
}

async fn a_client_that_is_gone_is_unavailable(net: Net) {
    let visit = Visit::over(&net).await;
    let guest = visit.guest().await;
    let mut stays = Hand::new(guest.stay());
    assert!(stays.poll().is_pending());
    visit.visitor.marks.begun(1).await;
    drop(visit.client);
    let error = stays.poll_when_woken().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    let error = guest.double(1).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    let error = guest.count(3).next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    visit.visitor.marks.cancelled(1).await;
}

async fn a_connection_that_is_cut_ends_calls_to_the_client(net: Net) {
    let cutter = Cutter::new(net.transport());
    let net = net.over(Arc::new(cutter.clone()));
    let visit = Visit::over(&net).await;
    let guest = visit.guest().await;
    let mut numbers = guest.count(u64::MAX);
    assert_eq!(numbers.next().await.unwrap().unwrap(), 0);
    let mut stays = Hand::new(guest.stay());
    assert!(stays.poll().is_pending());
    visit.visitor.marks.begun(1).await;
    cutter.cut_all();
    visit.visitor.marks.cancelled(1).await;
    let error = stays.poll_when_woken().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    let error = loop {
        if let Err(error) = numbers.next().await.unwrap() {
            break error;
        }
    };
    assert_eq!(error.code(), Code::Unavailable, "{error}");
    assert!(numbers.next().await.is_none());
    // The client has another connection by itself, and another channel back with it.
    while visit.client.caller().await.is_err() {}
    assert_eq!(visit.guest().await.double(2).await.unwrap(), 4);
    assert_eq!(guest.double(1).await.unwrap_err().code(), Code::Unavailable);
}

async fn a_handler_of_the_client_that_panics(net: Net) {
    let visit = Visit::over(&net).await;
    let guest = visit.guest().await;
    let error = guest.panics().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Internal, Executed::Yes));
    assert!(!error.message().contains("secret"), "{error}");
    assert_eq!(visit.client.panic_back().await.unwrap_err().code(), Code::Internal);
    assert_eq!(visit.client.ask_back(2).await.unwrap(), 4);
}

async fn dropping_a_call_cancels_at_the_client(net: Net) {
    let visit = Visit::over(&net).await;
    let guest = visit.guest().await;
    let mut stays = Hand::new(guest.stay());
    assert!(stays.poll().is_pending());
    visit.visitor.marks.begun(1).await;
    drop(stays);
    visit.visitor.marks.cancelled(1).await;
    assert_eq!(guest.double(2).await.unwrap(), 4);
}

async fn a_server_that_stops_waits_for_calls_both_ways(net: Net) {
    let Visit { visitor, server, client, .. } = Visit::over(&net).await;
    let mut call = Hand::new(client.wait_back());
    assert!(call.poll().is_pending());
    visitor.marks.begun(1).await;
    let stopped = tokio::spawn(async move { server.shutdown(Duration::from_secs(60)).await });
    tokio::task::yield_now().await;
    visitor.marks.open();
    assert_eq!(call.poll_when_woken().await.unwrap(), 7);
    stopped.await.unwrap();
}

async fn a_client_that_closes_waits_for_calls_both_ways(net: Net) {
    let visit = Visit::over(&net).await;
    let mut call = Hand::new(visit.client.wait_back());
    assert!(call.poll().is_pending());
    visit.visitor.marks.begun(1).await;
    let client = visit.client.clone();
    let closed = tokio::spawn(async move { client.close().await });
    tokio::task::yield_now().await;
    visit.visitor.marks.open();
    assert_eq!(call.poll_when_woken().await.unwrap(), 7);
    closed.await.unwrap();
    assert_eq!(visit.client.caller().await.unwrap_err().code(), Code::Unavailable);
}

async fn a_server_that_stops_lets_its_last_handlers_call_back(net: Net) {
    let Visit { house, server, client, visitor: _visitor } = Visit::over(&net).await;
    let mut call = Hand::new(client.ask_back_late(21));
    assert!(call.poll().is_pending());
    house.marks.begun(1).await;
    let stopping = tokio::spawn(async move { server.shutdown(Duration::from_secs(60)).await });
    // Until the client knows, and is ready to leave the connection.
    while client.with_timeout(Duration::from_millis(20)).caller().await.is_ok() {}
    assert!(call.poll().is_pending());
    house.marks.open();
    assert_eq!(call.poll_when_woken().await.unwrap(), 42);
    stopping.await.unwrap();
}
