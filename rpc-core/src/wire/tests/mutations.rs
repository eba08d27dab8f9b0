//! Wrong bytes: never a panic, and never anything that cannot be written down again.

use super::random::{self, Random, from_env};
use crate::wire::{CloseCode, Frame, ShortFrame, decode_metadata};

/// `FARCALL_TEST_MUTATIONS` sets the number of frames.
#[test]
fn a_mutated_frame_is_read_or_refused() {
    let count = from_env("FARCALL_TEST_MUTATIONS").unwrap_or(1_000_000);
    let mut random = Random::from_env();
    let pool: Vec<u8> = (0..200).map(|_| random.next() as u8).collect();
    let (mut bytes, mut again) = (Vec::new(), Vec::new());
    let (mut read, mut refused) = (0u64, 0u64);
    for case in 0..count {
        if case % 8 == 0 {
            bytes.clear();
            random::frame(&mut random, &pool).encode(&mut bytes);
            // The length, of one or two bytes.
            bytes.drain(..if bytes[0] < 0x80 { 1 } else { 2 });
        }
        mutate(&mut random, &mut bytes);
        match Frame::decode(&bytes) {
            Ok(frame) => {
                read += 1;
                if case % 4 == 0 {
                    again.clear();
                    frame.encode(&mut again);
                    let length = if again[0] < 0x80 { 1 } else { 2 };
                    assert_eq!(Frame::decode(&again[length..]).as_ref(), Ok(&frame), "{bytes:02x?}");
                }
                if let Frame::Call(call) = frame {
                    let _ = decode_metadata(call.metadata, 8_192);
                }
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.close_code(), CloseCode::Malformed);
            }
        }
    }
    assert!(read > count / 20 && refused > count / 20, "{read} were read and {refused} refused");
}

#[test]
fn what_is_read_as_a_short_frame_is_read_as_the_same_whole() {
    const CASES: usize = 300_000;
    let mut random = Random::from_env();
    let mut short = 0;
    for _ in 0..CASES {
        let mut bytes: Vec<u8> = (0..random.below(12)).map(|_| random.next() as u8).collect();
        if let Some(kind) = bytes.first_mut() {
            *kind = [0x01, 0x11, 0x02][random.below(3)];
        }
        // The flags of most frames, behind places of one to four bytes.
        if let Some(flags) = bytes.get_mut(random.below(5) + 1) {
            *flags &= 1;
        }
        if let Some(frame) = ShortFrame::read(&bytes) {
            short += 1;
            assert_eq!(Frame::decode(&bytes), Ok(frame.into()), "{bytes:02x?}");
        }
    }
    assert!(short > CASES / 20, "{short} of {CASES}");
}

/// Changes, adds or takes away one byte.
fn mutate(random: &mut Random, bytes: &mut Vec<u8>) {
    let at = random.below(bytes.len().max(1));
    let byte = match random.below(4) {
        0 => 0xff,
        1 => 0x80,
        _ => random.next() as u8,
    };
    match (random.below(8), bytes.get_mut(at)) {
        (0, _) | (_, None) => bytes.insert(at.min(bytes.len()), byte),
        (1, Some(_)) => {
            bytes.remove(at);
        }
        (2, Some(_)) => bytes.truncate(at),
        (3, Some(old)) => *old ^= 1 << random.below(8),
        (_, Some(old)) => *old = byte,
    }
}
