//! The bodies in `docs/wire.md` against the codecs that write names, both ways.

use std::collections::BTreeMap;
use std::fmt::Debug;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::document::{Vector, vectors};
use crate::codec::{Codec, CodecError, CodecLimits};

#[derive(Debug, Serialize, Deserialize)]
struct Point {
    x: i32,
    y: Option<f32>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Shape {
    Empty,
    Circle(u64),
    Line(i8, i8),
    Named { name: String },
}

#[derive(Debug, Serialize, Deserialize)]
struct Block {
    #[serde(with = "crate::bytes_serde")]
    data: Bytes,
}

/// What the bytes of a vector mean, and what that is written as.
type Read = (String, Vec<u8>);

fn read<T: Serialize + DeserializeOwned + Debug>(codec: Codec, body: &[u8]) -> Result<Read, CodecError> {
    let value: T = codec.decode(body, &CodecLimits::default())?;
    let mut encoded = Vec::new();
    codec.encode(&value, &CodecLimits::default(), &mut encoded)?;
    Ok((format!("{value:?}"), encoded))
}

/// The name of a vector begins with its type.
fn read_vector(codec: Codec, vector: &Vector) -> Result<Read, CodecError> {
    let body = &vector.bytes;
    match vector.name.split_once(": ").unwrap().0 {
        "Point" => read::<Point>(codec, body),
        "Shape" => read::<Shape>(codec, body),
        "Block" => read::<Block>(codec, body),
        "Maybe" => read::<Option<Option<()>>>(codec, body),
        "Flags" => read::<BTreeMap<i16, bool>>(codec, body),
        "Texts" => read::<Vec<String>>(codec, body),
        "u128" => read::<u128>(codec, body),
        "i128" => read::<i128>(codec, body),
        "f64" => read::<f64>(codec, body),
        other => panic!("`{other}` is no type of the document"),
    }
}

fn check(codec: Codec, block: impl Fn(&str) -> Vec<Vector>) {
    for vector in block(codec.name()) {
        let (meaning, encoded) = read_vector(codec, &vector).unwrap();
        assert_eq!((meaning, encoded), (vector.meaning, vector.bytes), "{codec}: {}", vector.name);
    }
    for vector in block(&format!("{codec}-read")) {
        assert_eq!(read_vector(codec, &vector).unwrap().0, vector.meaning, "{codec}: {}", vector.name);
    }
    for vector in block(&format!("{codec}-invalid")) {
        let error = read_vector(codec, &vector).unwrap_err();
        assert_eq!(error.to_string(), vector.meaning, "{codec}: {}", vector.name);
    }
}

#[test]
fn compact() {
    check(Codec::Compact, vectors);
}

#[test]
#[cfg(feature = "json")]
fn json() {
    check(Codec::Json, super::document::texts);
}

#[test]
#[cfg(feature = "xml")]
fn xml() {
    check(Codec::Xml, super::document::texts);
}
