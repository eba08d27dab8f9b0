//! How long a call may take.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Client, Code, Executed, Limits, RpcError, Timeout, rpc_service};

use crate::support::{Hand, Net, Valve, WorkClient, WorkServer, over};

over! {{
    the_default_is_ten_seconds;
    a_clients_own_default_holds;
    with_timeout_stands_above_the_default;
    a_methods_own_timeout_stands_above_the_clients_default;
    with_timeout_stands_above_the_methods_own;
    never_means_as_long_as_the_server_allows;
    a_call_that_has_expired_is_not_sent;
    nested_calls_end_with_the_outer_one;
    the_server_ends_a_call_without_deadline_at_its_max_deadline;
}}

over! {[mem tcp unix faulty_mem faulty_tcp] {
    a_call_that_is_stuck_in_the_queue_tells_the_truth;
}}

const SHORT: Duration = Duration::from_millis(30);

fn assert_expired(error: &RpcError) {
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe), "{error}");
    assert!(error.message().contains("Work."), "{error}");
}

async fn the_default_is_ten_seconds(net: Net) {
    let server = net.serve(WorkServer::new(crate::support::Worker::default())).await;
    let channel =
        farcall::ClientBuilder::new(server.endpoints().to_vec(), net.transport()).connect().await.unwrap();
    let left = WorkClient::from_channel(channel).remaining().await.unwrap().unwrap();
    assert!(left <= 10_001, "{left}");
    assert!(left > 1_000, "{left}");
}

async fn a_clients_own_default_holds(net: Net) {
    let pair = net.pair().await;
    let builder = net.client(pair.server.endpoints()).timeout(SHORT);
    let client = WorkClient::from_channel(builder.connect().await.unwrap());
    assert_expired(&client.stay().await.unwrap_err());
    pair.worker.desk.running(0).await;
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn with_timeout_stands_above_the_default(net: Net) {
    let pair = net.pair().await;
    assert_expired(&pair.client.with_timeout(SHORT).stay().await.unwrap_err());
    // The handler is gone, too.
    pair.worker.desk.running(0).await;
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
}

async fn a_methods_own_timeout_stands_above_the_clients_default(net: Net) {
    let pair = net.pair().await;
    assert_expired(&pair.client.hurried().await.unwrap_err());
    pair.worker.desk.running(0).await;
}

async fn with_timeout_stands_above_the_methods_own(net: Net) {
    let pair = net.pair().await;
    let patient = pair.client.with_timeout(Timeout::Never);
    let mut call = Hand::new(patient.hurried());
    assert!(call.poll().is_pending());
    pair.worker.desk.running(1).await;
    drop(call);
    pair.worker.desk.running(0).await;
}

async fn never_means_as_long_as_the_server_allows(net: Net) {
    let pair = net.pair().await;
    let left = pair.client.with_timeout(Timeout::Never).remaining().await.unwrap().unwrap();
    assert!(left > 3_000_000 && left <= 3_600_000, "{left}");
    let left = pair.client.with_timeout(Duration::MAX).remaining().await.unwrap().unwrap();
    assert!(left > 3_000_000 && left <= 3_600_000, "{left}");
}

async fn a_call_that_has_expired_is_not_sent(net: Net) {
    let pair = net.pair().await;
    let error = pair.client.with_timeout(Duration::ZERO).stay().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
    assert_eq!(pair.client.add(1, 2).await.unwrap(), 3);
    assert_eq!(pair.worker.desk.started(), 0);
}

async fn the_server_ends_a_call_without_deadline_at_its_max_deadline(net: Net) {
    // No sign of life is due meanwhile that would wake the server by chance.
    let hour = Duration::from_secs(3_600);
    let servers = Limits { max_deadline: SHORT, keepalive_interval: hour, ..Limits::default() };
    let clients = Limits { keepalive_interval: hour, ..Limits::default() };
    let pair = net.pair_with(servers, clients).await;
    let error = pair.client.with_timeout(Timeout::Never).stay().await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded, "{error}");
    assert_ne!(error.executed(), Executed::No);
    pair.worker.desk.running(0).await;
}

#[rpc_service]
trait Outer {
    /// What the inner call has left.
    async fn inner_remaining(&self) -> Option<u64>;
    /// The same, from a task that carries the context over.
    async fn spawned_remaining(&self) -> Option<u64>;
}

struct Outside(WorkClient);

impl Outer for Outside {
    async fn inner_remaining(&self) -> Option<u64> {
        self.0.remaining().await.unwrap()
    }
    async fn spawned_remaining(&self) -> Option<u64> {
        let context = farcall::Context::current();
        tokio::spawn(farcall::Context::scope(context, self.0.remaining())).await.unwrap().unwrap()
    }
}

async fn nested_calls_end_with_the_outer_one(net: Net) {
    let pair = net.pair().await;
    let server = net.again().serve(OuterServer::new(Outside(pair.client.clone()))).await;
    let outer: OuterClient = net.connect(&server).await;
    let outer = outer.with_timeout(Duration::from_secs(20));
    for left in [outer.inner_remaining().await.unwrap(), outer.spawned_remaining().await.unwrap()] {
        assert!(left.unwrap() <= 20_002, "{left:?}");
    }
}

/// What is in the queue may yet be sent: a handler that runs then must not have been called impossible.
async fn a_call_that_is_stuck_in_the_queue_tells_the_truth(net: Net) {
    let valve = Valve::new(net.transport());
    let net = net.over(Arc::new(valve.clone()));
    let pair = net.pair().await;
    pair.client.once(0, 0).await.unwrap();
    valve.shut();
    let error = pair.client.with_timeout(SHORT).once(1, 0).await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded);
    valve.open();
    // Comes after the first one on the wire.
    pair.client.once(2, 0).await.unwrap();
    if error.executed() == Executed::No {
        assert_eq!(pair.worker.desk.executions(1), 0, "{error}");
    }
}
