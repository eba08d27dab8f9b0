//! Streams between two sides: much flows through little memory, and nothing is held up.

use std::time::Duration;

use super::flow::RESULT;
use super::pair::Pair;
use super::service::{CHAT, ECHO, FEED, TAKE, tight};
use crate::Limits;
use crate::proto::Ending;
use crate::proto::send_queue::FILL;
use crate::wire::{EndStatus, ReplyStatus};

/// A pair with a call of `method` at work; its number and its place.
fn at_work(method: &'static crate::MethodDescriptor, limits: Limits) -> (Pair, u64, u32) {
    let mut pair = Pair::greeted(limits.clone(), limits);
    let id = pair.start(0, method, 20, None).unwrap();
    pair.exchange();
    let place = *pair.sides[1].handlers.keys().next().unwrap();
    pair.sides[1].open(place, &[]);
    pair.exchange();
    (pair, id, place)
}

/// Moves bytes, and lets no application look at what has come.
fn carry(pair: &mut Pair) {
    while pair.write(0, usize::MAX)
        + pair.read(1, usize::MAX)
        + pair.write(1, usize::MAX)
        + pair.read(0, usize::MAX)
        > 0
    {}
}

#[test]
fn a_long_stream_flows_each_way_and_comes_whole() {
    let (mut pair, id, place) = at_work(&CHAT, tight());
    for turn in 0..300 {
        for stream in 0..2 {
            pair.sides[0].put(id, stream, [3, 700, 0, 20_000][turn % 4]);
        }
        pair.sides[1].handler_put(place, [50_000, 1, 30, 16_372][turn % 4]);
        pair.exchange();
    }
    pair.sides[0].end_stream(id, 0, EndStatus::Clean);
    pair.sides[0].end_stream(id, 1, EndStatus::AppError);
    pair.exchange();
    pair.sides[1].finish(place, 20);
    pair.settle();
    pair.check_rest();
    assert!(matches!(pair.told(0, id), Ending::StreamEnded { status: EndStatus::Clean, .. }));
    for (side, stream, end) in
        [(0, RESULT, EndStatus::Clean), (1, 0, EndStatus::Clean), (1, 1, EndStatus::AppError)]
    {
        let got = &pair.sides[side].got[&(id, stream)];
        assert_eq!((got.items.len(), got.end), (300, Some(end)));
    }
}

#[test]
fn a_producer_stops_within_its_credit_when_nobody_takes() {
    let limits = Limits { max_stream_items: 500, max_stream_bytes: 100_000, ..tight() };
    for (length, most) in [(10, 500 * 10), (3_000, 100_000 + 3_000), (40_000, 100_000 + 40_000)] {
        let (mut pair, id, place) = at_work(&CHAT, limits.clone());
        for _ in 0..600 {
            pair.sides[0].put(id, 0, length);
            pair.sides[1].handler_put(place, length);
            carry(&mut pair);
        }
        for (side, stream) in [(0, 0), (1, RESULT)] {
            let sent = &pair.sides[side].sent[&(id, stream)].items;
            assert!(sent.len() * length <= most, "{} items of {length}", sent.len());
            let held = pair.sides[1 - side].proto.buffered();
            assert!(held <= most + sent.len(), "{held} bytes are held of items of {length}");
            assert!(pair.sides[side].proto.nothing_to_send());
        }
        // Who takes gets the rest.
        pair.exchange();
        assert_eq!(pair.sides[0].got[&(id, RESULT)].items.len(), 600);
        assert_eq!(pair.sides[1].got[&(id, 0)].items.len(), 600);
        pair.settle();
        pair.check_rest();
    }
}

#[test]
fn a_fast_stream_does_not_hold_up_small_calls() {
    let (mut pair, _, place) = at_work(&FEED, Limits { max_stream_bytes: 1 << 24, ..Limits::default() });
    let small = pair.start(0, &ECHO, 20, None).unwrap();
    carry(&mut pair);
    pair.sides[1].serve(pair.now, usize::MAX);
    for _ in 0..300 {
        pair.sides[1].handler_put(place, 60_000);
    }
    let other = *pair.sides[1].handlers.keys().find(|other| **other != place).unwrap();
    pair.sides[1].finish(other, 20);
    let ahead = pair.sides[1].proto.queued();
    assert!(ahead <= FILL + (64 << 10) + 100, "{ahead} bytes go before a small answer");
    pair.settle();
    assert!(matches!(pair.told(0, small), Ending::Replied { status: ReplyStatus::Value, .. }));
}

/// Long bodies leave half of the buffer to streams that wait for it.
#[test]
fn streams_and_long_bodies_go_on_together() {
    let (mut pair, id, place) = at_work(&FEED, Limits::default());
    let echo = pair.start(0, &ECHO, 20, None).unwrap();
    carry(&mut pair);
    pair.sides[1].serve(pair.now, usize::MAX);
    let other = *pair.sides[1].handlers.keys().find(|other| **other != place).unwrap();
    pair.sides[1].finish(other, 3 << 20);
    for _ in 0..50 {
        pair.sides[1].handler_put(place, 5_000);
    }
    // A link that takes little at a time.
    for _ in 0..100 {
        pair.write(1, 10_000);
        pair.sides[1].poll_handler(place);
        pair.read(0, usize::MAX);
        pair.take(0, id);
        pair.write(0, usize::MAX);
        pair.read(1, usize::MAX);
    }
    let come = pair.sides[0].got[&(id, RESULT)].items.len();
    assert!(come >= 50, "only {come} items came beside a long answer");
    assert!(!pair.sides[0].told.contains_key(&echo));
    pair.settle();
    pair.check_rest();
}

#[test]
fn all_streams_get_their_turn_when_there_is_room() {
    let limits = Limits { max_calls: 128, ..tight() };
    let mut pair = Pair::greeted(limits.clone(), limits);
    for _ in 0..100 {
        pair.start(0, &FEED, 20, None).unwrap();
    }
    pair.exchange();
    let places: Vec<_> = pair.sides[1].handlers.keys().copied().collect();
    assert_eq!(places.len(), 100);
    for place in &places {
        pair.sides[1].open(*place, &[]);
        for _ in 0..5 {
            pair.sides[1].handler_put(*place, 2_000);
        }
    }
    pair.exchange();
    for got in pair.sides[0].got.values() {
        assert_eq!(got.items.len(), 5);
    }
    for place in places {
        pair.sides[1].finish(place, 20);
    }
    pair.settle();
    pair.check_rest();
}

#[test]
fn a_stream_without_deadline_outlives_the_longest_unary_call() {
    let limits = Limits { max_deadline: Duration::from_secs(1), ..tight() };
    let (mut pair, id, place) = at_work(&FEED, limits);
    for _ in 0..10 {
        pair.pass(Duration::from_secs(5));
        pair.sides[1].handler_put(place, 10);
        pair.exchange();
    }
    pair.sides[1].finish(place, 20);
    pair.settle();
    assert_eq!(pair.sides[0].got[&(id, RESULT)].end, Some(EndStatus::Clean));
}

#[test]
fn an_upload_stops_when_the_handler_has_its_answer() {
    let (mut pair, id, place) = at_work(&TAKE, tight());
    pair.sides[0].put(id, 0, 100_000);
    pair.write(0, 20_000);
    pair.sides[1].finish(place, 20);
    pair.settle();
    pair.check_rest();
    assert!(matches!(pair.told(0, id), Ending::Replied { status: ReplyStatus::Value, .. }));
    // Its place is clean for the next.
    let next = pair.start(0, &TAKE, 20, None).unwrap();
    pair.exchange();
    pair.sides[0].put(next, 0, 10);
    pair.exchange();
    assert_eq!(pair.sides[1].got[&(next, 0)].items.len(), 1);
    pair.settle();
    pair.check_rest();
}
