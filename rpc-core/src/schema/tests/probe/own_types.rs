//! What serde's attributes and Rust's types can make, against a golden file.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList};
use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::golden::{compare, zoo};

#[derive(Serialize, Deserialize)]
struct Unit;

#[derive(Serialize, Deserialize)]
struct Empty {}

#[derive(Serialize, Deserialize)]
struct Wrapped(Vec<u8>);

#[derive(Serialize, Deserialize)]
struct Pair(u8, String);

#[derive(Serialize, Deserialize)]
struct Folder {
    entries: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
enum Entry {
    File(Arc<str>),
    Folder(Rc<Folder>),
    Link(Box<Entry>),
}

#[derive(Serialize, Deserialize)]
struct Tree<T> {
    value: T,
    branches: Vec<Tree<T>>,
}

mod metric {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct Length {
        pub(super) metres: f64,
    }
}

mod imperial {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct Length {
        pub(super) feet: f64,
    }
}

#[derive(Serialize, Deserialize)]
struct Lengths {
    metric: metric::Length,
    imperial: imperial::Length,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Colour {
    DarkRed,
    PaleBlue,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "renamed", rename_all = "kebab-case", rename_all_fields = "camelCase")]
enum Renamed {
    FirstOne { some_field: u8 },
    SecondOne(u8, u8),
}

/// Written by hand: as the text in hexadecimal for people, or else as the number.
mod hexadecimal {
    use super::*;

    pub(super) fn serialize<S: Serializer>(value: &u32, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&format_args!("{value:x}"))
        } else {
            serializer.serialize_u32(*value)
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        if deserializer.is_human_readable() {
            let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
            u32::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
        } else {
            u32::deserialize(deserializer)
        }
    }
}

#[derive(Serialize, Deserialize)]
struct With {
    #[serde(with = "hexadecimal")]
    hexadecimal: u32,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    #[serde(default, skip_serializing_if = "is_true")]
    unless_true: bool,
    #[serde(default, skip_serializing_if = "is_one")]
    unless_one: u16,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_true(value: &bool) -> bool {
    *value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_one(value: &u16) -> bool {
    *value == 1
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
struct FromText(String);

impl From<String> for FromText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<FromText> for String {
    fn from(FromText(text): FromText) -> Self {
        text
    }
}

#[derive(Serialize, Deserialize)]
struct Matrix<const N: usize> {
    #[serde(with = "rows")]
    rows: [[u8; N]; N],
}

/// serde has arrays up to 32 only.
mod rows {
    use super::*;

    pub(super) fn serialize<S: Serializer, const N: usize>(
        rows: &[[u8; N]; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeTuple as _;
        let mut tuple = serializer.serialize_tuple(N)?;
        for row in rows {
            tuple.serialize_element(&serde_bytes::ByteArray::new(*row))?;
        }
        tuple.end()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<[[u8; N]; N], D::Error> {
        struct Rows<const N: usize>;

        impl<'de, const N: usize> serde::de::Visitor<'de> for Rows<N> {
            type Value = [[u8; N]; N];

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{N} rows")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut rows = [[0; N]; N];
                for (index, row) in rows.iter_mut().enumerate() {
                    let found = access.next_element::<serde_bytes::ByteArray<N>>()?;
                    *row = found.ok_or_else(|| serde::de::Error::invalid_length(index, &self))?.into_array();
                }
                Ok(rows)
            }
        }

        deserializer.deserialize_tuple(N, Rows::<N>)
    }
}

#[derive(Serialize, Deserialize)]
enum Never {}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent {
    Number(u8),
    Text { text: String },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
enum AdjacentUnit {
    Nothing,
    Number(u8),
    Pair(u8, String),
}

#[derive(Serialize, Deserialize)]
struct Around {
    adjacent: AdjacentUnit,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<u8>,
}

#[derive(Serialize, Deserialize)]
enum Skipping {
    First,
    #[serde(skip)]
    _Hidden,
    Second(u8),
    #[serde(skip_deserializing)]
    _OnlyWritten,
    #[serde(skip_serializing)]
    #[allow(dead_code, reason = "only read")]
    OnlyRead {
        a: u8,
    },
    Third,
}

#[derive(Serialize, Deserialize)]
enum SkippingLast {
    #[serde(alias = "one")]
    First,
    #[serde(skip_serializing)]
    #[allow(dead_code, reason = "only read")]
    OnlyRead,
    Second,
    #[serde(skip)]
    _Hidden,
}

#[test]
fn types_of_ones_own() {
    let text = zoo! {
        Unit, Empty, Wrapped, Pair, Folder, Entry, Tree<u8>, Tree<Tree<bool>>, Lengths, Colour, Renamed, With,
        FromText, Matrix<33>, [[u8; 32]; 32], Never, Option<Never>, Adjacent, AdjacentUnit, Around, Skipping, SkippingLast,
        BTreeMap<Colour, u8>, HashMap<Option<u8>, ()>, BTreeMap<Vec<u8>, BTreeMap<(), Unit>>, HashSet<String>,
        BTreeSet<Colour>, BinaryHeap<u8>, LinkedList<Pair>, Arc<[u8]>, Rc<str>,
        (u8, u16, u32, u64, i8, i16, i32, i64, f32, f64, bool, char, String, (), Unit, Pair),
        Option<Option<Option<u8>>>, Result<(), ()>, Box<[Option<Colour>]>,
    };
    compare("own_types.txt", &text);
}
