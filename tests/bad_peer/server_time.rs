//! Peers that take their time. The clock is tokio's, paused: it jumps to what comes next.

use std::time::Duration;

use farcall::Limits;
use rpc_core::wire::{Chunk, Frame, Hello};
use tokio::time::{Instant, sleep};

use super::kit::{Peer, Said, call, chunked, hello, hello_bytes, limits, serve_with};

/// `then` ends the connection after `expected`, with code 12 and a text with `words`.
async fn closed_after(peer: &mut Peer, begun: Instant, expected: Duration, words: &str) {
    let (code, text) = peer.close().await;
    assert_eq!(code, 12, "{text}");
    assert!(text.contains(words), "{text}");
    about(begun.elapsed(), expected);
}

fn about(time: Duration, expected: Duration) {
    assert!(time >= expected && time < expected + Duration::from_secs(2), "{time:?}, expected {expected:?}");
}

#[tokio::test(start_paused = true)]
async fn silence_before_the_hello() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let begun = Instant::now();
    let mut silent = Peer::silent(&endpoint).await;
    assert_eq!(silent.rest().await, b"");
    about(begun.elapsed(), limits().hello_timeout);

    let begun = Instant::now();
    let mut half = Peer::silent(&endpoint).await;
    half.send(&hello_bytes(&hello())[..15]).await;
    half.hello().await;
    closed_after(&mut half, begun, limits().hello_timeout, "hello_timeout").await;
}

#[tokio::test(start_paused = true)]
async fn one_byte_of_the_hello_a_second() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let begun = Instant::now();
    let mut slow = Peer::silent(&endpoint).await;
    for byte in hello_bytes(&hello()) {
        slow.send(&[byte]).await;
        sleep(Duration::from_secs(1)).await;
        if begun.elapsed() > limits().hello_timeout + Duration::from_secs(3) {
            break;
        }
    }
    assert_eq!(slow.rest().await, b"", "the magic was not whole");
}

#[tokio::test(start_paused = true)]
async fn one_byte_of_a_frame_every_ten_seconds() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut slow = Peer::bound(&endpoint).await;
    let begun = Instant::now();
    slow.send(&[0x80, 0x80, 0x01]).await;
    for _ in 0..2 {
        sleep(Duration::from_secs(10)).await;
        slow.send(&[0x80]).await;
    }
    closed_after(&mut slow, begun, limits().frame_timeout, "frame_timeout").await;
}

#[tokio::test(start_paused = true)]
async fn frames_that_are_whole_now_and_then_are_slow_but_allowed() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut slow = Peer::bound(&endpoint).await;
    let mut ping = Vec::new();
    Frame::Ping(*b"slowslow").encode(&mut ping);
    for _ in 0..10 {
        for byte in &ping {
            sleep(Duration::from_secs(2)).await;
            slow.send(&[*byte]).await;
        }
        assert_eq!(slow.said().await, Said::Pong(*b"slowslow"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_in_chunks_that_stands_still() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut slow = Peer::bound(&endpoint).await;
    slow.frame(Frame::Call(chunked(0, "echo", 10_000, &[]))).await;
    sleep(Duration::from_secs(20)).await;
    slow.frame(Frame::CallChunk(Chunk { place: 0, data: &[0; 5_000] })).await;
    let begun = Instant::now();
    // Other frames are no excuse.
    sleep(Duration::from_secs(15)).await;
    slow.frame(Frame::Call(call(1, "name", &[]))).await;
    closed_after(&mut slow, begun, limits().frame_timeout, "frame_timeout").await;
}

/// Long chunks, each of which comes in two halves, `pause` apart; the last one breaks off in its middle.
async fn long_chunks(slow: &mut Peer, pause: Duration, whole: usize) {
    let data = vec![0; LONG_CHUNK];
    for number in 0..=whole {
        let mut bytes = Vec::new();
        Frame::CallChunk(Chunk { place: 0, data: &data }).encode(&mut bytes);
        let (one, other) = bytes.split_at(bytes.len() / 2);
        sleep(pause).await;
        slow.send(one).await;
        if number < whole {
            sleep(pause).await;
            slow.send(other).await;
        }
    }
}

const LONG_CHUNK: usize = 30_000;

/// What is read to where it stays is longer than the smallest `max_frame`.
fn long_frames() -> Limits {
    Limits { max_frame: 64 << 10, ..limits() }
}

#[tokio::test(start_paused = true)]
async fn long_chunks_that_keep_coming_are_slow_but_allowed() {
    let (_server, endpoint, _) = serve_with("mem://", long_frames()).await;
    let mut slow = Peer::bound(&endpoint).await;
    let pause = limits().frame_timeout / 2 - Duration::from_secs(1);
    slow.frame(Frame::Call(chunked(0, "name", 7 * LONG_CHUNK as u64 + 1, &[]))).await;
    long_chunks(&mut slow, pause, 6).await;
    // They came in ten times the frame_timeout, and the connection still serves others.
    let mut rest = Vec::new();
    Frame::CallChunk(Chunk { place: 0, data: &vec![0; LONG_CHUNK] }).encode(&mut rest);
    slow.send(&rest[rest.len() / 2..]).await;
    slow.frame(Frame::CallChunk(Chunk { place: 0, data: &[0] })).await;
    // That was no argument of this method; what counts is that all of it was taken.
    assert!(matches!(slow.said().await, Said::Reply { place: 0, .. }));
}

#[tokio::test(start_paused = true)]
async fn a_long_chunk_that_stands_still() {
    let (_server, endpoint, _) = serve_with("mem://", long_frames()).await;
    let mut slow = Peer::bound(&endpoint).await;
    let pause = limits().frame_timeout / 2 - Duration::from_secs(1);
    slow.frame(Frame::Call(chunked(0, "name", 9 * LONG_CHUNK as u64, &[]))).await;
    long_chunks(&mut slow, pause, 3).await;
    let begun = Instant::now();
    closed_after(&mut slow, begun, limits().frame_timeout, "frame_timeout").await;
}

#[tokio::test(start_paused = true)]
async fn an_idle_connection_is_asked_for_a_sign_of_life() {
    let (_server, endpoint, _) = serve_with("mem://", limits()).await;
    let mut idle = Peer::greeted(&endpoint).await;
    let interval = limits().keepalive_interval * 6;
    for _ in 0..3 {
        let begun = Instant::now();
        assert_eq!(idle.said().await, Said::Ping);
        about(begun.elapsed(), interval);
        idle.frame(Frame::Pong([0; 8])).await;
    }
    let begun = Instant::now();
    closed_after(&mut idle, begun, interval + limits().keepalive_timeout, "keepalive_timeout").await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_takes() {
    let (_server, endpoint, gauge) = serve_with("mem://", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let calls: Vec<_> = (0..60).map(|place| Frame::Call(call(place, "fill", &[0x80, 0x80, 0x08]))).collect();
    peer.frames(&calls).await;
    peer.frame(Frame::Call(call(60, "wait", &[]))).await;
    // One second beyond are its last words.
    sleep(limits().write_timeout + Duration::from_secs(2)).await;
    assert_eq!(gauge.now(), 0);
    peer.send(&Hello::MAGIC).await;
    let left = peer.rest().await.len();
    assert!(left < 300 << 10, "{left} bytes were kept");
}
