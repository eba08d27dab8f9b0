//! The blocking client.

use std::thread;
use std::time::Duration;

use farcall::{CallError, Code, Endpoint, Executed, RunningServer};
use tokio::runtime::{Builder, Runtime};

use crate::support::{WorkBlockingClient, WorkClient, WorkError, WorkServer, Worker, within_blocking};

/// A server in a runtime of its own, as in another process.
fn server(listen: &str) -> (Runtime, RunningServer, Vec<Endpoint>) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(farcall::serve(listen, WorkServer::new(Worker::default()))).unwrap();
    let endpoints = server.endpoints().to_vec();
    (runtime, server, endpoints)
}

fn unix() -> String {
    format!("unix://{}/farcall-e2e-{}-blocking.sock", std::env::temp_dir().display(), std::process::id())
}

#[test]
fn calls_from_a_plain_thread() {
    within_blocking(|| {
        for listen in ["mem://", "tcp://127.0.0.1:0", &unix()] {
            let (_runtime, _server, endpoints) = server(listen);
            let client = WorkBlockingClient::connect(&endpoints[..]).unwrap();
            assert_eq!(client.add(1, 2).unwrap(), 3);
            assert_eq!(client.divide(1, 0).unwrap_err(), CallError::App(WorkError::DivideByZero));
            assert_eq!(client.text("größer").unwrap(), "größer");
            assert!(client.slice(&vec![1; 2 << 20]).unwrap() == vec![1; 2 << 20]);
            assert_eq!(client.panics(1).unwrap_err().code(), Code::Internal);
            let error = client.with_timeout(Duration::from_millis(20)).stay().unwrap_err();
            assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
            let error = client.with_timeout(Duration::ZERO).stay().unwrap_err();
            assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::No));
            let lazy = WorkBlockingClient::connect_lazy(&endpoints[..]).unwrap();
            assert_eq!(lazy.add(1, 2).unwrap(), 3);
            client.close();
            assert_eq!(client.add(1, 2).unwrap_err().code(), Code::Unavailable);
        }
    });
}

#[test]
fn made_of_another_client() {
    within_blocking(|| {
        for listen in ["mem://", "tcp://127.0.0.1:0"] {
            let (runtime, _server, endpoints) = server(listen);
            let other = runtime.block_on(WorkClient::connect(&endpoints[..])).unwrap();
            let client = WorkBlockingClient::from(other.with_timeout(Duration::from_millis(20)));
            let error = client.stay().unwrap_err();
            assert_eq!((error.code(), error.executed()), (Code::DeadlineExceeded, Executed::Maybe));
            let client = WorkBlockingClient::from(other.clone());
            assert_eq!(client.add(1, 2).unwrap(), 3);
            assert_eq!(runtime.block_on(other.add(3, 4)).unwrap(), 7);
            client.close();
            assert_eq!(runtime.block_on(other.add(5, 6)).unwrap_err().code(), Code::Unavailable);
        }
    });
}

#[test]
fn nobody_there_is_an_error_at_once() {
    within_blocking(|| {
        let error = WorkBlockingClient::connect("mem://nobody-blocks-here").unwrap_err();
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No));
    });
}

#[test]
fn calls_from_many_threads() {
    within_blocking(|| {
        let (_runtime, _server, endpoints) = server("tcp://127.0.0.1:0");
        let client = WorkBlockingClient::connect(&endpoints[..]).unwrap();
        thread::scope(|scope| {
            for thread in 0..32 {
                let client = client.clone();
                scope.spawn(move || {
                    for number in 0..50 {
                        assert_eq!(client.add(thread, number).unwrap(), thread + number);
                    }
                });
            }
        });
    });
}

#[test]
fn calls_inside_of_runtimes() {
    within_blocking(|| {
        let (_runtime, _server, endpoints) = server("tcp://127.0.0.1:0");
        for builder in [&mut Builder::new_current_thread(), &mut Builder::new_multi_thread()] {
            let runtime = builder.enable_all().build().unwrap();
            let endpoints = endpoints.clone();
            runtime.block_on(async move {
                // Made, used and dropped right in async code, which is blocked meanwhile.
                let client = WorkBlockingClient::connect(&endpoints[..]).unwrap();
                assert_eq!(client.add(1, 2).unwrap(), 3);
                let copy = client.clone();
                let sum = tokio::spawn(async move { copy.add(3, 4).unwrap() }).await.unwrap();
                assert_eq!(sum, 7);
                let sum = tokio::task::spawn_blocking(move || client.add(5, 6).unwrap()).await.unwrap();
                assert_eq!(sum, 11);
            });
        }
    });
}

#[test]
fn a_local_one() {
    within_blocking(|| {
        let client = WorkBlockingClient::local(Worker::default());
        assert_eq!(client.add(1, 2).unwrap(), 3);
        assert_eq!(client.panics(1).unwrap_err().code(), Code::Internal);
        let error = client.with_timeout(Duration::from_millis(20)).stay().unwrap_err();
        assert_eq!(error.code(), Code::DeadlineExceeded);
    });
}
