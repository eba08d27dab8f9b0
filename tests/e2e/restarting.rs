//! A server that stops and comes back.

use std::sync::Arc;
use std::time::Duration;

use farcall::{Code, Executed};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::support::{Net, WorkClient, WorkServer, Worker, over};

over! {{
    the_same_client_goes_on;
}}

over! {[mem unix abstract_unix] {
    a_hundred_restarts_under_load;
}}

async fn the_same_client_goes_on(net: Net) {
    let first = net.serve(WorkServer::new(Worker::default())).await;
    let endpoint = first.endpoints()[0].clone();
    let client: WorkClient = net.connect(&first).await;
    assert_eq!(client.add(1, 2).await.unwrap(), 3);
    first.shutdown(Duration::from_secs(60)).await;
    drop(first);
    let second = net.serve_again(&endpoint, WorkServer::new(Worker::default())).await;
    assert_eq!(client.add(1, 2).await.unwrap(), 3);
    // Without a farewell.
    drop(second);
    let _third = net.restart(&endpoint, &Arc::default()).await;
    let mut answer = client.add(1, 2).await;
    if let Err(error) = &answer {
        // It may have been sent before the loss was seen.
        assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
        answer = client.add(1, 2).await;
    }
    assert_eq!(answer.unwrap(), 3);
}

async fn a_hundred_restarts_under_load(net: Net) {
    let worker = Arc::new(Worker::default());
    let mut server = net.serve(WorkServer::from_arc(Arc::clone(&worker))).await;
    let endpoint = server.endpoints()[0].clone();
    let client: WorkClient = net.connect(&server).await;
    let stop = watch::Sender::new(false);
    let answers = watch::Sender::new(0_u64);
    let mut callers = JoinSet::new();
    for caller in 0..8 {
        let (client, stop, answers) = (client.clone(), stop.subscribe(), answers.clone());
        callers.spawn(async move {
            let mut errors = 0;
            for number in 0.. {
                if *stop.borrow() {
                    break;
                }
                let id = caller << 32 | number;
                match client.once(id, (number % 3) as u32).await {
                    Ok(answer) => {
                        assert_eq!(answer, id);
                        answers.send_modify(|answers| *answers += 1);
                    }
                    Err(error) => {
                        assert_eq!(error.code(), Code::Unavailable, "{error}");
                        assert_eq!(error.executed(), Executed::Maybe, "{error}");
                        errors += 1;
                    }
                }
            }
            errors
        });
    }
    for round in 0..100 {
        let before = *answers.borrow();
        // Calls get through to each of them.
        answers.subscribe().wait_for(|answers| *answers > before + 4).await.unwrap();
        if round % 2 == 0 {
            server.shutdown(Duration::ZERO).await;
        }
        drop(server);
        server = net.restart(&endpoint, &worker).await;
    }
    stop.send_replace(true);
    let errors: u64 = callers.join_all().await.into_iter().sum();
    println!("{} answers, {errors} calls that may have run", *answers.borrow());
    drop(server);
}
