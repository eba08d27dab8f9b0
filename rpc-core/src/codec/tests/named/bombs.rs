//! A few bytes must not take much memory, time or stack.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::{CodecErrorKind, all, decode, decode_error, encode, encode_error};
use crate::codec::{Codec, CodecLimits};

const LEVELS: usize = 1_000_000;
const STACK: usize = 512 << 10;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Nest(Vec<Nest>);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct List {
    next: Option<Box<List>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Expression {
    Leaf,
    Not(Box<Expression>),
    If { condition: Box<Expression> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Maps(BTreeMap<String, Maps>);

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only decoded")]
enum Untagged {
    List(Vec<Untagged>),
    Map(HashMap<String, Untagged>),
}

#[derive(Debug, Deserialize)]
struct Nothing {}

fn too_deep<T: for<'de> Deserialize<'de>>(codec: Codec, body: &[u8]) {
    for max_depth in [64, 128] {
        let limits = CodecLimits { max_depth, ..CodecLimits::default() };
        let Err(error) = codec.decode::<T>(body, &limits) else { panic!("{codec} accepted a deep value") };
        assert_eq!(error.kind(), CodecErrorKind::Depth, "{codec}: {error}");
    }
}

#[test]
fn a_million_levels_are_refused_on_a_small_stack() {
    let run = || {
        let c = Codec::Compact;
        too_deep::<Nest>(c, &[0x81].repeat(LEVELS));
        too_deep::<Nest>(c, &[0x9f].repeat(LEVELS));
        too_deep::<IgnoredAny>(c, &[0x9f].repeat(LEVELS));
        too_deep::<IgnoredAny>(c, &[0xa1].repeat(LEVELS));
        too_deep::<IgnoredAny>(c, &[0xda, 0x53, 0x4f, 0x4d, 0x45].repeat(LEVELS / 2));
        too_deep::<Untagged>(c, &[0x81].repeat(LEVELS));
        too_deep::<serde_json::Value>(c, &b"\xa1\x61a".repeat(LEVELS));
        too_deep::<List>(c, &b"\xa1\x64next".repeat(LEVELS / 2));
        too_deep::<Nothing>(c, &b"\xa1\x64next".repeat(LEVELS / 2));
        too_deep::<Expression>(c, &b"\xa1\x63Not".repeat(LEVELS / 2));
        too_deep::<Maps>(c, &b"\xa1\x61a".repeat(LEVELS));
        #[cfg(feature = "json")]
        {
            let j = Codec::Json;
            too_deep::<Nest>(j, &b"[".repeat(LEVELS));
            too_deep::<IgnoredAny>(j, &b"[".repeat(LEVELS));
            too_deep::<IgnoredAny>(j, &br#"{"a":"#.repeat(LEVELS / 2));
            too_deep::<Untagged>(j, &b"[".repeat(LEVELS));
            too_deep::<serde_json::Value>(j, &br#"{"a":"#.repeat(LEVELS / 2));
            too_deep::<List>(j, &br#"{"next":"#.repeat(LEVELS / 3));
            too_deep::<Nothing>(j, &br#"{"next":"#.repeat(LEVELS / 3));
            too_deep::<Expression>(j, &br#"{"Not":"#.repeat(LEVELS / 3));
            too_deep::<Maps>(j, &br#"{"a":"#.repeat(LEVELS / 2));
        }
        #[cfg(feature = "xml")]
        {
            let x = Codec::Xml;
            too_deep::<Nest>(x, &b"<item>".repeat(LEVELS / 2));
            too_deep::<List>(x, &b"<next>".repeat(LEVELS / 2));
            too_deep::<Expression>(x, &b"<Not>".repeat(LEVELS / 2));
            too_deep::<Maps>(x, &[&b"<a>"[..], &b"<entry><key>a</key><value>".repeat(LEVELS / 8)].concat());
        }
    };
    std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}

fn chain(levels: usize) -> List {
    (1..levels).fold(List { next: None }, |list, _| List { next: Some(Box::new(list)) })
}

#[test]
fn both_directions_have_the_same_limit() {
    for codec in all() {
        // A struct and an option each, but for the innermost, which is `None`.
        let deepest = chain(32);
        assert_eq!(decode::<List>(codec, &encode(codec, &deepest).unwrap()).unwrap(), deepest);
        let (kind, text) = encode_error(codec, &chain(34));
        assert_eq!(kind, CodecErrorKind::Depth, "{text}");
        let expression = (0..63).fold(Expression::Leaf, |inner, _| Expression::Not(Box::new(inner)));
        assert_eq!(decode::<Expression>(codec, &encode(codec, &expression).unwrap()).unwrap(), expression);
    }
}

#[test]
fn a_claimed_length_takes_no_memory() {
    let c = Codec::Compact;
    for claim in [u64::MAX, 1 << 60, 1 << 32, 100_000] {
        for (first, expected) in [
            (0x9b, CodecErrorKind::Elements),
            (0xbb, CodecErrorKind::Elements),
            (0x5b, CodecErrorKind::UnexpectedEnd),
            (0x7b, CodecErrorKind::UnexpectedEnd),
        ] {
            let body = [&[first][..], &claim.to_be_bytes(), &[1; 100]].concat();
            assert_eq!(decode_error::<serde_json::Value>(c, &body).0, expected, "{first:x} {claim}");
            assert_eq!(decode_error::<IgnoredAny>(c, &body).0, CodecErrorKind::UnexpectedEnd);
        }
        let list = [&[0x9b][..], &claim.to_be_bytes(), &[0xf6; 100]].concat();
        assert_eq!(decode_error::<Vec<()>>(c, &list).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<HashSet<()>>(c, &list).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<Vec<[u64; 0]>>(c, &list).0, CodecErrorKind::Elements);
    }
}

/// One byte or a few on the wire, 520 bytes in memory.
type Large = Option<[[u64; 8]; 8]>;

#[test]
fn elements_that_are_larger_in_memory_than_on_the_wire_are_charged() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct Defaults {
        #[serde(default)]
        pad: [[u64; 8]; 8],
    }
    for codec in all() {
        let nones = |count| encode(codec, &vec![None::<u8>; count]).unwrap();
        decode::<Vec<Large>>(codec, &nones(100)).unwrap();
        decode::<Vec<Box<Large>>>(codec, &nones(100)).unwrap();
        decode::<Vec<Option<String>>>(codec, &nones(100_000)).unwrap();
        #[derive(Serialize)]
        struct Empty {}
        let empties = (0..10_000).map(|_| Empty {}).collect::<Vec<_>>();
        let empties = encode(codec, &empties).unwrap();
        let limits = CodecLimits { max_expansion: 4, ..CodecLimits::default() };
        for error in [
            codec.decode::<Vec<Large>>(&nones(10_000), &limits).unwrap_err(),
            codec.decode::<Vec<Box<Large>>>(&nones(10_000), &limits).unwrap_err(),
            codec.decode::<Vec<Defaults>>(&empties, &limits).map(drop).unwrap_err(),
        ] {
            assert_eq!(error.kind(), CodecErrorKind::Expansion, "{codec}: {error}");
        }
        let error = codec.decode::<Vec<Large>>(&nones(10_000), &CodecLimits::default());
        assert_eq!(error.is_err(), codec != Codec::from_name("xml").unwrap_or(Codec::Postcard), "{codec}");
    }
}

#[test]
fn the_size_is_checked_while_writing() {
    struct Endless;
    impl Serialize for Endless {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(std::iter::repeat_n((), 1 << 40))
        }
    }
    struct EndlessText;
    impl std::fmt::Display for EndlessText {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            loop {
                f.write_str("text")?;
            }
        }
    }
    struct Shown;
    impl Serialize for Shown {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&EndlessText)
        }
    }
    struct Block;
    impl Serialize for Block {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(&[0; 1 << 20])
        }
    }
    let limits = CodecLimits { max_size: 1_000, ..CodecLimits::default() };
    for codec in all() {
        let mut out = Vec::new();
        for error in [
            codec.encode(&Endless, &limits, &mut out).unwrap_err(),
            codec.encode(&Shown, &limits, &mut out).unwrap_err(),
            codec.encode(&Block, &limits, &mut out).unwrap_err(),
            codec.encode(&"<\"\n".repeat(1 << 20), &limits, &mut out).unwrap_err(),
        ] {
            assert_eq!(error.kind(), CodecErrorKind::Size, "{codec}: {error}");
        }
        assert!(out.is_empty() && out.capacity() < 8_192, "{codec}: {}", out.capacity());
        let body = encode(codec, &"x".repeat(2_000)).unwrap();
        assert_eq!(codec.decode::<String>(&body, &limits).unwrap_err().kind(), CodecErrorKind::Size);
    }
}

#[test]
fn every_size_up_to_the_limit_is_accepted() {
    for codec in all() {
        let value = ("text <&> \"", vec![1, 2, 3], Some(1.5));
        let size = encode(codec, &value).unwrap().len();
        for max_size in 0..size + 5 {
            let limits = CodecLimits { max_size, ..CodecLimits::default() };
            assert_eq!(codec.encode(&value, &limits, &mut Vec::new()).is_ok(), max_size >= size, "{codec}");
        }
    }
}
