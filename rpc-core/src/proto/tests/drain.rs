//! How a side stops taking calls, and loses none.

use super::lone::{Lone, bind, call, hello};
use super::pair::{Pair, reason};
use super::service::{ECHO, tight};
use crate::Limits;
use crate::proto::{Closed, Ending};
use crate::wire::{CloseCode, Frame, RefusalReason};

#[test]
fn calls_on_the_way_to_a_draining_side_are_waited_for_and_executed() {
    let mut pair = Pair::greeted(tight(), tight());
    let early = pair.start(0, &ECHO, 20, None).unwrap();
    pair.write(0, usize::MAX);
    pair.sides[1].proto.drain();
    pair.write(1, usize::MAX);
    assert!(!pair.sides[1].proto.is_quiet(), "nothing is in flight here, but a call is on the wire");
    pair.read(0, usize::MAX);
    assert!(pair.start(0, &ECHO, 20, None).is_err(), "it knows");
    pair.exchange();
    assert!(!pair.sides[1].proto.is_quiet(), "the call is at work");
    pair.settle();
    assert!(pair.sides[1].proto.is_quiet());
    assert!(pair.executed(1, early) && reason(pair.told(0, early)).is_none());
    pair.check_rest();
}

#[test]
fn the_last_call_is_told_when_the_peer_knows() {
    let mut lone = Lone::server(Limits::default()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.proto.drain();
    lone.hear(&Frame::Call(call(1, b"x")));
    assert_eq!(lone.starts(), [0, 1], "on the way when the peer was asked");
    assert_eq!(lone.said(), ["Drain 1", "Ping"]);
    lone.pong();
    assert_eq!(lone.said(), ["Drain 2 2"]);
    lone.pong();
    lone.hear(&Frame::Call(call(2, b"x")));
    assert!(lone.starts().is_empty());
    assert_eq!(lone.said(), ["Refused 2 for 5"], "and the last call is told once");
    assert!(!lone.proto.is_quiet());
    lone.finish(0, 3);
    lone.finish(1, 3);
    lone.said();
    assert!(lone.proto.is_quiet());
}

#[test]
fn who_closes_sooner_tells_the_last_call_before_the_close() {
    let mut lone = Lone::server(Limits::default()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.proto.drain();
    lone.said();
    lone.proto.close(Closed::new(CloseCode::GoingAway, "bye"));
    assert_eq!(lone.said(), ["Drain 2 1", "Close 1"]);
}

#[test]
fn the_pong_of_an_earlier_ping_says_nothing() {
    // So that it still waits when the next ping is due.
    let limits = Limits { write_timeout: Limits::default().write_timeout * 2, ..Limits::default() };
    let mut lone = Lone::server(limits).bound();
    lone.pass(Limits::default().keepalive_interval * 6);
    assert_eq!(lone.said(), ["Ping"]);
    lone.proto.drain();
    lone.pong();
    assert!(lone.proto.closed().is_none());
    assert_eq!(lone.said(), ["Drain 1", "Ping"]);
    lone.hear(&Frame::Pong(*b"farcall?"));
    assert!(!lone.proto.is_quiet());
    // A later ping may be answered in place of the first.
    lone.pass(Limits::default().keepalive_interval * 6);
    assert_eq!(lone.said(), ["Ping"]);
    lone.pong();
    assert_eq!(lone.said(), ["Drain 2 0"]);
    assert!(lone.proto.is_quiet());
}

#[test]
fn a_side_that_has_said_hello_is_not_quiet_before_the_peer_knows() {
    let mut lone = Lone::silent(crate::proto::Side::Server, Limits::default());
    let mut bytes = Vec::new();
    hello().encode(&mut bytes);
    lone.hear_bytes(&bytes[..9]);
    lone.said();
    lone.proto.drain();
    assert!(!lone.proto.is_quiet(), "the client has our hello and may call");
    lone.hear_bytes(&bytes[9..]);
    lone.hear(&Frame::Bind(bind(0, &[&ECHO])));
    lone.hear(&Frame::Call(call(0, b"x")));
    assert_eq!(lone.starts(), [0]);
    assert_eq!(lone.said(), ["Drain 1", "Ping", "Bound 0 0 []"]);
}

#[test]
fn calls_that_have_not_begun_are_taken_back_from_a_draining_peer() {
    let mut lone = Lone::client(tight(), &hello());
    let small = lone.start(&ECHO, 10, None).unwrap();
    let calls: Vec<_> = (0..8).map(|_| lone.start(&ECHO, 100_000, None).unwrap()).collect();
    let bytes = lone.write(1_000);
    lone.hear(&Frame::Drain { step: 1, last: 0 });
    let back = calls.iter().filter(|call| is_unsent(&mut lone, **call)).count();
    assert!(back >= 6, "{back}");
    assert!(!is_unsent(&mut lone, small));
    let mut said = lone.understand(&bytes);
    said.extend(lone.said());
    let begun = said.iter().filter(|frame| frame.ends_with("of 100000")).count();
    assert_eq!(begun + back, 8, "{said:?}");
}

/// Calls are counted in the order in which their frames go out, which is not that in which they were made.
#[test]
fn calls_above_the_last_were_not_executed_and_keep_their_places() {
    let mut lone = Lone::client(tight(), &hello());
    let long = lone.start(&ECHO, 100_000, None).unwrap();
    let short: Vec<_> = (0..3).map(|_| lone.start(&ECHO, 10, None).unwrap()).collect();
    lone.said();
    lone.hear(&Frame::Drain { step: 2, last: 2 });
    assert!(!is_unsent(&mut lone, short[0]) && !is_unsent(&mut lone, short[1]));
    assert!(is_unsent(&mut lone, short[2]), "the third");
    assert!(is_unsent(&mut lone, long), "the fourth");
    assert_eq!(lone.proto.calls_in_flight(), 4, "each is still answered");
    for place in 0..4 {
        lone.hear(&Frame::ReplyReset { place, code: 2 });
    }
    assert_eq!((lone.proto.calls_in_flight(), lone.closed()), (0, None));
}

#[test]
fn a_call_that_is_one_too_many_is_made_elsewhere_at_once() {
    let mut pair = Pair::greeted(tight(), tight());
    let early = pair.start(0, &ECHO, 20, None).unwrap();
    pair.exchange();
    pair.sides[1].proto.drain();
    pair.sides[1].proto.close(Closed::new(CloseCode::GoingAway, "bye"));
    let late = pair.start(0, &ECHO, 20, None).unwrap();
    pair.write(0, usize::MAX);
    pair.settle();
    assert!(matches!(pair.told(0, late), Ending::Lost { sent: false, .. }), "{:?}", pair.told(0, late));
    assert!(matches!(pair.told(0, early), Ending::Lost { sent: true, .. }));
    assert!(!pair.executed(1, late));
}

#[test]
fn the_refusals_of_late_calls_end_them() {
    let mut lone = Lone::server(tight()).bound();
    lone.proto.drain();
    assert_eq!(lone.said(), ["Drain 1", "Ping"]);
    lone.pong();
    lone.hear(&super::lone::long_call(3, 100_000));
    lone.starts();
    let refused = format!("Refused 3 for {}", RefusalReason::Draining.as_byte());
    assert_eq!(lone.said(), ["Drain 2 0", &refused]);
    assert!(lone.proto.is_quiet());
}

/// Each Drain costs its sender a few bytes.
#[test]
fn drains_without_end_are_looked_at_once_for_each_call_that_they_end() {
    let mut lone = Lone::client(tight(), &hello());
    let calls: Vec<_> = (0..4).map(|_| lone.start(&ECHO, 10, None).unwrap()).collect();
    for _ in 0..10_000 {
        lone.hear(&Frame::Drain { step: 1, last: 0 });
    }
    assert_eq!(lone.proto.drain_scans(), 1);
    for last in (3..20_000).rev() {
        lone.hear(&Frame::Drain { step: 2, last });
    }
    assert_eq!(lone.proto.drain_scans(), 3, "the first, and the one that ended a call");
    assert_eq!(
        calls.iter().map(|call| is_unsent(&mut lone, *call)).collect::<Vec<_>>(),
        [false, false, false, true]
    );
    lone.hear(&Frame::Drain { step: 2, last: 1 });
    lone.hear(&Frame::Drain { step: 2, last: 2 });
    assert_eq!(lone.proto.drain_scans(), 4);
    assert!(
        !is_unsent(&mut lone, calls[0]) && is_unsent(&mut lone, calls[1]) && is_unsent(&mut lone, calls[2])
    );
}

fn is_unsent(lone: &mut Lone, call: u32) -> bool {
    let ending = lone.proto.poll_call(call, std::task::Waker::noop(), &mut None);
    matches!(ending, Some(Ending::Lost { sent: false, .. }))
}
