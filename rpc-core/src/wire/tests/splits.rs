//! The same bytes give the same events and the same error, however they are cut.

use super::random::{self, Random, from_env};
use crate::wire::{Decoder, Event, WireError};

const MAX_FRAME: usize = 20_000;

/// A conversation of one side: mostly right, now and then with wrong bytes in it. `events` is what it should give
/// if it is right.
fn conversation(random: &mut Random, pool: &[u8], bytes: &mut Vec<u8>) -> Option<Vec<String>> {
    let hello = random::hello(random);
    hello.encode(bytes);
    let mut events = vec![show(&Event::Magic), show(&Event::Hello(hello))];
    for _ in 0..random.below(4) {
        let frame = random::frame(random, pool);
        frame.encode(bytes);
        events.push(show(&Event::Frame(frame)));
    }
    if random.one_in(3) {
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            bytes[at] = random.next() as u8;
        }
        return None;
    }
    Some(events)
}

fn show(event: &Event<'_>) -> String {
    format!("{event:?}")
}

/// What comes out when the bytes go in as `cut` cuts them.
fn decode(mut bytes: &[u8], mut cut: impl FnMut(usize) -> usize) -> (Vec<String>, Option<WireError>, bool) {
    let mut decoder = Decoder::new(MAX_FRAME);
    let mut events = Vec::new();
    while !bytes.is_empty() {
        let (mut piece, rest) = bytes.split_at(cut(bytes.len()).clamp(1, bytes.len()));
        bytes = rest;
        loop {
            match decoder.next(&mut piece) {
                Ok(Some(event)) => events.push(show(&event)),
                Ok(None) => break,
                Err(error) => return (events, Some(error), decoder.is_mid_frame()),
            }
        }
        assert!(piece.is_empty(), "the decoder left bytes");
    }
    (events, None, decoder.is_mid_frame())
}

/// `FARCALL_TEST_CASES` sets the number of ways in which bytes are cut.
#[test]
fn whole_byte_by_byte_and_at_random_splits_are_the_same() {
    let cases = from_env("FARCALL_TEST_CASES").unwrap_or(200_000);
    let mut random = Random::from_env();
    let pool: Vec<u8> = (0..9_000).map(|_| random.next() as u8).collect();
    let mut bytes = Vec::new();
    let mut done = 0;
    while done < cases {
        bytes.clear();
        let expected = conversation(&mut random, &pool, &mut bytes);
        let whole = decode(&bytes, |left| left);
        if let Some(expected) = expected {
            assert_eq!(whole, (expected, None, false));
        }
        assert_eq!(decode(&bytes, |_| 1), whole, "byte by byte: {bytes:02x?}");
        for _ in 0..8 {
            let most = 1 + random.below(bytes.len());
            let split = decode(&bytes, |_| 1 + random.below(most));
            assert_eq!(split, whole, "in pieces of up to {most} bytes: {bytes:02x?}");
        }
        done += 9;
    }
}
