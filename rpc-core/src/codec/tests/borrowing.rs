//! Text and bytes are slices of the input.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{decode, encode};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Borrowed<'a> {
    text: &'a str,
    block: &'a [u8],
    #[serde(borrow)]
    maybe: Option<&'a str>,
    #[serde(borrow)]
    cow: Cow<'a, str>,
    list: Vec<&'a str>,
}

fn inside(part: &[u8], whole: &[u8]) -> bool {
    whole.as_ptr_range().contains(&part.as_ptr())
}

#[test]
fn borrowed_fields_point_into_the_input() {
    let value = Borrowed {
        text: "one",
        block: &[0, 159, 146, 150],
        maybe: Some("two"),
        cow: Cow::Owned("three".to_owned()),
        list: vec!["four", "five"],
    };
    let bytes = encode(&value).unwrap();
    let back: Borrowed<'_> = decode(&bytes).unwrap();
    assert_eq!(back, value);
    assert!(inside(back.text.as_bytes(), &bytes));
    assert!(inside(back.block, &bytes));
    assert!(inside(back.maybe.unwrap().as_bytes(), &bytes));
    assert!(matches!(back.cow, Cow::Borrowed(text) if inside(text.as_bytes(), &bytes)));
    assert!(back.list.iter().all(|text| inside(text.as_bytes(), &bytes)));
}

/// Asks for an owned string, and takes a borrowed one if it can get one.
struct Lent<'a>(Option<&'a str>);

impl<'de> Deserialize<'de> for Lent<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Lent<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Lent<'de>, E> {
                Ok(Lent(Some(text)))
            }

            fn visit_str<E>(self, _text: &str) -> Result<Lent<'de>, E> {
                Ok(Lent(None))
            }
        }
        deserializer.deserialize_string(Visitor)
    }
}

#[test]
fn an_owned_string_is_lent_as_well() {
    let bytes = encode("text").unwrap();
    let lent: Lent<'_> = decode(&bytes).unwrap();
    assert!(inside(lent.0.unwrap().as_bytes(), &bytes));
}
