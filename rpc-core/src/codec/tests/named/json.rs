//! What is JSON's own: what `serde_json` writes, bytes in base64, keys that are texts, and no number that is none.

use std::collections::BTreeMap;
use std::fmt::Debug;

use bytes::Bytes;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{CodecErrorKind, decode, decode_error, encode, encode_error};
use crate::codec::Codec::Json;
use crate::codec::tests::zoo;

fn text<T: Serialize + ?Sized>(value: &T) -> String {
    String::from_utf8(encode(Json, value).unwrap()).unwrap()
}

/// What is written, and read, is what `serde_json` has.
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let plain = serde_json::to_string(value).unwrap();
    prop_assert_eq!(&text(value), &plain);
    let pretty = serde_json::to_string_pretty(value).unwrap();
    let back =
        decode::<T>(Json, pretty.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&back, value);
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 256, failure_persistence: None, ..Config::default() })]

    #[test]
    fn numbers(value in zoo::numbers()) { same(&value)?; }

    #[test]
    fn enums(value in zoo::shape()) { same(&value)?; }

    #[test]
    fn trees(value in zoo::tree()) { same(&value)?; }

    #[test]
    fn types_of_the_standard_library(value in zoo::standard()) {
        if !value.has_some_of_nothing() {
            same(&value)?;
        }
    }

    #[test]
    fn maps(value in zoo::maps()) { same(&value)?; }

    #[test]
    fn strings(value in any::<Vec<String>>()) { same(&value)?; }

    #[test]
    fn floats(value in any::<(f64, f32)>()) { same(&value)?; }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Block {
    #[serde(with = "crate::bytes_serde")]
    data: Bytes,
}

#[test]
fn bytes_are_base64() {
    for (bytes, json) in [
        (&b""[..], r#"{"data":""}"#),
        (b"\0", r#"{"data":"AA=="}"#),
        (b"\xfb\xff", r#"{"data":"+/8="}"#),
        (b"any \xff\xfe", r#"{"data":"YW55IP/+"}"#),
    ] {
        let block = Block { data: Bytes::from(bytes) };
        assert_eq!(text(&block), json);
        assert_eq!(decode::<Block>(Json, json.as_bytes()).unwrap(), block);
    }
    // As plain `serde_json` has it.
    let list: Block = decode(Json, br#"{"data": [0, 255]}"#).unwrap();
    assert_eq!(list.data, b"\0\xff"[..]);
    for wrong in ["AA", "A", "AA==AA==", "AB==", "A A=", "_w=="] {
        let json = format!(r#"{{"data":"{wrong}"}}"#);
        let (kind, text) = decode_error::<Block>(Json, json.as_bytes());
        assert_eq!(kind, CodecErrorKind::Malformed, "{wrong}");
        assert!(text.contains("is not base64") && text.ends_with("in field `data` of `Block`"), "{text}");
    }
    let (_, text) = decode_error::<Block>(Json, br#"{"data":[256]}"#);
    assert!(text.starts_with("found the number 256, expected u8"), "{text}");
}

#[test]
fn numbers_that_are_none_are_refused_by_field() {
    #[derive(Serialize)]
    struct Reading {
        value: f64,
        single: f32,
    }
    for (value, shown) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
        let expected = (
            CodecErrorKind::Unsupported,
            format!("json has no form for the number {shown}, in field `value` of `Reading`"),
        );
        assert_eq!(encode_error(Json, &Reading { value, single: 0.0 }), expected);
        let (_, text) = encode_error(Json, &[Reading { value: 0.0, single: value as f32 }]);
        assert!(text.ends_with("in field `single` of `Reading`"), "{text}");
    }
    decode_error::<f64>(Json, b"1e999");
    decode_error::<f32>(Json, b"1e39");
    decode_error::<f64>(Json, b"NaN");
    decode_error::<f64>(Json, b"null");
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Color {
    Red,
    Mixed(u8),
}

fn key<K: Serialize + DeserializeOwned + Ord + Debug>(key: K, json: &str) {
    let map = BTreeMap::from([(key, 1)]);
    assert_eq!(text(&map), json);
    assert_eq!(decode::<BTreeMap<K, u8>>(Json, json.as_bytes()).unwrap(), map);
}

#[test]
fn keys_are_texts() {
    key("a\"".to_owned(), r#"{"a\"":1}"#);
    key(-7_i8, r#"{"-7":1}"#);
    key(u64::MAX, r#"{"18446744073709551615":1}"#);
    key(i128::MIN, r#"{"-170141183460469231731687303715884105728":1}"#);
    key(true, r#"{"true":1}"#);
    key('é', r#"{"é":1}"#);
    key(Color::Red, r#"{"Red":1}"#);
    key(std::net::Ipv4Addr::LOCALHOST, r#"{"127.0.0.1":1}"#);
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    struct Id(u32);
    key(Id(7), r#"{"7":1}"#);
    fn no<K: Serialize + Ord>(key: K, what: &str) {
        let (kind, text) = encode_error(Json, &BTreeMap::from([(key, 1)]));
        assert_eq!(kind, CodecErrorKind::Unsupported);
        assert!(text.starts_with(&format!("json cannot have {what} as the key of a map: ")), "{text}");
    }
    no((1, 2), "a list or map");
    no(Color::Mixed(1), "a list or map");
    no((), "nothing");
    no(None::<u8>, "nothing");
    for wrong in [r#"{"07":1}"#, r#"{"+7":1}"#, r#"{"":1}"#, r#"{" 7":1}"#, r#"{"1.0":1}"#, r#"{"256":1}"#] {
        decode_error::<BTreeMap<u8, u8>>(Json, wrong.as_bytes());
    }
    for wrong in [r"{7:1}", r"{null:1}", r"{,}", r#"{"7":1,}"#, r#"{"7":1 "8":1}"#, r#"{"7" 1}"#, r#"{"7"}"#]
    {
        assert_eq!(
            decode_error::<BTreeMap<u8, u8>>(Json, wrong.as_bytes()).0,
            CodecErrorKind::Malformed,
            "{wrong}"
        );
    }
}

#[test]
fn large_numbers_are_exact() {
    for number in [u128::from(u64::MAX), 1 << 64, u128::MAX] {
        assert_eq!(text(&number), number.to_string());
        assert_eq!(decode::<u128>(Json, number.to_string().as_bytes()).unwrap(), number);
    }
    assert_eq!(decode::<i64>(Json, b"9007199254740993").unwrap(), 9_007_199_254_740_993);
    let (_, text) = decode_error::<u128>(Json, b"340282366920938463463374607431768211456");
    assert!(text.contains("expected u128"), "{text}");
}

#[test]
fn what_is_not_json_is_malformed_and_what_is_cut_has_an_unexpected_end() {
    for wrong in [
        "[1,]",
        "[,1]",
        "[1 2]",
        "{]",
        "[}",
        "01",
        "+1",
        "1.",
        ".5",
        "tru",
        "nulL",
        "'a'",
        "\"\\x\"",
        "\"\n\"",
        "[1}",
        "{\"a\":}",
        "{\"a\":1",
        "//",
        "\"\\ud800\"",
        "-",
        "[1",
        "[",
        "\"a",
    ] {
        let (kind, text) = decode_error::<serde_json::Value>(Json, wrong.as_bytes());
        assert!(matches!(kind, CodecErrorKind::Malformed | CodecErrorKind::UnexpectedEnd), "{wrong}: {text}");
        assert!(serde_json::from_str::<serde_json::Value>(wrong).is_err(), "{wrong}");
    }
    assert_eq!(
        decode_error::<Vec<u8>>(Json, b" [1, x]").1,
        "the input is not json behind byte 5: expected value, in element 1 of `Vec<u8>`"
    );
    assert_eq!(decode_error::<String>(Json, b"\"\xff\"").0, CodecErrorKind::Malformed);
    assert_eq!(decode::<Vec<u8>>(Json, b" [ 1 ,\t2\n]\r ").unwrap(), [1, 2]);
}
