//! Servers that come, go and do not stay: when a client dials, when it does not, and what it says of it.

use std::time::Duration;

use farcall::{Client, Code, Executed, Limits, Timeout, TransportRegistry};
use rpc_core::client::ClientBuilder;
use rpc_core::wire::{Bound, Close, Frame, Reply, ReplyStatus};
use tokio::time::{Instant, sleep};

use super::kit::{Liar, Peer, Said, ZooClient, hello, hello_bytes, in_time, limits};

/// Says hello and `then` to everybody, up to the end of `calls`. How many came.
pub(super) async fn greets_and(
    then: Frame<'static>,
    liar: &mut Liar,
    calls: impl Future<Output = ()>,
) -> usize {
    let mut connections = 0;
    let served = async {
        loop {
            let mut peer = liar.accept().await;
            connections += 1;
            assert!(connections < 10_000, "the client dials without a pause");
            peer.send(&hello_bytes(&hello())).await;
            peer.frame(then.clone()).await;
            tokio::spawn(async move { peer.gone().await });
        }
    };
    tokio::select! {
        () = calls => {}
        () = served => {}
    }
    connections
}

fn full() -> Frame<'static> {
    Frame::Close(Close { code: 13, text: "full" })
}

const DRAIN: Frame<'static> = Frame::Drain { step: 1, last: 0 };

#[tokio::test(start_paused = true)]
async fn the_error_says_how_the_last_connection_ended() {
    for (then, word) in [(full(), "full"), (DRAIN, "takes no more calls")] {
        let mut liar = Liar::new("mem://").await;
        let client = liar.client(limits()).with_timeout(Duration::from_secs(10));
        let endpoint = liar.endpoint.to_string();
        let call = async {
            let error = client.add(1, 2).await.unwrap_err();
            assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No), "{error}");
            assert!(error.message().contains(word) && error.message().contains(&endpoint), "{error}");
        };
        greets_and(then, &mut liar, call).await;
    }
}

#[tokio::test(start_paused = true)]
async fn calls_without_a_deadline_do_not_dial_without_a_pause() {
    for then in [full(), DRAIN] {
        let mut liar = Liar::new("mem://").await;
        let client = liar.client(limits()).with_timeout(Timeout::Never);
        let calls = async {
            tokio::select! {
                result = client.add(1, 2) => panic!("{result:?}"),
                () = sleep(Duration::from_secs(60)) => {}
            }
        };
        let connections = greets_and(then, &mut liar, calls).await;
        // On average one per second, once the pauses have grown.
        assert!((10..=300).contains(&connections), "{connections} connections in a minute");
    }
}

/// Answers one call on a fresh connection, and gives it back.
async fn answer_one(liar: &mut Liar) -> Peer {
    let mut peer = liar.greet().await;
    loop {
        match peer.said().await {
            Said::Bind { base } => {
                peer.frame(Frame::Bound(Bound {
                    base,
                    status: 0,
                    missing: vec![],
                    differing: vec![],
                    signatures: vec![],
                }))
                .await;
            }
            Said::Call { place, .. } => {
                let status = ReplyStatus::Value;
                peer.frame(Frame::Reply(Reply { place, status, metadata: &[], total: None, body: &[6] }))
                    .await;
                return peer;
            }
            Said::End => panic!("the client closed"),
            _ => {}
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_long_after_an_outage_does_not_wait() {
    let mut liar = Liar::new("mem://").await;
    let client = liar.client(limits()).with_timeout(Duration::from_secs(20));
    let endpoint = liar.endpoint.to_string();
    drop(liar);
    client.add(1, 2).await.unwrap_err();
    sleep(Duration::from_secs(3)).await;
    liar = Liar::new(&endpoint).await;
    let begun = Instant::now();
    let (sum, _peer) = tokio::join!(client.add(1, 2), answer_one(&mut liar));
    assert_eq!(sum, Ok(3));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn callers_that_wait_for_a_connection_are_limited() {
    let mut liar = Liar::new("mem://").await;
    let client = liar.client(Limits { max_waiting_calls: 10, ..limits() });
    let client = client.with_timeout(Duration::from_secs(5));
    let calls = futures::future::join_all((0..25).map(|number| client.add(number, 1)));
    let silent = async {
        let mut peer = liar.accept().await;
        peer.gone().await;
        liar.accept().await.gone().await;
    };
    let results = tokio::select! {
        results = calls => results,
        () = silent => panic!("the client does not wait"),
    };
    let errors: Vec<_> = results.into_iter().map(|result| result.unwrap_err()).collect();
    assert!(errors.iter().all(|error| error.executed() == Executed::No));
    let full: Vec<_> = errors.iter().filter(|error| error.code() == Code::ResourceExhausted).collect();
    assert_eq!(full.len(), 15);
    assert!(full.iter().all(|error| error.message().contains("max_waiting_calls")));
}

#[tokio::test(start_paused = true)]
async fn nobody_dials_for_a_client_that_is_gone() {
    let mut liar = Liar::new("mem://").await;
    let client = liar.client(limits());
    let mut peers = Vec::new();
    // In the middle of a handshake: what was begun is closed.
    tokio::select! {
        result = client.add(1, 2) => panic!("{result:?}"),
        peer = liar.accept() => peers.push(peer),
    }
    drop(client);
    in_time(peers.remove(0).gone()).await;
    // In the pause between two attempts.
    let client = liar.client(limits());
    let first = async {
        drop(liar.accept().await);
    };
    let call = client.add(1, 2);
    tokio::select! {
        result = call => panic!("{result:?}"),
        () = first => {}
    }
    drop(client);
    tokio::select! {
        _peer = liar.accept() => panic!("somebody dials"),
        () = sleep(Duration::from_secs(60)) => {}
    }
}

#[tokio::test]
async fn a_connect_that_is_given_up_closes_what_it_began() {
    let mut liar = Liar::new("mem://").await;
    let builder =
        ClientBuilder::new(vec![liar.endpoint.clone()], TransportRegistry::global()).limits(limits());
    let mut peer = tokio::select! {
        _connected = builder.connect() => panic!("there was no hello"),
        peer = liar.accept() => peer,
    };
    in_time(peer.gone()).await;
}

#[tokio::test(start_paused = true)]
async fn the_endpoint_that_answered_last_comes_first() {
    let (mut silent, mut good) = (Liar::new("mem://").await, Liar::new("mem://").await);
    let endpoints = vec![silent.endpoint.clone(), good.endpoint.clone()];
    let builder = ClientBuilder::new(endpoints, TransportRegistry::global()).limits(limits());
    let client = ZooClient::from_channel(builder.timeout(Timeout::Never).build().unwrap());
    let mut asked = 0;
    let counting = async {
        loop {
            std::mem::forget(silent.accept().await);
            asked += 1;
        }
    };
    let calls = async {
        for _ in 0..3 {
            let (sum, peer) = tokio::join!(client.add(1, 2), answer_one(&mut good));
            assert_eq!(sum, Ok(3));
            drop(peer);
            sleep(Duration::from_secs(1)).await;
        }
    };
    tokio::select! {
        () = calls => {}
        () = counting => {}
    }
    assert_eq!(asked, 1);
}

#[tokio::test(start_paused = true)]
async fn another_endpoint_is_tried_after_one_that_does_not_keep_its_connections() {
    let (mut bad, mut good) = (Liar::new("mem://").await, Liar::new("mem://").await);
    let endpoints = vec![bad.endpoint.clone(), good.endpoint.clone()];
    let builder = ClientBuilder::new(endpoints, TransportRegistry::global()).limits(limits());
    let client = ZooClient::from_channel(builder.timeout(Timeout::Never).build().unwrap());
    let call = async {
        let (sum, _peer) = tokio::join!(client.add(1, 2), answer_one(&mut good));
        assert_eq!(sum, Ok(3));
    };
    assert_eq!(greets_and(DRAIN, &mut bad, call).await, 1);
}
