//! Servers that do not get as far as a hello, or not beyond it.

use std::time::Duration;

use farcall::{Code, Executed, Fault, Limits, RpcError};
use rpc_core::client::ClientBuilder;
use rpc_core::wire::{Frame, Hello, Reply, ReplyStatus};

use super::client_connecting::greets_and;
use super::kit::{Liar, Random, Said, hello, hello_bytes, in_time, limits};

/// What a client that connects to a server that says `bytes`, and then nothing more, tells its user.
async fn connect_to(bytes: &[u8]) -> RpcError {
    let error = connect_error(bytes).await;
    assert_eq!(error.code(), Code::Unavailable, "{error}");
    error
}

async fn connect_error(bytes: &[u8]) -> RpcError {
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let registry = farcall::TransportRegistry::global();
    let builder = ClientBuilder::new(vec![liar.endpoint.clone()], registry).limits(limits());
    let server = async {
        let mut peer = liar.accept().await;
        peer.send(bytes).await;
        peer.shut().await;
        peer.gone().await;
    };
    let (connected, ()) = in_time(async { tokio::join!(builder.connect(), server) }).await;
    let error = connected.expect_err("there is nobody to speak with");
    assert_eq!(error.executed(), Executed::No, "{error}");
    assert!(error.message().contains("tcp://127.0.0.1:"), "{error}");
    error
}

#[tokio::test]
async fn servers_that_speak_something_else_are_named_as_that() {
    for bytes in [
        &b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"[..],
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"220 mail.example ESMTP\r\n",
        &[21, 3, 3, 0, 2, 2, 70, 0],
        &[0; 100],
    ] {
        let error = connect_to(bytes).await;
        assert!(error.message().contains("does not speak farcall"), "{error}");
    }
}

#[tokio::test]
async fn a_hello_that_breaks_off_anywhere() {
    let hello = hello_bytes(&hello());
    for end in 0..hello.len() {
        connect_to(&hello[..end]).await;
    }
    // A TLS alert is shorter than the magic.
    connect_to(&[21, 3, 3, 0, 2, 2, 70]).await;
}

#[tokio::test]
async fn random_hellos() {
    let mut random = Random::new();
    for _ in 0..100 {
        let count = random.below(200);
        connect_to(&[&Hello::MAGIC[..], &[0xff, 0x7f], &random.bytes(count)].concat()).await;
    }
}

#[tokio::test]
async fn no_common_version_or_codec_names_what_each_side_speaks() {
    let error = connect_to(&hello_bytes(&Hello { version_min: 7, version_max: 9, ..hello() })).await;
    assert!(error.message().contains("1 to 1") && error.message().contains("7 to 9"), "{error}");
    let error = connect_error(&hello_bytes(&Hello { codecs: vec![2, 99], ..hello() })).await;
    assert!(error.message().contains("postcard") && error.message().contains("codec 99"), "{error}");
    // It does not help to try again.
    assert_eq!((error.code(), error.fault()), (Code::Unimplemented, Fault::Caller), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing() {
    let mut liar = Liar::new("mem://").await;
    let registry = farcall::TransportRegistry::global();
    let builder = ClientBuilder::new(vec![liar.endpoint.clone()], registry).limits(limits());
    let begun = tokio::time::Instant::now();
    let silent = async {
        let mut peer = liar.accept().await;
        peer.gone().await;
    };
    let (connected, ()) = tokio::join!(builder.connect(), silent);
    let error = connected.unwrap_err();
    assert!(error.message().contains("hello_timeout"), "{error}");
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No));
    assert!(begun.elapsed() < limits().hello_timeout + Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_call_to_a_server_that_says_nothing_ends_with_its_deadline() {
    let mut liar = Liar::new("mem://").await;
    let client = liar.client(Limits { hello_timeout: Duration::from_secs(3_600), ..limits() });
    let call = client.with_timeout(Duration::from_secs(7));
    tokio::select! {
        result = call.add(1, 2) => {
            let error = result.unwrap_err();
            assert_eq!(error.executed(), Executed::No, "{error}");
        }
        () = async { loop { std::mem::forget(liar.accept().await) } } => {}
    }
}

/// How many connections a client makes for one call of ten seconds to a server that, each time, says hello and `then`.
async fn connections_for_one_call(then: Frame<'static>) -> usize {
    let mut liar = Liar::new("mem://").await;
    let client = liar.client(limits()).with_timeout(Duration::from_secs(10));
    let call = async {
        let result = client.add(1, 2).await;
        assert!(result.is_err(), "{result:?}");
    };
    greets_and(then, &mut liar, call).await
}

#[tokio::test(start_paused = true)]
async fn a_server_that_always_says_drain_is_not_dialled_without_a_pause() {
    let connections = connections_for_one_call(Frame::Drain { step: 1, last: 0 }).await;
    assert!(connections <= 100, "{connections} connections in ten seconds");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_always_closes_is_not_dialled_without_a_pause() {
    let close = Frame::Close(rpc_core::wire::Close { code: 13, text: "full" });
    let connections = connections_for_one_call(close).await;
    assert!(connections <= 100, "{connections} connections in ten seconds");
}

#[tokio::test]
async fn hellos_with_the_largest_numbers_there_are() {
    let largest = Hello {
        version_max: u64::MAX,
        features: u64::MAX,
        max_frame: u64::MAX,
        max_message: u64::MAX,
        max_calls: u64::MAX,
        max_call_bytes: u64::MAX,
        max_assembling: u64::MAX,
        codecs: (0..=255).collect(),
        services: vec![7; 1_000],
        ..hello()
    };
    let mut liar = Liar::new("tcp://127.0.0.1:0").await;
    let client = liar.client(limits());
    let served = async {
        let mut peer = liar.greet_as(&largest).await;
        loop {
            match peer.said().await {
                Said::Call { place, body, total } => {
                    assert!(body.len() <= limits().max_frame && total.is_none());
                    let body = &[2];
                    let reply = Reply { place, status: ReplyStatus::Value, metadata: &[], total: None, body };
                    peer.frame(Frame::Reply(reply)).await;
                }
                Said::End => return,
                _ => {}
            }
        }
    };
    let calls = async {
        // More than this side would have in flight itself.
        let all = futures::future::join_all((0..200).map(|number| client.add(number, 1))).await;
        assert!(all.into_iter().all(|result| result == Ok(1)));
    };
    in_time(async {
        tokio::select! {
            () = calls => {}
            () = served => panic!("the client closed"),
        }
    })
    .await;
}
