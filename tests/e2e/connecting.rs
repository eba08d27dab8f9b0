//! Finding a server, or not.

use std::time::Duration;

use farcall::{Client, Code, Executed, Fault, RpcError};

use crate::support::{Net, WorkClient, WorkServer, Worker, over};

over! {{
    nobody_there_is_told_at_once;
    a_lazy_client_says_at_its_deadline_why_it_never_came_to_be;
    a_lazy_client_waits_for_its_server;
    many_first_calls_share_one_attempt;
    a_wrong_scheme_is_told_when_the_client_is_made;
}}

/// An endpoint where nobody listens.
async fn nobody(net: &Net) -> farcall::Endpoint {
    let server = net.serve(WorkServer::new(Worker::default())).await;
    let endpoint = server.endpoints()[0].clone();
    server.shutdown(Duration::ZERO).await;
    endpoint
}

fn assert_says_why(error: &RpcError, endpoint: &farcall::Endpoint) {
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::Unavailable, Executed::No, Fault::Environment),
        "{error}"
    );
    assert!(error.message().contains(&endpoint.to_string()), "{error}");
    // What the system or the transport said.
    let reasons = ["refused", "nobody"];
    assert!(reasons.iter().any(|reason| error.message().contains(reason)), "{error}");
}

async fn nobody_there_is_told_at_once(net: Net) {
    let endpoint = nobody(&net).await;
    let error = net.client(std::slice::from_ref(&endpoint)).connect().await.unwrap_err();
    assert_says_why(&error, &endpoint);
}

async fn a_lazy_client_says_at_its_deadline_why_it_never_came_to_be(net: Net) {
    let endpoint = nobody(&net).await;
    let client = WorkClient::from_channel(net.client(std::slice::from_ref(&endpoint)).build().unwrap());
    // Several attempts: the last one is mostly still waiting to be made when time is up.
    for _ in 0..5 {
        let error = client.with_timeout(Duration::from_millis(150)).add(1, 2).await.unwrap_err();
        assert_says_why(&error, &endpoint);
        assert!(error.message().contains("Work.add"), "{error}");
    }
}

async fn a_lazy_client_waits_for_its_server(net: Net) {
    let endpoint = nobody(&net).await;
    let client = WorkClient::from_channel(net.client(std::slice::from_ref(&endpoint)).build().unwrap());
    let call = tokio::spawn(client.add(1, 2));
    tokio::task::yield_now().await;
    let _server = net.serve_again(&endpoint, WorkServer::new(Worker::default())).await;
    assert_eq!(call.await.unwrap().unwrap(), 3);
}

async fn many_first_calls_share_one_attempt(net: Net) {
    let watched = crate::support::Watched::new(net.transport());
    let net = net.over(std::sync::Arc::new(watched.clone()));
    let server = net.serve(WorkServer::new(Worker::default())).await;
    let client = WorkClient::from_channel(net.client(server.endpoints()).build().unwrap());
    let calls = (0..100).map(|number| client.add(number, 1));
    for (number, sum) in (1..).zip(futures::future::join_all(calls).await) {
        assert_eq!(sum.unwrap(), number);
    }
    // Both ends of one.
    assert_eq!(watched.made(), 2);
}

async fn a_wrong_scheme_is_told_when_the_client_is_made(net: Net) {
    let endpoint: farcall::Endpoint = "tpc://127.0.0.1:1".parse().unwrap();
    let error = net.client(std::slice::from_ref(&endpoint)).build().unwrap_err();
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::InvalidArgument, Executed::No, Fault::Caller)
    );
    assert!(error.message().contains("tpc"), "{error}");
}
