//! What a handler, and what it started elsewhere, learn of the end of their caller.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Client, Code};
use futures::{FutureExt, StreamExt, stream};

use super::host::{HostClient, HostServer, House, Visit};
use crate::support::{Cutter, Hand, Net, Watched, over, within};

over! {{
    a_call_that_is_dropped;
    a_stream_that_is_dropped;
    a_deadline_that_passes;
    a_connection_that_is_lost;
    a_client_that_is_gone;
    an_answer_is_no_cancellation;
}}

async fn a_call_that_is_dropped(net: Net) {
    let Visit { house, client, server: _server, .. } = Visit::over(&net).await;
    let mut call = Hand::new(client.stay());
    assert!(call.poll().is_pending());
    house.marks.begun(1).await;
    assert!(!house.marks.context().is_cancelled());
    drop(call);
    house.marks.cancelled(1).await;

    let mut call = Hand::new(client.stay_blocking());
    assert!(call.poll().is_pending());
    house.marks.begun(2).await;
    drop(call);
    house.marks.cancelled(2).await;
}

async fn a_stream_that_is_dropped(net: Net) {
    let Visit { house, client, server: _server, .. } = Visit::over(&net).await;
    let mut numbers = client.stream();
    assert_eq!(numbers.next().await.unwrap().unwrap(), 0);
    assert!(!house.marks.context().is_cancelled());
    drop(numbers);
    house.marks.cancelled(1).await;

    let mut call = Hand::new(client.take(stream::iter([1, 2, 3]).chain(stream::pending())));
    assert!(call.poll().is_pending());
    let begun = house.marks.begun(2);
    tokio::select! {
        () = begun => {}
        sum = call.poll_when_woken() => panic!("it ended: {sum:?}"),
    }
    drop(call);
    house.marks.cancelled(2).await;
}

async fn a_deadline_that_passes(net: Net) {
    let Visit { house, client, server: _server, .. } = Visit::over(&net).await;
    // Where the machine stalls, a call may end before it begins.
    let mut soon = Duration::from_millis(50);
    while house.marks.context().method().is_none() {
        let error = client.with_timeout(soon).stay().await.unwrap_err();
        assert_eq!(error.code(), Code::DeadlineExceeded, "{error}");
        soon *= 2;
    }
    house.marks.cancelled(1).await;

    // Nobody tells a detached handler that its caller has gone, but the time has.
    while house.marks.context().method().unwrap().name != "stay_detached" {
        // It ends at that very moment, so that its answer may still come.
        if let Err(error) = client.with_timeout(soon).stay_detached().await {
            assert_eq!(error.code(), Code::DeadlineExceeded, "{error}");
        }
        soon *= 2;
    }
    house.marks.cancelled(2).await;
    assert!(house.marks.context().remaining().unwrap().is_zero());
}

async fn a_connection_that_is_lost(net: Net) {
    let cutter = Cutter::new(net.transport());
    let net = net.over(Arc::new(cutter.clone()));
    let Visit { house, client, server: _server, .. } = Visit::over(&net).await;
    let mut calls = [
        Hand::new(client.stay().boxed()),
        Hand::new(client.stay_detached().boxed()),
        Hand::new(client.stay_blocking().boxed()),
        Hand::new(client.take(stream::pending()).map(|sum| sum.map(drop)).boxed()),
    ];
    for call in &mut calls {
        assert!(call.poll().is_pending());
    }
    house.marks.begun(4).await;
    cutter.cut_all();
    house.marks.cancelled(4).await;
    for mut call in calls {
        assert_eq!(call.poll_when_woken().await.unwrap_err().code(), Code::Unavailable);
    }
}

async fn a_client_that_is_gone(net: Net) {
    let Visit { house, client, server: _server, .. } = Visit::over(&net).await;
    let mut numbers = client.stream();
    let mut call = Hand::new(client.stay_detached());
    assert!(call.poll().is_pending());
    assert_eq!(numbers.next().await.unwrap().unwrap(), 0);
    house.marks.begun(2).await;
    drop((call, numbers, client));
    house.marks.cancelled(2).await;
}

async fn an_answer_is_no_cancellation(net: Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let Visit { house, client, server, .. } = Visit::over(&net).await;
    client.leave().await.unwrap();
    let context = house.marks.context();
    assert!(!context.is_cancelled() && context.cancelled().now_or_never().is_none());
    drop(client);
    watched.until_open(0).await;
    server.shutdown(Duration::ZERO).await;
    assert!(!context.is_cancelled() && context.cancelled().now_or_never().is_none());
}

#[tokio::test]
async fn an_object_in_this_process() {
    let house = Arc::new(House::default());
    let client = HostClient::from_service(HostServer::from_arc(Arc::clone(&house)));
    let mut call = Hand::new(client.stay());
    assert!(call.poll().is_pending());
    within(house.marks.begun(1)).await;
    drop(call);
    within(house.marks.cancelled(1)).await;

    let error = within(client.with_timeout(Duration::from_millis(20)).stay()).await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded);
    within(house.marks.cancelled(2)).await;

    let mut numbers = client.stream();
    assert_eq!(within(numbers.next()).await.unwrap().unwrap(), 0);
    drop(numbers);
    within(house.marks.cancelled(3)).await;

    client.leave().await.unwrap();
    assert!(!house.marks.context().is_cancelled());
}
