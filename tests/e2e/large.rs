//! Large messages beside one another and beside small ones, however the bytes are cut on their way.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use farcall::transport::faulty::{Faults, FaultyTransport};
use farcall::{Client, ClientBuilder, Server, TransportRegistry};
use futures::future::join_all;

use crate::support::{Random, WorkClient, WorkServer, Worker, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_message_gets_bytes_of_another() {
    for seed in 0..8 {
        println!("seed {seed}");
        // Pieces of less than a chunk, of about one, and of several.
        for most in [5_000, 70_000, 300_000] {
            for listen in ["mem://", "tcp://127.0.0.1:0"] {
                within(session(seed, most, listen)).await;
            }
        }
    }
}

async fn session(seed: u64, most: usize, listen: &str) {
    let transport = |seed| {
        let faults = Faults::random(seed, most).without_pending();
        Arc::new(FaultyTransport::new(TransportRegistry::global(), faults))
    };
    let server = Server::builder().service(WorkServer::new(Worker::default())).listen(listen);
    let server = server.transport(transport(seed)).start().await.unwrap();
    let client = ClientBuilder::new(server.endpoints().to_vec(), transport(seed + 1_000));
    let client = WorkClient::from_channel(client.timeout(Duration::from_secs(60)).build().unwrap());
    let callers = (0..6).map(|caller| calls(client.clone(), Random::from_seed(100 * seed + caller)));
    join_all(callers).await;
    server.shutdown(Duration::from_secs(10)).await;
}

async fn calls(client: WorkClient, mut random: Random) {
    for _ in 0..8 {
        let mark = random.below(251) as usize;
        let length = random.below(300_000) as usize;
        let block: Vec<u8> = (0..length).map(|at| ((at + mark) % 251) as u8).collect();
        match random.below(5) {
            0 => assert!(client.slice(&block).await.unwrap() == block),
            1 => assert!(client.owned(block.clone()).await.unwrap() == block),
            2 => {
                // Somebody who leaves in the middle.
                let patience = Duration::from_micros(random.below(2_000));
                let left = tokio::time::timeout(patience, client.shared(Bytes::from(block))).await;
                assert!(left.is_err() || left.unwrap().is_ok());
            }
            3 => assert_eq!(client.add(1, 2).await.unwrap(), 3),
            _ => {
                let whole = Bytes::from(block);
                let part = whole.slice(length / 3..);
                assert!(client.shared(part.clone()).await.unwrap() == part);
            }
        }
    }
}
