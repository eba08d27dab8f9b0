//! Clients and servers in runtimes that come and go, and outside of any.

use std::cell::RefCell;
use std::time::Duration;

use farcall::{Client, Code, Executed, Fault, RpcError};
use tokio::runtime::{Builder, Runtime};

use crate::support::{Hand, Net, Pair, WorkClient, WorkServer, Worker, park_on, within};

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

macro_rules! over_plain {
    ($($test:ident;)+) => { $(
        mod $test {
            #[test]
            fn mem() {
                crate::support::within_blocking(|| super::$test(crate::support::Net::mem()));
            }
            #[test]
            fn tcp() {
                crate::support::within_blocking(|| super::$test(crate::support::Net::tcp()));
            }
            #[test]
            fn unix() {
                crate::support::within_blocking(|| super::$test(crate::support::Net::unix()));
            }
        }
    )+ };
}

over_plain! {
    calls_end_when_the_clients_runtime_is_shut_down;
    calls_end_when_the_servers_runtime_is_shut_down;
    calls_may_be_made_from_another_runtime;
    calls_may_be_awaited_without_a_runtime_once_connected;
    a_first_call_outside_of_a_runtime_is_an_error;
    a_connection_attempt_ends_with_its_runtime;
    a_runtime_without_timers_is_an_error;
    calls_may_be_made_while_a_thread_ends;
}

fn assert_gone(error: &RpcError) {
    assert_eq!(error.code(), Code::Unavailable, "{error}");
    assert!(error.message().contains("runtime"), "{error}");
}

fn calls_end_when_the_clients_runtime_is_shut_down(net: Net) {
    let (servers, clients, callers) = (runtime(), runtime(), runtime());
    let Pair { server, worker, .. } = servers.block_on(net.pair());
    let client: WorkClient = clients.block_on(net.connect(&server));
    let mut call = Hand::new(client.stay());
    assert!(call.poll().is_pending());
    callers.block_on(worker.desk.running(1));
    clients.shutdown_background();
    let error = callers.block_on(within(call.poll_times(usize::MAX))).unwrap().unwrap_err();
    assert_gone(&error);
    assert_eq!(error.executed(), Executed::Maybe);
    for _ in 0..3 {
        let error = callers.block_on(within(client.once(1, 0))).unwrap_err();
        assert_gone(&error);
        assert_eq!(error.executed(), Executed::No);
    }
    callers.block_on(within(client.close()));
    servers.block_on(worker.desk.running(0));
    assert_eq!(worker.desk.executions(1), 0);
}

fn calls_end_when_the_servers_runtime_is_shut_down(net: Net) {
    let (servers, clients) = (runtime(), runtime());
    let worker = std::sync::Arc::new(Worker::default());
    let server = servers.block_on(net.serve(WorkServer::from_arc(worker.clone())));
    let client: WorkClient = clients.block_on(net.connect(&server));
    let mut call = Hand::new(client.stay());
    assert!(call.poll().is_pending());
    clients.block_on(worker.desk.running(1));
    servers.shutdown_background();
    let error = clients.block_on(within(call.poll_times(usize::MAX))).unwrap().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
    clients.block_on(worker.desk.running(0));
    // Neither stopping nor dropping what is gone hangs.
    clients.block_on(within(server.shutdown(Duration::from_secs(60))));
    drop(server);
}

fn calls_may_be_made_from_another_runtime(net: Net) {
    let (home, other) = (runtime(), Builder::new_current_thread().enable_all().build().unwrap());
    let Pair { client, server: _server, .. } = home.block_on(net.pair());
    assert_eq!(other.block_on(client.add(1, 2)).unwrap(), 3);
    let error = other.block_on(client.with_timeout(Duration::from_millis(20)).stay()).unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded);
}

fn calls_may_be_awaited_without_a_runtime_once_connected(net: Net) {
    let home = runtime();
    let Pair { client, server: _server, .. } = home.block_on(net.pair());
    assert_eq!(park_on(client.add(1, 2)).unwrap(), 3);
    let error = park_on(client.with_timeout(Duration::from_millis(20)).stay()).unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded);
    // Dropped without one, too.
    drop(client);
}

fn assert_no_runtime(error: &RpcError) {
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::FailedPrecondition, Executed::No, Fault::Caller),
        "{error}"
    );
    assert!(error.message().contains("tokio runtime"), "{error}");
}

fn a_first_call_outside_of_a_runtime_is_an_error(net: Net) {
    let home = runtime();
    let Pair { server, .. } = home.block_on(net.pair());
    let client = WorkClient::from_channel(net.client(server.endpoints()).build().unwrap());
    assert_no_runtime(&park_on(client.add(1, 2)).unwrap_err());
    let connecting = net.client(server.endpoints()).connect();
    assert_no_runtime(&park_on(connecting).unwrap_err());
    let starting = net.again().server().service(WorkServer::new(Worker::default())).start();
    assert_no_runtime(&park_on(starting).unwrap_err());
    assert_no_runtime(&park_on(WorkClient::local(Worker::default()).add(1, 2)).unwrap_err());
    // The same client works once it is called in one.
    assert_eq!(home.block_on(client.add(1, 2)).unwrap(), 3);
}

fn a_connection_attempt_ends_with_its_runtime(net: Net) {
    let (home, other) = (runtime(), runtime());
    let server = home.block_on(net.serve(WorkServer::new(Worker::default())));
    let endpoints = server.endpoints().to_vec();
    home.block_on(server.shutdown(Duration::ZERO));
    let client = WorkClient::from_channel(net.client(&endpoints).build().unwrap());
    // Begins to dial in a runtime that goes away while it does so.
    let mut call = Hand::new(client.add(1, 2));
    home.block_on(async { assert!(call.poll().is_pending()) });
    home.shutdown_background();
    let error = other.block_on(within(call.poll_times(usize::MAX))).unwrap().unwrap_err();
    assert_gone(&error);
    assert_eq!(error.executed(), Executed::No);
}

fn assert_says_enable_all(error: &RpcError) {
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::FailedPrecondition, Executed::No, Fault::Caller),
        "{error}"
    );
    assert!(error.message().contains("enable_all"), "{error}");
}

fn a_runtime_without_timers_is_an_error(net: Net) {
    let home = runtime();
    let Pair { server, client, .. } = home.block_on(net.pair());
    let bare = Builder::new_current_thread().build().unwrap();
    assert_says_enable_all(&bare.block_on(net.client(server.endpoints()).connect()).unwrap_err());
    let lazy = WorkClient::from_channel(net.client(server.endpoints()).build().unwrap());
    for _ in 0..3 {
        assert_says_enable_all(&bare.block_on(lazy.add(1, 2)).unwrap_err());
    }
    let local = WorkClient::local(Worker::default());
    assert_says_enable_all(&bare.block_on(local.add(1, 2)).unwrap_err());
    // Nothing to watch.
    assert_eq!(bare.block_on(local.with_timeout(farcall::Timeout::Never).add(1, 2)).unwrap(), 3);
    // Connected elsewhere, it is a runtime like any.
    assert_eq!(bare.block_on(client.add(1, 2)).unwrap(), 3);
}

fn calls_may_be_made_while_a_thread_ends(net: Net) {
    struct AtTheEnd(WorkClient);

    impl Drop for AtTheEnd {
        fn drop(&mut self) {
            // Begun and given up: there is nothing left of the thread that could be parked.
            assert!(Hand::new(self.0.stay()).poll().is_pending());
        }
    }

    thread_local!(static LAST: RefCell<Option<AtTheEnd>> = const { RefCell::new(None) });

    let home = runtime();
    let Pair { client, worker, server: _server } = home.block_on(net.pair());
    let thread = std::thread::spawn(move || {
        LAST.set(Some(AtTheEnd(client.clone())));
        // The library's own thread-locals are made later, and so end earlier.
        park_on(client.add(1, 2)).unwrap()
    });
    assert_eq!(thread.join().unwrap(), 3);
    home.block_on(within(worker.desk.running(0)));
}
