//! Bodies in chunks: who may stop them, and what is left of them.

use std::time::Duration;

use super::lone::{Lone, call, hello, long_call};
use super::pair::{Pair, reason};
use super::service::{ECHO, MISSING, tight};
use crate::Limits;
use crate::proto::{Ending, StartError};
use crate::wire::{Chunk, Frame, Hello, RefusalReason, Reply, ReplyStatus};

const LONG: usize = 100_000;

#[test]
fn a_long_call_cancelled_before_its_first_byte_was_never_made() {
    let mut lone = Lone::client(tight(), &hello());
    let place = lone.start(&ECHO, LONG, None).unwrap();
    lone.proto.cancel_call(place);
    assert_eq!(lone.said(), ["Bind 0"]);
    assert_eq!(lone.proto.calls_in_flight(), 0);
    assert_eq!(lone.start(&ECHO, 3, None), Ok(place), "its place is free");
}

#[test]
fn a_long_call_cancelled_within_is_broken_off() {
    let mut pair = Pair::greeted(tight(), tight());
    let id = pair.start(0, &ECHO, LONG, None).unwrap();
    pair.write(0, 30_000);
    pair.read(1, 30_000);
    pair.sides[0].cancel(id);
    // The place is free when the callee has said so, and may be used at once though chunks were on their way.
    let next = pair.start(0, &ECHO, LONG, None).unwrap();
    pair.settle();
    pair.check_rest();
    assert!(!pair.executed(1, id));
    assert!(pair.executed(1, next));
}

#[test]
fn a_long_call_cancelled_behind_its_last_chunk_is_like_any_other() {
    let mut pair = Pair::greeted(tight(), tight());
    let id = pair.start(0, &ECHO, 50_000, None).unwrap();
    pair.exchange();
    assert!(pair.executed(1, id));
    pair.sides[0].cancel(id);
    pair.exchange();
    assert!(pair.sides[1].handlers.values().all(|handler| handler.stopped));
    pair.settle();
    pair.check_rest();
}

/// The callee refuses the first frame of a long call: no more of it is sent, and what was is ignored.
#[test]
fn a_long_call_answered_early_stops_and_its_place_is_clean() {
    let mut pair = Pair::greeted(tight(), tight());
    let early = pair.start(0, &MISSING, 200_000, None).unwrap();
    pair.write(0, 40_000);
    pair.read(1, 40_000);
    pair.sides[1].serve(pair.now, usize::MAX);
    pair.write(1, usize::MAX);
    pair.read(0, usize::MAX);
    pair.sides[0].poll(early);
    assert_eq!(reason(pair.told(0, early)), Some(RefusalReason::NoMethod));
    let left = pair.sides[0].proto.queued();
    assert!(left < 100_000, "{left} bytes of a refused call are still to be sent");
    pair.settle();
    pair.check_rest();
}

#[test]
fn a_place_whose_long_call_was_answered_early_serves_the_next_call() {
    let mut lone = Lone::client(tight(), &hello());
    let place = lone.start(&ECHO, 200_000, None).unwrap();
    lone.write(20_000);
    let body = [RefusalReason::Overloaded.as_byte()];
    lone.hear(&Frame::Reply(Reply {
        place,
        status: ReplyStatus::Refused,
        metadata: &[],
        total: None,
        body: &body,
    }));
    assert!(matches!(
        lone.proto.poll_call(place, std::task::Waker::noop(), &mut None),
        Some(Ending::Replied { .. })
    ));
    assert_eq!(lone.start(&ECHO, 3, None), Ok(place));
    let bytes = lone.write(usize::MAX);
    assert!(lone.proto.nothing_to_send(), "nothing but what was in the buffer");
    assert!(bytes.len() < 70_000);
}

#[test]
fn chunks_of_a_refused_call_are_ignored_until_the_next_call_on_its_place() {
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&long_call(5, u64::MAX));
    lone.hear(&Frame::CallChunk(Chunk { place: 5, data: &[1; 16_000] }));
    lone.starts();
    lone.hear(&Frame::CallChunk(Chunk { place: 5, data: &[1] }));
    assert_eq!(lone.said(), ["Refused 5 for 8"]);
    assert!(lone.proto.is_quiet(), "a late call is no work");
    lone.hear(&Frame::Call(call(5, b"x")));
    assert_eq!(lone.starts(), [5]);
    lone.finish(5, 3);
    assert_eq!(lone.said(), ["Value 5 with 3"]);
    lone.proto.check_idle();
}

#[test]
fn a_cancelled_partial_call_is_answered_and_its_memory_freed() {
    let mut lone = Lone::server(Limits { max_assembling: 1, ..tight() }).bound();
    for _ in 0..1_000 {
        lone.hear(&long_call(0, 200_000));
        lone.hear(&Frame::CallChunk(Chunk { place: 0, data: &[1; 16_000] }));
        lone.hear(&Frame::Cancel { place: 0 });
        assert!(lone.starts().is_empty());
        assert_eq!(lone.said(), ["Refused 0 for 10"]);
    }
    assert_eq!(lone.closed(), None);
    lone.proto.check_idle();
}

#[test]
fn a_long_answer_is_reset_within_and_replaced_before() {
    let mut lone = Lone::server(tight()).bound();
    for place in 0..2 {
        lone.hear(&Frame::Call(call(place, b"x")));
    }
    assert_eq!(lone.starts(), [0, 1]);
    lone.finish(0, 200_000);
    let mut bytes = lone.write(20_000);
    lone.finish(1, 200_000);
    lone.hear(&Frame::Cancel { place: 0 });
    lone.hear(&Frame::Cancel { place: 1 });
    loop {
        let more = lone.write(usize::MAX);
        if more.is_empty() {
            break;
        }
        bytes.extend(more);
    }
    let said = lone.understand(&bytes);
    assert_eq!(said.first().unwrap(), "Reply 0 of 200000");
    assert!(said.contains(&"Reset 0".to_owned()));
    assert!(said.last().unwrap().starts_with("Failed 1 with"), "{said:?}");
    assert!(lone.proto.is_quiet());
    lone.proto.check_idle();
}

#[test]
fn an_answer_too_long_for_this_side_ends_its_call_and_is_broken_off() {
    let mut pair = Pair::greeted(Limits { max_message: 20_000, ..tight() }, tight());
    let mut lone = Lone::client(Limits { max_message: 20_000, ..tight() }, &hello());
    let place = lone.start(&ECHO, 3, None).unwrap();
    lone.said();
    let head = Reply { place, status: ReplyStatus::Value, metadata: &[], total: Some(1 << 40), body: &[] };
    lone.hear(&Frame::Reply(head));
    assert!(matches!(
        lone.proto.poll_call(place, std::task::Waker::noop(), &mut None),
        Some(Ending::Broken(_))
    ));
    assert_eq!(lone.said(), [format!("Cancel {place}")]);
    assert_eq!(lone.proto.calls_in_flight(), 1, "its place is taken until the peer has ended it");
    lone.hear(&Frame::ReplyChunk(Chunk { place, data: &[1; 16_000] }));
    lone.hear(&Frame::ReplyReset { place, code: 1 });
    assert!(lone.proto.is_quiet());
    lone.proto.check_idle();
    // A peer that keeps to our limit answers with an error instead.
    let id = pair.start(0, &ECHO, 8, None).unwrap();
    pair.exchange();
    pair.sides[1].finish(0, 20_001);
    pair.settle();
    assert!(matches!(pair.told(0, id), Ending::Replied { status: ReplyStatus::Failed, .. }));
}

#[test]
fn the_answer_to_a_caller_that_has_gone_is_counted_and_not_kept() {
    let mut lone = Lone::client(tight(), &hello());
    let place = lone.start(&ECHO, 3, None).unwrap();
    lone.said();
    let head = Reply { place, status: ReplyStatus::Value, metadata: &[], total: Some(60_000), body: &[] };
    lone.hear(&Frame::Reply(head));
    lone.hear(&Frame::ReplyChunk(Chunk { place, data: &[1; 16_000] }));
    lone.proto.cancel_call(place);
    for _ in 0..2 {
        lone.hear(&Frame::ReplyChunk(Chunk { place, data: &[1; 16_000] }));
    }
    assert_eq!(lone.proto.calls_in_flight(), 1);
    lone.hear(&Frame::ReplyChunk(Chunk { place, data: &[1; 12_000] }));
    assert_eq!((lone.proto.calls_in_flight(), lone.closed()), (0, None));
    lone.said();
    lone.proto.check_idle();
}

#[test]
fn limits_are_those_of_the_smaller_side() {
    let small = Hello { max_message: 1_024, max_calls: 64, max_call_bytes: 1 << 20, ..hello() };
    let mut lone = Lone::client(Limits::default(), &small);
    assert_eq!(lone.start(&ECHO, 1_025, None), Err(StartError::TooLong { max: 1_024 }));
    for _ in 0..64 {
        lone.start(&ECHO, 1_024, None).unwrap();
    }
    assert_eq!(lone.start(&ECHO, 1, None), Err(StartError::Full));
    // A peer that takes more than this side does gets no more than this side allows itself.
    let mut lone = Lone::client(tight(), &Hello { max_calls: 1 << 40, max_frame: 1 << 40, ..hello() });
    for _ in 0..64 {
        lone.start(&ECHO, 1, None).unwrap();
    }
    assert_eq!(lone.start(&ECHO, 1, None), Err(StartError::Full));
    // A body that can never be in flight is too long, not put off for ever.
    let odd = Hello { max_message: 1 << 30, max_call_bytes: 1 << 20, ..hello() };
    let mut lone = Lone::client(Limits::default(), &odd);
    assert_eq!(lone.start(&ECHO, (1 << 20) + 1, None), Err(StartError::TooLong { max: 1 << 20 }));
}

#[test]
fn errors_fit_the_smallest_peer_and_keep_what_they_say_of_the_call() {
    use crate::codec::Codec;
    use crate::server::{ERROR_LIMITS, Reply};
    use crate::{Code, Executed, RpcError};
    let mut lone = Lone::silent(crate::proto::Side::Server, Limits::default());
    lone.greet(&Hello { max_message: 1_024, max_frame: 16_384, ..hello() });
    let mut lone = lone.bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.hear(&Frame::Call(call(1, b"x")));
    lone.starts();
    let error = RpcError::new(Code::NotFound, "é".repeat(5_000)).with_executed(Executed::No);
    lone.proto.finish(0, Reply::failed(&error));
    lone.proto.finish(1, Reply::refused(RefusalReason::Undecodable, &"x".repeat(2_000)));
    let bytes = lone.write(usize::MAX);
    let mut decoder = crate::wire::Decoder::new(16_384);
    let mut input = Vec::new();
    hello().encode(&mut input);
    input.extend(bytes);
    let mut input = &input[..];
    let mut replies = Vec::new();
    while let Some(event) = decoder.next(&mut input).unwrap() {
        if let crate::wire::Event::Frame(Frame::Reply(reply)) = event {
            assert!(reply.body.len() <= 1_024);
            replies.push((reply.status, reply.body.to_vec()));
        }
    }
    let failed: RpcError =
        Codec::Postcard.decode(&bytes::Bytes::from(replies[0].1.clone()), &ERROR_LIMITS).unwrap();
    assert_eq!((failed.code(), failed.executed()), (Code::NotFound, Executed::No));
    assert_eq!(replies[1], (ReplyStatus::Refused, vec![RefusalReason::Undecodable.as_byte()]));
}

#[test]
fn a_deadline_ends_a_long_call_and_tells_whether_it_may_run() {
    let mut pair = Pair::greeted(tight(), tight());
    let unsent = pair.start(0, &ECHO, LONG, Some(Duration::from_millis(5))).unwrap();
    let whole = pair.start(0, &ECHO, 8, Some(Duration::from_millis(5))).unwrap();
    pair.pass(Duration::from_millis(6));
    pair.sides[0].poll_all();
    assert!(matches!(pair.told(0, unsent), Ending::Expired { sent: false }));
    // It stands in the buffer and goes out before its Cancel: the peer may come to run it.
    assert!(matches!(pair.told(0, whole), Ending::Expired { sent: true }));
    pair.settle();
    pair.check_rest();
}
