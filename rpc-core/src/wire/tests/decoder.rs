//! What the decoder costs: memory and work.

use super::{decoder_behind_hello, hello};
use crate::wire::{Chunk, CloseCode, Decoder, Event, Frame};

const FREE: usize = 8 << 10;

fn chunk_frame(length: usize) -> Vec<u8> {
    let data = vec![0x5a; length];
    let mut bytes = Vec::new();
    Frame::CallChunk(Chunk { place: 0, data: &data }).encode(&mut bytes);
    bytes
}

#[test]
fn a_header_that_announces_the_maximum_costs_nothing_until_bytes_arrive() {
    let max_frame = 1 << 20;
    let frame = chunk_frame(max_frame - 2);
    let mut decoder = decoder_behind_hello(max_frame);
    let mut header = &frame[..3];
    assert_eq!(decoder.next(&mut header), Ok(None));
    assert_eq!(decoder.buffered(), 0);
    assert!(decoder.is_mid_frame());

    for (index, byte) in frame[3..frame.len() - 1].iter().enumerate() {
        let arrived = index + 1;
        assert_eq!(decoder.next(&mut std::slice::from_ref(byte)), Ok(None));
        assert!(decoder.buffered() >= arrived);
        assert!(decoder.buffered() <= 2 * arrived + FREE, "{} for {arrived} bytes", decoder.buffered());
        assert!(decoder.buffered() <= max_frame);
    }
}

#[test]
fn work_is_linear_however_the_bytes_come() {
    for length in [1, 100, 8_192, 8_193, 100_000, 1 << 20] {
        let frame = chunk_frame(length);
        for piece in [1, 2, 7, 1_000] {
            let mut decoder = decoder_behind_hello(2 << 20);
            decoder.steps = 0;
            let mut events = 0;
            for mut input in frame.chunks(piece) {
                while let Some(event) = decoder.next(&mut input).unwrap() {
                    assert!(
                        matches!(event, Event::Frame(Frame::CallChunk(chunk)) if chunk.data.len() == length)
                    );
                    events += 1;
                }
            }
            assert_eq!(events, 1);
            let most = 4 * frame.len();
            assert!(decoder.steps <= most, "{} steps for {} bytes", decoder.steps, frame.len());
        }
    }
}

#[test]
fn what_lies_whole_in_the_input_is_not_copied() {
    let bytes = [chunk_frame(5_000), chunk_frame(60_000), chunk_frame(1)].concat();
    let range = bytes.as_ptr_range();
    let mut decoder = decoder_behind_hello(65_536);
    let mut input = &bytes[..];
    let mut frames = 0;
    while let Some(event) = decoder.next(&mut input).unwrap() {
        let Event::Frame(Frame::CallChunk(chunk)) = event else { panic!("{event:?}") };
        assert!(range.contains(&chunk.data.as_ptr()));
        assert_eq!(decoder.buffered(), 0);
        frames += 1;
    }
    assert_eq!(frames, 3);
}

#[test]
fn between_frames_nothing_is_held() {
    for length in [1, 3_000, 60_000] {
        let frame = chunk_frame(length);
        let mut decoder = decoder_behind_hello(65_536);
        for _ in 0..3 {
            let (mut first, mut second) = frame.split_at(frame.len() / 2 + 1);
            assert_eq!(decoder.next(&mut first), Ok(None));
            assert!(decoder.is_mid_frame());
            assert!(matches!(decoder.next(&mut second), Ok(Some(Event::Frame(_)))));
            assert!(!decoder.is_mid_frame());
            assert_eq!(decoder.next(&mut second), Ok(None));
            assert_eq!(decoder.buffered(), 0);
        }
    }
}

#[test]
fn the_hello_is_begun_with_the_magic_and_ends_with_its_last_byte() {
    let mut bytes = Vec::new();
    hello().encode(&mut bytes);
    let mut decoder = Decoder::new(65_536);
    assert!(!decoder.is_mid_frame());
    for byte in &bytes[..bytes.len() - 1] {
        while decoder
            .next(&mut std::slice::from_ref(byte))
            .unwrap()
            .is_some_and(|event| event != Event::Magic)
        {}
        assert!(decoder.is_mid_frame());
    }
    let mut last = &bytes[bytes.len() - 1..];
    assert_eq!(decoder.next(&mut last), Ok(Some(Event::Hello(hello()))));
    assert!(!decoder.is_mid_frame());
}

#[test]
fn the_limit_is_exact_and_found_at_the_header() {
    let frame = chunk_frame(20_000 - 2);
    let mut input = &frame[..];
    assert!(matches!(decoder_behind_hello(20_000).next(&mut input), Ok(Some(_))));

    let mut decoder = decoder_behind_hello(19_999);
    let mut header = &frame[..3];
    let error = decoder.next(&mut header).unwrap_err();
    assert_eq!(error.close_code(), CloseCode::FrameTooLong);
    assert_eq!(error.to_string(), "a frame of 20000 bytes was announced, but the limit `max_frame` is 19999");
}

#[test]
fn after_an_error_there_is_only_the_error() {
    let mut decoder = decoder_behind_hello(65_536);
    let mut input = &[1, 0x08, 9, 0x20, 1, 2, 3, 4, 5, 6, 7, 8][..];
    let error = decoder.next(&mut input).unwrap_err();
    assert_eq!(decoder.next(&mut input), Err(error));
    assert_eq!(decoder.next(&mut &[][..]), Err(error));
}
