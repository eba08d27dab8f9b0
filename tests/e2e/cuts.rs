//! A small session over a connection that is cut after n bytes, for every n.

use std::sync::Arc;
use std::time::Duration;

use farcall::transport::faulty::{Faults, FaultyTransport};
use farcall::{Client, ClientBuilder, Code, Executed, Server, TransportRegistry};

use crate::support::{Watched, WorkClient, WorkServer, Worker, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_client_over_mem() {
    at_every_byte(End::Client, "mem://").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_server_over_mem() {
    at_every_byte(End::Server, "mem://").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_client_over_tcp() {
    at_every_byte(End::Client, "tcp://127.0.0.1:0").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_at_the_server_over_tcp() {
    at_every_byte(End::Server, "tcp://127.0.0.1:0").await;
}

/// Which end loses the connection first.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Client,
    Server,
}

async fn at_every_byte(end: End, listen: &str) {
    for bytes in 0.. {
        if within(session(end, listen, bytes)).await {
            println!("a session has {bytes} bytes");
            return;
        }
        assert!(bytes < 10_000, "it should have been long enough by now");
    }
}

/// Three calls, the first connection of which is cut after `bytes`. True if that came too late to matter.
async fn session(end: End, listen: &str, bytes: u64) -> bool {
    let faulty = Arc::new(FaultyTransport::new(TransportRegistry::global(), Faults::none().cut_after(bytes)));
    let faulted = Watched::new(faulty.clone());
    let worker = Arc::new(Worker::default());
    let server = Server::builder().service(WorkServer::from_arc(Arc::clone(&worker))).listen(listen);
    let server = match end {
        End::Client => server,
        End::Server => server.transport(Arc::new(faulted.clone())),
    };
    let server = server.start().await.unwrap();
    let client = match end {
        End::Client => ClientBuilder::new(server.endpoints().to_vec(), Arc::new(faulted.clone())),
        End::Server => ClientBuilder::new(server.endpoints().to_vec(), TransportRegistry::global()),
    };
    let client = WorkClient::from_channel(client.timeout(Duration::from_secs(60)).build().unwrap());
    let only_the_first_is_cut = async {
        faulted.until_made(1).await;
        faulty.set_faults(Faults::none());
    };
    let three_calls = async {
        for id in 0..3 {
            let answer = client.once(id, 1).await;
            let executions = worker.desk.executions(id);
            match answer {
                Ok(answer) => assert_eq!((answer, executions), (id, 1)),
                Err(error) => {
                    assert_eq!(error.code(), Code::Unavailable, "{error}");
                    match error.executed() {
                        Executed::No => assert_eq!(executions, 0, "{error}"),
                        Executed::Maybe => assert!(executions <= 1, "{error}"),
                        Executed::Yes => panic!("{error}"),
                    }
                }
            }
        }
    };
    tokio::join!(three_calls, only_the_first_is_cut);
    let whole = faulted.made() == 1;
    server.shutdown(Duration::ZERO).await;
    // A call that may have run has not run later either.
    for id in 0..3 {
        assert!(worker.desk.executions(id) <= 1);
    }
    whole
}
