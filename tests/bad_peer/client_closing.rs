//! Servers that go away at any byte of a session: each call ends with an error that tells the truth, and the next one
//! connects again.

use farcall::{Code, Executed};
use rpc_core::wire::{Bound, Frame, Reply, ReplyStatus};

use super::kit::{Liar, Peer, Random, Said, hello, hello_bytes, in_time, limits};

/// A server's part of a session with one call, and where its hello ends.
fn session() -> (Vec<u8>, usize) {
    let mut bytes = hello_bytes(&hello());
    let hello = bytes.len();
    Frame::Bound(Bound { base: 0, status: 0, missing: vec![], differing: vec![], signatures: vec![] })
        .encode(&mut bytes);
    Frame::Ping([3; 8]).encode(&mut bytes);
    let body = [5, b'h', b'e', b'l', b'l', b'o'];
    let reply = Reply { place: 0, status: ReplyStatus::Value, metadata: &[], total: None, body: &body };
    Frame::Reply(reply).encode(&mut bytes);
    (bytes, hello)
}

async fn to_call(peer: &mut Peer) {
    loop {
        match peer.said().await {
            Said::Call { .. } => return,
            Said::End => panic!("the client closed"),
            _ => {}
        }
    }
}

/// Serves the next connection as it should be, to its end.
async fn honest(liar: &mut Liar) {
    let mut peer = liar.accept().await;
    peer.send(&session().0[..session().1]).await;
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
                let body = &[5, b'h', b'e', b'l', b'l', b'o'];
                peer.frame(Frame::Reply(Reply {
                    place,
                    status: ReplyStatus::Value,
                    metadata: &[],
                    total: None,
                    body,
                }))
                .await;
            }
            Said::End => return,
            _ => {}
        }
    }
}

#[tokio::test]
async fn at_every_byte() {
    for endpoint in ["mem://", "tcp://127.0.0.1:0"] {
        let (bytes, hello) = session();
        for end in 0..=bytes.len() {
            in_time(async {
                let mut liar = Liar::new(endpoint).await;
                let client = liar.client(limits());
                let served = async {
                    let mut peer = liar.accept().await;
                    peer.hello().await;
                    peer.send(&bytes[..end.min(hello)]).await;
                    if end >= hello {
                        to_call(&mut peer).await;
                        peer.send(&bytes[hello..end]).await;
                    }
                    drop(peer);
                    // If the call was never sent, it is made again here; the second one is in any case.
                    loop {
                        honest(&mut liar).await;
                    }
                };
                let calls = async {
                    match client.name().await {
                        Ok(name) => assert!(name == "hello" && (end < hello || end == bytes.len()), "{end}"),
                        Err(error) => {
                            assert!(end >= hello, "{end}: {error}");
                            assert_eq!(
                                (error.code(), error.executed()),
                                (Code::Unavailable, Executed::Maybe),
                                "{error}"
                            );
                        }
                    }
                    assert_eq!(client.name().await.as_deref(), Ok("hello"));
                };
                tokio::select! {
                    () = calls => {}
                    () = served => {}
                }
            })
            .await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn whole_sessions_with_mistakes() {
    let mut random = Random::new();
    let (session, _) = session();
    for _ in 0..400 {
        let mut bytes = session.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes[at] ^= 1 << random.below(8),
                1 => bytes[at] = random.next() as u8,
                2 => bytes.insert(at, random.next() as u8),
                _ => drop(bytes.remove(at)),
            }
        }
        in_time(async {
            let mut liar = Liar::new("mem://").await;
            let client = liar.client(limits());
            let served = async {
                let mut peer = liar.accept().await;
                peer.send(&bytes).await;
                peer.shut().await;
                peer.gone().await;
                // Whatever else it tries.
                drop(peer);
                loop {
                    honest(&mut liar).await;
                }
            };
            let calls = async {
                let _any = client.name().await;
                let _any = client.name().await;
            };
            tokio::select! {
                () = calls => {}
                () = served => {}
            }
        })
        .await;
    }
}

#[tokio::test]
async fn with_many_calls_in_flight() {
    let mut random = Random::new();
    for _ in 0..50 {
        in_time(async {
            let mut liar = Liar::new("mem://").await;
            let client = liar.client(limits());
            // As many calls are on their way then as may be, and the others wait for a place.
            let reads = random.below(limits().max_calls);
            let (mut had, mut again) = (Vec::new(), Vec::new());
            let served = async {
                let mut peer = liar.greet().await;
                while had.len() < reads {
                    if let Said::Call { body, .. } = peer.said().await {
                        had.push(body);
                    }
                }
                drop(peer);
                let mut peer = liar.greet().await;
                loop {
                    if let Said::Call { place, body, .. } = peer.said().await {
                        let status = ReplyStatus::Value;
                        let value = Reply { place, status, metadata: &[], total: None, body: &[2] };
                        peer.frame(Frame::Reply(value)).await;
                        again.push(body);
                    }
                }
            };
            let calls = async {
                let results = futures::future::join_all((0..100).map(|number| client.add(number, 0))).await;
                // Connects again if no call was left over for that.
                assert_eq!(client.add(100, 0).await, Ok(1));
                results
            };
            let results = tokio::select! {
                results = calls => results,
                () = served => Vec::new(),
            };
            for body in &had {
                assert!(!again.contains(body), "a call that had arrived was sent again");
            }
            for error in results.into_iter().filter_map(Result::err) {
                assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::Maybe), "{error}");
            }
        })
        .await;
    }
}
