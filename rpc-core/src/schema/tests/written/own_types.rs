//! Types with all that serde and Rust have.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU16;
use std::ops::{Bound, Range};
use std::time::{Duration, SystemTime};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::num::{f32 as floats, f64 as doubles};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::{each_is_written_as_its_shape, letter, text};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Everything {
    flag: bool,
    signed: (i8, i16, i32, i64, i128),
    unsigned: (u8, u16, u32, u64, u128),
    floats: (f32, f64),
    letter: char,
    text: String,
    #[serde(with = "serde_bytes")]
    block: Vec<u8>,
    list: Vec<u8>,
    array: [i16; 3],
    unit: (),
    option: Option<i32>,
    map: BTreeMap<String, u64>,
    set: BTreeSet<char>,
    kinds: Vec<Kind>,
    nothing: Nothing,
    pair: Pair,
    wrapped: Wrapped<Option<String>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Nothing;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pair(u16, String);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Wrapped<T>(T);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    NothingAtAll,
    One(u32),
    Pair(i8, bool),
    WithFields { first_name: String, last_name: Option<String> },
    Nested(Box<Kind>),
}

pub(super) fn kind() -> impl Strategy<Value = Kind> {
    let simple = prop_oneof![
        Just(Kind::NothingAtAll),
        any::<u32>().prop_map(Kind::One),
        any::<(i8, bool)>().prop_map(|(one, two)| Kind::Pair(one, two)),
        (text(), proptest::option::of(text()))
            .prop_map(|(first_name, last_name)| Kind::WithFields { first_name, last_name }),
    ];
    simple.prop_recursive(3, 4, 1, |inner| inner.prop_map(|kind| Kind::Nested(Box::new(kind))))
}

pub(super) fn everything() -> impl Strategy<Value = Everything> {
    let numbers = (any::<bool>(), any::<(i8, i16, i32, i64, i128)>(), any::<(u8, u16, u32, u64, u128)>());
    let texts = (letter(), text(), vec(any::<u8>(), 0..20), vec(any::<u8>(), 0..4));
    let several = (
        any::<[i16; 3]>(),
        any::<Option<i32>>(),
        btree_map(text(), any::<u64>(), 0..3),
        btree_set(letter(), 0..3),
        vec(kind(), 0..3),
    );
    let structs = ((any::<u16>(), text()), proptest::option::of(text()), (floats::NORMAL, doubles::NORMAL));
    (numbers, texts, several, structs).prop_map(
        |(
            (flag, signed, unsigned),
            (letter, text, block, list),
            (array, option, map, set, kinds),
            (pair, wrapped, floats),
        )| Everything {
            flag,
            signed,
            unsigned,
            floats,
            letter,
            text,
            block,
            list,
            array,
            unit: (),
            option,
            map,
            set,
            kinds,
            nothing: Nothing,
            pair: Pair(pair.0, pair.1),
            wrapped: Wrapped(wrapped),
        },
    )
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Tree {
    value: i8,
    #[serde(rename = "<&>")]
    branches: Vec<Tree>,
    next: Option<Box<Tree>>,
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = any::<i8>().prop_map(|value| Tree { value, branches: Vec::new(), next: None });
    leaf.prop_recursive(4, 16, 3, |inner| {
        (any::<i8>(), vec(inner.clone(), 0..3), proptest::option::of(inner))
            .prop_map(|(value, branches, next)| Tree { value, branches, next: next.map(Box::new) })
    })
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LeftOut {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<u8>,
    plain: u8,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    flag: bool,
    #[serde(skip)]
    _hidden: u8,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Skipping {
    First(u8),
    #[serde(skip)]
    _Hidden,
    Second {
        value: u8,
    },
    Third,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent {
    Nothing,
    Number(u8),
    Pair(u8, String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    Fields { a: bool },
}

each_is_written_as_its_shape! {
    all_kinds_of_fields: Everything => everything();
    an_enum: Kind => kind();
    a_tree: Tree => tree();
    fields_that_are_left_out: LeftOut, not in "postcard" =>
        (vec(any::<u8>(), 0..2), any::<(u8, bool)>())
            .prop_map(|(list, (plain, flag))| LeftOut { list, plain, flag, _hidden: 0 });
    variants_behind_a_skipped_one: Skipping, not in "postcard" => prop_oneof![
        any::<u8>().prop_map(Skipping::First),
        any::<u8>().prop_map(|value| Skipping::Second { value }),
        Just(Skipping::Third),
    ];
    adjacent_tags: Adjacent, not in "postcard" "xml" => prop_oneof![
        Just(Adjacent::Nothing),
        any::<u8>().prop_map(Adjacent::Number),
        (any::<u8>(), text()).prop_map(|(number, text)| Adjacent::Pair(number, text)),
    ];
    no_tags: Untagged, not in "postcard" "xml" => prop_oneof![
        any::<i64>().prop_map(Untagged::Number),
        text().prop_map(Untagged::Text),
        any::<bool>().prop_map(|a| Untagged::Fields { a }),
    ];
    options_of_options: Option<Option<u8>>, not in "json" "xml" => any::<Option<Option<u8>>>();
    options_of_units: Vec<Option<()>>, not in "json" => vec(any::<Option<()>>(), 0..4);
    maps_with_integers_for_keys: BTreeMap<i64, bool> => any::<BTreeMap<i64, bool>>();
    maps_with_bools_for_keys: BTreeMap<bool, Vec<()>> => btree_map(any::<bool>(), vec(Just(()), 0..3), 0..3);
    maps_with_characters_for_keys: BTreeMap<char, [u8; 2]> => btree_map(letter(), any::<[u8; 2]>(), 0..4);
    maps_with_any_keys: BTreeMap<Kind, u8>, not in "json" => btree_map(kind(), any::<u8>(), 0..4);
    maps_with_tuples_for_keys: BTreeMap<(u8, Option<i8>), u8>, not in "json" =>
        any::<BTreeMap<(u8, Option<i8>), u8>>();
    long_arrays: [[u8; 32]; 2] => any::<[[u8; 32]; 2]>();
    results: Result<u8, String> => prop_oneof![any::<u8>().prop_map(Ok), text().prop_map(Err)];
    addresses: IpAddr => any::<IpAddr>();
    sockets: SocketAddr =>
        any::<(IpAddr, u16)>().prop_map(|(address, port)| SocketAddr::new(address, port));
    durations: Duration => any::<Duration>();
    points_in_time: SystemTime =>
        (0..1_u64 << 40, 0..1_000_000_000_u32)
            .prop_map(|(seconds, nanos)| SystemTime::UNIX_EPOCH + Duration::new(seconds, nanos));
    numbers_that_are_not_zero: Option<NonZeroU16> => any::<Option<NonZeroU16>>();
    ranges: Range<u32> => any::<Range<u32>>();
    bounds: Bound<u8> => prop_oneof![
        Just(Bound::Unbounded),
        any::<u8>().prop_map(Bound::Included),
        any::<u8>().prop_map(Bound::Excluded),
    ];
}
