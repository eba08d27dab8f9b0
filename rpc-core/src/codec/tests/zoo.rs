//! Types of every shape that serde has, and random values of them.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU16;
use std::time::Duration;

use bytes::Bytes;
use proptest::collection::{btree_map, hash_map, vec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Numbers {
    flag: bool,
    signed: (i8, i16, i32, i64, i128),
    unsigned: (u8, u16, u32, u64, u128),
    sizes: (usize, isize),
    floats: (f32, f64),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Texts {
    letter: char,
    text: String,
    boxed: Box<str>,
    #[serde(with = "crate::bytes_serde")]
    block: Bytes,
    list: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) enum Shape {
    Point,
    Circle(u32),
    Line(i16, Option<Box<Shape>>),
    Polygon { corners: Vec<(i32, i32)>, name: Option<String> },
    Wrapped(Wrapper<u64>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Unit;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Wrapper<T>(pub(in crate::codec::tests) T);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Pair<A, B>(A, B);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Tree {
    value: u8,
    children: Vec<Tree>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Standard {
    ip: IpAddr,
    socket: SocketAddr,
    time: Duration,
    port: NonZeroU16,
    result: Result<u8, String>,
    range: std::ops::Range<u32>,
    queue: VecDeque<u16>,
    array: [u16; 5],
    nothing: ((), Unit, [u8; 0]),
    deep: Option<Option<Option<bool>>>,
}

impl Standard {
    /// Whether there is a `Some` around nothing in it, which some codecs cannot tell from `None`.
    pub(in crate::codec::tests) fn has_some_of_nothing(&self) -> bool {
        matches!(self.deep, Some(None | Some(None)))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::codec::tests) struct Maps {
    sorted: BTreeMap<String, Wrapper<i64>>,
    hashed: HashMap<u32, Vec<u8>>,
}

/// Is written by `collect_str`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(in crate::codec::tests) struct Shown(pub(in crate::codec::tests) String);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", &self.0, ""))
    }
}

pub(in crate::codec::tests) fn numbers() -> impl Strategy<Value = Numbers> {
    (
        any::<bool>(),
        any::<(i8, i16, i32, i64, i128)>(),
        any::<(u8, u16, u32, u64, u128)>(),
        any::<(usize, isize)>(),
    )
        .prop_flat_map(|(flag, signed, unsigned, sizes)| {
            (-1.0e30_f32..1.0e30, -1.0e300_f64..1.0e300).prop_map(move |floats| Numbers {
                flag,
                signed,
                unsigned,
                sizes,
                floats,
            })
        })
}

pub(in crate::codec::tests) fn texts() -> impl Strategy<Value = Texts> {
    (any::<char>(), ".{0,200}", ".{0,20}", vec(any::<u8>(), 0..300), vec(".{0,5}", 0..20)).prop_map(
        |(letter, text, boxed, block, list)| Texts {
            letter,
            text,
            boxed: boxed.into(),
            block: block.into(),
            list,
        },
    )
}

pub(in crate::codec::tests) fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        Just(Shape::Point),
        any::<u32>().prop_map(Shape::Circle),
        any::<u64>().prop_map(|value| Shape::Wrapped(Wrapper(value))),
        (vec(any::<(i32, i32)>(), 0..10), proptest::option::of(".{0,9}"))
            .prop_map(|(corners, name)| Shape::Polygon { corners, name }),
    ];
    leaf.prop_recursive(8, 16, 1, |inner| {
        (any::<i16>(), proptest::option::of(inner)).prop_map(|(a, b)| Shape::Line(a, b.map(Box::new)))
    })
}

pub(in crate::codec::tests) fn tree() -> impl Strategy<Value = Tree> {
    any::<u8>().prop_map(|value| Tree { value, children: Vec::new() }).prop_recursive(10, 64, 5, |inner| {
        (any::<u8>(), vec(inner, 0..5)).prop_map(|(value, children)| Tree { value, children })
    })
}

pub(in crate::codec::tests) fn standard() -> impl Strategy<Value = Standard> {
    (
        (any::<IpAddr>(), any::<SocketAddr>(), any::<Duration>(), any::<NonZeroU16>()),
        (proptest::result::maybe_err(any::<u8>(), ".{0,9}"), any::<(u32, u32)>(), vec(any::<u16>(), 0..9)),
        (any::<[u16; 5]>(), any::<Option<Option<Option<bool>>>>()),
    )
        .prop_map(|((ip, socket, time, port), (result, range, queue), (array, deep))| Standard {
            ip,
            socket: without_scope(socket),
            time,
            port,
            result,
            range: range.0..range.1,
            queue: queue.into(),
            array,
            nothing: ((), Unit, []),
            deep,
        })
}

// Serde leaves the flow label and the scope of an IPv6 address out.
fn without_scope(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip(), address.port())
}

pub(in crate::codec::tests) fn maps() -> impl Strategy<Value = Maps> {
    (
        btree_map(".{0,6}", any::<i64>().prop_map(Wrapper), 0..10),
        hash_map(any::<u32>(), vec(any::<u8>(), 0..10), 0..10),
    )
        .prop_map(|(sorted, hashed)| Maps { sorted, hashed })
}

pub(in crate::codec::tests) fn pair() -> impl Strategy<Value = Pair<Wrapper<Option<u8>>, (Unit, Vec<Unit>)>> {
    (any::<Option<u8>>(), 0..500_usize).prop_map(|(a, count)| Pair(Wrapper(a), (Unit, vec![Unit; count])))
}
