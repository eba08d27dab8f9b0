//! What a peer may not do, and the code with which the connection is closed.

use super::lone::{Lone, bind, call, hello, long_call};
use super::service::{ECHO, MISSING, OTHER, tight};
use crate::Limits;
use crate::proto::Side;
use crate::wire::{Bound, Call, Chunk, CloseCode, Credit, Frame, Hello, MethodRef, Reply, ReplyStatus};

fn closes(limits: Limits, frames: &[Frame<'_>], code: CloseCode) {
    let mut lone = Lone::server(limits).bound();
    for frame in frames {
        assert_eq!(lone.closed(), None, "closed before {frame:?}");
        lone.hear(frame);
    }
    assert_eq!(lone.closed(), Some(code), "after {frames:?}");
    assert_eq!(lone.said().last(), Some(&format!("Close {}", code.number())), "the peer is told why");
}

fn chunk(place: u32, data: &[u8]) -> Frame<'_> {
    Frame::CallChunk(Chunk { place, data })
}

fn value<'a>(place: u32, total: Option<u64>, body: &'a [u8]) -> Frame<'a> {
    Frame::Reply(Reply { place, status: ReplyStatus::Value, metadata: &[], total, body })
}

#[test]
fn a_place_that_is_taken_or_too_high() {
    closes(tight(), &[Frame::Call(call(3, b"x")), Frame::Call(call(3, b"x"))], CloseCode::Place);
    closes(tight(), &[long_call(3, 50_000), Frame::Call(call(3, b"x"))], CloseCode::Place);
    closes(tight(), &[Frame::Call(call(64, b"x"))], CloseCode::Place);
    // Also while a refusal has not been sent.
    let refused = Call { timeout: Some(0), ..call(3, b"x") };
    closes(tight(), &[Frame::Call(refused), Frame::Call(call(3, b"x"))], CloseCode::Place);
}

#[test]
fn more_bytes_than_may_be_in_flight() {
    let frames: Vec<_> = (0..5).map(|place| long_call(place, 256 << 10)).collect();
    closes(Limits { max_assembling: 9, ..tight() }, &frames, CloseCode::Place);
}

#[test]
fn chunks_that_nothing_announced_or_that_are_too_small_or_too_many() {
    closes(tight(), &[chunk(0, &[0; 5_000])], CloseCode::Chunk);
    closes(tight(), &[Frame::Call(call(0, b"x")), chunk(0, &[0; 5_000])], CloseCode::Chunk);
    closes(tight(), &[long_call(0, 50_000), chunk(0, &[0; 4_095])], CloseCode::Chunk);
    closes(tight(), &[long_call(0, 5_000), chunk(0, &[0; 5_001])], CloseCode::Chunk);
    let late = Call { timeout: Some(0), ..call(0, b"x") };
    closes(tight(), &[Frame::Call(late), chunk(0, &[0; 5_000])], CloseCode::Chunk);
}

#[test]
fn too_many_bodies_in_chunks() {
    closes(
        tight(),
        &[long_call(0, 50_000), long_call(1, 50_000), long_call(2, 50_000)],
        CloseCode::Assembling,
    );
}

#[test]
fn binds_out_of_order_empty_or_too_many() {
    closes(tight(), &[Frame::Bind(bind(1, &[&ECHO]))], CloseCode::Bind);
    closes(tight(), &[Frame::Bind(bind(2, &[]))], CloseCode::Bind);
    let few = Limits { max_methods: 3, ..tight() };
    closes(few, &[Frame::Bind(bind(2, &[&ECHO, &OTHER]))], CloseCode::Bind);
    let unbound = Call { method: MethodRef::Index(2), ..call(0, b"x") };
    closes(tight(), &[Frame::Call(unbound)], CloseCode::Bind);
}

#[test]
fn answers_to_what_was_not_asked() {
    closes(tight(), &[value(0, None, b"x")], CloseCode::UnknownReply);
    closes(tight(), &[Frame::ReplyReset { place: 0, code: 1 }], CloseCode::UnknownReply);
    closes(tight(), &[Frame::ReplyChunk(Chunk { place: 0, data: &[0; 5_000] })], CloseCode::UnknownReply);
    let bound = Bound { base: 0, status: 0, missing: vec![], differing: vec![], signatures: vec![] };
    closes(tight(), &[Frame::Bound(bound)], CloseCode::Bind);
    let credit = Credit { place: 0, items: 1, bytes: 1 };
    closes(tight(), &[Frame::CallCredit(credit)], CloseCode::Feature);
}

fn lies_to_client(frames: &[Frame<'_>], code: CloseCode) {
    let mut lone = Lone::client(tight(), &hello());
    for place in 0..3 {
        assert_eq!(lone.start(&ECHO, 10, None), Ok(place));
    }
    lone.said();
    for frame in frames {
        assert_eq!(lone.closed(), None, "closed before {frame:?}");
        lone.hear(frame);
    }
    assert_eq!(lone.closed(), Some(code), "after {frames:?}");
}

#[test]
fn a_lying_server() {
    let part = |place| Frame::ReplyChunk(Chunk { place, data: &[0; 5_000] });
    lies_to_client(&[value(0, None, b"x"), value(0, None, b"x")], CloseCode::UnknownReply);
    lies_to_client(&[value(0, Some(50_000), b""), value(0, None, b"x")], CloseCode::UnknownReply);
    lies_to_client(&[part(0)], CloseCode::Chunk);
    lies_to_client(&[value(0, Some(6_000), b""), part(0), part(0)], CloseCode::Chunk);
    // Too long to be taken, and longer than announced all the same.
    lies_to_client(
        &[value(0, Some(257 << 10), &[0; 16_000]), Frame::ReplyChunk(Chunk { place: 0, data: &[] })],
        CloseCode::Chunk,
    );
    let three = [0, 1, 2].map(|place| value(place, Some(50_000), b""));
    lies_to_client(&three, CloseCode::Assembling);
    let second = Bound { base: 1, status: 0, missing: vec![], differing: vec![], signatures: vec![] };
    lies_to_client(&[Frame::Bound(second)], CloseCode::Bind);
    let bound =
        || Frame::Bound(Bound { base: 0, status: 0, missing: vec![], differing: vec![], signatures: vec![] });
    lies_to_client(&[bound(), bound()], CloseCode::Bind);
}

#[test]
fn an_answer_to_a_long_call_of_which_nothing_was_sent() {
    let mut lone = Lone::client(tight(), &Hello { max_assembling: 1, ..hello() });
    lone.start(&ECHO, 100_000, None).unwrap();
    lone.start(&ECHO, 100_000, None).unwrap();
    lone.write(1);
    lone.hear(&value(1, None, b"x"));
    assert_eq!(lone.closed(), Some(CloseCode::UnknownReply));
}

#[test]
fn malformed_hellos_and_frames() {
    let mut lone = Lone::silent(Side::Server, tight());
    lone.greet(&Hello { version_min: 2, version_max: 9, ..hello() });
    assert_eq!(lone.closed(), Some(CloseCode::Version));
    let mut lone = Lone::silent(Side::Server, tight());
    lone.greet(&Hello { codecs: vec![9], ..hello() });
    assert_eq!(lone.closed(), Some(CloseCode::Hello));
    for small in [
        Hello { max_frame: 16_383, ..hello() },
        Hello { max_calls: 63, ..hello() },
        Hello { max_message: 1_023, ..hello() },
        Hello { max_call_bytes: (1 << 20) - 1, ..hello() },
        Hello { max_assembling: 0, ..hello() },
    ] {
        let mut lone = Lone::silent(Side::Client, tight());
        lone.greet(&small);
        assert_eq!(lone.closed(), Some(CloseCode::Hello), "{small:?}");
    }
    let mut lone = Lone::server(tight());
    lone.hear_bytes(&[1, 8]);
    assert_eq!(lone.closed(), Some(CloseCode::Malformed));
    let mut lone = Lone::server(tight());
    lone.hear_bytes(&[0x81, 0x80, 0x01]);
    assert_eq!(lone.closed(), Some(CloseCode::FrameTooLong));
}

#[test]
fn a_stranger_gets_an_answer_and_no_frame() {
    let mut lone = Lone::silent(Side::Server, tight());
    lone.hear_bytes(b"GET / HTTP/1.1\r\n\r\n");
    assert_eq!(lone.closed(), Some(CloseCode::Hello));
    assert!(lone.write(usize::MAX).starts_with(b"HTTP/1.1 400"));
    assert!(lone.write(usize::MAX).is_empty());
}

#[test]
fn wrong_content_fails_the_call_alone() {
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&Frame::Call(Call { metadata: &[1, 1, 75, 0, 0], ..call(0, b"x") }));
    lone.hear(&Frame::Call(Call { method: MethodRef::Id(MISSING.id), ..call(1, b"x") }));
    lone.hear(&Frame::Call(Call { timeout: Some(0), ..call(2, b"x") }));
    lone.hear(&long_call(3, u64::MAX));
    lone.hear(&Frame::Call(Call { method: MethodRef::Id(OTHER.id), ..call(4, b"x") }));
    assert_eq!(lone.starts(), [4]);
    assert_eq!(lone.said(), ["Refused 0 for 9", "Refused 1 for 2", "Refused 2 for 7", "Refused 3 for 8"]);
    assert_eq!(lone.closed(), None);
}

#[test]
fn cancels_pings_and_late_chunks_are_never_an_offence() {
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&long_call(3, u64::MAX));
    lone.starts();
    for _ in 0..10_000 {
        lone.hear(&Frame::Cancel { place: 3 });
        lone.hear(&Frame::Cancel { place: 1 << 30 });
        lone.hear(&Frame::Ping([1; 8]));
        lone.hear(&chunk(3, b"late"));
    }
    assert_eq!(lone.closed(), None);
    assert_eq!(lone.said(), ["Refused 3 for 8", "Pong"]);
}
