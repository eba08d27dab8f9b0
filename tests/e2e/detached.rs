//! Handlers that go on when their callers have gone.

use std::sync::Arc;

use farcall::{Client, RunningServer, rpc_service};
use tokio::sync::Semaphore;

use crate::support::{Hand, Net, Watched, over};

over! {{
    a_detached_handler_outlives_its_call;
    a_detached_handler_outlives_its_connection;
}}

#[rpc_service]
trait Job {
    #[rpc(detached)]
    async fn work(&self);
    async fn ping(&self);
}

/// What a handler of `work` says and waits for.
#[derive(Clone)]
struct Steps {
    begun: Arc<Semaphore>,
    go_on: Arc<Semaphore>,
    done: Arc<Semaphore>,
}

impl Job for Steps {
    async fn work(&self) {
        self.begun.add_permits(1);
        self.go_on.acquire().await.unwrap().forget();
        self.done.add_permits(1);
    }

    async fn ping(&self) {}
}

async fn jobs(net: &Net) -> (JobClient, Steps, RunningServer) {
    let none = || Arc::new(Semaphore::new(0));
    let steps = Steps { begun: none(), go_on: none(), done: none() };
    let server = net.serve(JobServer::new(steps.clone())).await;
    let client = JobClient::from_channel(net.client(server.endpoints()).build().unwrap());
    (client, steps, server)
}

async fn a_detached_handler_outlives_its_call(net: Net) {
    let (client, steps, _server) = jobs(&net).await;
    client.ping().await.unwrap();
    let mut call = Hand::new(client.work());
    assert!(call.poll().is_pending());
    steps.begun.acquire().await.unwrap().forget();
    drop(call);
    // A Cancel would have come before this.
    client.ping().await.unwrap();
    steps.go_on.add_permits(1);
    steps.done.acquire().await.unwrap().forget();
}

async fn a_detached_handler_outlives_its_connection(net: Net) {
    let watched = Watched::new(net.transport());
    let net = net.over(Arc::new(watched.clone()));
    let (client, steps, _server) = jobs(&net).await;
    client.ping().await.unwrap();
    let mut call = Hand::new(client.work());
    assert!(call.poll().is_pending());
    steps.begun.acquire().await.unwrap().forget();
    drop(call);
    drop(client);
    watched.until_open(0).await;
    steps.go_on.add_permits(1);
    steps.done.acquire().await.unwrap().forget();
}
