//! What a peer can make this side hold, and what work it can cause.

use super::lone::{Lone, call, hello, long_call};
use super::service::{ECHO, tight};
use crate::Limits;
use crate::proto::send_queue::SendQueue;
use crate::wire::{Call, Frame};

/// A peer that asks for refusals and never reads them is stopped at the limit of what may be queued.
#[test]
fn refusals_that_nobody_reads_are_bounded() {
    let limits = tight();
    let mut lone = Lone::server(limits.clone()).bound();
    for place in 0..100_000 {
        lone.hear(&Frame::Call(Call { timeout: Some(0), ..call(place % 64, b"") }));
        lone.starts();
        if lone.closed().is_some() {
            break;
        }
    }
    assert_eq!(
        lone.closed(),
        Some(crate::wire::CloseCode::Place),
        "it used a place without having its answer"
    );
    assert!(lone.proto.queued() <= limits.max_outbound + (8 << 10), "{} bytes queued", lone.proto.queued());
}

#[test]
fn cancelled_parts_that_nobody_reads_about_are_bounded() {
    let limits = tight();
    let mut lone = Lone::server(limits.clone()).bound();
    for _ in 0..100_000 {
        lone.hear(&long_call(0, 100_000));
        lone.hear(&Frame::Cancel { place: 0 });
        lone.starts();
    }
    assert!(lone.proto.queued() <= limits.max_outbound + (8 << 10), "{} bytes queued", lone.proto.queued());
}

#[test]
fn pings_that_nobody_reads_the_answers_to_are_bounded() {
    let mut lone = Lone::server(tight()).bound();
    for _ in 0..100_000 {
        lone.hear(&Frame::Ping([3; 8]));
        lone.proto.poll_ready(lone.now);
    }
    assert!(lone.proto.queued() <= (64 << 10) + 16, "{} bytes queued", lone.proto.queued());
}

#[test]
fn cancels_of_a_running_call_are_counted_once() {
    let mut lone = Lone::server(tight()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    for _ in 0..1_000 {
        lone.hear(&Frame::Cancel { place: 0 });
    }
    assert_eq!(lone.proto.take_cancelled(), [0]);
    // It ends by itself before it is told, and another takes its place.
    lone.finish(0, 3);
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    lone.hear(&Frame::Cancel { place: 0 });
    lone.finish(0, 3);
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.starts();
    assert!(lone.proto.take_cancelled().is_empty());
}

#[test]
fn an_idle_connection_that_was_busy_holds_next_to_nothing() {
    let limits = Limits { max_calls: 1_024, ..Limits::default() };
    let mut lone = Lone::server(limits).bound();
    for place in 0..1_024 {
        lone.hear(&Frame::Call(call(place, b"x")));
        lone.start(&ECHO, 10, None).unwrap();
    }
    for place in lone.starts() {
        lone.finish(place, 3);
    }
    lone.said();
    for place in 0..1_024 {
        lone.proto.cancel_call(place);
        lone.hear(&Frame::ReplyReset { place, code: 1 });
    }
    lone.said();
    lone.proto.check_idle();
}

/// Late places keep their own pages and no others.
#[test]
fn late_places_do_not_pin_the_table() {
    let mut lone = Lone::server(Limits::default()).bound();
    for place in (0..1_024).step_by(64) {
        lone.hear(&long_call(place, u64::MAX));
    }
    for place in 0..1_024 {
        if place % 64 != 0 {
            lone.hear(&Frame::Call(call(place, b"x")));
        }
    }
    for place in lone.starts() {
        lone.finish(place, 3);
    }
    lone.said();
    lone.proto.check_idle();
}

#[test]
fn a_peer_that_takes_little_pins_no_large_buffer() {
    let mut queue = SendQueue::new();
    queue.buffer().resize(60_000, 0);
    queue.advance(58_000);
    assert_eq!(queue.pending(), 2_000);
    assert!(queue.heap() <= 4_096, "{} bytes are held for 2000", queue.heap());
    queue.advance(2_000);
    assert_eq!(queue.heap(), 0);
}

/// What is moved inside the buffer is linear in what is written, however little a peer takes at a time.
#[test]
fn a_large_queue_is_written_in_linear_time() {
    let mut lone = Lone::client(Limits::default(), &hello());
    let mut begun = 0;
    while lone.start(&ECHO, 60_000, None).is_ok() {
        begun += 1;
    }
    assert!(begun > 200);
    let mut turns = 0_u32;
    while !lone.write(64 << 10).is_empty() {
        turns += 1;
    }
    assert!(turns < 300);
    assert_eq!(lone.proto.queued(), 0);
}
