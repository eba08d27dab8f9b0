//! Texts and blocks are slices of the input where the codec has them as they are.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{all, decode, decode_error, encode};
use crate::codec::Codec;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Borrowed<'a> {
    text: &'a str,
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
fn plain_texts_point_into_the_input() {
    let value = Borrowed {
        text: "one",
        maybe: Some("two é"),
        cow: Cow::Owned("three".to_owned()),
        list: vec!["four", "five"],
    };
    for codec in all() {
        let body = encode(codec, &value).unwrap();
        let back: Borrowed<'_> = decode(codec, &body).unwrap();
        assert_eq!(back, value, "{codec}");
        assert!(inside(back.text.as_bytes(), &body));
        assert!(inside(back.maybe.unwrap().as_bytes(), &body));
        assert!(matches!(back.cow, Cow::Borrowed(text) if inside(text.as_bytes(), &body)));
        assert!(back.list.iter().all(|text| inside(text.as_bytes(), &body)));
    }
}

#[test]
fn texts_with_escapes_are_owned() {
    #[derive(Serialize, Deserialize)]
    struct Holder<'a> {
        #[serde(borrow)]
        text: Cow<'a, str>,
    }
    for codec in all() {
        let body = encode(codec, &Holder { text: Cow::Borrowed("\"<&>\n\\") }).unwrap();
        let back: Holder<'_> = decode(codec, &body).unwrap();
        assert_eq!(back.text, "\"<&>\n\\");
        assert_eq!(matches!(back.text, Cow::Borrowed(_)), codec == Codec::Compact);
        if codec != Codec::Compact {
            decode_error::<&str>(codec, &encode(codec, "\"<&>\n\\").unwrap());
        }
    }
}

#[test]
fn blocks_of_the_compact_codec_point_into_the_input() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Block<'a> {
        #[serde(borrow, serialize_with = "bytes")]
        block: &'a [u8],
    }
    fn bytes<S: serde::Serializer>(block: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(block)
    }
    let value = Block { block: &[0, 159, 146, 150] };
    let body = encode(Codec::Compact, &value).unwrap();
    let back: Block<'_> = decode(Codec::Compact, &body).unwrap();
    assert_eq!(back, value);
    assert!(inside(back.block, &body));
}
