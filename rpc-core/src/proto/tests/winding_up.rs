//! What holds a connection that is given up, and what does not.

use super::lone::{Lone, bind, call, hello};
use super::service::{DETACHED, ECHO};
use crate::Limits;
use crate::proto::{Side, StartError};
use crate::wire::{CloseCode, Frame, Reply, ReplyStatus};

fn answer(place: u32) -> Frame<'static> {
    Frame::Reply(Reply { place, status: ReplyStatus::Value, metadata: &[], total: None, body: b"x" })
}

#[test]
fn calls_that_nobody_awaits_hold_nothing_once_the_peer_has_read_them() {
    for method in [&DETACHED, &ECHO] {
        let mut lone = Lone::client(Limits::default(), &hello());
        let left = lone.start(method, 10, None).unwrap();
        let awaited = lone.start(&ECHO, 10, None).unwrap();
        drop(lone.proto.cancel_call(left));
        lone.said();
        lone.proto.drain();
        lone.said();
        assert!(!lone.proto.is_quiet());
        lone.pong();
        lone.said();
        assert!(!lone.proto.is_quiet(), "a call is awaited");
        lone.hear(&answer(1));
        assert!(lone.proto.poll_call(awaited, std::task::Waker::noop(), &mut None).is_some());
        assert!(lone.proto.is_quiet());
    }
}

#[test]
fn a_call_that_the_peer_may_not_have_read_is_not_cut_off() {
    let mut lone = Lone::client(Limits::default(), &hello());
    let left = lone.start(&DETACHED, 10, None).unwrap();
    lone.said();
    drop(lone.proto.cancel_call(left));
    assert!(!lone.proto.is_quiet(), "it may call on");
    lone.proto.drain();
    lone.said();
    assert!(!lone.proto.is_quiet(), "it is on its way");
    lone.pong();
    lone.said();
    assert!(lone.proto.is_quiet());
}

#[test]
fn a_call_that_expired_is_not_awaited() {
    let limits = Limits::default();
    let mut lone = Lone::client(limits.clone(), &hello());
    lone.start(&ECHO, 10, Some(limits.write_timeout)).unwrap();
    lone.proto.drain();
    lone.said();
    lone.pong();
    lone.said();
    assert!(!lone.proto.is_quiet());
    lone.pass(limits.write_timeout);
    lone.said();
    assert!(lone.proto.is_quiet());
}

#[test]
fn a_peer_that_never_says_that_it_has_read_a_drain_is_not_waited_for() {
    let limits = Limits::default();
    for side in [Side::Client, Side::Server] {
        let mut lone = match side {
            Side::Client => Lone::client(limits.clone(), &hello()),
            Side::Server => Lone::server(limits.clone()).bound(),
        };
        lone.proto.drain();
        lone.said();
        // It is there, and answers everything but the question.
        for turn in 0..6 {
            assert!(!lone.proto.is_quiet(), "{turn}");
            lone.pass(limits.write_timeout - std::time::Duration::from_millis(1));
            lone.hear(&Frame::Ping([turn; 8]));
            lone.said();
        }
        lone.pass(std::time::Duration::from_millis(6));
        assert_eq!(lone.closed(), None);
        assert_eq!(lone.said(), ["Drain 2 0"], "{side:?}");
        assert!(lone.proto.is_quiet(), "{side:?}");
        assert!(lone.proto.poll_timeout().is_some_and(|at| at > lone.now));
    }
}

#[test]
fn a_peer_that_takes_nothing_of_a_drain_is_given_up() {
    let limits = Limits::default();
    let mut lone = Lone::client(limits.clone(), &hello());
    let left = lone.start(&DETACHED, 10, None).unwrap();
    drop(lone.proto.cancel_call(left));
    lone.proto.drain();
    assert!(!lone.proto.poll_ready(lone.now).is_empty());
    lone.pass(limits.write_timeout);
    assert_eq!(lone.closed(), Some(CloseCode::TimedOut));
}

#[test]
fn a_server_that_stops_makes_the_calls_that_its_last_handlers_need() {
    let mut lone = Lone::server(Limits::default()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    assert_eq!(lone.starts(), [0]);
    lone.proto.drain();
    lone.said();
    lone.pong();
    lone.said();
    lone.start(&ECHO, 10, None).unwrap();
    lone.finish(0, 3);
    lone.said();
    assert!(!lone.proto.accepts_calls() && !lone.proto.is_quiet());
    assert!(matches!(lone.start(&ECHO, 10, None), Err(StartError::Closed)));
    lone.hear(&answer(0));
    assert!(lone.proto.is_quiet());
}

#[test]
fn a_client_that_stops_and_whoever_was_asked_to_make_no_calls() {
    let mut lone = Lone::client(Limits::default(), &hello());
    lone.hear(&Frame::Bind(bind(0, &[&ECHO])));
    lone.hear(&Frame::Call(call(0, b"x")));
    assert_eq!(lone.starts(), [0]);
    lone.proto.drain();
    assert!(!lone.proto.accepts_calls());

    let mut lone = Lone::server(Limits::default()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    assert_eq!(lone.starts(), [0]);
    lone.hear(&Frame::Drain { step: 1, last: 0 });
    lone.proto.drain();
    assert!(!lone.proto.accepts_calls());
}
