//! What does not fit is refused, and the text says what was found, what was expected, and where.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU8;

use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{CodecErrorKind, all, bodies, decode, decode_error, encode, encode_error};
use crate::codec::{Codec, CodecLimits};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Holder<T> {
    field: T,
}

/// What a codec says where a `T` is read and `value` was written.
#[track_caller]
fn found<V: Serialize, T: for<'de> Deserialize<'de>>(codec: Codec, value: V) -> String {
    let body = encode(codec, &Holder { field: value }).unwrap();
    let (kind, text) = decode_error::<Holder<T>>(codec, &body);
    assert_eq!(kind, CodecErrorKind::Invalid, "{codec}: {text}");
    text
}

#[track_caller]
fn says<V: Serialize + Copy, T: for<'de> Deserialize<'de>>(value: V, expected: &str) {
    for codec in all().filter(|codec| codec.name() != "xml") {
        assert_eq!(
            found::<V, T>(codec, value),
            format!("{expected}, in field `field` of `Holder`"),
            "{codec}"
        );
    }
}

/// XML has all scalars as texts.
#[track_caller]
fn xml_says<V: Serialize, T: for<'de> Deserialize<'de>>(value: V, expected: &str) {
    if let Some(xml) = Codec::from_name("xml") {
        assert_eq!(found::<V, T>(xml, value), format!("{expected}, in field `field` of `Holder`"));
    }
}

#[test]
fn numbers_are_never_cut() {
    says::<_, u8>(300, "found the number 300, expected u8");
    says::<_, u8>(-1, "found the number -1, expected u8");
    says::<_, i8>(128, "found the number 128, expected i8");
    says::<_, u64>(-1_i64, "found the number -1, expected u64");
    says::<_, i64>(u64::MAX, "found the number 18446744073709551615, expected i64");
    says::<_, u64>(1_u128 << 64, "found the number 18446744073709551616, expected u64");
    says::<_, i64>(i128::from(i64::MIN) - 1, "found the number -9223372036854775809, expected i64");
    says::<_, u8>(5.0, "found the number 5.0, expected u8");
    says::<_, i64>(1.5, "found the number 1.5, expected i64");
    says::<_, NonZeroU8>(0, "found the number 0, expected a nonzero u8");
    xml_says::<_, u8>(300, "found the number 300, expected u8");
    xml_says::<_, i8>(-129, "found the number -129, expected i8");
    xml_says::<_, u64>(1_u128 << 64, "found the number 18446744073709551616, expected u64");
    xml_says::<_, i64>(1.5, "found the string \"1.5\", expected i64");
}

#[test]
fn wider_numbers_hold_narrower_ones() {
    for (codec, body) in bodies(&(5_u8, -5_i8, 1.5_f32, 5_u8, u64::MAX, -1_i64)) {
        let wide: (i128, i16, f64, f64, u128, i128) = decode(codec, &body).unwrap();
        assert_eq!(wide, (5, -5, 1.5, 5.0, u128::from(u64::MAX), -1), "{codec}");
        let same: (u8, i8, f32, f32, u64, i64) = decode(codec, &body).unwrap();
        assert_eq!(same, (5, -5, 1.5, 5.0, u64::MAX, -1), "{codec}");
    }
}

#[test]
fn integers_are_read_as_floats_only_if_they_are_the_same_number() {
    for codec in all() {
        for exact in [0, 7, 16_777_217, 1 << 53, u64::MAX - 2047, 1 << 63] {
            assert_eq!(
                decode::<f64>(codec, &encode(codec, &exact).unwrap()).unwrap() as u64,
                exact,
                "{codec}"
            );
        }
        for inexact in [(1_u64 << 53) + 1, 123_456_789_012_345_678, u64::MAX] {
            let body = encode(codec, &inexact).unwrap();
            let told = |float| format!("found the number {inexact}, expected {float}, in `{float}`");
            assert_eq!(decode_error::<f64>(codec, &body).1, told("f64"), "{codec}");
            assert_eq!(decode_error::<f32>(codec, &body).1, told("f32"), "{codec}");
        }
        let told = "found the number -9007199254740993, expected f64, in `f64`";
        assert_eq!(decode_error::<f64>(codec, &encode(codec, &-((1_i64 << 53) + 1)).unwrap()).1, told);
        for inexact in [16_777_217, -16_777_217, 100_000_000_000_i64] {
            let told = format!("found the number {inexact}, expected f32, in `f32`");
            assert_eq!(decode_error::<f32>(codec, &encode(codec, &inexact).unwrap()).1, told, "{codec}");
        }
        for exact in [0, -7, -16_777_216, 16_777_218] {
            let value = decode::<f32>(codec, &encode(codec, &exact).unwrap()).unwrap();
            assert_eq!(f64::from(value), f64::from(exact), "{codec}");
        }
        let wide = (1_u128 << 100) + 1;
        assert_eq!(decode_error::<f64>(codec, &encode(codec, &wide).unwrap()).0, CodecErrorKind::Invalid);
        assert_eq!(decode_error::<f32>(codec, &encode(codec, &wide).unwrap()).0, CodecErrorKind::Invalid);
    }
}

#[test]
fn floats_are_never_rounded() {
    for codec in all() {
        let body = |value: f64| encode(codec, &value).unwrap();
        for exact in [0.0, 1.5, -16_777_216.0, f64::from(0.1_f32), f64::from(f32::MAX)] {
            assert_eq!(f64::from(decode::<f32>(codec, &body(exact)).unwrap()), exact, "{codec}");
        }
        assert!(decode::<f32>(codec, &body(-0.0)).unwrap().is_sign_negative(), "{codec}");
        for value in [1.234567890123, 16_777_217.0, 1.234567889, 1e-60, 1e300, f64::from(f32::MAX) * 2.0] {
            assert_eq!(
                decode_error::<f32>(codec, &body(value)).1,
                format!("found the number {value:?}, expected f32, in `f32`"),
                "{codec}"
            );
        }
        for value in [0.1, 1e11, 1.0 / 3.0, f32::MAX, f32::MIN_POSITIVE, 1e-45] {
            assert_eq!(decode::<f32>(codec, &encode(codec, &value).unwrap()).unwrap(), value, "{codec}");
        }
        // Two forms that are as short and as near.
        for value in [-252_479.62, -252_479.63] {
            if codec != Codec::Compact {
                let single = decode::<f32>(codec, &body(value)).unwrap();
                assert_eq!(f64::from(single), -252_479.625, "{codec}");
            }
        }
        if codec != Codec::from_name("json").unwrap_or(Codec::Compact) {
            assert!(decode::<f32>(codec, &body(f64::NAN)).unwrap().is_nan(), "{codec}");
        }
        if codec == Codec::Compact {
            decode_error::<f32>(codec, &body(0.1));
        }
    }
}

#[cfg(feature = "json")]
#[test]
fn others_may_write_floats_of_json_in_their_way() {
    let read = |text: &str| decode::<f64>(Codec::Json, text.as_bytes());
    for (text, value) in [("-0", -0.0), ("1E+2", 100.0), (" 100000000000000000000 ", 1e20), ("2e-1", 0.2)] {
        assert_eq!(read(text).unwrap().to_bits(), f64::to_bits(value), "{text}");
    }
    assert!(read("100000000000000000001").is_err());
    assert!(read("1e400").is_err());
}

#[cfg(feature = "xml")]
#[test]
fn others_may_write_floats_of_xml_in_their_way() {
    let read = |text: &str| decode::<f64>(Codec::Xml, format!("<v>{text}</v>").as_bytes());
    for (text, value) in [("-0", -0.0), ("+007", 7.0), (" .5 ", 0.5), ("-INF", f64::NEG_INFINITY)] {
        assert_eq!(read(text).unwrap().to_bits(), f64::to_bits(value), "{text}");
    }
    for wrong in ["+009007199254740993", "-09007199254740993", "inf", "nan", "1e400", "e5"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn another_type_is_named_with_its_place() {
    says::<_, i64>("x", "found the string \"x\", expected i64");
    says::<_, String>(7, "found the number 7, expected a string");
    says::<_, bool>("true", "found the string \"true\", expected a boolean");
    says::<_, u8>(None::<u8>, "found null, expected u8");
    says::<_, u8>(&[1], "found a list, expected u8");
    says::<_, Vec<u8>>(7, "found the number 7, expected a sequence");
    says::<_, String>(&BTreeMap::from([("a", 1)]), "found a map, expected a string");
    says::<_, Holder<u8>>(&[1], "found a list, expected struct Holder");
    says::<_, char>("ab", "found the string \"ab\", expected a character");
    xml_says::<_, i64>("x", "found the string \"x\", expected i64");
    xml_says::<_, bool>("maybe", "found the string \"maybe\", expected a boolean");
    xml_says::<_, u8>(None::<u8>, "found null, expected u8");
    xml_says::<_, u8>(vec![1], "found a map, expected u8");
    xml_says::<_, Vec<u8>>(7, "found the string \"7\", expected a sequence");
    let long = "é".repeat(5_000);
    for codec in all() {
        let text = found::<_, i64>(codec, long.as_str());
        assert!(
            text.starts_with("found a string of 10000 bytes, \"éé") && text.len() < 300,
            "{codec}: {text}"
        );
        assert!(text.ends_with("…, expected i64, in field `field` of `Holder`"), "{codec}: {text}");
    }
}

#[test]
fn deep_places_are_told() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    enum Shape {
        Line(u8, u8),
        Circle { radius: u8 },
        One(Vec<u8>),
    }
    #[derive(Serialize)]
    enum Sent {
        Line(u8, u16),
        Circle { radius: u16 },
        One(Vec<u16>),
    }
    for (sent, place) in [
        (Sent::Line(1, 300), "in element 1 of `Shape::Line`"),
        (Sent::Circle { radius: 300 }, "in field `radius` of `Shape::Circle`"),
        (Sent::One(vec![1, 300]), "in element 1 of `Vec<u8>`"),
    ] {
        for (codec, body) in bodies(&[sent]) {
            let (_, text) = decode_error::<[Shape; 1]>(codec, &body);
            let start = format!("found the number 300, expected u8, {place}");
            assert!(text.starts_with(&start), "{codec}: {text}");
        }
    }
    for (codec, body) in bodies(&HashMap::from([("key", 300)])) {
        let (_, text) = decode_error::<HashMap<String, u8>>(codec, &body);
        assert!(text.contains("expected u8, in entry 0 of `HashMap<String, u8"), "{codec}: {text}");
    }
}

#[test]
fn a_tuple_has_its_number_of_elements() {
    for (codec, body) in bodies(&(1, 2, 3)) {
        assert_eq!(
            decode_error::<(u8, u8)>(codec, &body),
            (
                CodecErrorKind::ElementCount,
                "there are more elements than the 2 that are read, in `(u8, u8)`".to_owned()
            ),
            "{codec}"
        );
        let (_, text) = decode_error::<(u8, u8, u8, u8)>(codec, &body);
        assert!(text.starts_with("invalid length 3, expected a tuple of size 4"), "{codec}: {text}");
    }
}

#[test]
fn a_variant_has_its_own_content() {
    #[derive(Debug, Serialize, Deserialize)]
    enum Unit {
        A,
    }
    #[derive(Debug, Serialize, Deserialize)]
    enum Full {
        A(String),
    }
    for (codec, body) in bodies(&Full::A("x".to_owned())) {
        let (_, text) = decode_error::<Unit>(codec, &body);
        assert!(text.contains("expected a variant without content, in `Unit::A`"), "{codec}: {text}");
    }
    for (codec, body) in bodies(&Unit::A) {
        let (_, text) = decode_error::<Full>(codec, &body);
        assert!(text.contains("found unit variant, expected a variant with"), "{codec}: {text}");
    }
}

#[test]
fn bytes_behind_the_value_are_refused() {
    for (codec, mut body) in bodies(&before()) {
        body.push(b'7');
        let (kind, text) = decode_error::<Holder<u8>>(codec, &body);
        assert!(matches!(kind, CodecErrorKind::LeftOver | CodecErrorKind::Malformed), "{codec}: {text}");
    }
}

fn before() -> Holder<u8> {
    Holder { field: 7 }
}

#[test]
fn a_field_that_is_there_twice_is_refused() {
    struct Twice;
    impl Serialize for Twice {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut parts = serializer.serialize_struct("Twice", 2)?;
            parts.serialize_field("field", &1)?;
            parts.serialize_field("field", &2)?;
            parts.end()
        }
    }
    for (codec, body) in bodies(&Twice) {
        let (_, text) = decode_error::<Holder<u8>>(codec, &body);
        assert_eq!(text, "duplicate field `field`, in `Holder`", "{codec}");
    }
}

#[test]
fn an_error_that_is_swallowed_is_still_an_error() {
    #[derive(Debug, Deserialize)]
    struct Lenient {
        #[serde(deserialize_with = "or_default")]
        #[expect(dead_code, reason = "only decoded")]
        field: Vec<u8>,
    }
    fn or_default<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Ok(Vec::deserialize(deserializer).unwrap_or_default())
    }
    for (codec, body) in bodies(&Holder { field: [1, 300] }) {
        let (_, text) = decode_error::<Lenient>(codec, &body);
        assert!(text.starts_with("found the number 300, expected u8"), "{codec}: {text}");
    }
    struct Swallows;
    impl Serialize for Swallows {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut parts = serializer.serialize_seq(Some(2))?;
            let _ = parts.serialize_element(&Refuses);
            parts.serialize_element(&1_u8)?;
            parts.end()
        }
    }
    for codec in all() {
        assert!(encode_error(codec, &Swallows).1.starts_with("refused"), "{codec}");
    }
}

struct Refuses;

impl Serialize for Refuses {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("refused"))
    }
}

#[test]
fn an_error_or_a_panic_takes_everything_back() {
    struct Panics;
    impl Serialize for Panics {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            std::panic::resume_unwind(Box::new("on purpose"))
        }
    }
    for codec in all() {
        let mut out = b"before".to_vec();
        let error = codec.encode_as("draw", &("half", Refuses), &CodecLimits::default(), &mut out);
        assert_eq!(error.unwrap_err().to_string(), "refused, in `draw`");
        assert_eq!(out, b"before");
        let run = std::panic::AssertUnwindSafe(|| {
            codec.encode(&("half", Panics), &CodecLimits::default(), &mut out)
        });
        assert!(std::panic::catch_unwind(run).is_err());
        assert_eq!(out, b"before");
        codec.encode(&7_u8, &CodecLimits::default(), &mut out).unwrap();
        assert_eq!(decode::<u8>(codec, &out[6..]).unwrap(), 7);
    }
}

#[test]
fn another_number_of_parts_than_announced_is_refused() {
    struct Short;
    impl Serialize for Short {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut parts = serializer.serialize_struct("Short", 2)?;
            parts.serialize_field("a", &1)?;
            parts.end()
        }
    }
    struct Long;
    impl Serialize for Long {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut parts = serializer.serialize_seq(Some(1))?;
            parts.serialize_element(&1)?;
            parts.serialize_element(&1)?;
            parts.end()
        }
    }
    struct Keys;
    impl Serialize for Keys {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_key(&1)?;
            map.serialize_key(&2)?;
            map.end()
        }
    }
    for codec in all() {
        let (kind, text) = encode_error(codec, &Short);
        assert_eq!(kind, CodecErrorKind::FieldCount);
        assert_eq!(
            text,
            "`Short` wrote 1 of the 2 fields that it announced: correct its `Serialize` implementation"
        );
        assert_eq!(encode_error(codec, &Long).0, CodecErrorKind::ElementCount);
        assert_eq!(encode_error(codec, &Keys).0, CodecErrorKind::ElementCount);
    }
}

#[test]
fn a_length_need_not_be_known() {
    struct Lazy;
    impl Serialize for Lazy {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq((0..10).filter(|number| number % 2 == 0))
        }
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Flat {
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    }
    for codec in all() {
        let body = encode(codec, &Lazy).unwrap();
        assert_eq!(decode::<Vec<u8>>(codec, &body).unwrap(), [0, 2, 4, 6, 8], "{codec}");
    }
    for codec in all().filter(|codec| codec.name() != "xml") {
        let flat = Flat { rest: [("a".to_owned(), 1), ("b".to_owned(), 2)].into() };
        assert_eq!(decode::<Flat>(codec, &encode(codec, &flat).unwrap()).unwrap(), flat, "{codec}");
    }
}

#[test]
fn types_that_have_to_be_told_what_comes_next() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Number(u8),
        Text(String),
        List(Vec<Option<u8>>),
        Map { a: i8 },
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Internal {
        One { a: u8 },
        Two,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind", content = "value")]
    enum Adjacent {
        One(u8),
        Two,
    }
    type All = (Vec<Untagged>, Vec<Internal>, Vec<Adjacent>, serde_json::Value);
    let value: All = (
        vec![
            Untagged::Number(7),
            Untagged::Text("7".to_owned()),
            Untagged::List(vec![None, Some(7)]),
            Untagged::Map { a: -1 },
        ],
        vec![Internal::One { a: 1 }, Internal::Two],
        vec![Adjacent::One(1), Adjacent::Two],
        serde_json::json!({ "a": [null, true, 1.5, -7, "text", {}] }),
    );
    for codec in all() {
        let body = encode(codec, &value).unwrap();
        if codec.name() == "xml" {
            assert_eq!(decode_error::<All>(codec, &body).0, CodecErrorKind::SelfDescribing);
        } else {
            assert_eq!(decode::<All>(codec, &body).unwrap(), value, "{codec}");
        }
    }
}
