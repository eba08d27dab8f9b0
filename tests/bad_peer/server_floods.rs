//! Peers that send and send, and peers that never read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use farcall::Limits;
use rpc_core::wire::{Call, Frame};

use super::kit::{Peer, Said, ZooClient, call, in_time, limits, serve_with};

/// How much there was to read after `limits().write_timeout`, and how it ended.
async fn unread(bytes: &[u8]) -> Vec<u8> {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    // The server takes what it will; then its patience ends, and its last words time out.
    let patience = limits().write_timeout + Duration::from_secs(5);
    let sent = async {
        peer.send(bytes).await;
        std::future::pending::<()>().await;
    };
    let _took = tokio::time::timeout(patience, sent).await;
    peer.rest().await
}

fn frames(count: usize, frame: impl Fn(usize) -> Frame<'static>) -> Vec<u8> {
    let mut bytes = Vec::new();
    (0..count).for_each(|number| frame(number).encode(&mut bytes));
    bytes
}

/// What the pipe to the peer holds beside what the server does.
const PIPE: usize = 64 << 10;

#[tokio::test(start_paused = true)]
async fn a_million_pings_without_reading_are_answered_with_as_many_pongs_as_fit_on_the_way() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let pings = frames(10_000, |_| Frame::Ping(*b"pingping"));
    for _ in 0..100 {
        peer.send(&pings).await;
    }
    peer.frame(Frame::Ping(*b"the last")).await;
    let mut pongs = 0;
    loop {
        pongs += 1;
        match peer.said().await {
            Said::Pong(token) if &token == b"the last" => break,
            Said::Pong(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(pongs <= PIPE / 10 + 2, "{pongs} pongs");
}

#[tokio::test(start_paused = true)]
async fn no_more_than_one_pong_waits_behind_answers_that_are_not_read() {
    let (_server, endpoint, _) =
        serve_with("mem://", Limits { write_timeout: Duration::from_secs(1_000), ..limits() }).await;
    let mut peer = Peer::bound(&endpoint).await;
    // The way back is full.
    let size = [0x80, 0x80, 0x08];
    let calls: Vec<_> = (0..2).map(|place| Frame::Call(call(place, "fill", &size))).collect();
    peer.frames(&calls).await;
    for _ in 0..20_000 {
        peer.frame(Frame::Ping(*b"pingping")).await;
        tokio::task::yield_now().await;
    }
    let mut pongs = 0;
    let mut bytes = 0;
    while bytes < 256 << 10 {
        match peer.said().await {
            Said::Pong(_) => pongs += 1,
            Said::Chunk { data, .. } => bytes += data.len(),
            Said::Reply { body, .. } => bytes += body.len(),
            other => panic!("{other:?}"),
        }
    }
    assert!(pongs * 10 <= 64 << 10, "{pongs} pongs");
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_asks_and_never_reads_costs_max_outbound_and_is_closed() {
    let size = 12_000;
    let bytes = frames(64, |number| Frame::Call(call(u32::try_from(number).unwrap(), "fill", &[0xe0, 0x5d])));
    let left = unread(&bytes).await;
    assert!(left.len() <= PIPE + limits().max_outbound + 2 * (size + 48), "{} bytes waited", left.len());
}

#[tokio::test(start_paused = true)]
async fn answers_that_need_no_handler_are_bounded_too() {
    // Refused at once, each on a place of its own choice, again and again.
    let refused = |number: usize| {
        let place = u32::try_from(number % 64).unwrap();
        Frame::Call(Call { timeout: Some(0), ..call(place, "wait", &[]) })
    };
    let left = unread(&frames(2_000_000, refused)).await;
    assert!(left.len() <= PIPE + limits().max_outbound + (16 << 10), "{} bytes waited", left.len());
}

#[tokio::test(start_paused = true)]
async fn refusals_with_a_text_are_bounded_too() {
    let refused = |number: usize| {
        let place = u32::try_from(number % 64).unwrap();
        Frame::Call(Call { total: Some(1 << 40), ..call(place, "echo", &[]) })
    };
    let left = unread(&frames(1_000_000, refused)).await;
    assert!(left.len() <= PIPE + limits().max_outbound + (16 << 10), "{} bytes waited", left.len());
}

#[tokio::test]
async fn calls_that_had_to_wait_for_room_are_started_when_there_is_some() {
    // Answers of 200 KiB, and 64 KiB may wait: most calls are started only when others have been read.
    let (_server, endpoint, gauge) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let size = [0x80, 0xc0, 0x0c]; // 200 KiB
    in_time(async {
        for _ in 0..5 {
            let calls: Vec<_> = (0..64).map(|place| Frame::Call(call(place, "fill", &size))).collect();
            peer.frames(&calls).await;
            let mut read = 0;
            while read < 64 * ((200 << 10) + 3) {
                match peer.said().await {
                    Said::Chunk { data, .. } => read += data.len(),
                    Said::Reply { body, .. } => read += body.len(),
                    other => panic!("{other:?}"),
                }
            }
        }
    })
    .await;
    assert_eq!(gauge.begun(), 5 * 64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_healthy_client_is_served_while_others_flood() {
    static OVER: AtomicBool = AtomicBool::new(false);
    let (_server, endpoint, _) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let healthy = ZooClient::connect(&endpoint).await.unwrap();
    let mut floods = Vec::new();
    for kind in 0..4 {
        let endpoint = endpoint.clone();
        floods.push(tokio::spawn(async move {
            let pings = frames(1_000, |_| Frame::Ping([0; 8]));
            let asks =
                frames(64, |place| Frame::Call(call(u32::try_from(place).unwrap(), "fill", &[0xe0, 0x5d])));
            let cancels = frames(1_000, |_| Frame::Cancel { place: 7 });
            while !OVER.load(Ordering::Relaxed) {
                let mut peer = Peer::bound(&endpoint).await;
                for _ in 0..100 {
                    match kind {
                        0 => peer.send(&pings).await,
                        1 => peer.send(&asks).await,
                        2 => peer.send(&cancels).await,
                        _ => peer.send(&[0]).await,
                    }
                    if OVER.load(Ordering::Relaxed) {
                        return;
                    }
                }
            }
        }));
    }
    in_time(async {
        for number in 0..50 {
            assert_eq!(healthy.add(number, 1).await, Ok(number + 1));
        }
    })
    .await;
    OVER.store(true, Ordering::Relaxed);
    for flood in floods {
        flood.abort();
    }
}
