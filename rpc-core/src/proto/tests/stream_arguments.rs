//! Argument streams as the callee has them, one rule each.

use std::time::Duration;

use super::lone::{Lone, call, items, long_call, streaming};
use super::service::tight;
use super::stream_callee::{CHAT, FEED, TAKE, credit, end, item, part, stream_call, value};
use crate::proto::{ArgumentEvent, SendRoom};
use crate::stream::Credit;
use crate::wire::{self, Call, CloseCode, EndStatus, Frame, Hello, MethodRef};
use crate::{Code, Executed, Limits};

#[test]
fn items_that_come_early_wait_for_the_handler() {
    let mut lone = Lone::streams(tight());
    lone.hear(&stream_call(0, TAKE));
    lone.hear(&item(0, 0, b"one"));
    lone.hear(&item(0, 0, b""));
    lone.hear(&end(0, 0, EndStatus::Clean));
    let call = lone.serve();
    assert_eq!(lone.argument_items(call), [3, 0]);
    let consumed = Credit { items: 2, bytes: 3 };
    assert!(matches!(
        lone.argument(call, consumed),
        Some(ArgumentEvent::End { status: EndStatus::Clean, .. })
    ));
    assert!(matches!(lone.argument(call, Credit::default()), Some(ArgumentEvent::Over)));
    assert!(lone.said().is_empty(), "an ended stream needs no credit");
    lone.proto.finish(0, value(b"sum"));
    assert_eq!(lone.said(), ["Value 0 with 3"]);
    lone.proto.check_idle();
}

#[test]
fn the_window_is_given_when_the_handler_begins_and_again_by_halves() {
    let limits = Limits { max_stream_items: 100, max_stream_bytes: 70_000, ..tight() };
    let mut lone = Lone::streams(limits);
    lone.hear(&stream_call(0, TAKE));
    assert!(lone.said().is_empty());
    let call = lone.serve();
    assert_eq!(lone.said(), ["Credit 0 0 36/4464"]);
    for _ in 0..60 {
        lone.hear(&item(0, 0, b"abc"));
    }
    assert_eq!(lone.argument_items(call).len(), 60);
    assert!(lone.argument(call, Credit { items: 49, bytes: 147 }).is_none());
    assert!(lone.said().is_empty(), "less than half");
    assert!(lone.argument(call, Credit { items: 1, bytes: 3 }).is_none());
    assert_eq!(lone.said(), ["Credit 0 0 50/150"]);
    // What was never sent cannot be taken.
    assert!(lone.argument(call, Credit { items: 1_000, bytes: 1 << 40 }).is_none());
    assert!(lone.said().is_empty());
    assert_eq!(lone.proto.buffered(), 0);
}

#[test]
fn credit_waits_while_the_peer_reads_nothing() {
    let (mut lone, call) = Lone::at_work(CHAT);
    lone.proto.open_result(call, &[]);
    lone.hear(&credit(0, 100, 1 << 20));
    lone.proto.send_result(call, &mut items(&[10_000; 8]));
    let before = lone.proto.queued();
    for _ in 0..1_000 {
        lone.hear(&item(0, 0, &[1; 10_000]));
        lone.hear(&item(0, 0, &[1; 10_000]));
        if lone.closed().is_some() {
            break;
        }
        lone.argument_items(call);
        lone.argument(call, Credit { items: 2, bytes: 20_000 });
    }
    assert_eq!(lone.closed(), Some(CloseCode::Stream), "it used credit that it cannot have read of");
    assert!(lone.proto.queued() <= before + 100);
    let (mut lone, call) = Lone::at_work(CHAT);
    lone.proto.open_result(call, &[]);
    lone.hear(&credit(0, 100, 1 << 20));
    lone.proto.send_result(call, &mut items(&[10_000; 8]));
    lone.hear(&item(0, 0, &[1; 40_000][..16_000]));
    lone.hear(&item(0, 0, &[1; 40_000][..16_300]));
    lone.hear(&item(0, 0, &[1; 40_000][..16_300]));
    lone.argument_items(call);
    lone.argument(call, Credit { items: 3, bytes: 48_600 });
    let said = lone.said();
    assert_eq!(said.last().unwrap(), "Credit 0 0 3/48600", "{said:?}");
}

#[test]
fn an_argument_stream_that_nobody_wants_is_thrown_away() {
    let (mut lone, call) = Lone::at_work(CHAT);
    lone.hear(&item(0, 0, &[1; 10_000]));
    lone.proto.drop_argument(call, 0);
    assert_eq!(lone.proto.buffered(), 0);
    for _ in 0..5 {
        lone.hear(&item(0, 0, &[1; 10_000]));
    }
    lone.hear(&part(0, 0, &[1; 10_000]));
    assert_eq!((lone.proto.buffered(), lone.closed()), (0, None));
    assert!(lone.argument(call, Credit { items: 6, bytes: 60_000 }).is_none());
    assert!(lone.said().is_empty(), "and gets no more credit");
    lone.hear(&item(0, 0, b"x"));
    lone.hear(&item(0, 0, b"x"));
    assert_eq!(lone.closed(), Some(CloseCode::Stream), "it is still counted");
}

#[test]
fn a_stream_that_its_caller_drops_is_no_end_and_stops_the_handler() {
    let (mut lone, call) = Lone::at_work(TAKE);
    lone.hear(&item(0, 0, b"x"));
    lone.hear(&end(0, 0, EndStatus::Dropped));
    assert!(matches!(lone.argument(call, Credit::default()), Some(ArgumentEvent::Over)));
    assert_eq!(lone.proto.take_cancelled(), [0]);
    lone.proto.finish_dropped(0, true);
    let error = lone.said_error();
    assert_eq!((error.code(), error.executed()), (Code::Cancelled, Executed::Yes));
    assert_eq!(error.message(), "the caller of `Echo.take` dropped the stream `numbers` before its end");
    lone.proto.check_idle();

    // Before the handler began: it never does.
    lone.hear(&stream_call(0, TAKE));
    lone.hear(&end(0, 0, EndStatus::Dropped));
    assert!(lone.starts().is_empty());
    assert_eq!(lone.said_error().executed(), Executed::No);
    lone.proto.check_idle();
}

#[test]
fn an_item_above_the_limit_fails_its_call_alone() {
    let limits = || Limits { max_message: 10_000, ..tight() };
    for begun in [false, true] {
        let mut lone = Lone::streams(limits());
        lone.hear(&stream_call(0, TAKE));
        let call = begun.then(|| lone.serve());
        lone.hear(&part(0, 0, &[1; 6_000]));
        lone.hear(&part(0, 0, &[1; 6_000]));
        lone.hear(&item(0, 0, &[1; 6_000]));
        lone.hear(&item(0, 0, b"ignored"));
        assert_eq!((lone.proto.buffered(), lone.closed()), (0, None));
        if call.is_some() {
            assert_eq!(lone.proto.take_cancelled(), [0]);
            lone.proto.finish_dropped(0, true);
        } else {
            assert!(lone.starts().is_empty());
        }
        let error = lone.said_error();
        assert_eq!(error.code(), Code::ResourceExhausted);
        assert_eq!(error.executed(), if begun { Executed::Yes } else { Executed::No });
        lone.proto.check_idle();
    }
    let mut lone = Lone::streams(limits());
    lone.hear(&stream_call(0, CHAT));
    let call = lone.serve();
    lone.said();
    lone.proto.open_result(call, &[]);
    lone.hear(&item(0, 1, &[1; 10_001]));
    lone.proto.take_cancelled();
    lone.proto.finish_dropped(0, true);
    assert_eq!(lone.said(), ["Opened 0 with 0", "End 0 Failed"], "also when its result was opened");
}

#[test]
fn an_item_above_what_the_peer_takes_fails_the_call_that_made_it() {
    let mut lone = Lone::silent(crate::proto::Side::Server, tight());
    lone.greet(&Hello { max_message: 1_024, ..streaming() });
    lone.hear(&Frame::Bind(super::lone::bind(0, &[&super::service::FEED])));
    lone.hear(&stream_call(0, 0));
    let call = lone.serve();
    lone.proto.open_result(call, &[]);
    lone.proto.send_result(call, &mut items(&[1_024, 1_025]));
    assert_eq!(lone.room(call), SendRoom::Over);
    assert_eq!(lone.proto.take_cancelled(), [0]);
    lone.proto.finish_dropped(0, true);
    let error = lone.said_error();
    assert_eq!((error.code(), error.executed()), (Code::ResourceExhausted, Executed::Yes));
    lone.proto.check_idle();
}

#[test]
fn more_than_may_wait_on_one_connection_fails_the_call_whose_item_came_last() {
    let limits = Limits { max_buffered_bytes: 256 << 10, ..tight() };
    let mut lone = Lone::streams(limits);
    for place in 0..5 {
        lone.hear(&stream_call(place, TAKE));
        lone.serve();
    }
    for place in 0..5 {
        for _ in 0..4 {
            lone.hear(&item(place, 0, &[1; 16_000]));
        }
    }
    assert_eq!(lone.closed(), None);
    assert_eq!(lone.proto.take_cancelled(), [4]);
    assert_eq!(lone.proto.buffered(), 4 * (64_000 + 4), "and nothing of it is kept");
    lone.proto.finish_dropped(4, true);
    assert_eq!(lone.said_error().code(), Code::ResourceExhausted);
}

#[test]
fn a_stream_that_the_method_does_not_have_fails_its_call_alone() {
    let (mut lone, _) = Lone::at_work(FEED);
    lone.hear(&item(0, 0, b"x"));
    lone.hear(&end(0, 1, EndStatus::Clean));
    assert_eq!(lone.closed(), None);
    assert_eq!(lone.proto.take_cancelled(), [0]);
    lone.proto.finish_dropped(0, true);
    let error = lone.said_error();
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::Yes));
}

#[test]
fn a_handler_may_end_before_its_streams_and_what_follows_is_ignored() {
    let (mut lone, call) = Lone::at_work(CHAT);
    lone.hear(&part(0, 1, &[1; 10_000]));
    lone.proto.open_result(call, &[]);
    lone.proto.finish(0, value(b""));
    lone.said();
    lone.proto.check_idle();
    for frame in [
        item(0, 0, b"x"),
        item(0, 1, b"rest"),
        end(0, 0, EndStatus::Clean),
        end(0, 0, EndStatus::Clean),
        item(0, 9, b"x"),
        credit(0, 1 << 62, 1 << 62),
        credit(0, 1 << 62, 1 << 62),
    ] {
        lone.hear(&frame);
    }
    assert_eq!(lone.closed(), None);
    assert!(lone.said().is_empty());
    // The next call on that place has streams of its own.
    lone.hear(&stream_call(0, TAKE));
    let next = lone.serve();
    assert!(lone.argument(next, Credit::default()).is_none());
    assert!(matches!(lone.argument(call, Credit::default()), Some(ArgumentEvent::Over)), "not this one");
}

#[test]
fn what_comes_for_a_call_that_is_refused_is_ignored() {
    let mut lone = Lone::streams(tight());
    let expired = Call { method: MethodRef::Index(TAKE), timeout: Some(0), ..call(0, b"x") };
    lone.hear(&Frame::Call(expired));
    let unknown = Call { method: MethodRef::Id(99), ..call(1, b"x") };
    lone.hear(&Frame::Call(unknown));
    for _ in 0..2 {
        for place in 0..2 {
            lone.hear(&item(place, 0, b"x"));
            lone.hear(&credit(place, 1, 1));
            lone.hear(&end(place, 0, EndStatus::Failed));
        }
        lone.starts();
    }
    assert_eq!(lone.said(), ["Refused 0 for 7", "Refused 1 for 2"]);
    assert_eq!(lone.closed(), None);
    lone.proto.check_idle();
}

#[test]
fn frames_behind_a_cancel_are_ignored() {
    let (mut lone, _) = Lone::at_work(CHAT);
    lone.hear(&part(0, 0, &[1; 10_000]));
    lone.hear(&Frame::Cancel { place: 0 });
    lone.hear(&item(0, 1, b"x"));
    lone.hear(&credit(0, 1, 1));
    lone.pass(Duration::from_secs(3_600) - Duration::from_millis(1));
    assert_ne!(lone.closed(), Some(CloseCode::Stream));
    // While it waits, as well.
    let mut lone = Lone::streams(tight());
    lone.hear(&stream_call(0, CHAT));
    lone.hear(&part(0, 0, &[1; 10_000]));
    lone.hear(&Frame::Cancel { place: 0 });
    lone.hear(&item(0, 1, b"x"));
    assert!(lone.starts().is_empty());
    assert_eq!(lone.said(), ["Refused 0 for 10"]);
    lone.proto.check_idle();
}

#[test]
fn a_peer_without_streams_is_not_served_methods_with_them() {
    let mut lone = Lone::server(tight());
    lone.hear(&Frame::Bind(super::lone::bind(0, &[&super::service::FEED])));
    lone.said();
    lone.hear(&stream_call(0, 0));
    assert!(lone.starts().is_empty());
    assert_eq!(lone.said(), ["Refused 0 for 2"]);
}

#[test]
fn everybody_hears_of_the_end_of_the_connection() {
    let (mut lone, call) = Lone::at_work(CHAT);
    lone.hear(&item(0, 0, &[1; 5_000]));
    lone.proto.open_result(call, &[]);
    lone.proto.handle_end(false, None);
    assert!(matches!(lone.argument(call, Credit::default()), Some(ArgumentEvent::Over)));
    assert_eq!(lone.room(call), SendRoom::Over);
    assert_eq!(lone.proto.take_cancelled(), [0]);
    assert_eq!(lone.proto.buffered(), 0);
    let mut some = items(&[1]);
    lone.proto.send_result(call, &mut some);
    assert_eq!(some.len(), 1);
    lone.proto.finish_dropped(0, true);
    lone.proto.check_idle();
}

#[test]
fn a_call_in_chunks_may_have_streams() {
    let mut lone = Lone::streams(tight());
    let head = Call { method: MethodRef::Index(CHAT), total: Some(5_000), ..call(0, b"") };
    lone.hear(&Frame::Call(head));
    lone.hear(&credit(0, 1, 1));
    lone.hear(&Frame::CallChunk(wire::Chunk { place: 0, data: &[1; 5_000] }));
    lone.hear(&item(0, 0, b"x"));
    let call = lone.serve();
    assert_eq!(lone.argument_items(call), [1]);
    // Streams and bodies are counted together.
    lone.hear(&part(0, 0, &[1; 5_000]));
    lone.hear(&part(0, 1, &[1; 5_000]));
    lone.hear(&long_call(1, 100_000));
    assert_eq!(lone.closed(), Some(CloseCode::Assembling));
}
