//! How a side stops taking calls, and loses none.

use super::lone::{Lone, bind, call, hello};
use super::pair::Pair;
use super::service::{ECHO, tight};
use crate::Limits;
use crate::proto::Ending;
use crate::wire::Frame;

#[test]
fn calls_on_the_way_to_a_draining_side_are_waited_for_and_refused() {
    let mut pair = Pair::greeted(tight(), tight());
    let early = pair.start(0, &ECHO, 20, None).unwrap();
    pair.write(0, usize::MAX);
    pair.sides[1].proto.drain();
    pair.write(1, usize::MAX);
    assert!(!pair.sides[1].proto.is_quiet(), "nothing is in flight here, but a call is on the wire");
    pair.read(0, usize::MAX);
    assert!(pair.start(0, &ECHO, 20, None).is_err(), "it knows");
    pair.exchange();
    assert!(pair.sides[1].proto.is_quiet());
    pair.settle();
    assert_eq!(super::pair::reason(pair.told(0, early)), Some(crate::wire::RefusalReason::Draining));
    assert!(!pair.executed(1, early));
}

#[test]
fn the_pong_of_an_earlier_ping_says_nothing() {
    let mut lone = Lone::server(Limits::default()).bound();
    lone.proto.drain();
    assert_eq!(lone.said(), ["Drain 1", "Ping"]);
    lone.hear(&Frame::Pong(*b"farcall?"));
    assert!(!lone.proto.is_quiet());
    // A later ping may be answered in place of the first.
    lone.pass(Limits::default().keepalive_interval * 6);
    assert_eq!(lone.said(), ["Ping"]);
    lone.hear(&Frame::Pong(*b"drained?"));
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
    lone.starts();
    assert_eq!(lone.said(), ["Drain 1", "Ping", "Bound 0 0 []", "Refused 0 for 5"]);
}

#[test]
fn calls_that_have_not_begun_are_taken_back_from_a_draining_peer() {
    let mut lone = Lone::client(tight(), &hello());
    let small = lone.start(&ECHO, 10, None).unwrap();
    let calls: Vec<_> = (0..8).map(|_| lone.start(&ECHO, 100_000, None).unwrap()).collect();
    let bytes = lone.write(1_000);
    lone.hear(&Frame::Drain { step: 1, last: 0 });
    let taken = |lone: &mut Lone, call| {
        let ending = lone.proto.poll_call(call, std::task::Waker::noop(), &mut None);
        matches!(ending, Some(Ending::Lost { sent: false, .. }))
    };
    let back = calls.iter().filter(|call| taken(&mut lone, **call)).count();
    assert!(back >= 6, "{back}");
    assert!(!taken(&mut lone, small));
    let mut said = lone.understand(&bytes);
    said.extend(lone.said());
    let begun = said.iter().filter(|frame| frame.ends_with("of 100000")).count();
    assert_eq!(begun + back, 8, "{said:?}");
}
