//! Graceful shutdowns under load: no call is lost, and none is in doubt.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::support::{Net, WorkClient, WorkServer, Worker, over};

over! {[mem unix abstract_unix] {
    calls_go_on_elsewhere;
}}

const LONG: Duration = Duration::from_secs(60);

async fn calls_go_on_elsewhere(net: Net) {
    let worker = Arc::new(Worker::default());
    let mut server = net.serve(WorkServer::from_arc(Arc::clone(&worker))).await;
    let endpoint = server.endpoints()[0].clone();
    let stop = watch::Sender::new(false);
    let answers = watch::Sender::new(0_u64);
    let mut callers = JoinSet::new();
    for caller in 0..8_u64 {
        let client: WorkClient = net.connect(&server).await;
        let (stop, answers) = (stop.subscribe(), answers.clone());
        callers.spawn(async move {
            // Some are too large to leave at once.
            let block = vec![7; 40_000];
            for number in 0.. {
                if *stop.borrow() {
                    return;
                }
                let id = caller << 32 | number;
                assert_eq!(client.once(id, 0).await.unwrap(), id);
                if number % 8 == 0 {
                    assert_eq!(client.note("block", &block).await.unwrap(), 40_000);
                }
                answers.send_modify(|answers| *answers += 1);
            }
        });
    }
    for _ in 0..20 {
        let wanted = *answers.borrow() + 200;
        answers.subscribe().wait_for(|answers| *answers >= wanted).await.unwrap();
        server.shutdown(LONG).await;
        server = net.restart(&endpoint, &worker).await;
    }
    stop.send_replace(true);
    while let Some(caller) = callers.join_next().await {
        caller.unwrap();
    }
}
