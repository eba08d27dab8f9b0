//! How a client's connection ends.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Code, Executed, Limits, RunningServer, rpc_service};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use crate::support::{Hand, Net, Pair, Watched, WorkClient, WorkServer, Worker, over};

over! {{
    close_lets_calls_in_flight_end_and_refuses_later_ones;
    close_goes_on_when_nobody_waits_for_it;
    close_before_the_first_call_is_final;
    the_last_clone_closes_the_connection;
    a_call_keeps_its_connection;
    close_refuses_calls_that_wait_for_a_place;
    close_cuts_off_no_call;
    close_does_not_wait_for_calls_that_nobody_awaits;
    a_detached_call_before_the_close_is_executed;
}}

/// What its handlers say and wait for.
#[derive(Clone)]
struct Steps {
    begun: Arc<Semaphore>,
    go_on: watch::Sender<bool>,
    done: Arc<Semaphore>,
}

#[rpc_service]
trait Long {
    #[rpc(detached)]
    async fn detached(&self);
    #[rpc(blocking)]
    fn blocking(&self);
    async fn ping(&self);
}

impl Long for Steps {
    async fn detached(&self) {
        self.begun.add_permits(1);
        self.go_on.subscribe().wait_for(|go_on| *go_on).await.unwrap();
        self.done.add_permits(1);
    }
    fn blocking(&self) {
        self.begun.add_permits(1);
        while !*self.go_on.borrow() {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.done.add_permits(1);
    }
    async fn ping(&self) {}
}

async fn long(net: &Net) -> (Steps, RunningServer) {
    let none = || Arc::new(Semaphore::new(0));
    let steps = Steps { begun: none(), go_on: watch::Sender::new(false), done: none() };
    let server = net.serve(LongServer::new(steps.clone())).await;
    (steps, server)
}

async fn client_of(net: &Net, server: &RunningServer) -> LongClient {
    let client: LongClient = net.connect(server).await;
    client.ping().await.unwrap();
    client
}

async fn close_does_not_wait_for_calls_that_nobody_awaits(net: Net) {
    let (steps, server) = long(&net).await;
    let client = client_of(&net, &server).await;
    let (mut one, mut other) = (Hand::new(client.detached()), Hand::new(client.blocking()));
    assert!(one.poll().is_pending() && other.poll().is_pending());
    steps.begun.acquire_many(2).await.unwrap().forget();
    drop((one, other));
    client.close().await;
    assert_eq!(steps.done.available_permits(), 0);
    steps.go_on.send_replace(true);
    steps.done.acquire_many(2).await.unwrap().forget();
}

async fn a_detached_call_before_the_close_is_executed(net: Net) {
    let (steps, server) = long(&net).await;
    for _ in 0..20 {
        let client = client_of(&net, &server).await;
        let mut call = Hand::new(client.detached());
        assert!(call.poll().is_pending());
        drop(call);
        client.close().await;
        steps.begun.acquire().await.unwrap().forget();
    }
}

fn watched(net: Net) -> (Watched, Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    (watched, net)
}

async fn close_lets_calls_in_flight_end_and_refuses_later_ones(net: Net) {
    let (watched, net) = watched(net);
    let Pair { client, worker, server: _server } = net.pair().await;
    let copy = client.clone();
    let mut call = Hand::new(client.hold(7));
    assert!(call.poll().is_pending());
    worker.desk.running(1).await;
    let mut closing = Hand::new(client.close());
    assert!(closing.poll().is_pending());
    for client in [&client, &copy] {
        let error = client.once(1, 0).await.unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No));
        assert!(error.message().contains("closed"), "{error}");
    }
    worker.desk.open();
    assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), 7);
    closing.poll_times(usize::MAX).await.unwrap();
    watched.until_open(0).await;
    assert_eq!(worker.desk.executions(1), 0);
    // Closing again is nothing.
    copy.close().await;
}

async fn close_goes_on_when_nobody_waits_for_it(net: Net) {
    let (watched, net) = watched(net);
    let Pair { client, worker, server: _server } = net.pair().await;
    let mut call = Hand::new(client.hold(7));
    assert!(call.poll().is_pending());
    worker.desk.running(1).await;
    let mut closing = Hand::new(client.close());
    assert!(closing.poll().is_pending());
    drop(closing);
    worker.desk.open();
    assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), 7);
    watched.until_open(0).await;
}

async fn close_before_the_first_call_is_final(net: Net) {
    let pair = net.pair().await;
    let channel = net.client(pair.server.endpoints()).build().unwrap();
    channel.close().await;
    let client = <crate::support::WorkClient as farcall::Client>::from_channel(channel);
    let error = client.add(1, 2).await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No));
}

async fn the_last_clone_closes_the_connection(net: Net) {
    let (watched, net) = watched(net);
    let Pair { client, server: _server, .. } = net.pair().await;
    let copy = client.with_metadata("a", "b");
    client.add(1, 2).await.unwrap();
    watched.until_open(1).await;
    drop(client);
    assert_eq!(copy.add(1, 2).await.unwrap(), 3);
    drop(copy);
    watched.until_open(0).await;
}

async fn a_call_keeps_its_connection(net: Net) {
    let (watched, net) = watched(net);
    let Pair { client, worker, server: _server } = net.pair().await;
    let mut call = Hand::new(client.hold(7));
    drop(client);
    assert!(call.poll().is_pending());
    worker.desk.running(1).await;
    worker.desk.open();
    assert_eq!(call.poll_times(usize::MAX).await.unwrap().unwrap(), 7);
    drop(call);
    watched.until_open(0).await;
}

async fn close_refuses_calls_that_wait_for_a_place(net: Net) {
    let limits = Limits { max_calls: Limits::FLOOR_CALLS, ..Limits::default() };
    let Pair { client, worker, server: _server } = net.pair_with(limits.clone(), limits).await;
    let mut calls: Vec<_> = (0..Limits::FLOOR_CALLS).map(|_| Hand::new(client.hold(7))).collect();
    assert!(calls.iter_mut().all(|call| call.poll().is_pending()));
    worker.desk.running(Limits::FLOOR_CALLS).await;
    let mut queued = Hand::new(client.once(1, 0));
    assert!(queued.poll().is_pending());
    let mut closing = Hand::new(client.close());
    assert!(closing.poll().is_pending());
    let error = queued.poll_when_woken().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
    worker.desk.open();
    for call in &mut calls {
        assert_eq!(call.poll_when_woken().await.unwrap(), 7);
    }
    closing.poll_when_woken().await;
    assert_eq!(worker.desk.executions(1), 0);
}

async fn close_cuts_off_no_call(net: Net) {
    let server = net.serve(WorkServer::new(Worker::default())).await;
    for _ in 0..20 {
        let client: WorkClient = net.connect(&server).await;
        let (answered, mut answers) = mpsc::unbounded_channel();
        let mut callers = JoinSet::new();
        for _ in 0..4 {
            let (client, answered) = (client.clone(), answered.clone());
            callers.spawn(async move {
                loop {
                    if let Err(error) = client.add(1, 2).await {
                        return error;
                    }
                    let _test_goes_on = answered.send(());
                }
            });
        }
        answers.recv().await.unwrap();
        client.close().await;
        for error in callers.join_all().await {
            assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
        }
    }
}
