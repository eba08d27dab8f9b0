//! Time is an argument: each time-out, to the millisecond.

use std::time::Duration;

use super::lone::{Lone, call, hello, long_call};
use super::pair::Pair;
use super::service::{DETACHED, ECHO, tight};
use crate::Limits;
use crate::proto::{Ending, Side};
use crate::wire::{Bound, Call, Chunk, CloseCode, Frame, Reply, ReplyStatus};

const SECOND: Duration = Duration::from_secs(1);
const MS: Duration = Duration::from_millis(1);

/// Nothing happens just before `after`, and the connection is closed for it then.
fn times_out(mut lone: Lone, after: Duration) {
    lone.pass(after - MS);
    assert_eq!(lone.closed(), None, "closed too early");
    lone.pass(MS);
    assert_eq!(lone.closed(), Some(CloseCode::TimedOut));
    assert_eq!(lone.proto.poll_timeout(), None);
}

#[test]
fn the_hello() {
    let limits = Limits { hello_timeout: 3 * SECOND, ..tight() };
    times_out(Lone::silent(Side::Server, limits.clone()), 3 * SECOND);
    times_out(Lone::silent(Side::Client, limits.clone()), 3 * SECOND);
    let mut slow = Lone::silent(Side::Server, limits);
    slow.hear_bytes(b"\xfafa");
    times_out(slow, 3 * SECOND);
}

#[test]
fn a_frame_has_its_time_from_its_first_byte_whatever_else_comes_of_it() {
    let limits = Limits { frame_timeout: 4 * SECOND, ..tight() };
    let mut lone = Lone::server(limits);
    lone.hear_bytes(&[200]);
    lone.pass(2 * SECOND);
    lone.hear_bytes(&[1, 1]);
    times_out(lone, 2 * SECOND);
}

#[test]
fn a_complete_frame_gives_the_next_one_its_own_time() {
    let limits = Limits { frame_timeout: 4 * SECOND, ..tight() };
    let mut lone = Lone::server(limits);
    lone.hear_bytes(&[9, 0x21]);
    lone.pass(3 * SECOND);
    lone.hear_bytes(&[0, 0, 0, 0, 0, 0, 0, 0, 9]);
    times_out(lone, 4 * SECOND);
}

#[test]
fn a_write_has_its_time_from_the_last_byte_that_went() {
    let limits = Limits { write_timeout: 4 * SECOND, ..tight() };
    let mut lone = Lone::client(limits, &hello());
    lone.start(&ECHO, 100, None).unwrap();
    lone.write(10);
    lone.pass(3 * SECOND);
    lone.write(10);
    times_out(lone, 4 * SECOND);
}

#[test]
fn a_call_in_chunks_may_not_stand_still() {
    let limits = Limits { frame_timeout: 4 * SECOND, ..tight() };
    let mut lone = Lone::server(limits).bound();
    lone.hear(&long_call(0, 50_000));
    lone.pass(3 * SECOND);
    lone.hear(&Frame::CallChunk(Chunk { place: 0, data: &[0; 5_000] }));
    times_out(lone, 4 * SECOND);
}

#[test]
fn a_reply_in_chunks_may_not_stand_still() {
    let limits = Limits { frame_timeout: 4 * SECOND, ..tight() };
    let mut lone = Lone::client(limits, &hello());
    lone.start(&ECHO, 1, None).unwrap();
    lone.said();
    let head = Reply { place: 0, status: ReplyStatus::Value, metadata: &[], total: Some(50_000), body: &[] };
    lone.hear(&Frame::Reply(head));
    times_out(lone, 4 * SECOND);
}

#[test]
fn silence_is_asked_about_sooner_while_calls_are_in_flight() {
    let limits = Limits { keepalive_interval: 10 * SECOND, keepalive_timeout: 5 * SECOND, ..tight() };
    let mut idle = Lone::client(limits.clone(), &hello());
    idle.pass(60 * SECOND - MS);
    assert!(idle.said().is_empty());
    idle.pass(MS);
    assert_eq!(idle.said(), ["Ping"]);
    idle.pass(4 * SECOND);
    idle.hear(&Frame::Pong([0; 8]));
    idle.pass(60 * SECOND);
    assert_eq!(idle.said(), ["Ping"], "the pong was a sign of life");
    times_out(idle, 5 * SECOND);

    let mut busy = Lone::client(limits, &hello());
    busy.pass(50 * SECOND);
    busy.start(&ECHO, 1, None).unwrap();
    busy.said();
    assert_eq!(
        busy.proto.poll_timeout(),
        Some(busy.now + 10 * SECOND),
        "counted from the call, not from before"
    );
    busy.pass(10 * SECOND);
    assert_eq!(busy.said(), ["Ping"]);
    times_out(busy, 5 * SECOND);
}

#[test]
fn a_clock_far_ahead_ends_everything_once() {
    let mut pair = Pair::greeted(tight(), tight());
    for _ in 0..10 {
        pair.start(0, &ECHO, 20, Some(SECOND)).unwrap();
    }
    pair.exchange();
    pair.pass(Duration::from_secs(100 * 365 * 24 * 3_600));
    pair.settle();
    pair.check_rest();
    assert_eq!(pair.sides[0].told.len(), 10);
}

#[test]
fn the_largest_and_the_smallest_timeout() {
    let mut lone = Lone::server(Limits { max_deadline: 7 * SECOND, ..tight() }).bound();
    lone.hear(&Frame::Call(Call { timeout: Some(u64::MAX), ..call(0, b"x") }));
    lone.hear(&Frame::Call(Call { timeout: Some(0), ..call(1, b"x") }));
    lone.hear(&Frame::Call(Call { timeout: None, ..call(2, b"x") }));
    lone.hear(&Frame::Call(Call { timeout: Some(1), ..call(3, b"x") }));
    assert_eq!(lone.starts(), [0, 2, 3]);
    assert_eq!(lone.said(), ["Refused 1 for 7"]);
    lone.pass(MS);
    assert_eq!(lone.proto.take_cancelled(), [3]);
    lone.pass(7 * SECOND);
    assert_eq!(lone.proto.take_cancelled(), [0, 2], "this side grants no more");
    for place in [0, 2, 3] {
        lone.proto.finish_dropped(place, true);
    }
    lone.said();
    lone.proto.check_idle();

    let mut lone = Lone::client(tight(), &hello());
    let place = lone.start(&ECHO, 1, Some(Duration::ZERO)).unwrap();
    lone.pass(Duration::ZERO);
    let ending = lone.proto.poll_call(place, std::task::Waker::noop(), &mut None);
    assert!(matches!(ending, Some(Ending::Expired { .. })));
}

/// A look at the deadlines while a call still waits must not lose the deadline that it has when it runs.
#[test]
fn a_call_that_waited_keeps_its_deadline() {
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&Frame::Call(Call { timeout: Some(10), ..call(0, b"x") }));
    assert_eq!(lone.starts(), [0]);
    lone.hear(&Frame::Call(Call { timeout: Some(100), ..call(1, b"x") }));
    lone.pass(20 * MS);
    assert_eq!(lone.proto.take_cancelled(), [0]);
    assert_eq!(lone.starts(), [1]);
    lone.pass(80 * MS);
    assert_eq!(lone.proto.take_cancelled(), [1]);
    lone.pass(SECOND);
    assert!(lone.proto.take_cancelled().is_empty(), "once");
}

#[test]
fn a_detached_call_outlives_its_caller_its_deadline_and_the_connection() {
    let mut lone = Lone::client(tight(), &hello());
    let place = lone.start(&DETACHED, 3, Some(SECOND)).unwrap();
    lone.hear(&Frame::Bound(Bound {
        base: 0,
        status: 0,
        missing: vec![],
        differing: vec![],
        signatures: vec![],
    }));
    lone.said();
    lone.proto.cancel_call(place);
    lone.pass(2 * SECOND);
    assert!(lone.said().is_empty(), "no Cancel");

    let mut lone = Lone::server(tight()).bound();
    lone.hear(&Frame::Call(Call { detached: true, timeout: Some(10), ..call(0, b"x") }));
    assert_eq!(lone.starts(), [0]);
    lone.hear(&Frame::Cancel { place: 0 });
    lone.pass(SECOND);
    lone.proto.handle_end(false, None);
    assert!(lone.proto.take_cancelled().is_empty());
    assert_eq!(lone.proto.calls_served(), 1);
    lone.finish(0, 3);
    assert!(lone.proto.is_quiet());
}

#[test]
fn a_peer_that_takes_chunks_and_never_says_so_is_given_up() {
    let limits = Limits::default();
    let mut lone = Lone::server(limits.clone()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    lone.finish(0, 1 << 20);
    // Written, and no Ping is answered.
    let mut written = 0;
    loop {
        let bytes = lone.write(usize::MAX).len();
        written += bytes;
        if bytes == 0 {
            break;
        }
    }
    assert!(written < 400 << 10, "{written} bytes are ahead of the peer");
    for _ in 0..6 {
        assert_eq!(lone.closed(), None);
        lone.pass(limits.write_timeout);
        // It says other things meanwhile.
        lone.hear(&Frame::Cancel { place: 9 });
    }
    assert_eq!(lone.closed(), Some(CloseCode::TimedOut));
}
