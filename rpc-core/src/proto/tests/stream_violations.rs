//! What a peer may not do with streams.

use super::lone::{Lone, call, long_call, streaming};
use super::service::{CHAT, ECHO, FEED, tight};
use super::stream_callee::{credit, end, item, part, stream_call};
use super::stream_caller as reply;
use crate::Limits;
use crate::wire::{self, Call, CloseCode, EndStatus, Frame, MethodRef, Reply, ReplyStatus};

const TAKE: u32 = 2;

fn closes(frames: &[Frame<'_>], code: CloseCode) {
    let mut lone = Lone::streams(tight());
    for frame in frames {
        assert_eq!(lone.closed(), None, "closed before {frame:?}");
        lone.hear(frame);
        lone.starts();
    }
    assert_eq!(lone.closed(), Some(code), "after {frames:?}");
    assert_eq!(lone.said().last(), Some(&format!("Close {}", code.number())), "the peer is told why");
}

fn lies_to_client(frames: &[Frame<'_>], code: CloseCode) {
    let mut lone = Lone::client(tight(), &streaming());
    for method in [&FEED, &CHAT, &ECHO] {
        lone.start(method, 10, None).unwrap();
    }
    lone.said();
    for frame in frames {
        assert_eq!(lone.closed(), None, "closed before {frame:?}");
        lone.hear(frame);
    }
    assert_eq!(lone.closed(), Some(code), "after {frames:?}");
}

/// A frame with several items; `data` has each behind its length.
fn items(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallItems { stream: 0, items: wire::Items::new(place, data).unwrap() }
}

#[test]
fn more_items_in_a_frame_than_there_is_credit_for() {
    let mut lone = Lone::streams(tight());
    lone.hear(&stream_call(0, TAKE));
    lone.hear(&items(0, &[0; 63]));
    assert_eq!(lone.closed(), None);
    lone.hear(&items(0, &[0; 2]));
    assert_eq!(lone.closed(), Some(CloseCode::Stream));

    // In bytes one item may go above, and no second one.
    let large = [&[0xa0, 0x1f][..], &[1; 4_000]].concat();
    let (four, last, one_more) = (large.repeat(4), [&[0], &large[..]].concat(), [&large[..], &[0]].concat());
    let mut lone = Lone::streams(tight());
    lone.hear(&stream_call(0, TAKE));
    for data in [&four, &four, &four, &four, &last] {
        lone.hear(&items(0, data));
    }
    assert_eq!(lone.closed(), None);
    let mut frames = vec![stream_call(0, TAKE)];
    frames.extend([&four, &four, &four, &four, &one_more].map(|data| items(0, data)));
    closes(&frames, CloseCode::Stream);
    let result = |data| Frame::ReplyItems(wire::Items::new(0, data).unwrap());
    let mut frames = vec![reply::opened(0)];
    frames.extend([&four, &four, &four, &four, &one_more].map(|data| result(data)));
    lies_to_client(&frames, CloseCode::Stream);
}

#[test]
fn several_items_within_an_item_or_behind_the_end() {
    let begun = [7; 5_000];
    closes(&[stream_call(0, TAKE), part(0, 0, &begun), items(0, &[1, 7])], CloseCode::Stream);
    closes(&[stream_call(0, TAKE), end(0, 0, EndStatus::Clean), items(0, &[1, 7])], CloseCode::Stream);
    closes(&[items(0, &[1, 7])], CloseCode::Stream);
}

#[test]
fn items_without_credit() {
    let mut frames = vec![stream_call(0, TAKE)];
    let window = Limits::default().max_stream_items;
    frames.extend((0..=window).map(|_| item(0, 0, b"x")));
    closes(&frames, CloseCode::Stream);
    let large = [1; 16_000];
    let mut frames = vec![stream_call(0, TAKE)];
    frames.extend((0..6).map(|_| item(0, 0, &large)));
    closes(&frames, CloseCode::Stream);
    // The floor holds until the handler has begun.
    let mut lone = Lone::streams(tight());
    lone.hear(&stream_call(0, TAKE));
    for _ in 0..64 {
        lone.hear(&item(0, 0, b""));
    }
    assert_eq!(lone.closed(), None);
    lone.hear(&item(0, 0, b""));
    assert_eq!(lone.closed(), Some(CloseCode::Stream));

    let mut frames = vec![reply::opened(0)];
    frames.extend((0..=window).map(|_| reply::item(0, b"x")));
    lies_to_client(&frames, CloseCode::Stream);
}

#[test]
fn credit_without_measure() {
    let most = 1 << 62;
    closes(&[stream_call(0, 1), credit(0, most, 0)], CloseCode::Stream);
    closes(&[stream_call(0, 1), credit(0, 1, most)], CloseCode::Stream);
    let given =
        |items, bytes| Frame::ReplyCredit { stream: 1, credit: wire::Credit { place: 1, items, bytes } };
    lies_to_client(&[given(most - 64, most - 65_536), given(1, 0)], CloseCode::Stream);
    lies_to_client(&[given(most - 64, most - 65_536), given(0, 1)], CloseCode::Stream);
}

#[test]
fn anything_behind_the_end_of_a_stream() {
    for status in [EndStatus::Clean, EndStatus::AppError, EndStatus::Failed] {
        closes(&[stream_call(0, TAKE), end(0, 0, status), item(0, 0, b"x")], CloseCode::Stream);
        closes(&[stream_call(0, TAKE), end(0, 0, status), end(0, 0, status)], CloseCode::Stream);
    }
    lies_to_client(
        &[reply::opened(0), reply::end(0, EndStatus::Clean, b""), reply::item(0, b"x")],
        CloseCode::UnknownReply,
    );
}

#[test]
fn a_clean_end_within_an_item() {
    let large = [1; 5_000];
    closes(&[stream_call(0, TAKE), part(0, 0, &large), end(0, 0, EndStatus::Clean)], CloseCode::Stream);
    lies_to_client(
        &[reply::opened(0), reply::part(0, &large), reply::end(0, EndStatus::Clean, b"")],
        CloseCode::Stream,
    );
    // An error breaks it off.
    let mut lone = Lone::client(tight(), &streaming());
    lone.start(&FEED, 10, None).unwrap();
    lone.said();
    for frame in [reply::opened(0), reply::part(0, &large), reply::end(0, EndStatus::AppError, b"why")] {
        lone.hear(&frame);
    }
    assert_eq!((lone.closed(), lone.proto.calls_in_flight()), (None, 0));
}

#[test]
fn streams_of_calls_that_have_none() {
    for frame in [item(0, 0, b"x"), end(0, 0, EndStatus::Dropped), credit(0, 1, 1)] {
        closes(std::slice::from_ref(&frame), CloseCode::Stream);
        closes(&[stream_call(0, 0), frame.clone()], CloseCode::Stream);
        let refused = Call { timeout: Some(0), ..call(0, b"x") };
        closes(&[Frame::Call(refused), frame.clone()], CloseCode::Stream);
        closes(&[long_call(0, 100_000), frame.clone()], CloseCode::Stream);
        // A call with streams was there, and a unary one has come since.
        let cancel = Frame::Cancel { place: 0 };
        let mut lone = Lone::streams(tight());
        lone.hear(&stream_call(0, TAKE));
        lone.hear(&cancel);
        lone.starts();
        lone.hear(&frame);
        lone.hear(&Frame::Call(call(0, b"x")));
        assert_eq!(lone.closed(), None);
        lone.hear(&frame);
        assert_eq!(lone.closed(), Some(CloseCode::Stream));
    }
}

#[test]
fn items_before_the_last_byte_of_the_body() {
    let long = || Frame::Call(Call { method: MethodRef::Index(3), total: Some(50_000), ..call(0, b"") });
    closes(&[long(), item(0, 0, b"x")], CloseCode::Stream);
    closes(&[long(), end(0, 0, EndStatus::Clean)], CloseCode::Stream);
}

#[test]
fn parts_that_are_too_small_or_too_many() {
    let large = [1; 4_096];
    closes(&[stream_call(0, 3), part(0, 0, &large[1..])], CloseCode::Chunk);
    closes(&[stream_call(0, 3), part(0, 0, &large), part(0, 0, b"")], CloseCode::Chunk);
    closes(
        &[stream_call(0, 3), stream_call(1, 3), part(0, 0, &large), part(0, 1, &large), part(1, 0, &large)],
        CloseCode::Assembling,
    );
    lies_to_client(&[reply::opened(0), reply::part(0, b"x")], CloseCode::Chunk);
    let mut lone = Lone::client(Limits { max_assembling: 1, ..tight() }, &streaming());
    for place in 0..2 {
        lone.start(&FEED, 10, None).unwrap();
        lone.said();
        lone.hear(&reply::opened(place));
    }
    lone.hear(&reply::part(0, &large));
    lone.hear(&reply::item(0, &large));
    lone.hear(&reply::part(0, &large));
    assert_eq!(lone.closed(), None);
    lone.hear(&reply::part(1, &large));
    assert_eq!(lone.closed(), Some(CloseCode::Assembling));
}

#[test]
fn parts_that_stand_still() {
    let limits = || Limits { frame_timeout: std::time::Duration::from_secs(4), ..tight() };
    let second = std::time::Duration::from_secs(1);
    let mut server = Lone::streams(limits());
    server.hear(&stream_call(0, TAKE));
    server.hear(&part(0, 0, &[1; 5_000]));
    let mut client = Lone::client(limits(), &streaming());
    client.start(&FEED, 10, None).unwrap();
    client.said();
    client.hear(&reply::opened(0));
    client.hear(&reply::part(0, &[1; 5_000]));
    for (lone, more) in [(&mut server, part(0, 0, &[1; 5_000])), (&mut client, reply::part(0, &[1; 5_000]))] {
        lone.said();
        lone.pass(3 * second);
        lone.hear(&more);
        lone.pass(3 * second);
        assert_eq!(lone.closed(), None);
        lone.pass(second);
        assert_eq!(lone.closed(), Some(CloseCode::TimedOut));
    }
}

#[test]
fn results_that_were_not_opened() {
    lies_to_client(&[reply::item(0, b"x")], CloseCode::Stream);
    lies_to_client(&[reply::end(0, EndStatus::Clean, b"")], CloseCode::Stream);
    lies_to_client(&[reply::item(2, b"x")], CloseCode::Stream);
    lies_to_client(&[reply::item(9, b"x")], CloseCode::UnknownReply);
    lies_to_client(&[reply::opened(9)], CloseCode::UnknownReply);
    lies_to_client(&[reply::opened(0), reply::opened(0)], CloseCode::UnknownReply);
    let value = Reply { place: 0, status: ReplyStatus::Value, metadata: &[], total: None, body: b"x" };
    lies_to_client(&[reply::opened(0), Frame::Reply(value)], CloseCode::UnknownReply);
    let body = Reply { status: ReplyStatus::Opened, ..value };
    lies_to_client(&[Frame::Reply(body)], CloseCode::Stream);
    let chunked = Reply { total: Some(10), body: b"", ..body };
    lies_to_client(&[Frame::Reply(chunked)], CloseCode::Stream);
}

#[test]
fn a_result_that_is_opened_before_its_call_is_there() {
    let mut lone = Lone::client(tight(), &streaming());
    lone.start(&FEED, 100_000, None).unwrap();
    lone.write(20_000);
    lone.hear(&reply::opened(0));
    assert_eq!(lone.closed(), Some(CloseCode::Stream));
}

#[test]
fn frames_of_streams_that_are_not_switched_on() {
    for frame in [stream_call(0, 0), item(0, 0, b"x"), end(0, 0, EndStatus::Clean), credit(0, 1, 1)]
        .into_iter()
        .skip(1)
    {
        let mut lone = Lone::server(tight()).bound();
        lone.hear(&frame);
        assert_eq!(lone.closed(), Some(CloseCode::Feature));
    }
    for frame in [reply::opened(0), reply::item(0, b"x"), reply::end(0, EndStatus::Clean, b"")] {
        let mut lone = Lone::client(tight(), &super::lone::hello());
        lone.start(&ECHO, 1, None).unwrap();
        lone.said();
        lone.hear(&frame);
        assert_eq!(lone.closed(), Some(CloseCode::Feature));
    }
}
