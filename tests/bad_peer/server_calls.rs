//! Frames that the wire does not allow, and calls that are refused.

use rpc_core::wire::{
    Bind, Bound, Call, CloseCode, Credit, End, EndStatus, Frame, Item, MethodRef, Reply, ReplyStatus,
};

use super::kit::{Peer, Said, ZooClient, call, id, in_time, limits, serve, serve_with, service_id};

/// With what the server closes a connection, on which all methods are bound, after `bytes`; others go on meanwhile.
async fn close_for(bytes: &[u8]) -> (u64, String) {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    in_time(async {
        let healthy = ZooClient::connect(&endpoint).await.unwrap();
        let mut peer = Peer::bound(&endpoint).await;
        peer.send(bytes).await;
        let close = peer.close().await;
        assert_eq!(healthy.add(20, 22).await, Ok(42));
        close
    })
    .await
}

async fn close_for_frames(frames: &[Frame<'_>]) -> (u64, String) {
    let mut bytes = Vec::new();
    frames.iter().for_each(|frame| frame.encode(&mut bytes));
    close_for(&bytes).await
}

#[tokio::test]
async fn bytes_that_are_no_frame_close_with_a_code_that_says_why() {
    let cases: [(&[u8], CloseCode, &str); 10] = [
        (&[0], CloseCode::Malformed, "a frame has the length 0"),
        (
            &[0x81, 0x80, 0x01],
            CloseCode::FrameTooLong,
            "16385 bytes was announced, but the limit `max_frame` is 16384",
        ),
        (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], CloseCode::FrameTooLong, "max_frame"),
        (&[0x83, 0], CloseCode::Malformed, "not the shortest form"),
        (&[0xff; 11], CloseCode::Malformed, "longer than 10 bytes"),
        (&[1, 0x09], CloseCode::Malformed, "the kind 0x09"),
        (&[1, 0x7f], CloseCode::Malformed, "the kind 0x7f"),
        (&[1, 0x03], CloseCode::Malformed, "a Cancel frame ends in the middle of a field"),
        (&[3, 0x03, 7, 0], CloseCode::Malformed, "goes on behind its last field"),
        (&[4, 0x01, 0, 0x20, 5], CloseCode::Malformed, "flags 0x20"),
    ];
    for (bytes, expected, words) in cases {
        let (code, text) = close_for(bytes).await;
        assert_eq!(CloseCode::from_number(code), expected, "{bytes:x?}: {text}");
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn optional_kinds_are_skipped() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::bound(&endpoint).await;
    for kind in 0x80..=0xff {
        peer.send(&[3, kind, 0xaa, 0xbb]).await;
    }
    in_time(peer.settle()).await;
}

#[tokio::test]
async fn stream_frames_are_a_feature_that_is_not_switched_on() {
    let item = Item { place: 0, more: false, data: &[1] };
    let end = End { place: 0, status: EndStatus::Clean, body: &[] };
    let credit = Credit { place: 0, items: 1, bytes: 1 };
    for frame in [
        Frame::CallItem { stream: 0, item },
        Frame::CallEnd { stream: 0, end },
        Frame::CallCredit(credit),
        Frame::ReplyItem(item),
        Frame::ReplyEnd(end),
        Frame::ReplyCredit { stream: 0, credit },
    ] {
        let (code, text) = close_for_frames(&[frame]).await;
        assert_eq!(code, 11, "{text}");
        assert!(text.contains("streams"), "{text}");
    }
}

#[tokio::test]
async fn an_answer_to_a_call_that_the_server_never_made() {
    let reply = Reply { place: 0, status: ReplyStatus::Value, metadata: &[], total: None, body: &[1] };
    assert_eq!(close_for_frames(&[Frame::Reply(reply)]).await.0, 10);
    assert_eq!(close_for_frames(&[Frame::ReplyReset { place: 5, code: 1 }]).await.0, 10);
    let bound = Bound { base: 0, status: 0, missing: vec![], differing: vec![], signatures: vec![] };
    assert_eq!(close_for_frames(&[Frame::Bound(bound)]).await.0, 9);
}

#[tokio::test]
async fn places_are_checked() {
    let max = u32::try_from(limits().max_calls).unwrap();
    for place in [max, max + 1, u32::MAX >> 1] {
        let (code, text) = close_for_frames(&[Frame::Call(call(place, "name", &[]))]).await;
        assert_eq!(code, 6);
        assert!(text.contains("max_calls") && text.contains(&place.to_string()), "{text}");
    }
    let (code, text) =
        close_for_frames(&[Frame::Call(call(3, "wait", &[])), Frame::Call(call(3, "name", &[]))]).await;
    assert_eq!(code, 6);
    assert!(text.contains("place 3") && text.contains("taken"), "{text}");
}

#[tokio::test]
async fn a_call_on_an_index_that_is_not_bound() {
    let unbound = Call { method: MethodRef::Index(500), ..call(0, "name", &[]) };
    let (code, text) = close_for_frames(&[Frame::Call(unbound)]).await;
    assert_eq!(code, 9);
    assert!(text.contains("500"), "{text}");
}

#[tokio::test]
async fn bodies_above_max_call_bytes_close() {
    let body = vec![0xff; 16_000];
    let max = limits().max_call_bytes;
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::bound(&endpoint).await;
    let total = limits().max_message as u64;
    let announced = super::kit::chunked(0, "echo", total, &body);
    // Four of the largest are as much as may be, and announcing counts.
    let frames: Vec<_> = (0..4).map(|place| Frame::Call(Call { place, ..announced })).collect();
    assert_eq!(frames.len() * limits().max_message, max);
    peer.frames(&frames).await;
    in_time(peer.settle()).await;
    peer.frame(Frame::Call(call(4, "add", &[2, 2]))).await;
    let (code, text) = in_time(peer.close()).await;
    assert_eq!(code, 6);
    assert!(text.contains("max_call_bytes"), "{text}");
}

fn bind(base: u32, service: u64, codec: u8, methods: Vec<u64>) -> Frame<'static> {
    Frame::Bind(Bind { service, codec, base, methods, fingerprint: 0, signatures: vec![], compared: false })
}

#[tokio::test]
async fn binds_are_in_order_and_bounded() {
    for base in [0, 5, u32::MAX >> 1] {
        let (code, text) = close_for_frames(&[bind(base, service_id(), 1, vec![1])]).await;
        assert_eq!(code, 9, "{text}");
    }
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::greeted(&endpoint).await;
    peer.frame(bind(0, 1, 1, vec![1; limits().max_methods + 1])).await;
    let (code, text) = in_time(peer.close()).await;
    assert_eq!(code, 9);
    assert!(text.contains("max_methods"), "{text}");
}

#[tokio::test]
async fn binds_that_bind_nothing_are_bounded_too() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::greeted(&endpoint).await;
    let nothing: Vec<_> = (0..limits().max_methods + 1).map(|_| bind(0, service_id(), 1, vec![])).collect();
    peer.frames(&nothing).await;
    assert_eq!(in_time(peer.close()).await.0, 9);
}

#[tokio::test]
async fn unknown_services_methods_and_codecs_refuse_the_call_and_nothing_else() {
    let (_server, endpoint) = serve("tcp://127.0.0.1:0").await;
    let mut peer = Peer::greeted(&endpoint).await;
    peer.frames(&[
        bind(0, 1, 1, vec![1]),
        bind(1, service_id(), 1, vec![id("add"), 99]),
        bind(3, service_id(), 77, vec![id("add")]),
    ])
    .await;
    in_time(async {
        assert_eq!(peer.said().await, Said::Bound { base: 0, status: 1, missing: vec![] });
        assert_eq!(peer.said().await, Said::Bound { base: 1, status: 0, missing: vec![1] });
        assert_eq!(peer.said().await, Said::Bound { base: 3, status: 2, missing: vec![] });
        for (index, reason) in [(0, 1), (2, 2), (3, 3)] {
            let method = MethodRef::Index(index);
            peer.frame(Frame::Call(Call { method, ..call(index, "add", &[2, 2]) })).await;
            assert_eq!(peer.refusal(index).await.0, reason);
        }
        peer.frame(Frame::Call(Call { method: MethodRef::Id(7), ..call(7, "add", &[2, 2]) })).await;
        assert_eq!(peer.refusal(7).await.0, 2);
        // The connection lives, and both forms of a known method's name work.
        for method in [MethodRef::Index(1), MethodRef::Id(id("add"))] {
            peer.frame(Frame::Call(Call { method, ..call(0, "add", &[2, 2]) })).await;
            assert_eq!(peer.reply(0).await, (ReplyStatus::Value, vec![4]));
        }
    })
    .await;
}

#[tokio::test]
async fn hostile_deadlines() {
    let (_server, endpoint, gauge) = serve_with("tcp://127.0.0.1:0", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let with = |timeout, place, method: &'static str| {
        Frame::Call(Call { timeout: Some(timeout), ..call(place, method, &[]) })
    };
    in_time(async {
        peer.frame(with(0, 0, "wait")).await;
        assert_eq!(peer.refusal(0).await.0, 7);
        assert_eq!(gauge.begun(), 0);
        peer.frame(with(1, 1, "wait")).await;
        let (status, _) = peer.reply(1).await;
        assert!(matches!(status, ReplyStatus::Failed | ReplyStatus::Refused), "{status:?}");
        for (place, timeout) in (2..).zip([u64::MAX, u64::MAX - 1, 1 << 63, i64::MAX as u64, 1 << 32]) {
            peer.frame(with(timeout, place, "name")).await;
            assert_eq!(peer.reply(place).await.0, ReplyStatus::Value);
        }
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_deadline_beyond_max_deadline_is_cut_to_it() {
    let (_server, endpoint, gauge) = serve_with("mem://", limits()).await;
    let mut peer = Peer::bound(&endpoint).await;
    let begun = tokio::time::Instant::now();
    peer.frame(Frame::Call(Call { timeout: Some(u64::MAX), ..call(0, "wait", &[]) })).await;
    loop {
        match peer.said().await {
            Said::Ping => peer.frame(Frame::Pong([0; 8])).await,
            Said::Reply { place: 0, status, .. } => break assert_eq!(status, ReplyStatus::Failed),
            other => panic!("{other:?}"),
        }
    }
    assert!(begun.elapsed().abs_diff(limits().max_deadline) < std::time::Duration::from_secs(1));
    assert_eq!(gauge.now(), 0);
}
