//! How a server stops.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Code, Executed};

use crate::support::{Hand, Net, Pair, Watched, over};

over! {{
    calls_in_flight_end_within_the_grace_period;
    calls_that_run_longer_end_when_it_is_over;
    new_calls_are_not_executed_during_it;
    nothing_listens_afterwards;
    dropping_a_server_stops_it;
    wait_ends_with_the_shutdown;
    a_shutdown_without_connections_ends_at_once;
}}

const LONG: Duration = Duration::from_secs(60);

async fn calls_in_flight_end_within_the_grace_period(net: Net) {
    let Pair { server, client, worker } = net.pair().await;
    let mut call = Hand::new(client.hold(7));
    assert!(call.poll().is_pending());
    worker.desk.running(1).await;
    let mut shutdown = Hand::new(server.shutdown(LONG));
    assert!(shutdown.poll().is_pending());
    worker.desk.open();
    assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), 7);
    shutdown.poll_times(usize::MAX).await.unwrap();
}

async fn calls_that_run_longer_end_when_it_is_over(net: Net) {
    let Pair { server, client, worker } = net.pair().await;
    let mut calls: Vec<_> = (0..10).map(|_| Hand::new(client.stay())).collect();
    for call in &mut calls {
        assert!(call.poll().is_pending());
    }
    worker.desk.running(10).await;
    server.shutdown(Duration::from_millis(20)).await;
    for call in &mut calls {
        let error = call.poll_times(usize::MAX).await.unwrap().unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
        assert!(error.message().contains("Work.stay") && error.message().contains("grace period"), "{error}");
    }
    worker.desk.running(0).await;
}

async fn new_calls_are_not_executed_during_it(net: Net) {
    let Pair { server, client, worker } = net.pair().await;
    let mut holding = Hand::new(client.hold(7));
    assert!(holding.poll().is_pending());
    worker.desk.running(1).await;
    let mut shutdown = Hand::new(server.shutdown(LONG));
    assert!(shutdown.poll_times(2).await.is_none());
    let mut refused = 0;
    for id in 0.. {
        // There is no other server to go to; until that has been tried once, the deadline is all there is to tell.
        match client.with_timeout(Duration::from_millis(200)).once(id, 0).await {
            Ok(_) => assert_eq!(refused, 0, "only what was on its way when the client was asked is served"),
            Err(error) => {
                assert_eq!(error.executed(), Executed::No, "{error}");
                assert!(matches!(error.code(), Code::Unavailable | Code::DeadlineExceeded), "{error}");
                assert_eq!(worker.desk.executions(id), 0);
                refused += 1;
            }
        }
        if refused == 5 {
            break;
        }
    }
    worker.desk.open();
    assert_eq!(holding.poll_times(usize::MAX).await.unwrap().unwrap(), 7);
    shutdown.poll_times(usize::MAX).await.unwrap();
}

async fn nothing_listens_afterwards(net: Net) {
    let Pair { server, client, .. } = net.pair().await;
    client.add(1, 2).await.unwrap();
    server.shutdown(LONG).await;
    // While it is still there, but no more at work.
    let error = net.client(server.endpoints()).connect().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    server.shutdown(LONG).await;
}

async fn dropping_a_server_stops_it(net: Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let Pair { server, client, worker } = net.pair().await;
    let mut call = Hand::new(client.stay());
    assert!(call.poll().is_pending());
    worker.desk.running(1).await;
    drop(server);
    let error = call.poll_times(usize::MAX).await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    worker.desk.running(0).await;
    watched.until_open(0).await;
}

async fn wait_ends_with_the_shutdown(net: Net) {
    let Pair { server, .. } = net.pair().await;
    let mut waiting = Hand::new(server.wait());
    assert!(waiting.poll().is_pending());
    server.shutdown(LONG).await;
    waiting.poll_times(usize::MAX).await.unwrap();
    // And later ones at once.
    server.wait().await;
}

async fn a_shutdown_without_connections_ends_at_once(net: Net) {
    let server = net.serve(crate::support::WorkServer::new(crate::support::Worker::default())).await;
    server.shutdown(LONG).await;
}
