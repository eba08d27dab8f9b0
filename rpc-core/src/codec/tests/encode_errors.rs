//! What is refused before a byte is sent, and what the text says.

use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct};
use serde::{Serialize, Serializer};

use super::{CodecErrorKind, encode, encode_error};
use crate::codec::{Codec, CodecLimits};

#[derive(Serialize)]
struct Point {
    a: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<u8>,
}

#[derive(Serialize)]
enum Event {
    Moved {
        #[serde(skip_serializing_if = "String::is_empty")]
        by: String,
    },
    Path(Vec<Point>),
}

#[test]
fn a_skipped_field_is_named_with_its_type() {
    let whole = Point { a: 1, b: Some(2) };
    assert_eq!(encode(&whole).unwrap(), [1, 1, 2]);
    let expected = "field `b` of `Point` was skipped while serialising (`skip_serializing_if`): postcard would \
                    misread it; remove the attribute";
    let skipped = || Point { a: 1, b: None };
    assert_eq!(encode_error(&skipped()), (CodecErrorKind::Skipped, expected.to_owned()));
    assert_eq!(encode_error(&vec![skipped()]), (CodecErrorKind::Skipped, expected.to_owned()));
    assert_eq!(encode_error(&Event::Path(vec![skipped()])), (CodecErrorKind::Skipped, expected.to_owned()));
    let (kind, text) = encode_error(&Event::Moved { by: String::new() });
    assert_eq!(kind, CodecErrorKind::Skipped);
    assert!(text.starts_with("field `by` of `Event::Moved` was skipped"), "{text}");
}

#[test]
fn a_value_is_called_by_the_given_name() {
    struct Refuses;
    impl Serialize for Refuses {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("refused"))
        }
    }
    let mut out = vec![7];
    let error = Codec::Postcard.encode_as("draw", &Refuses, &CodecLimits::default(), &mut out).unwrap_err();
    assert_eq!(error.to_string(), "refused, in `draw`");
    assert_eq!(out, [7]);
}

/// Announces one number of parts and writes another.
struct Miscounts {
    what: &'static str,
    announced: usize,
    written: usize,
}

impl Serialize for Miscounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.what {
            "struct" => {
                let mut parts = serializer.serialize_struct("Odd", self.announced)?;
                (0..self.written).try_for_each(|_| parts.serialize_field("part", &1_u8))?;
                parts.end()
            }
            "tuple struct" => {
                let mut parts = serializer.serialize_tuple_struct("Odd", self.announced)?;
                (0..self.written).try_for_each(|_| parts.serialize_field(&1_u8))?;
                parts.end()
            }
            "tuple" => {
                let mut parts = serializer.serialize_tuple(self.announced)?;
                (0..self.written).try_for_each(|_| parts.serialize_element(&1_u8))?;
                parts.end()
            }
            "sequence" => {
                let mut parts = serializer.serialize_seq(Some(self.announced))?;
                (0..self.written).try_for_each(|_| parts.serialize_element(&1_u8))?;
                parts.end()
            }
            _ => {
                let mut parts = serializer.serialize_map(Some(self.announced))?;
                (0..self.written).try_for_each(|_| parts.serialize_entry(&1_u8, &2_u8))?;
                parts.end()
            }
        }
    }
}

#[test]
fn another_number_of_parts_than_announced_is_refused() {
    for (what, kind) in [
        ("struct", CodecErrorKind::FieldCount),
        ("tuple struct", CodecErrorKind::FieldCount),
        ("tuple", CodecErrorKind::FieldCount),
        ("sequence", CodecErrorKind::ElementCount),
        ("map", CodecErrorKind::ElementCount),
    ] {
        for (announced, written) in [(2, 1), (1, 2), (0, 1), (1, 0), (300, 299)] {
            let (found, text) = encode_error(&Miscounts { what, announced, written });
            assert_eq!(found, kind, "{what} {announced} {written}: {text}");
        }
        encode(&Miscounts { what, announced: 3, written: 3 }).unwrap();
    }
    assert_eq!(
        encode_error(&Miscounts { what: "struct", announced: 2, written: 1 }).1,
        "`Odd` wrote 1 of the 2 fields that it announced: postcard would misread it; correct its `Serialize` \
         implementation"
    );
    assert_eq!(
        encode_error(&[Miscounts { what: "sequence", announced: 1, written: 2 }]).1,
        "a sequence or map wrote more than the 1 elements that it announced: postcard would misread it; correct its \
         `Serialize` implementation, in `[Miscounts; 1]`"
    );
}

#[test]
fn a_key_needs_its_value() {
    struct Keys;
    impl Serialize for Keys {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(2))?;
            map.serialize_key(&1_u8)?;
            map.serialize_key(&2_u8)?;
            map.end()
        }
    }
    struct Value;
    impl Serialize for Value {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(0))?;
            map.serialize_value(&1_u8)?;
            map.end()
        }
    }
    assert_eq!(encode_error(&Keys).0, CodecErrorKind::ElementCount);
    assert_eq!(encode_error(&Value).0, CodecErrorKind::ElementCount);
}

#[derive(Serialize)]
struct Flat {
    a: u8,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, u8>,
}

#[derive(Serialize)]
struct Holder {
    flat: Flat,
}

#[test]
fn an_unknown_length_is_refused_and_not_buffered() {
    struct Lazy;
    impl Serialize for Lazy {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq((0..10).filter(|number| number % 2 == 0))
        }
    }
    assert_eq!(encode_error(&Lazy).0, CodecErrorKind::LengthUnknown);
    let flat = Flat { a: 1, rest: std::collections::BTreeMap::new() };
    assert_eq!(
        encode_error(&Holder { flat }),
        (
            CodecErrorKind::LengthUnknown,
            "a map of unknown length cannot be written as postcard: collect it first, or take `#[serde(flatten)]` \
             away, in field `flat` of `Holder`"
                .to_owned()
        )
    );
}

#[test]
fn text_from_an_implementation_is_kept() {
    struct Refuses;
    impl Serialize for Refuses {
        fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("the lock is poisoned"))
        }
    }
    #[derive(Serialize)]
    struct Outer {
        inner: (u8, Refuses),
    }
    assert_eq!(
        encode_error(&Outer { inner: (1, Refuses) }),
        (CodecErrorKind::Custom, "the lock is poisoned, in field `inner` of `Outer`".to_owned())
    );
}

#[test]
fn an_error_that_is_swallowed_is_still_an_error() {
    struct Swallows;
    impl Serialize for Swallows {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut parts = serializer.serialize_struct("Swallows", 2)?;
            let _ = parts.serialize_field("first", &Point { a: 1, b: None });
            parts.serialize_field("second", &1_u8)?;
            parts.end()
        }
    }
    assert_eq!(encode_error(&Swallows).0, CodecErrorKind::Skipped);
}

#[test]
fn elements_without_bytes_are_limited_as_for_the_decoder() {
    encode(&vec![(); 1_026]).unwrap();
    assert_eq!(encode_error(&vec![(); 1_027]).0, CodecErrorKind::Elements);
    struct Endless;
    impl Serialize for Endless {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(std::iter::repeat_n((), usize::MAX))
        }
    }
    let limits = super::CodecLimits { max_size: 100, ..super::CodecLimits::default() };
    let error = super::Codec::Postcard.encode(&Endless, &limits, &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), CodecErrorKind::Elements);
}
