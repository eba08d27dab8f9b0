//! What is refused from a peer, and what the text says.

use std::fmt;
use std::num::NonZeroU8;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{CodecErrorKind, decode, decode_error};

#[derive(Debug, Deserialize)]
struct Port {
    #[expect(dead_code, reason = "only decoded")]
    name: String,
    #[expect(dead_code, reason = "only decoded")]
    number: NonZeroU8,
}

#[derive(Debug, Deserialize)]
enum Shape {
    Point,
    Circle {
        #[expect(dead_code, reason = "only decoded")]
        radius: bool,
    },
    Pair(
        #[expect(dead_code, reason = "only decoded")] u8,
        #[expect(dead_code, reason = "only decoded")] bool,
    ),
    One(#[expect(dead_code, reason = "only decoded")] bool),
}

#[test]
fn a_value_that_its_type_does_not_have_is_named_with_its_place() {
    let cases = [
        (decode_error::<bool>(&[2]), CodecErrorKind::Invalid, "the byte 2 is neither 0 nor 1"),
        (decode_error::<Option<u8>>(&[2, 0]), CodecErrorKind::Invalid, "the byte 2 is neither 0 nor 1"),
        (decode_error::<&str>(&[1, 0xff]), CodecErrorKind::Invalid, "a text is not valid UTF-8"),
        (decode_error::<char>(&[2, b'a', b'b']), CodecErrorKind::Invalid, "a text of 2 bytes is not the one"),
        (decode_error::<char>(&[0]), CodecErrorKind::Invalid, "a text of 0 bytes is not the one"),
        (decode_error::<Shape>(&[4]), CodecErrorKind::Invalid, "`Shape` has 4 variants, but not number 4"),
        (decode_error::<Shape>(&[1, 9]), CodecErrorKind::Invalid, "in field `radius` of `Shape::Circle`"),
        (decode_error::<Shape>(&[2, 0, 9]), CodecErrorKind::Invalid, "in element 1 of `Shape::Pair`"),
        (decode_error::<Shape>(&[3, 9]), CodecErrorKind::Invalid, "in `Shape::One`"),
        (
            decode_error::<Vec<Port>>(&[2, 0, 1, 0, 0]),
            CodecErrorKind::Invalid,
            "found the number 0, expected a nonzero u8, in field `number` of `Port`",
        ),
        (
            decode_error::<(u8, Vec<bool>)>(&[0, 2, 0, 7]),
            CodecErrorKind::Invalid,
            "is expected, in element 1 of `Vec<bool>`, in element 1 of `(u8, Vec<bool>)`",
        ),
        (
            decode_error::<Port>(&[3, b'a']),
            CodecErrorKind::UnexpectedEnd,
            "a text or block of 3 bytes is announced, but only 1 bytes are left, in field `name` of `Port`",
        ),
        (
            decode_error::<u8>(&[1, 2, 3]),
            CodecErrorKind::LeftOver,
            "the input has 2 bytes after the end of the value: it was made from another type, in `u8`",
        ),
    ];
    for ((kind, text), expected_kind, expected_text) in cases {
        assert_eq!(kind, expected_kind, "{text}");
        assert!(text.contains(expected_text), "{text}");
    }
    assert!(matches!(decode::<Shape>(&[0]), Ok(Shape::Point)));
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only decoded")]
enum Untagged {
    Number(u8),
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
enum Internal {
    #[expect(dead_code, reason = "only decoded")]
    One { a: u8 },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "value")]
enum Adjacent {
    #[expect(dead_code, reason = "only decoded")]
    One(u8),
}

#[derive(Debug, Deserialize)]
struct Flat {
    #[serde(flatten)]
    #[expect(dead_code, reason = "only decoded")]
    rest: std::collections::BTreeMap<String, u8>,
}

#[derive(Debug, Deserialize)]
struct Holder<T> {
    #[expect(dead_code, reason = "only decoded")]
    field: T,
}

#[test]
fn a_type_that_must_be_told_what_comes_next_is_named() {
    for (kind, text) in [
        decode_error::<Holder<Untagged>>(&[1, 1, 1]),
        decode_error::<Holder<Internal>>(&[1, 1, 1]),
        decode_error::<Holder<Adjacent>>(&[1, 1, 1]),
        decode_error::<Holder<Flat>>(&[1, 1, 1]),
        decode_error::<Holder<IgnoredAny>>(&[1, 1, 1]),
    ] {
        assert_eq!(kind, CodecErrorKind::SelfDescribing);
        assert!(text.starts_with("postcard does not tell what comes next"), "{text}");
        assert!(
            text.ends_with("in field `field` of `Holder`") || text.ends_with("in field `kind` of `Adjacent`"),
            "{text}"
        );
    }
}

/// Takes one element fewer than there are.
#[derive(Debug)]
struct Lazy;

impl<'de> Deserialize<'de> for Lazy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = Lazy;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Lazy, A::Error> {
                parts.next_element::<u8>()?;
                Ok(Lazy)
            }
        }
        deserializer.deserialize_seq(First)
    }
}

#[test]
fn elements_that_a_type_leaves_unread_are_refused() {
    let (kind, text) = decode_error::<Lazy>(&[2, 1, 1]);
    assert_eq!(kind, CodecErrorKind::ElementCount);
    assert!(text.starts_with("`Lazy` read 1 of its 2 elements"), "{text}");
    decode::<Lazy>(&[1, 1]).unwrap();
}

/// Reads a map without its values.
#[derive(Debug)]
struct Keys;

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Keys, A::Error> {
                while entries.next_key::<u8>()?.is_some() {}
                Ok(Keys)
            }
        }
        deserializer.deserialize_map(All)
    }
}

#[test]
fn values_that_a_type_leaves_unread_are_refused() {
    decode::<Keys>(&[0]).unwrap();
    assert_eq!(decode_error::<Keys>(&[1, 7]).0, CodecErrorKind::ElementCount);
    assert_eq!(decode_error::<Keys>(&[2, 7, 8]).0, CodecErrorKind::ElementCount);
}

#[derive(Debug, Deserialize)]
struct Lenient {
    #[serde(deserialize_with = "or_default")]
    #[expect(dead_code, reason = "only decoded")]
    list: Vec<bool>,
    #[expect(dead_code, reason = "only decoded")]
    next: Vec<u8>,
}

fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(T::deserialize(deserializer).unwrap_or_default())
}

#[test]
fn an_error_that_is_swallowed_is_still_an_error() {
    decode::<Lenient>(&[1, 1, 0]).unwrap();
    // Would be read as `list: [], next: []` with the rest of the list in the place of the next field.
    let (kind, text) = decode_error::<Lenient>(&[2, 9, 0]);
    assert_eq!(kind, CodecErrorKind::Invalid);
    assert!(text.ends_with("(an implementation went on in spite of this), in `Lenient`"), "{text}");
}

#[test]
fn text_from_an_implementation_is_kept_but_not_without_end() {
    #[derive(Debug)]
    struct Quotes;
    impl<'de> Deserialize<'de> for Quotes {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Err(serde::de::Error::custom(format_args!("no such key: {text}")))
        }
    }
    let body = super::encode("key").unwrap();
    assert_eq!(
        decode_error::<Quotes>(&body),
        (CodecErrorKind::Custom, "no such key: key, in `Quotes`".to_owned())
    );
    let body = super::encode(&"é".repeat(1 << 20)).unwrap();
    let (_, text) = decode_error::<Quotes>(&body);
    assert!(text.len() < 1_100 && text.ends_with("é…, in `Quotes`"), "{}", text.len());
}
