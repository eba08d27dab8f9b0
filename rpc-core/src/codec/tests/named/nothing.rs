//! `None`, `()` and what is in a `Some`.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{CodecErrorKind, all, bodies, decode, encode, encode_error};
use crate::codec::Codec;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped<T>(T);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Holder<T> {
    field: T,
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(codec: Codec, value: &T) {
    let body = encode(codec, value).unwrap();
    assert_eq!(&decode::<T>(codec, &body).unwrap(), value, "{codec}");
}

#[test]
fn the_compact_codec_tells_every_nothing_from_the_others() {
    let c = Codec::Compact;
    for value in [None, Some(None), Some(Some(None)), Some(Some(Some(7_u8)))] {
        comes_back(c, &value);
        comes_back(c, &vec![Wrapped(value), Wrapped(None)]);
    }
    for value in [None, Some(()), None] {
        comes_back(c, &value);
        comes_back(c, &Holder { field: Some(Some(value)) });
    }
    for value in [None, Some(Unit)] {
        comes_back(c, &Some(Wrapped(value)));
    }
    comes_back(c, &[Some(None), None, Some(Some(Wrapped(Some(()))))]);
    comes_back(c, &Some(Wrapped(None::<Unit>)));
    comes_back(c, &std::collections::BTreeMap::from([(None, Some(None)), (Some(1), Some(Some(())))]));
    // Nothing is marked that need not be.
    assert_eq!(encode(c, &Some(Some(7_u8))).unwrap(), [7]);
    assert_eq!(encode(c, &[None, Some("a")]).unwrap(), [0x82, 0xf6, 0x61, b'a']);
    assert_eq!(encode(c, &((), Unit, Some(vec![()]))).unwrap(), [0x83, 0xf6, 0xf6, 0x81, 0xf6]);
}

#[test]
fn others_refuse_what_they_cannot_tell_from_none() {
    for codec in all().filter(|codec| *codec != Codec::Compact) {
        for value in [None, Some(Some(7_u8)), Some(Some(8))] {
            comes_back(codec, &Holder { field: value });
        }
        let (kind, text) = encode_error(codec, &Holder { field: Some(None::<u8>) });
        assert_eq!(kind, CodecErrorKind::Unsupported);
        assert!(
            text.contains("`Option<Option<T>>`") && text.ends_with("in field `field` of `Holder`"),
            "{text}"
        );
        let (kind, _) = encode_error(codec, &Holder { field: Some(Wrapped(None::<u8>)) });
        assert_eq!(kind, CodecErrorKind::Unsupported);
    }
}

#[test]
fn an_option_that_is_not_there_is_none() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Empty {}
    for (codec, body) in bodies(&Empty {}) {
        assert_eq!(decode::<Holder<Option<u8>>>(codec, &body).unwrap(), Holder { field: None });
    }
}
