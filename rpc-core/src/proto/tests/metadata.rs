//! What travels beside answers.

use std::task::Waker;

use super::lone::{Lone, call, hello, streaming};
use super::service::{ECHO, FEED, tight};
use crate::proto::{Ending, ResultEvent};
use crate::server::Reply;
use crate::stream::Credit;
use crate::wire::{self, Frame, MetadataRef, ReplyStatus};
use crate::{Limits, Metadata};

fn metadata(length: usize) -> Vec<u8> {
    let mut out = Vec::new();
    wire::encode_metadata([("k", MetadataRef::Binary(&vec![7; length]))], &mut out);
    out
}

fn answer<'a>(status: ReplyStatus, metadata: &'a [u8], total: Option<u64>, body: &'a [u8]) -> Frame<'a> {
    Frame::Reply(wire::Reply { place: 0, status, metadata, total, body })
}

fn caller(limits: Limits) -> Lone {
    let mut lone = Lone::client(limits, &hello());
    lone.start(&ECHO, 1, None).unwrap();
    lone.said();
    lone
}

fn ending(lone: &mut Lone) -> Ending {
    lone.proto.poll_call(0, Waker::noop(), &mut None).expect("it has ended")
}

fn told(ending: Ending) -> Metadata {
    match ending {
        Ending::Replied { metadata, .. } => metadata.map(|metadata| (*metadata).clone()).unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn metadata_comes_with_every_kind_of_answer() {
    let bytes = metadata(3);
    let expected = Metadata::new().with("k", vec![7; 3]);
    for status in [ReplyStatus::Value, ReplyStatus::AppError, ReplyStatus::Failed, ReplyStatus::Refused] {
        let mut lone = caller(tight());
        lone.hear(&answer(status, &bytes, None, b"x"));
        assert_eq!(told(ending(&mut lone)), expected);
        let mut lone = caller(tight());
        lone.hear(&answer(status, &bytes, Some(5_000), b""));
        lone.hear(&Frame::ReplyChunk(wire::Chunk { place: 0, data: &[1; 5_000] }));
        assert_eq!(told(ending(&mut lone)), expected);
    }
    let mut lone = caller(tight());
    lone.hear(&answer(ReplyStatus::Value, &[], None, b"x"));
    assert!(matches!(ending(&mut lone), Ending::Replied { metadata: None, .. }));

    let mut lone = Lone::client(tight(), &streaming());
    lone.start(&FEED, 1, None).unwrap();
    lone.hear(&answer(ReplyStatus::Opened, &bytes, None, b""));
    let event = lone.proto.poll_result(0, Waker::noop(), &mut None, Credit::default());
    assert!(matches!(event, Some(ResultEvent::Opened(Some(metadata))) if *metadata == expected));
}

#[test]
fn metadata_that_this_side_does_not_take_fails_its_call_alone() {
    let limits = || Limits { max_metadata: 256, ..tight() };
    let (long, malformed) = (metadata(300), [1, 1, b'K', 0, 0]);
    for bytes in [&long[..], &malformed] {
        let mut lone = caller(limits());
        lone.hear(&answer(ReplyStatus::Value, bytes, None, b"x"));
        assert!(matches!(ending(&mut lone), Ending::Broken(_)));
        assert_eq!((lone.proto.calls_in_flight(), lone.closed()), (0, None));

        let mut lone = caller(limits());
        lone.hear(&answer(ReplyStatus::Value, bytes, Some(5_000), b""));
        assert!(matches!(ending(&mut lone), Ending::Broken(_)));
        assert_eq!(lone.said(), ["Cancel 0"]);
        lone.hear(&Frame::ReplyChunk(wire::Chunk { place: 0, data: &[1; 5_000] }));
        lone.proto.check_idle();

        let mut lone = Lone::client(limits(), &streaming());
        lone.start(&FEED, 1, None).unwrap();
        lone.said();
        lone.hear(&answer(ReplyStatus::Opened, bytes, None, b""));
        let event = lone.proto.poll_result(0, Waker::noop(), &mut None, Credit::default());
        assert!(matches!(event, Some(ResultEvent::Ended(Ending::Broken(_)))), "{event:?}");
        assert_eq!(lone.said(), ["Cancel 0"]);
    }
}

/// All metadata that may be and the smallest frame.
#[test]
fn frames_with_metadata_keep_to_the_limit_of_the_peer() {
    let bytes = metadata(8_186);
    assert_eq!(bytes.len(), 8 << 10, "as much as may be");
    for length in [0, 1, 8_000, 8_130, 8_150, 8_192, 16_000, 40_000] {
        let mut lone = Lone::silent(crate::proto::Side::Server, tight());
        lone.greet(&wire::Hello { max_frame: 16_384, ..hello() });
        let mut lone = lone.bound();
        lone.hear(&Frame::Call(call(0, b"x")));
        lone.starts();
        let reply =
            Reply { status: ReplyStatus::Value, metadata: bytes.clone(), body: vec![1; length], block: None };
        lone.proto.finish(0, reply);
        let mut caller = caller(tight());
        loop {
            let more = lone.write(usize::MAX);
            if more.is_empty() {
                break;
            }
            // Its decoder takes no longer frame than that.
            caller.hear_bytes(&more);
        }
        assert_eq!(caller.closed(), None);
        match ending(&mut caller) {
            Ending::Replied { metadata: Some(_), body, .. } => assert_eq!(body.len(), length),
            other => panic!("{other:?}"),
        }
        lone.proto.check_idle();
    }
}

#[test]
fn more_metadata_than_may_be_is_an_error_in_its_stead() {
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    let reply = Reply { status: ReplyStatus::Value, metadata: metadata(9_000), body: vec![1], block: None };
    lone.proto.finish(0, reply);
    let said = lone.said();
    assert!(said[0].starts_with("Failed 0"), "{said:?}");

    let mut lone = Lone::streams(tight());
    lone.hear(&super::stream_callee::stream_call(0, 1));
    let call = lone.serve();
    lone.proto.open_result(call, &metadata(9_000));
    assert_eq!(lone.proto.take_cancelled(), [0]);
    lone.proto.finish_dropped(0, true);
    let said = lone.said();
    assert!(said[0].starts_with("Failed 0"), "{said:?}");
}

/// Two bytes of a key and its value are some eighty when each is a value of its own.
#[test]
fn metadata_of_more_entries_than_may_be_fails_its_call_alone() {
    let mut many = Vec::new();
    wire::encode_metadata(vec![("k", MetadataRef::Text("")); 129], &mut many);
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&Frame::Call(wire::Call { metadata: &many, ..call(0, b"x") }));
    assert!(lone.starts().is_empty());
    assert_eq!(lone.said(), ["Refused 0 for 9"]);
    let mut lone = caller(tight());
    lone.hear(&answer(ReplyStatus::Value, &many, None, b"x"));
    assert!(matches!(ending(&mut lone), Ending::Broken(why) if why.contains("number of entries")));
    assert_eq!(lone.closed(), None);
}

/// Short answers with all metadata that may be, to a peer that does not read them.
#[test]
fn metadata_counts_as_what_waits_to_be_sent() {
    let limits = Limits { max_reply_bytes: 64 << 10, ..tight() };
    let bytes = metadata(8_186);
    let mut lone = Lone::server(limits.clone()).bound();
    for place in 0..64 {
        lone.hear(&Frame::Call(call(place, b"x")));
    }
    for (number, place) in (0..).zip(lone.starts()) {
        // One kind waits in the buffer, the others beside it.
        let body = vec![1; [1, 9_000, 20_000][number % 3]];
        lone.proto
            .finish(place, Reply { status: ReplyStatus::Value, metadata: bytes.clone(), body, block: None });
        assert!(lone.proto.queued() <= (64 << 10) + 64 * 512, "{} bytes queued", lone.proto.queued());
    }
    assert_eq!(lone.said().iter().filter(|frame| frame.starts_with("Failed")).count(), 60);
    assert_eq!(lone.proto.queued(), 0, "as much is taken off as was counted");

    let mut lone = Lone::streams(limits);
    for place in 0..16 {
        lone.hear(&super::stream_callee::stream_call(place, 1));
        let call = lone.serve();
        lone.proto.open_result(call, &bytes);
    }
    assert_eq!(lone.proto.take_cancelled().len(), 9);
    assert!(lone.proto.queued() <= 64 << 10, "{} bytes queued", lone.proto.queued());
}

/// A frame is no smaller for having its bytes in its metadata.
#[test]
fn an_answer_with_much_metadata_does_not_go_ahead_of_its_turn() {
    let mut lone = Lone::server(tight()).bound();
    for place in 0..12 {
        lone.hear(&Frame::Call(call(place, b"x")));
    }
    let mut places = lone.starts().into_iter();
    for place in places.by_ref().take(10) {
        lone.finish(place, 8_000);
    }
    let (long, short) = (places.next().unwrap(), places.next().unwrap());
    lone.proto.finish(
        long,
        Reply { status: ReplyStatus::Value, metadata: metadata(8_186), body: vec![1], block: None },
    );
    lone.finish(short, 1);
    let said = lone.said();
    let at = |place: u32| said.iter().position(|frame| frame.starts_with(&format!("Value {place} ")));
    assert!(at(short).is_some() && at(short) < at(long), "{said:?}");
}
