//! Long frames that are read to where they stay.

use bytes::{BufMut, Bytes};

use super::decoder_behind_hello;
use crate::wire::{Call, Chunk, ChunkOf, Decoder, Event, Frame, MethodRef, slice_of};

const MAX_FRAME: usize = 73_728;

fn call(length: usize) -> Vec<u8> {
    let body: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
    let method = MethodRef::Index(0);
    let call =
        Call { place: 0, method, detached: false, timeout: None, metadata: &[], total: None, body: &body };
    let mut bytes = Vec::new();
    Frame::Call(call).encode(&mut bytes);
    bytes
}

/// As the driver reads: `next` is how much comes at a time. Gives the lengths of the bodies.
fn read(decoder: &mut Decoder, mut input: &[u8], mut next: impl FnMut() -> usize) -> Vec<usize> {
    let mut lengths = Vec::new();
    while !input.is_empty() {
        let count = next().clamp(1, input.len());
        let mut plain = Vec::new();
        let came = if let Some(mut rest) = decoder.rest() {
            let count = count.min(rest.remaining_mut());
            assert!(count > 0, "no room for what comes");
            rest.put_slice(&input[..count]);
            count
        } else {
            plain.extend_from_slice(&input[..count]);
            count
        };
        input = &input[came..];
        let behind = decoder.take_behind();
        for mut part in [&plain[..], behind.bytes()] {
            while let Some((event, shared)) = decoder.next_shared(&mut part).unwrap() {
                let Event::Frame(Frame::Call(call)) = event else { continue };
                assert!(call.body.iter().enumerate().all(|(at, byte)| usize::from(*byte) == at % 251));
                if let Some(slice) = slice_of(shared, call.body) {
                    assert_eq!(slice, call.body);
                }
                lengths.push(call.body.len());
            }
        }
        decoder.settle();
        assert!(decoder.buffered() <= 2 * MAX_FRAME);
    }
    lengths
}

#[test]
fn every_cut_gives_the_same_frames() {
    let lengths = [70_000, 3, 16_380, 16_400, 0, 40_000, 36_000, 73_000, 200, 20_000];
    let bytes = lengths.iter().flat_map(|length| call(*length)).collect::<Vec<_>>();
    for most in [1_usize, 7, 64, 1_000, 4_096, 30_000, 73_728, 500_000] {
        let mut decoder = decoder_behind_hello(MAX_FRAME);
        let mut turn = 0_usize;
        let found = read(&mut decoder, &bytes, || {
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            1 + (turn >> 33) % most
        });
        assert_eq!(found, lengths, "pieces of up to {most} bytes");
        assert!(!decoder.is_mid_frame());
    }
}

#[test]
fn what_has_come_slowly_takes_at_most_twice_as_much_room() {
    let bytes = call(70_000);
    let mut decoder = decoder_behind_hello(MAX_FRAME);
    let mut head = &bytes[..10];
    assert_eq!(decoder.next(&mut head), Ok(None));
    let mut moved = 0;
    for (at, byte) in bytes.iter().enumerate().skip(10) {
        let before = decoder.buffered();
        decoder.rest().unwrap().put_u8(*byte);
        decoder.settle();
        moved += if decoder.buffered() == before { 0 } else { at };
        assert!(decoder.buffered() <= (2 * (at + 1)).max(8 << 10), "{} for {at}", decoder.buffered());
    }
    assert!(moved <= 4 * bytes.len(), "{moved} bytes were moved");
    assert!(matches!(decoder.next(&mut &[][..]), Ok(Some(Event::Frame(Frame::Call(_))))));
}

#[test]
fn a_small_slice_does_not_keep_a_large_frame() {
    let shared = Bytes::from(vec![0; 1_000]);
    assert!(slice_of(&shared, &shared[500..]).is_some());
    assert!(slice_of(&shared, &shared[501..]).is_none());
    assert!(slice_of(&shared, &[0; 800]).is_none());
}

#[test]
fn a_chunk_is_read_elsewhere() {
    let data = vec![5; 60_000];
    let mut bytes = Vec::new();
    Frame::ReplyChunk(Chunk { place: 300, data: &data }).encode(&mut bytes);
    let mut decoder = decoder_behind_hello(MAX_FRAME);
    let mut begun = &bytes[..1_000];
    assert_eq!(decoder.next(&mut begun), Ok(None));
    let chunk = decoder.long_chunk().unwrap();
    assert_eq!((chunk.of, chunk.place, chunk.length), (ChunkOf::Reply, 300, 60_000));
    let mut message = vec![4];
    decoder.begin_chunk(&chunk, &mut message);
    assert!(decoder.is_mid_frame() && decoder.buffered() == 0 && decoder.rest().is_none());
    message.extend_from_slice(&bytes[1_000..]);
    assert!(message[0] == 4 && message[1..] == data);
    decoder.end_chunk();
    assert!(!decoder.is_mid_frame());
    let mut next = &call(2)[..];
    assert!(matches!(decoder.next(&mut next), Ok(Some(Event::Frame(Frame::Call(_))))));
}
