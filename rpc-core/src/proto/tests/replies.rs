//! What handlers answer, to peers that do not read it and to those that gave up.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::lone::{Lone, call, hello};
use super::service::tight;
use crate::Limits;
use crate::proto::{Side, StartError};
use crate::server::Reply;
use crate::wire::{Call, CloseCode, Frame, Hello, ReplyStatus};

#[test]
fn replies_that_nobody_reads_are_bounded_and_say_so() {
    let limits = tight();
    let mut lone = Lone::server(Limits { max_reply_bytes: 256 << 10, ..limits.clone() }).bound();
    for place in 0..64 {
        lone.hear(&Frame::Call(call(place, b"x")));
    }
    let places = lone.starts();
    assert_eq!(places.len(), 64);
    for (number, place) in (0..).zip(places) {
        lone.finish(place, [100, 7_000, 12_000, 100_000][number % 4]);
    }
    assert!(lone.proto.queued() <= (256 << 10) + 64 * 512, "{} bytes queued", lone.proto.queued());
    let said = lone.said();
    let answers = |start: &str| said.iter().filter(|frame| frame.starts_with(start)).count();
    assert_eq!(answers("Value") + answers("Reply ") + answers("Failed"), 64, "{said:?}");
    assert!(answers("Failed") > 30, "{said:?}");
    // What is read makes room.
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    lone.finish(0, 250_000);
    assert_eq!(lone.said()[0], "Reply 0 of 250000");
    lone.proto.check_idle();
}

#[test]
fn calls_are_taken_when_those_taken_before_are_started_and_no_sooner() {
    let mut lone = Lone::server(tight()).bound();
    for place in 0..6 {
        lone.hear(&Frame::Call(call(place, b"x")));
    }
    let mut taken = VecDeque::new();
    let mut take = |lone: &mut Lone, most| {
        lone.proto.take_starts(lone.now, most, &mut taken);
        let places: Vec<_> = taken.iter().map(|start| start.call.place).collect();
        taken.pop_front();
        places
    };
    assert_eq!(take(&mut lone, 2), [0, 1]);
    assert_eq!(take(&mut lone, 2), [1], "whoever cancels one has them searched");
    // One that waits still is not searched for.
    lone.hear(&Frame::Cancel { place: 3 });
    assert!(lone.proto.take_cancelled().is_empty());
    assert_eq!(take(&mut lone, 3), [2, 4]);
    assert_eq!(lone.said(), ["Refused 3 for 10"]);
    assert_eq!(take(&mut lone, 3), [4]);
    assert_eq!(take(&mut lone, 3), [5]);
}

#[test]
fn refusals_that_nobody_reads_wait_as_handlers_do() {
    const CALLS: usize = 4_096;
    let limits = Limits { max_calls: CALLS, max_outbound: 64 << 10, ..tight() };
    let mut lone = Lone::server(limits).bound();
    for place in (0_u32..).take(CALLS) {
        lone.hear(&Frame::Call(Call { metadata: &[1, 1, 75, 0, 0], ..call(place, b"x") }));
    }
    lone.hear(&Frame::Cancel { place: 4_000 });
    let mut answered = 0;
    while answered < CALLS {
        assert!(lone.starts().is_empty());
        assert!(lone.proto.queued() <= (64 << 10) + 512, "{} bytes queued", lone.proto.queued());
        let said = lone.said();
        assert!(!said.is_empty() && said.iter().all(|frame| frame.starts_with("Refused ")), "{said:?}");
        answered += said.len();
    }
    assert_eq!(answered, CALLS);
    assert_eq!(lone.closed(), None);
    lone.proto.check_idle();
}

#[test]
fn a_peer_that_takes_a_byte_now_and_then_is_given_up() {
    let limits = Limits { write_timeout: Duration::from_secs(10), ..tight() };
    let mut lone = Lone::server(limits).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    lone.finish(0, 200_000);
    for _ in 0..3 {
        assert_eq!(lone.write(1).len(), 1);
        lone.pass(Duration::from_secs(9));
        assert_eq!(lone.closed(), None);
    }
    lone.write(1);
    lone.pass(Duration::from_secs(3));
    assert_eq!(lone.closed(), Some(CloseCode::TimedOut));
}

#[test]
fn a_peer_that_is_slow_and_steady_is_not() {
    let limits = Limits { write_timeout: Duration::from_secs(10), ..tight() };
    let mut lone = Lone::server(limits).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    lone.finish(0, 200_000);
    while !lone.write(20_000).is_empty() {
        lone.pass(Duration::from_secs(7));
        lone.hear(&Frame::Pong([0; 8]));
    }
    assert_eq!(lone.closed(), None);
}

#[test]
fn a_handler_that_was_dropped_before_its_first_poll_was_not_executed() {
    let mut lone = Lone::server(tight()).bound();
    for (place, timeout) in [(0, None), (1, None), (2, Some(10))] {
        lone.hear(&Frame::Call(crate::wire::Call { timeout, ..call(place, b"x") }));
    }
    lone.starts();
    lone.hear(&Frame::Cancel { place: 0 });
    lone.hear(&Frame::Cancel { place: 1 });
    lone.pass(Duration::from_millis(20));
    assert_eq!(lone.proto.take_cancelled().len(), 3);
    lone.proto.finish_dropped(0, false);
    lone.proto.finish_dropped(1, true);
    lone.proto.finish_dropped(2, false);
    let said = lone.said();
    assert_eq!((said[0].as_str(), said[2].as_str()), ("Refused 0 for 10", "Refused 2 for 7"));
    assert!(said[1].starts_with("Failed 1"), "{said:?}");
}

/// What a body holds counts as long as anything of it is in the buffer, whatever the caller cancels.
#[test]
fn answers_that_are_cancelled_when_they_have_begun_count_until_they_are_written() {
    struct Held(Vec<u8>, Arc<AtomicUsize>);
    impl AsRef<[u8]> for Held {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }
    impl Drop for Held {
        fn drop(&mut self) {
            self.1.fetch_sub(self.0.len(), Ordering::Relaxed);
        }
    }
    const LENGTH: usize = 500_000;
    let limits = Limits { max_reply_bytes: 4 * LENGTH + 100_000, ..Limits::default() };
    let mut lone = Lone::silent(Side::Server, limits.clone());
    lone.greet(&Hello { max_frame: 16_384, max_message: 1 << 20, ..hello() });
    let mut lone = lone.bound();
    let held = Arc::new(AtomicUsize::new(0));
    for _ in 0..20 {
        for place in 0..4 {
            lone.hear(&Frame::Call(call(place, b"x")));
        }
        for place in lone.starts() {
            held.fetch_add(LENGTH, Ordering::Relaxed);
            let block = bytes::Bytes::from_owner(Held(vec![7; LENGTH], Arc::clone(&held)));
            let block = Some(Box::new(block));
            let reply = Reply { status: ReplyStatus::Value, metadata: Vec::new(), body: Vec::new(), block };
            lone.proto.finish(place, reply);
        }
        lone.proto.poll_ready(lone.now);
        drop(lone.proto.take_spent());
        let held = held.load(Ordering::Relaxed);
        assert!(held <= limits.max_reply_bytes, "{held} bytes are held");
        for place in 0..4 {
            lone.hear(&Frame::Cancel { place });
        }
    }
    lone.said();
    drop(lone.proto.take_spent());
    assert_eq!(held.load(Ordering::Relaxed), 0);
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    lone.finish(0, 4 * LENGTH / 2);
    assert_eq!(lone.said()[0], format!("Reply 0 of {}", 4 * LENGTH / 2));
    lone.proto.check_idle();
}

#[test]
fn no_body_is_as_long_as_a_peer_may_say_that_it_takes() {
    let generous = Hello { max_message: u64::MAX, max_call_bytes: u64::MAX, ..hello() };
    let lone = Lone::client(tight(), &generous);
    let max = u32::MAX as usize;
    assert_eq!(lone.proto.may_fit(max), Ok(()));
    assert_eq!(lone.proto.may_fit(max + 1), Err(StartError::TooLong { max }));
}
