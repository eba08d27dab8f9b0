//! Calls in chunks.

use rpc_core::wire::{Chunk, Frame, ReplyStatus};

use super::kit::{Peer, call, chunked, in_time, limits, serve};

fn chunk(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallChunk(Chunk { place, data })
}

async fn peer() -> (farcall::RunningServer, Peer) {
    let (server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let peer = Peer::bound(&endpoint).await;
    (server, peer)
}

async fn close_for(frames: &[Frame<'_>]) -> (u64, String) {
    let (_server, mut peer) = peer().await;
    peer.frames(frames).await;
    in_time(peer.close()).await
}

const PART: [u8; 4_096] = [0; 4_096];

#[tokio::test]
async fn a_chunk_without_a_call_too_small_a_chunk_and_one_beyond_the_total_close() {
    assert_eq!(close_for(&[chunk(0, &PART)]).await.0, 7);
    assert_eq!(close_for(&[Frame::Call(call(0, "wait", &[])), chunk(0, &PART)]).await.0, 7);
    let begun = || Frame::Call(chunked(0, "echo", 10_000, &[]));
    for small in [0, 1, 4_095] {
        let (code, text) = close_for(&[begun(), chunk(0, &PART[..small])]).await;
        assert_eq!(code, 7, "{text}");
    }
    assert_eq!(close_for(&[begun(), chunk(0, &PART), chunk(0, &PART), chunk(0, &PART)]).await.0, 7);
    // A total that is not longer than the first part is no total.
    assert_eq!(close_for(&[Frame::Call(chunked(0, "echo", 2, &[1, 2]))]).await.0, 4);
}

#[tokio::test]
async fn too_many_at_once_close() {
    let frames: Vec<_> = (0..=4).map(|place| Frame::Call(chunked(place, "echo", 10_000, &[]))).collect();
    assert_eq!(limits().max_assembling, 4);
    let (code, text) = close_for(&frames).await;
    assert_eq!(code, 8);
    assert!(text.contains("max_assembling"), "{text}");
}

#[tokio::test]
async fn a_total_above_max_message_refuses_the_call_and_its_place_is_free_again() {
    let (_server, mut peer) = peer().await;
    for total in [limits().max_message as u64 + 1, 1 << 40, u64::MAX] {
        peer.frame(Frame::Call(chunked(9, "echo", total, &PART))).await;
        let (reason, text) = in_time(peer.refusal(9)).await;
        assert_eq!(reason, 8);
        assert!(text.contains("max_message"), "{text}");
        // Chunks on the way are ignored, whatever their size.
        peer.frames(&[chunk(9, &PART), chunk(9, &[]), chunk(9, &[1, 2, 3])]).await;
        peer.frame(Frame::Call(call(9, "add", &[2, 4]))).await;
        assert_eq!(in_time(peer.reply(9)).await, (ReplyStatus::Value, vec![6]));
    }
}

#[tokio::test]
async fn after_a_cancel_the_call_is_answered_at_once_and_late_chunks_are_ignored() {
    let (_server, mut peer) = peer().await;
    for _ in 0..100 {
        peer.frames(&[
            Frame::Call(chunked(2, "echo", 100_000, &[])),
            chunk(2, &PART),
            Frame::Cancel { place: 2 },
        ])
        .await;
        assert_eq!(in_time(peer.refusal(2)).await.0, 10);
        peer.frames(&[chunk(2, &PART), chunk(2, &PART), Frame::Cancel { place: 2 }]).await;
    }
    // None of them counts as begun any more.
    let mut body = Vec::new();
    rpc_core::wire::varint::encode(9_000, &mut body);
    body.resize(body.len() + 9_000, 5);
    let (first, rest) = body.split_at(1_000);
    for place in 0..4 {
        peer.frame(Frame::Call(chunked(place, "echo", body.len() as u64, first))).await;
    }
    for place in 0..4 {
        peer.frames(&[chunk(place, &rest[..5_000]), chunk(place, &rest[5_000..])]).await;
        assert_eq!(in_time(peer.reply(place)).await, (ReplyStatus::Value, body.clone()));
    }
}

#[tokio::test]
async fn a_place_that_waits_for_chunks_is_taken() {
    let begun = Frame::Call(chunked(1, "echo", 10_000, &[]));
    let (code, text) = close_for(&[begun, Frame::Call(call(1, "name", &[]))]).await;
    assert_eq!(code, 6, "{text}");
}
