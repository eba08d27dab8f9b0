//! Call and cancel, for ever: cancelling is no offence, and no way around `max_calls`.

use rpc_core::wire::{Frame, ReplyStatus};

use super::kit::{Peer, Said, ZooClient, call, in_time, limits, serve_with};

/// Calls on all places, half of which are cancelled when the other half is called, as fast as the server answers.
/// `at_once`: a Cancel follows right behind its Call, so that most handlers are never begun.
async fn cancel_rapidly(method: &str, pairs: usize, at_once: bool) {
    let (_server, endpoint, gauge) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let healthy = ZooClient::connect(&endpoint).await.unwrap();
    let mut peer = Peer::bound(&endpoint).await;
    let max = u32::try_from(limits().max_calls).unwrap();
    let mut halves = [0..max / 2, max / 2..max];
    let mut free = vec![true; limits().max_calls];
    let mut answered = 0;
    while answered < pairs {
        let mut bytes = Vec::new();
        for place in halves[0].clone() {
            assert!(std::mem::take(&mut free[place as usize]));
            Frame::Call(call(place, method, &[])).encode(&mut bytes);
            if at_once {
                Frame::Cancel { place }.encode(&mut bytes);
            }
        }
        for place in halves[1].clone() {
            Frame::Cancel { place }.encode(&mut bytes);
        }
        peer.send(&bytes).await;
        while !halves[1].clone().all(|place| free[place as usize]) {
            match in_time(peer.said()).await {
                Said::Reply { place, .. } => {
                    assert!(!std::mem::replace(&mut free[place as usize], true), "answered twice");
                    answered += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        halves.swap(0, 1);
    }
    assert!(gauge.most() <= limits().max_calls, "{} handlers at once", gauge.most());
    assert_eq!(in_time(healthy.add(20, 22)).await, Ok(42));
    println!("{answered} pairs, {} handlers begun, {} at once at most", gauge.begun(), gauge.most());
    assert!(at_once || gauge.begun() >= pairs / 2, "{} handlers begun", gauge.begun());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_thousand_pairs() {
    cancel_rapidly("wait", 200_000, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_thousand_pairs_of_a_handler_at_work() {
    cancel_rapidly("wait", 200_000, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_thousand_pairs_of_a_handler_that_ignores_it() {
    cancel_rapidly("stubborn", 200_000, false).await;
}

#[tokio::test]
async fn a_cancel_for_a_free_place_or_one_that_never_was_is_ignored() {
    let (_server, endpoint, _) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    for place in [0, 1, 63, 64, 1_000_000, u32::MAX >> 1] {
        peer.frame(Frame::Cancel { place }).await;
    }
    peer.frame(Frame::Call(call(0, "add", &[2, 2]))).await;
    assert_eq!(in_time(peer.reply(0)).await, (ReplyStatus::Value, vec![4]));
    for _ in 0..10_000 {
        peer.frame(Frame::Cancel { place: 0 }).await;
    }
    in_time(peer.settle()).await;
}

#[tokio::test]
async fn a_running_handler_is_dropped_and_its_call_answered_once() {
    let (_server, endpoint, gauge) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    for _ in 0..100 {
        peer.frame(Frame::Call(call(5, "wait", &[]))).await;
        in_time(peer.settle()).await;
        assert_eq!(gauge.now(), 1);
        peer.frames(&[Frame::Cancel { place: 5 }, Frame::Cancel { place: 5 }]).await;
        let (status, _) = in_time(peer.reply(5)).await;
        assert_eq!(status, ReplyStatus::Failed);
        assert_eq!(gauge.now(), 0);
    }
    peer.frame(Frame::Ping(*b"no more?")).await;
    assert_eq!(in_time(peer.said()).await, Said::Pong(*b"no more?"));
}

#[tokio::test]
async fn a_reply_in_chunks_is_broken_off() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let size = [0x80, 0xd0, 0x0f]; // 250 KiB: more than the way and the buffer before it hold.
    let mut resets = 0;
    for _ in 0..50 {
        let all: Vec<_> = (0..20).map(|place| Frame::Call(call(place, "fill", &size))).collect();
        peer.frames(&all).await;
        // Some have begun by then, and the way to the peer is full.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        let cancels: Vec<_> = (0..20).map(|place| Frame::Cancel { place }).collect();
        peer.frames(&cancels).await;
        let mut left = [None; 20];
        while left.iter().any(|left| *left != Some(0)) {
            match in_time(peer.said()).await {
                Said::Reply { place, body, total, .. } => {
                    let missing = total.map_or(0, |total| total - body.len() as u64);
                    assert_eq!(left[place as usize].replace(missing), None);
                }
                Said::Chunk { place, data } => *left[place as usize].as_mut().unwrap() -= data.len() as u64,
                Said::Reset { place } => {
                    resets += 1;
                    assert_ne!(left[place as usize].replace(0), Some(0));
                }
                other => panic!("{other:?}"),
            }
        }
    }
    println!("{resets} of 1,000 broken off");
    assert!(resets > 0);
    in_time(peer.settle()).await;
}

#[tokio::test]
async fn handlers_end_with_their_connection() {
    let (_server, endpoint, gauge) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let all: Vec<_> = (0..64).map(|place| Frame::Call(call(place, "wait", &[]))).collect();
    peer.frames(&all).await;
    in_time(peer.settle()).await;
    assert_eq!(gauge.now(), 64);
    drop(peer);
    in_time(async {
        while gauge.now() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
