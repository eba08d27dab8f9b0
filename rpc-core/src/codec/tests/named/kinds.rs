//! Visitors that take more kinds of values than one.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{all, decode, encode};
use crate::codec::Codec;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat<M> {
    id: u32,
    #[serde(flatten)]
    rest: M,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Id(u64);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Color {
    Red,
}

/// Compact is the one of them whose keys are what they are.
#[track_caller]
fn flattens<K: Serialize + DeserializeOwned + Ord + Debug>(key: K) {
    let flat = Flat { id: 1, rest: BTreeMap::from([(key, Some("x".to_owned()))]) };
    let body = encode(Codec::Compact, &flat).unwrap();
    assert_eq!(decode::<Flat<BTreeMap<K, Option<String>>>>(Codec::Compact, &body).unwrap(), flat);
}

#[test]
fn a_map_that_is_flattened_may_have_keys_that_are_no_texts() {
    flattens(7_u64);
    flattens(-7_i8);
    flattens(true);
    flattens('c');
    flattens("text".to_owned());
    flattens(Id(7));
    flattens(Color::Red);
}

#[test]
fn a_type_may_ask_for_an_identifier_and_take_its_number_or_its_name() {
    #[derive(Debug, PartialEq)]
    enum Key {
        Number(u64),
        Name(String),
    }

    impl<'de> Deserialize<'de> for Key {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Either;

            impl Visitor<'_> for Either {
                type Value = Key;

                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("a number or a name")
                }

                fn visit_u64<E: Error>(self, number: u64) -> Result<Key, E> {
                    Ok(Key::Number(number))
                }

                fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
                    Ok(Key::Name(name.to_owned()))
                }
            }

            deserializer.deserialize_identifier(Either)
        }
    }

    for codec in all().filter(|codec| codec.name() != "xml") {
        let read = |body: Vec<u8>| decode::<Key>(codec, &body).map_err(|error| error.to_string());
        assert_eq!(read(encode(codec, &5_u64).unwrap()), Ok(Key::Number(5)), "{codec}");
        assert_eq!(read(encode(codec, "five").unwrap()), Ok(Key::Name("five".to_owned())), "{codec}");
        let error = read(encode(codec, &-5_i64).unwrap()).unwrap_err();
        assert!(error.contains("-5, expected a number or a name"), "{codec}: {error}");
    }
}
