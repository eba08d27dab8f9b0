//! What the compact codec reads beyond what it writes, and what not.

use super::{CodecErrorKind, decode, decode_error, encode};
use crate::codec::Codec::Compact;

#[test]
fn lengths_may_be_open() {
    assert_eq!(decode::<Vec<u8>>(Compact, &[0x9f, 1, 2, 0xff]).unwrap(), [1, 2]);
    let map: std::collections::BTreeMap<String, u8> = decode(Compact, b"\xbf\x61a\x01\xff").unwrap();
    assert_eq!(map["a"], 1);
    for cut in [&[0x9f, 1][..], &[0x9f], b"\xbf\x61a"] {
        assert!(matches!(
            decode_error::<Vec<u8>>(Compact, cut).0,
            CodecErrorKind::UnexpectedEnd | CodecErrorKind::Invalid
        ));
    }
    // The end of a list where a value has to be.
    assert_eq!(decode_error::<u8>(Compact, &[0xff]).0, CodecErrorKind::Malformed);
    assert_eq!(decode_error::<Vec<u8>>(Compact, &[0x81, 0xff]).0, CodecErrorKind::Malformed);
}

#[test]
fn numbers_may_be_longer_than_they_have_to_be() {
    assert_eq!(decode::<u8>(Compact, &[0x1b, 0, 0, 0, 0, 0, 0, 0, 7]).unwrap(), 7);
    assert_eq!(decode::<i8>(Compact, &[0x39, 0, 6]).unwrap(), -7);
    assert_eq!(decode::<u8>(Compact, &[0xc2, 0x42, 0, 7]).unwrap(), 7);
    assert_eq!(decode::<i8>(Compact, &[0xc3, 0x41, 6]).unwrap(), -7);
    assert_eq!(
        decode::<i128>(Compact, &[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).unwrap(),
        -(1 << 64)
    );
}

#[test]
fn what_it_does_not_have_is_malformed() {
    for body in [
        &[0xf9, 0, 0][..],                                                // a float of 16 bits
        &[0xf7],                                                          // undefined
        &[0xe0],                                                          // simple(0)
        &[0xc0, 0x61, b'x'],                                              // a date
        &[0x5f, 0x41, 0, 0xff],                                           // a block in pieces
        &[0x7f, 0x61, b'a', 0xff],                                        // a text in pieces
        &[0x61, 0xff],                                                    // not UTF-8
        &[0x1c],                                                          // reserved
        &[0xc2, 0x51, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // 2^128
        &[0xc3, 0x50, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // -2^127 - 1
    ] {
        let (kind, text) = decode_error::<serde::de::IgnoredAny>(Compact, body);
        assert_eq!(kind, CodecErrorKind::Malformed, "{body:02x?}: {text}");
        assert!(text.starts_with("the input is not compact behind byte "), "{text}");
    }
    assert_eq!(decode_error::<&str>(Compact, &[0x63, b'a']).0, CodecErrorKind::UnexpectedEnd);
    assert_eq!(decode_error::<u8>(Compact, &[]).0, CodecErrorKind::UnexpectedEnd);
}

#[test]
fn what_it_writes_is_cbor() {
    #[derive(serde::Serialize)]
    struct Point {
        x: i8,
        y: Option<f32>,
    }
    assert_eq!(
        encode(Compact, &Point { x: -1, y: Some(1.5) }).unwrap(),
        b"\xa2\x61x\x20\x61y\xfa\x3f\xc0\x00\x00"
    );
    assert_eq!(encode(Compact, &u128::MAX).unwrap(), [&[0xc2, 0x50][..], &[0xff; 16]].concat());
}
