//! What goes out when: small frames are not held up by long bodies, and long bodies take turns.

use super::lone::{Lone, call, hello};
use super::service::{ECHO, tight};
use crate::Limits;
use crate::proto::Closed;
use crate::proto::send_queue::FILL;
use crate::wire::{CloseCode, Frame, Hello};

#[test]
fn a_small_call_waits_for_one_buffer_and_one_chunk_at_most() {
    let mut lone = Lone::client(Limits::default(), &hello());
    for _ in 0..4 {
        lone.start(&ECHO, 1 << 20, None).unwrap();
    }
    let before = lone.write(1_000);
    lone.start(&ECHO, 3, None).unwrap();
    let mut bytes = before;
    let mut ahead = 0;
    loop {
        let more = lone.write(4_096);
        assert!(!more.is_empty(), "the small call never came");
        bytes.extend(more);
        let said = lone.understand(&std::mem::take(&mut bytes));
        if said.iter().any(|frame| frame == "Call 4 with 3") {
            break;
        }
        ahead += 4_096;
    }
    assert!(ahead <= FILL + (64 << 10) + 4_096, "{ahead} bytes went before it");
}

/// Bodies that just fit in a frame wait beside the buffer as well.
#[test]
fn small_calls_pass_large_frames_and_these_take_turns_with_chunks() {
    let mut lone = Lone::client(Limits::default(), &hello());
    for _ in 0..10 {
        lone.start(&ECHO, 60_000, None).unwrap();
    }
    lone.start(&ECHO, 200_000, None).unwrap();
    lone.start(&ECHO, 3, None).unwrap();
    let said = lone.said();
    let at = |wanted: &str| said.iter().position(|frame| frame == wanted).unwrap();
    assert!(at("Call 11 with 3") < at("Call 3 with 60000"), "{said:?}");
    assert!(at("Call 10 of 200000") < at("Call 5 with 60000"), "{said:?}");
    let last = said.iter().rposition(|frame| frame == "CallChunk 10").unwrap();
    assert!(last < at("Call 8 with 60000"), "{said:?}");
    let order: Vec<_> = said.iter().filter(|frame| frame.ends_with("with 60000")).collect();
    assert!(order.is_sorted(), "{said:?}");
}

#[test]
fn long_bodies_take_turns_as_many_as_the_peer_takes_at_once() {
    let mut lone = Lone::client(tight(), &Hello { max_assembling: 2, ..hello() });
    for _ in 0..3 {
        lone.start(&ECHO, 60_000, None).unwrap();
    }
    let said = lone.said();
    let turns: Vec<_> =
        said.iter().filter(|frame| frame.starts_with("CallChunk")).map(String::as_str).collect();
    assert_eq!(turns[..5], ["CallChunk 0", "CallChunk 0", "CallChunk 1", "CallChunk 0", "CallChunk 1"]);
    let last_of_first = said.iter().rposition(|frame| frame == "CallChunk 0").unwrap();
    let third = said.iter().position(|frame| frame == "Call 2 of 60000").unwrap();
    assert!(third > last_of_first, "a third body began while two were on their way: {said:?}");
}

#[test]
fn places_are_used_again_the_lowest_first() {
    let mut lone = Lone::client(tight(), &hello());
    let calls: Vec<_> = (0..10).map(|_| lone.start(&ECHO, 40_000, None).unwrap()).collect();
    for place in [3, 7, 5, 1] {
        lone.proto.cancel_call(calls[place]);
    }
    for _ in 0..5 {
        lone.start(&ECHO, 1, None).unwrap();
    }
    let short: Vec<_> = lone.said().into_iter().filter(|frame| frame.ends_with("with 1")).collect();
    assert_eq!(short, [1, 3, 5, 7, 10].map(|place| format!("Call {place} with 1")));
}

/// A place is the peer's again when it has ended the call, whether or not the caller has looked.
#[test]
fn a_caller_that_does_not_look_keeps_no_place() {
    let mut lone = Lone::client(tight(), &hello());
    for _ in 0..10 {
        for _ in 0..64 {
            lone.start(&ECHO, 1, None).unwrap();
        }
        lone.said();
        for place in 0..64 {
            lone.hear(&Frame::ReplyReset { place, code: 2 });
        }
    }
    assert_eq!(lone.closed(), None);
    lone.start(&ECHO, 1, None).unwrap();
    assert_eq!(lone.said(), ["Call 0 with 1"]);
}

#[test]
fn nothing_follows_a_close_and_unsent_calls_do_not_go_before_it() {
    let mut lone = Lone::server(Limits::default()).bound();
    lone.hear(&Frame::Call(call(0, b"x")));
    lone.hear(&Frame::Call(call(1, b"x")));
    lone.starts();
    lone.start(&ECHO, 500, None).unwrap();
    // A part of the Bind is out: it has to be completed, the call behind it has not.
    let part = lone.write(3);
    lone.finish(0, 3);
    lone.proto.close(Closed::new(CloseCode::GoingAway, "bye"));
    lone.finish(1, 3);
    lone.proto.drain();
    assert!(lone.start(&ECHO, 3, None).is_err());
    let mut bytes = part;
    bytes.extend(lone.write(usize::MAX));
    assert_eq!(lone.understand(&bytes), ["Bind 0", "Value 0 with 3", "Close 1"]);
    let ending = lone.proto.poll_call(0, std::task::Waker::noop(), &mut None);
    assert!(matches!(ending, Some(crate::proto::Ending::Lost { sent: false, .. })), "{ending:?}");
    assert_eq!((lone.proto.poll_timeout(), lone.proto.is_quiet()), (None, true));
}

#[test]
fn a_call_of_which_a_part_is_out_when_the_connection_closes_may_run() {
    let mut lone = Lone::client(Limits::default(), &hello());
    lone.start(&ECHO, 500, None).unwrap();
    lone.start(&ECHO, 500, None).unwrap();
    lone.write(100);
    lone.proto.close(Closed::new(CloseCode::Done, ""));
    let sent = |place| match lone.proto.poll_call(place, std::task::Waker::noop(), &mut None) {
        Some(crate::proto::Ending::Lost { sent, .. }) => sent,
        other => panic!("{other:?}"),
    };
    assert_eq!([0, 1].map(sent), [true, false]);
}

/// The last chunk of one body and a chunk of the next go into the buffer together; each call knows its own end.
#[test]
fn a_long_call_is_sent_when_its_own_last_byte_is() {
    let mut lone = Lone::client(tight(), &Hello { max_assembling: 1, ..hello() });
    lone.start(&ECHO, 20_000, None).unwrap();
    lone.start(&ECHO, 200_000, None).unwrap();
    // Both chunks of the first, and not all of what else is in the buffer.
    lone.write(22_000);
    lone.proto.handle_end(false, None);
    let ending = lone.proto.poll_call(0, std::task::Waker::noop(), &mut None);
    assert!(matches!(ending, Some(crate::proto::Ending::Lost { sent: true, .. })), "{ending:?}");
}

#[test]
fn who_drains_before_the_hello_says_so_behind_it() {
    let mut lone = Lone::silent(crate::proto::Side::Server, Limits::default());
    lone.proto.drain();
    let mut bytes = Vec::new();
    hello().encode(&mut bytes);
    lone.hear_bytes(&bytes);
    assert_eq!(lone.said(), ["Drain 1", "Ping"]);
    lone.proto.drain();
    assert!(lone.said().is_empty(), "once");
}
