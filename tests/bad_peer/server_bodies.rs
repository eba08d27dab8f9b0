//! Bodies that are not what the method takes: that call is refused, and nothing else notices.

use rpc_core::wire::{Frame, ReplyStatus, varint};

use super::kit::{Peer, Random, ZooClient, call, in_time, serve};

fn length(length: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint::encode(length, &mut bytes);
    bytes
}

/// Method and body, none of which can be decoded.
fn undecodable() -> Vec<(&'static str, Vec<u8>)> {
    let mut deep = vec![1; 10_000];
    deep.push(0);
    vec![
        ("add", vec![]),
        ("add", vec![2]),
        ("add", vec![0xff; 20]),
        ("add", vec![2, 4, 0]),
        ("add", vec![0x80, 0x00, 4]),
        ("name", vec![0]),
        ("name", vec![0; 10_000]),
        ("echo", length(1)),
        ("echo", length(1 << 20)),
        ("echo", length(u64::MAX)),
        ("words", length(u64::MAX)),
        ("words", length(1 << 60)),
        ("words", [length(2), length(1), vec![0xff], length(0)].concat()),
        ("units", length(u64::MAX)),
        ("units", length(1 << 32)),
        ("tree", deep),
        ("tree", length(u64::MAX)),
        ("tree", vec![0xff; 16_000]),
        ("check", vec![]),
    ]
}

#[tokio::test]
async fn each_is_refused_with_invalid_argument() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::bound(&endpoint).await;
    for (method, body) in undecodable() {
        peer.frame(Frame::Call(call(0, method, &body))).await;
        let (reason, text) = in_time(peer.refusal(0)).await;
        assert_eq!(reason, 9, "{method}: {text}");
        assert!(text.contains("cannot be decoded") && text.len() <= 1_024, "{text}");
    }
    in_time(peer.settle()).await;
}

#[tokio::test]
async fn thousands_of_them_among_good_calls_cost_no_good_call() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let healthy = ZooClient::connect(&endpoint).await.unwrap();
    let bad = undecodable();
    let mut random = Random::new();
    let mut peer = Peer::bound(&endpoint).await;
    in_time(async {
        for round in 0..200_i64 {
            let mut expected = Vec::new();
            let mut frames = Vec::new();
            for place in 0..60 {
                if random.below(3) == 0 {
                    Frame::Call(call(place, "add", &[20, 22])).encode(&mut frames);
                    expected.push(ReplyStatus::Value);
                } else if random.below(20) == 0 {
                    Frame::Call(call(place, "panic", &[])).encode(&mut frames);
                    expected.push(ReplyStatus::Failed);
                } else {
                    let (method, body) = &bad[random.below(bad.len())];
                    Frame::Call(call(place, method, body)).encode(&mut frames);
                    expected.push(ReplyStatus::Refused);
                }
            }
            peer.send(&frames).await;
            let mut got = vec![None; expected.len()];
            for _ in 0..expected.len() {
                match peer.said().await {
                    super::kit::Said::Reply { place, status, .. } => {
                        assert_eq!(got[place as usize].replace(status), None, "answered twice");
                    }
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(got.into_iter().map(Option::unwrap).collect::<Vec<_>>(), expected);
            assert_eq!(healthy.add(round, 1).await, Ok(round + 1));
        }
    })
    .await;
}

#[tokio::test]
async fn random_bodies_for_every_method() {
    let (_server, endpoint) = serve("mem://").await;
    let mut peer = Peer::bound(&endpoint).await;
    let mut random = Random::new();
    in_time(async {
        for _ in 0..5_000 {
            let method = ["add", "echo", "words", "units", "tree", "check", "name"][random.below(7)];
            let count = random.below(64);
            let body = random.bytes(count);
            peer.frame(Frame::Call(call(0, method, &body))).await;
            peer.reply(0).await;
        }
        peer.settle().await;
    })
    .await;
}
