//! Callers that break the rules of streams, against a real server: each ends the connection, and no more than that.

use std::time::Duration;

use farcall::Limits;
use rpc_core::wire::{Call, Chunk, Credit, End, EndStatus, Frame, Item, Reply, ReplyStatus};
use tokio::time::{Instant, sleep};

use super::kit::{
    BrookClient, Peer, Said, begin, brook_call, brook_peer, brook_peer_as, credit, end, hello, in_time, item,
    limits, narrow, part, serve_brook,
};

/// With which code the server closes when it is sent `frames`. Others on their own connections do not notice.
async fn close_for(frames: &[Frame<'_>]) -> (u64, String) {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let healthy = BrookClient::connect(&endpoint).await.unwrap();
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(frames).await;
    let close = in_time(peer.close()).await;
    assert_eq!(in_time(healthy.add(20, 22)).await, Ok(42));
    in_time(async {
        while gauge.now() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    close
}

const STREAM: u64 = 14;

/// A part that is long enough.
const PART: &[u8] = &[0; 8_192];

#[tokio::test]
async fn items_above_the_credit() {
    let mut frames = vec![begin(0, "hold", &[])];
    frames.extend((0..64).map(|_| item(0, &[])));
    let (_server, endpoint, _) = serve_brook("mem://", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&frames).await;
    in_time(peer.settle()).await;
    frames.push(item(0, &[]));
    let (code, text) = close_for(&frames).await;
    assert_eq!(code, STREAM, "{text}");
}

#[tokio::test]
async fn bytes_above_the_credit() {
    // Seven items of 9,000 bytes, one of 2,535: one byte is left, and lets one more begin.
    let filled = || {
        let mut frames = vec![begin(0, "hold", &[])];
        frames.extend((0..7).map(|_| item(0, &[0; 9_000])));
        frames.extend([item(0, &[0; 2_535]), part(0, PART), item(0, PART)]);
        frames
    };
    let (_server, endpoint, _) = serve_brook("mem://", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&filled()).await;
    in_time(peer.settle()).await;
    for next in [item(0, &[]), item(0, &[1]), part(0, PART)] {
        let mut frames = filled();
        frames.push(next);
        let (code, text) = close_for(&frames).await;
        assert_eq!(code, STREAM, "{text}");
    }
}

#[tokio::test]
async fn credit_of_more_than_2_to_the_62() {
    let most = 1 << 62;
    for frames in [
        vec![credit(0, most, 0)],
        vec![credit(0, 0, most)],
        vec![credit(0, most - 64, 0), credit(0, 1, 0)],
        vec![credit(0, 0, most - 65_536), credit(0, 0, 1)],
    ] {
        let mut frames = frames;
        frames.insert(0, begin(0, "silent", &[]));
        let (code, text) = close_for(&frames).await;
        assert_eq!(code, STREAM, "{text}");
    }
    for (items, bytes) in [(most + 1, 0), (0, most + 1), (u64::MAX, u64::MAX)] {
        let (code, text) = close_for(&[begin(0, "silent", &[]), credit(0, items, bytes)]).await;
        assert_eq!(code, 4, "{text}");
    }
}

#[tokio::test]
async fn as_much_credit_as_there_is() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    let most = 1 << 62;
    peer.frames(&[begin(0, "numbers", &[0xa0, 0x1f]), credit(0, most - 64, most - 65_536)]).await;
    let mut items = 0;
    in_time(async {
        while !matches!(peer.said().await, Said::Ended { status: EndStatus::Clean, .. }) {
            items += 1;
        }
    })
    .await;
    assert_eq!(items, 1 + 4_000, "the opening and the items");
}

#[tokio::test]
async fn an_item_behind_an_end_and_a_second_end() {
    for next in [item(0, &[1]), part(0, PART), end(0, EndStatus::Clean, &[]), end(0, EndStatus::Dropped, &[])]
    {
        let (code, text) = close_for(&[begin(0, "hold", &[]), end(0, EndStatus::Clean, &[]), next]).await;
        assert_eq!(code, STREAM, "{text}");
    }
}

#[tokio::test]
async fn an_end_in_the_middle_of_an_item() {
    let (code, text) =
        close_for(&[begin(0, "hold", &[]), part(0, PART), end(0, EndStatus::Clean, &[])]).await;
    assert_eq!(code, STREAM, "{text}");
}

#[tokio::test]
async fn stream_frames_without_a_call() {
    for frame in [item(3, &[1]), part(3, PART), end(3, EndStatus::Clean, &[]), item(u32::MAX >> 1, &[])] {
        let (code, text) = close_for(&[frame]).await;
        assert_eq!(code, STREAM, "{text}");
    }
}

#[tokio::test]
async fn stream_frames_for_a_unary_call() {
    for frame in [item(0, &[1]), part(0, PART), end(0, EndStatus::Clean, &[])] {
        let (code, text) = close_for(&[begin(0, "wait", &[]), frame]).await;
        assert_eq!(code, STREAM, "{text}");
    }
}

#[tokio::test]
async fn items_before_the_last_byte_of_the_call() {
    let begun = Call { total: Some(10_000), ..brook_call(0, "hold", &[]) };
    let (code, text) = close_for(&[Frame::Call(begun), item(0, &[1])]).await;
    assert_eq!(code, STREAM, "{text}");
}

#[tokio::test]
async fn too_small_a_part() {
    for small in [0, 1, 4_095] {
        let (code, text) = close_for(&[begin(0, "hold", &[]), part(0, &PART[..small])]).await;
        assert!(matches!(code, 7 | STREAM), "{code}: {text}");
        let (code, text) = close_for(&[begin(0, "hold", &[]), part(0, PART), part(0, &PART[..small])]).await;
        assert!(matches!(code, 7 | STREAM), "{code}: {text}");
    }
    // The least, and a last part of nothing.
    let (_server, endpoint, _) = serve_brook("mem://", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&[begin(0, "hold", &[]), part(0, &PART[..4_096]), item(0, &[]), item(0, &[1])]).await;
    in_time(peer.settle()).await;
}

#[tokio::test]
async fn too_many_incomplete_items() {
    assert_eq!(limits().max_assembling, 4);
    let mut frames: Vec<_> = (0..5).map(|place| begin(place, "hold", &[])).collect();
    frames.extend((0..5).map(|place| part(place, PART)));
    let (code, text) = close_for(&frames).await;
    assert_eq!(code, 8, "{text}");
    assert!(text.contains("max_assembling"), "{text}");
    // Calls in chunks count with them.
    let mut frames: Vec<_> = (0..4).map(|place| begin(place, "hold", &[])).collect();
    frames.extend((0..4).map(|place| part(place, PART)));
    frames.push(Frame::Call(Call { total: Some(10_000), ..brook_call(4, "hold", &[]) }));
    assert_eq!(close_for(&frames).await.0, 8);
}

#[tokio::test]
async fn as_many_incomplete_items_as_allowed() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    for _ in 0..20 {
        let mut frames: Vec<_> = (0..4).map(|place| begin(place, "lengths", &[])).collect();
        // Blocks of 16,384 bytes, whose length takes three.
        let head: &[u8] = [&[0x80, 0x80, 0x01][..], PART].concat().leak();
        frames.extend((0..4).map(|place| part(place, head)));
        frames.extend((0..4).map(|place| item(place, PART)));
        frames.extend((0..4).map(|place| end(place, EndStatus::Clean, &[])));
        peer.frames(&frames).await;
        let mut left = 4;
        while left > 0 {
            match in_time(peer.said()).await {
                Said::Reply { status: ReplyStatus::Value, body, .. } => {
                    assert_eq!(body, [1, 0x80, 0x80, 0x01]);
                    left -= 1;
                }
                Said::Credit { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_item_that_stands_still() {
    let (_server, endpoint, gauge) = serve_brook("mem://", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&[begin(0, "hold", &[]), part(0, PART)]).await;
    sleep(Duration::from_secs(20)).await;
    peer.frame(part(0, PART)).await;
    let begun = Instant::now();
    // Other frames are no excuse, nor are other items.
    sleep(Duration::from_secs(15)).await;
    peer.frames(&[begin(1, "hold", &[]), item(1, &[1])]).await;
    let (code, text) = peer.close().await;
    assert_eq!(code, 12, "{text}");
    assert!(text.contains("frame_timeout"), "{text}");
    let time = begun.elapsed();
    assert!(time >= limits().frame_timeout && time < limits().frame_timeout * 2, "{time:?}");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(gauge.now(), 0);
}

#[tokio::test]
async fn frames_of_the_other_side() {
    let data = &[1][..];
    let others = [
        Frame::ReplyItem(Item { place: 0, more: false, data }),
        Frame::ReplyEnd(End { place: 0, status: EndStatus::Clean, body: &[] }),
        Frame::Reply(Reply { place: 0, status: ReplyStatus::Opened, metadata: &[], total: None, body: &[] }),
        Frame::ReplyCredit { stream: 0, credit: Credit { place: 0, items: 1, bytes: 1 } },
    ];
    for frame in others {
        let kind = frame.kind();
        let (code, text) = close_for(&[begin(0, "echo", &[]), frame]).await;
        assert!(matches!(code, 10 | STREAM), "kind {kind:#x}: {code}: {text}");
    }
}

#[tokio::test]
async fn stream_frames_when_the_feature_is_off() {
    let frames = [
        item(0, &[1]),
        end(0, EndStatus::Clean, &[]),
        credit(0, 1, 1),
        Frame::ReplyItem(Item { place: 0, more: false, data: &[1] }),
        Frame::ReplyEnd(End { place: 0, status: EndStatus::Clean, body: &[] }),
        Frame::ReplyCredit { stream: 0, credit: Credit { place: 0, items: 1, bytes: 1 } },
    ];
    for frame in frames {
        let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
        let mut peer = brook_peer_as(&endpoint, &hello()).await;
        peer.frames(&[begin(0, "wait", &[]), frame]).await;
        let (code, text) = in_time(peer.close()).await;
        assert_eq!(code, 11, "{text}");
    }
}

#[tokio::test]
async fn a_call_with_streams_when_the_feature_is_off() {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    for method in ["silent", "hold", "echo", "never"] {
        let mut peer = brook_peer_as(&endpoint, &hello()).await;
        peer.frame(begin(0, method, &[])).await;
        // Refused or closed, but nothing is begun that could not be ended.
        match in_time(peer.said()).await {
            Said::Reply { status: ReplyStatus::Refused, .. } => in_time(peer.settle()).await,
            Said::Close { code: 11, .. } => {}
            other => panic!("{method}: {other:?}"),
        }
    }
    assert_eq!(gauge.begun(), 0);
}

#[tokio::test]
async fn a_place_with_an_open_stream_is_taken() {
    for second in ["add", "silent", "hold"] {
        let frames = [begin(0, "silent", &[]), begin(0, second, &[2, 4])];
        let (code, text) = close_for(&frames).await;
        assert_eq!(code, 6, "{text}");
    }
    let chunk = Frame::CallChunk(Chunk { place: 0, data: PART });
    assert_eq!(close_for(&[begin(0, "hold", &[]), chunk]).await.0, 7);
}

#[tokio::test]
async fn open_streams_count_among_max_calls() {
    let most = u32::try_from(Limits::FLOOR_CALLS).unwrap();
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    let all: Vec<_> = (0..most).map(|place| begin(place, "silent", &[])).collect();
    peer.frames(&all).await;
    in_time(async {
        while gauge.now() < limits().max_calls {
            tokio::task::yield_now().await;
        }
    })
    .await;
    peer.frame(begin(most, "silent", &[])).await;
    let (code, text) = in_time(peer.close()).await;
    assert_eq!(code, 6, "{text}");
}

#[tokio::test]
async fn a_peer_that_goes_in_the_middle_of_everything() {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    for _ in 0..20 {
        let mut peer: Peer = brook_peer(&endpoint).await;
        let mut frames = vec![begin(0, "hold", &[]), begin(1, "echo", &[]), begin(2, "silent", &[])];
        frames.extend([
            begin(3, "sum", &[]),
            begin(4, "never", &[]),
            begin(5, "numbers", &[0xff, 0xff, 0x03]),
        ]);
        frames.extend([item(3, &[1]), item(1, &[1, 7]), part(0, PART), part(1, PART)]);
        peer.frames(&frames).await;
        in_time(peer.settle()).await;
        assert_eq!(gauge.now(), 6);
        drop(peer);
        in_time(async {
            while gauge.now() > 0 {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}
