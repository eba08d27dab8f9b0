//! Streams that fail one call: the connection and its other calls go on.

use farcall::{Code, Limits};
use rpc_core::wire::{Call, EndStatus, Frame, Item, ReplyStatus};

use super::kit::{
    Peer, Said, begin, brook_call, brook_peer, credit, end, in_time, item, limits, narrow, part, serve_brook,
};

const PART: &[u8] = &[0; 8_192];

/// Code and text of an `RpcError` on the wire.
fn failure(body: &[u8]) -> (Code, String) {
    let length =
        usize::from(body[2] & 0x7f) | if body[2] & 0x80 != 0 { usize::from(body[3]) << 7 } else { 0 };
    let text = &body[if body[2] & 0x80 != 0 { 4 } else { 3 }..][..length];
    (Code::from_number(body[0]), String::from_utf8(text.to_vec()).unwrap())
}

/// How the call on place 7 fails, beside another one that goes through before and after.
async fn fails_with(frames: &[Frame<'_>]) -> (Code, String) {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&[begin(3, "sum", &[]), item(3, &[1])]).await;
    peer.frames(frames).await;
    let (status, body) = in_time(peer.reply(7)).await;
    assert_eq!(status, ReplyStatus::Failed, "{body:?}");
    if body[1] == 0 {
        assert_eq!(gauge.begun(), 1, "what has begun was executed");
    }
    peer.frames(&[item(3, &[2]), end(3, EndStatus::Clean, &[])]).await;
    assert_eq!(in_time(peer.reply(3)).await, (ReplyStatus::Value, vec![3]));
    assert_eq!(gauge.now(), 0);
    // What is still on its way is ignored, up to the next call on that place.
    peer.frames(&[item(7, &[1]), item(7, PART), end(7, EndStatus::Clean, &[])]).await;
    works(&mut peer, 7).await;
    failure(&body)
}

/// The connection and the place are usable.
async fn works(peer: &mut Peer, place: u32) {
    peer.frame(Frame::Call(brook_call(place, "add", &[2, 4]))).await;
    assert_eq!(in_time(peer.reply(place)).await, (ReplyStatus::Value, vec![6]));
    peer.frames(&[begin(place, "sum", &[]), item(place, &[5]), end(place, EndStatus::Clean, &[])]).await;
    assert_eq!(in_time(peer.reply(place)).await, (ReplyStatus::Value, vec![5]));
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded() {
    for bad in [&[][..], &[0xff; 11], &[0x80, 0x00], &[1, 2]] {
        let (code, text) = fails_with(&[begin(7, "sum", &[]), item(7, &[1]), item(7, bad)]).await;
        assert_eq!(code, Code::InvalidArgument, "{text}");
        assert!(text.contains("Brook.sum"), "{text}");
    }
}

#[tokio::test]
async fn a_stream_that_the_method_does_not_have() {
    for stream in [1, 2, 1_000, u32::MAX >> 1] {
        let other = Frame::CallItem { stream, item: Item { place: 7, more: false, data: &[1] } };
        let (code, text) = fails_with(&[begin(7, "hold", &[]), other]).await;
        assert_eq!(code, Code::InvalidArgument, "{text}");
    }
}

#[tokio::test]
async fn an_item_longer_than_max_message() {
    let parts = limits().max_message / PART.len() + 1;
    let mut frames = vec![begin(7, "hold", &[])];
    frames.extend((0..parts).map(|_| part(7, PART)));
    let (code, text) = fails_with(&frames).await;
    assert_eq!(code, Code::ResourceExhausted, "{text}");
    assert!(text.contains("max_message"), "{text}");
}

#[tokio::test]
async fn an_item_as_long_as_max_message() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    let mut whole = Vec::new();
    rpc_core::wire::varint::encode(limits().max_message as u64 - 3, &mut whole);
    whole.resize(limits().max_message, 7);
    peer.frame(begin(0, "lengths", &[])).await;
    for data in whole.chunks(8_192).take(31) {
        peer.frame(part(0, data)).await;
    }
    peer.frames(&[item(0, &whole[31 * 8_192..]), end(0, EndStatus::Clean, &[])]).await;
    let (status, body) = in_time(peer.reply(0)).await;
    assert_eq!((status, body), (ReplyStatus::Value, vec![1, 0xfd, 0xff, 0x0f]));
}

#[tokio::test]
async fn an_end_that_is_no_clean_one() {
    let bad_errors: [(EndStatus, &[u8]); 5] = [
        (EndStatus::Dropped, &[]),
        // No error type, and errors that cannot be decoded.
        (EndStatus::AppError, &[0]),
        (EndStatus::Failed, &[]),
        (EndStatus::Failed, &[0xff; 40]),
        (EndStatus::Failed, &[5, 2, 2, b'n', b'o', 0]),
    ];
    for (status, body) in bad_errors {
        let (_, text) = fails_with(&[begin(7, "sum", &[]), item(7, &[1]), end(7, status, body)]).await;
        assert!(!text.is_empty());
    }
    for body in [&[][..], &[9], &[0, 0]] {
        let (_, text) = fails_with(&[begin(7, "check", &[]), end(7, EndStatus::AppError, body)]).await;
        assert!(text.contains("Brook.check"), "{text}");
    }
}

#[tokio::test]
async fn an_error_of_the_streams_own_type() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&[begin(0, "check", &[]), item(0, &[1]), end(0, EndStatus::AppError, &[0])]).await;
    assert_eq!(in_time(peer.reply(0)).await, (ReplyStatus::AppError, vec![0]));
    // A value stream has none, and neither has one of results a value behind it.
    peer.frames(&[begin(0, "check", &[]), item(0, &[1]), end(0, EndStatus::Clean, &[])]).await;
    assert_eq!(in_time(peer.reply(0)).await, (ReplyStatus::Value, vec![1]));
}

/// What has been said of the call on `place` up to its end.
async fn to_its_end(peer: &mut Peer, place: u32) -> Said {
    loop {
        match in_time(peer.said()).await {
            Said::Reply { status: ReplyStatus::Opened, .. } | Said::Item { .. } | Said::Credit { .. } => {}
            end @ (Said::Reply { .. } | Said::Ended { .. } | Said::Reset { .. }) => {
                assert!(
                    matches!(&end, Said::Reply { place: of, .. } | Said::Ended { place: of, .. } | Said::Reset { place: of } if *of == place)
                );
                return end;
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_cancel_in_every_state() {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    let chunked = Frame::Call(Call { total: Some(10_000), ..brook_call(2, "hold", &[]) });
    let states: Vec<Vec<Frame<'_>>> = vec![
        vec![begin(2, "silent", &[])],
        vec![begin(2, "never", &[])],
        vec![begin(2, "hold", &[])],
        vec![begin(2, "hold", &[]), item(2, &[1]), part(2, PART)],
        vec![begin(2, "hold", &[]), end(2, EndStatus::Clean, &[])],
        vec![begin(2, "numbers", &[0xff, 0xff, 0x03])],
        vec![begin(2, "numbers", &[0])],
        vec![begin(2, "numbers", &[0xff, 0xff, 0x03]), credit(2, 1_000, 0)],
        vec![begin(2, "blocks", &[10, 0xa0, 0x8d, 0x06]), credit(2, 10, 1 << 20)],
        vec![begin(2, "echo", &[]), item(2, &[1, 7]), part(2, PART)],
        vec![begin(2, "sum", &[]), item(2, &[1]), end(2, EndStatus::Clean, &[])],
        vec![begin(2, "sum", &[]), item(2, &[0xff; 11])],
        vec![chunked],
    ];
    for (number, state) in states.iter().enumerate() {
        for waits in [false, true] {
            for _ in 0..10 {
                peer.frames(state).await;
                if waits {
                    tokio::task::yield_now().await;
                }
                peer.frames(&[Frame::Cancel { place: 2 }, Frame::Cancel { place: 2 }]).await;
                let ended = to_its_end(&mut peer, 2).await;
                // What was on its way is ignored.
                peer.frames(&[item(2, &[1]), part(2, PART), end(2, EndStatus::Clean, &[]), credit(2, 5, 5)])
                    .await;
                peer.frame(Frame::Cancel { place: 2 }).await;
                assert_eq!(gauge.now(), 0, "state {number}: {ended:?}");
            }
        }
        works(&mut peer, 2).await;
    }
}

#[tokio::test]
async fn after_a_cancel_the_result_stream_ends_with_a_reset() {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    for _ in 0..100 {
        peer.frame(begin(0, "silent", &[])).await;
        assert!(matches!(in_time(peer.said()).await, Said::Reply { status: ReplyStatus::Opened, .. }));
        assert_eq!(gauge.now(), 1);
        peer.frame(Frame::Cancel { place: 0 }).await;
        assert_eq!(in_time(peer.said()).await, Said::Reset { place: 0 });
        assert_eq!(gauge.now(), 0);
    }
}

#[tokio::test]
async fn without_credit_nothing_is_sent_beyond_the_first_window() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    // Sixty-four small ones, or as many as 64 KiB let begin.
    for (call, expected) in [
        (begin(0, "numbers", &[0xff, 0xff, 0x03]), 64),
        (begin(0, "blocks", &[100, 0xe8, 0x07]), 64),
        (begin(0, "blocks", &[100, 0xb8, 0x17]), 22),
    ] {
        peer.frame(call).await;
        let mut items = 0;
        while items < expected {
            items += usize::from(matches!(in_time(peer.said()).await, Said::Item { more: false, .. }));
        }
        // However often one asks.
        for _ in 0..100 {
            peer.frame(Frame::Ping(*b"no more?")).await;
            assert_eq!(in_time(peer.said()).await, Said::Pong(*b"no more?"));
        }
        // Each item of credit gives one more.
        for _ in 0..5 {
            peer.frame(credit(0, 1, 3_001)).await;
            while !matches!(in_time(peer.said()).await, Said::Item { more: false, .. }) {}
        }
        peer.frame(Frame::Cancel { place: 0 }).await;
        assert_eq!(to_its_end(&mut peer, 0).await, Said::Reset { place: 0 });
    }
}

#[tokio::test]
async fn deadlines_of_nothing_and_of_everything() {
    let (_server, endpoint, gauge) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    for method in ["silent", "hold", "echo", "never"] {
        let expired = Call { timeout: Some(0), ..brook_call(0, method, &[]) };
        peer.frame(Frame::Call(expired)).await;
        assert_eq!(in_time(peer.refusal(0)).await.0, 7, "{method}");
        peer.frames(&[item(0, &[1]), end(0, EndStatus::Clean, &[])]).await;
    }
    assert_eq!(gauge.begun(), 0);
    for timeout in [u64::MAX, u64::MAX / 2, 1 << 53, 1 << 32] {
        peer.frame(Frame::Call(Call { timeout: Some(timeout), ..brook_call(0, "remaining", &[]) })).await;
        assert_eq!(in_time(peer.ended(0)).await, (EndStatus::Clean, vec![]));
        let patient = Call { timeout: Some(timeout), ..brook_call(0, "sum", &[]) };
        peer.frames(&[Frame::Call(patient), item(0, &[4]), end(0, EndStatus::Clean, &[])]).await;
        assert_eq!(in_time(peer.reply(0)).await, (ReplyStatus::Value, vec![4]));
    }
    // A short one, after it was opened.
    peer.frame(Frame::Call(Call { timeout: Some(20), ..brook_call(0, "silent", &[]) })).await;
    let (status, body) = in_time(peer.ended(0)).await;
    assert_eq!((status, failure(&body).0), (EndStatus::Failed, Code::DeadlineExceeded));
    works(&mut peer, 0).await;
}

#[tokio::test]
async fn metadata_above_the_limit() {
    let (_server, endpoint, gauge) =
        serve_brook("tcp://127.0.0.1:0", Limits { max_metadata: 256, ..narrow() }).await;
    let mut metadata = vec![1, 1, b'k', 0, 0xac, 0x02];
    metadata.resize(6 + 300, b'v');
    for method in ["silent", "hold", "echo"] {
        let mut peer = brook_peer(&endpoint).await;
        peer.frame(Frame::Call(Call { metadata: &metadata, ..brook_call(0, method, &[]) })).await;
        // Refused by the call, or by the connection; never taken.
        let begun = gauge.begun();
        let said = in_time(peer.said()).await;
        assert_eq!(gauge.begun(), begun, "{said:?}");
        match said {
            Said::Reply { status: ReplyStatus::Refused | ReplyStatus::Failed, .. } => {
                works(&mut peer, 0).await;
            }
            Said::Close { code: 4, .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_flood_of_empty_items_within_the_credit() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", limits()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frame(begin(0, "count", &[])).await;
    let (mut left, mut sent) = (64, 0_u64);
    in_time(async {
        while sent < 100_000 {
            peer.frames(&vec![item(0, &[]); left]).await;
            sent += left as u64;
            left = 0;
            while left == 0 {
                if let Said::Credit { stream: Some(0), items, .. } = peer.said().await {
                    left = usize::try_from(items).unwrap();
                }
            }
        }
    })
    .await;
    peer.frame(end(0, EndStatus::Clean, &[])).await;
    let (status, body) = in_time(peer.reply(0)).await;
    let mut expected = Vec::new();
    rpc_core::wire::varint::encode(sent, &mut expected);
    assert_eq!((status, body), (ReplyStatus::Value, expected));
}

#[tokio::test]
async fn a_flood_of_credit() {
    let (_server, endpoint, _) = serve_brook("tcp://127.0.0.1:0", narrow()).await;
    let mut peer = brook_peer(&endpoint).await;
    peer.frames(&[begin(0, "silent", &[]), begin(1, "numbers", &[0])]).await;
    assert_eq!(in_time(peer.ended(1)).await, (EndStatus::Clean, vec![]));
    // Of a call that is there, and of one that was.
    for _ in 0..100 {
        let flood: Vec<_> = (0..1_000).map(|number| credit(number % 2, u64::from(number % 3), 1)).collect();
        peer.frames(&flood).await;
    }
    in_time(peer.settle()).await;
    works(&mut peer, 1).await;
}
