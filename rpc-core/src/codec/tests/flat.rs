//! The quick way gives what the guard gives, or nothing.

use std::cell::Cell;
use std::fmt::Debug;
use std::time::Duration;

use proptest::prelude::*;
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::random::Random;
use super::zoo::{self, Unit, Wrapper};
use super::{Codec, CodecLimits, decode, encode};

fn flat() -> crate::codec::Flat {
    Codec::Postcard.flat(&CodecLimits::default()).unwrap()
}

/// What the quick way appends behind its length.
fn append<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    let mut out = vec![1, 2];
    let done = flat().append(value, &mut out);
    let appended = out.split_off(2);
    assert_eq!(out, [1, 2], "what was there stays");
    let Some((length, body)) = appended.split_first() else {
        assert!(!done);
        return None;
    };
    assert!(done, "nothing is left of what was refused");
    assert_eq!(usize::from(*length), body.len());
    Some(body.to_vec())
}

fn read<T: DeserializeOwned>(body: &[u8], behind: &[u8]) -> Option<T> {
    let input = [body, behind].concat();
    flat().decode_seed(std::marker::PhantomData, &input, body.len())
}

/// So much behind a number makes all of them quick.
const BEHIND: [u8; 10] = [0xff; 10];

fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let body = encode(value).unwrap();
    if let Some(appended) = append(value) {
        assert_eq!(appended, body, "{value:?}");
    }
    for length in [0, 1, 8, 10] {
        if let Some(read) = read::<T>(&body, &BEHIND[..length]) {
            assert_eq!(read, *value);
        }
    }
}

/// One that goes the quick way.
fn quick<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    same(&value);
    let body = append(&value);
    assert!(body.is_some(), "{value:?}");
    assert_eq!(read::<T>(&body.unwrap(), &BEHIND), Some(value));
}

/// One that does not.
fn refused<T: Serialize + DeserializeOwned + Debug>(value: T) {
    assert_eq!(append(&value), None, "{value:?}");
    let body = encode(&value).unwrap();
    assert!(read::<T>(&body, &BEHIND).is_none(), "{value:?}");
}

macro_rules! around_powers_of_two {
    ($($test:ident: $unsigned:ty, $signed:ty;)*) => {$(
        #[test]
        fn $test() {
            for shift in 0..<$unsigned>::BITS {
                let power: $unsigned = 1 << shift;
                for value in [power - 1, power, power + 1, !power, power.wrapping_neg()] {
                    quick(value);
                    quick(value as $signed);
                    quick((value as $signed).wrapping_neg());
                }
            }
        }
    )*};
}

around_powers_of_two! {
    eight_bits: u8, i8;
    sixteen_bits: u16, i16;
    thirty_two_bits: u32, i32;
    sixty_four_bits: u64, i64;
}

#[test]
fn one_hundred_and_twenty_eight_bits_of_which_half_are_used() {
    for value in [0, 1, 127, 128, 1 << 28, 1 << 56, u64::MAX.into()] {
        quick::<u128>(value);
    }
    for value in [0, -1, 1, i64::MAX.into(), i64::MIN.into()] {
        quick::<i128>(value);
    }
    refused(u128::from(u64::MAX) + 1);
    refused(u128::MAX);
    refused(i128::from(i64::MAX) + 1);
    refused(i128::MIN);
}

#[test]
fn every_other_lone_value() {
    for value in [0.0, -0.0, 1.5, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY] {
        quick(value);
        quick(value as f32);
    }
    assert!(read::<f64>(&append(&f64::NAN).unwrap(), &[]).unwrap().is_nan());
    for value in ['\0', 'a', '\u{7f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}', '\u{10000}', char::MAX] {
        quick(value);
    }
    for value in [false, true] {
        quick(value);
        quick(Some(value));
    }
    quick(None::<bool>);
    quick(());
    quick(Unit);
    quick(Wrapper(7_u32));
    quick(Some(Some(-7)));
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Point {
    x: f64,
    y: f64,
    at: Duration,
    number: Option<u64>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Plain,
    Marked(char),
    Pair(u8, i16),
    Named { weight: f32, unit: Unit },
}

#[test]
fn tuples_structs_and_enums() {
    let kinds =
        [Kind::Plain, Kind::Marked('é'), Kind::Pair(200, -300), Kind::Named { weight: -0.5, unit: Unit }];
    for (kind, number) in kinds.into_iter().zip([None, Some(0), Some(1 << 20), Some(u64::MAX)]) {
        quick(kind);
        quick(Point { x: 1.0, y: -2.5, at: Duration::new(u64::MAX, 999_999_999), number, kind });
    }
    quick((1_u8, -1_i64, true, 'a', ()));
    quick([1_u16; 20]);
    quick([[0.5_f32; 3]; 3]);
    quick(Result::<u8, i8>::Err(-1));
    quick(std::num::NonZeroU64::MAX);
    quick(std::net::IpAddr::from([10, 0, 0, 1]));
}

#[test]
fn what_has_a_length_or_is_long_is_refused() {
    refused(String::from("text"));
    refused(vec![1, 2]);
    refused(std::collections::BTreeMap::from([(1, 2)]));
    refused((1, Some(String::new())));
    refused(zoo::Shown("shown".to_owned()));
    quick([200_u8; 32]);
    assert_eq!(append(&[u64::MAX; 13]), None, "130 bytes");
    assert_eq!(append(&[[i32::MIN; 5]; 5]).map(|body| body.len()), Some(125));
    assert_eq!(append(&([[i32::MIN; 5]; 5], 1, 1)).map(|body| body.len()), Some(127));
    assert_eq!(append(&([[i32::MIN; 5]; 5], 1, 64)), None, "128 bytes");
}

#[test]
fn other_codecs_and_narrow_limits_have_no_quick_way() {
    let narrow = CodecLimits { max_size: 126, ..CodecLimits::default() };
    assert!(Codec::Postcard.flat(&narrow).is_none());
    assert!(Codec::Compact.flat(&CodecLimits::default()).is_none());
}

#[test]
fn nesting_is_bounded_as_by_the_guard() {
    type Deep = Wrapper<Option<(u8, Wrapper<Result<Option<u8>, ()>>)>>;
    let value: Deep = Wrapper(Some((1, Wrapper(Ok(Some(2))))));
    let body = encode(&value).unwrap();
    let mut seen = [false; 2];
    for max_depth in 1..10 {
        let limits = CodecLimits { max_depth, ..CodecLimits::default() };
        let flat = Codec::Postcard.flat(&limits).unwrap();
        let mut out = Vec::new();
        let encodes = Codec::Postcard.encode(&value, &limits, &mut out).is_ok();
        assert_eq!(flat.append(&value, &mut Vec::new()), encodes, "{max_depth}");
        let decodes = Codec::Postcard.decode::<Deep>(&body, &limits).is_ok();
        let input = [&body[..], &BEHIND].concat();
        let read: Option<Deep> = flat.decode_seed(std::marker::PhantomData, &input, body.len());
        assert_eq!((read.is_some(), encodes), (decodes, decodes), "{max_depth}");
        seen[usize::from(decodes)] = true;
    }
    assert_eq!(seen, [true; 2]);
}

/// The guard and the quick way agree about every body, whatever stands behind it.
fn agrees<T: DeserializeOwned + Debug>(body: &[u8], random: &mut Random) {
    let behind: Vec<u8> = (0..random.below(12)).map(|_| random.below(256) as u8).collect();
    let read: Option<T> = read(body, &behind);
    match (decode::<T>(body), read) {
        (Ok(guarded), Some(read)) => {
            assert_eq!(format!("{guarded:?}"), format!("{read:?}"), "{body:?} {behind:?}");
        }
        (Err(error), Some(read)) => panic!("{error}, but {body:?} is read as {read:?}"),
        (_, None) => {}
    }
}

fn agrees_next(turn: usize, body: &[u8], random: &mut Random) {
    match turn % 10 {
        0 => agrees::<Point>(body, random),
        1 => agrees::<u64>(body, random),
        2 => agrees::<(i64, u16)>(body, random),
        3 => agrees::<[u32; 3]>(body, random),
        4 => agrees::<Kind>(body, random),
        5 => agrees::<Option<Wrapper<i16>>>(body, random),
        6 => agrees::<(char, u128, i128)>(body, random),
        7 => agrees::<zoo::Numbers>(body, random),
        8 => agrees::<zoo::Shape>(body, random),
        _ => agrees::<(bool, Unit, f32)>(body, random),
    }
}

#[test]
fn random_bodies_are_read_as_by_the_guard() {
    let mut random = Random::new();
    for turn in 0..60_000 {
        let mut body = random.body();
        body.truncate(random.below(30));
        agrees_next(turn, &body, &mut random);
    }
}

#[test]
fn changed_bodies_are_read_as_by_the_guard() {
    let mut random = Random::new();
    for turn in 0..3_000 {
        let number = (1_u64 << random.below(64)).wrapping_sub(random.below(3) as u64);
        let kind = [Kind::Pair(7, number as i16), Kind::Marked('ß')][random.below(2)];
        let at = Duration::new(number, random.below(1_000_000_000) as u32);
        let point = Point { x: number as f64, y: 0.5, at, number: Some(number), kind };
        for body in [encode(&number), encode(&(number as i64, 3_u16)), encode(&kind), encode(&point)] {
            let mut body = body.unwrap();
            random.change(&mut body);
            for next in 0..10 {
                agrees_next(turn + next, &body, &mut random);
            }
        }
    }
}

#[test]
fn every_form_of_sixteen_bits_is_read_as_by_the_guard() {
    let check = |body: &[u8]| {
        assert_eq!(read::<u16>(body, &BEHIND), decode(body).ok(), "{body:?}");
        assert_eq!(read::<i16>(body, &BEHIND), decode(body).ok(), "{body:?}");
        assert_eq!(read::<u64>(body, &BEHIND), decode(body).ok(), "{body:?}");
    };
    for first in 0..=u8::MAX {
        check(&[first]);
        for second in 0..=u8::MAX {
            check(&[first, second]);
            for third in [0, 1, 2, 3, 4, 0x7f, 0x80, 0x83, 0xff] {
                check(&[first, second, third]);
            }
        }
    }
}

#[test]
fn padded_cut_and_overlong_numbers_are_refused() {
    for shift in 0..64 {
        let body = append(&(1_u64 << shift)).unwrap();
        for end in 0..body.len() {
            for behind in [0, 1, 0x7f, 0x80] {
                assert_eq!(read::<u64>(&body[..end], &[behind; 10]), None, "cut behind {end} of {body:?}");
            }
        }
        for padding in 1..12 {
            let mut padded = body.clone();
            *padded.last_mut().unwrap() |= 0x80;
            padded.extend(std::iter::repeat_n(0x80, padding - 1));
            padded.push(0);
            assert_eq!(read::<u64>(&padded, &BEHIND), None, "{padded:?}");
        }
        assert_eq!(read::<u64>(&[&body[..], &[0]].concat(), &BEHIND), None);
    }
    let mut largest = append(&u64::MAX).unwrap();
    for last in 2..=u8::MAX {
        largest[9] = last;
        assert_eq!(read::<u64>(&largest, &BEHIND), None, "{last} at the end");
    }
    assert_eq!(read::<u32>(&append(&(1_u64 << 32)).unwrap(), &BEHIND), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers(value in zoo::numbers()) { same(&value); }

    #[test]
    fn texts(value in zoo::texts()) { same(&value); }

    #[test]
    fn enums(value in zoo::shape()) { same(&value); }

    #[test]
    fn types_of_the_standard_library(value in zoo::standard()) { same(&value); }

    #[test]
    fn units_and_tuple_structs(value in zoo::pair()) { same(&value); }

    #[test]
    fn lone_numbers(value in any::<u64>(), shift in 0..64_u32) {
        quick(value >> shift);
        quick((value >> shift) as i64);
        quick((value >> shift) as u32);
    }
}

/// Goes on in spite of an error.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Careless;

impl Serialize for Careless {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Careless", 2)?;
        assert!(fields.serialize_field("text", "not flat").is_err());
        fields.serialize_field("number", &7)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Careless {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Careless;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("two fields")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Careless, A::Error> {
                assert!(fields.next_element::<bool>().is_err());
                fields.next_element::<u8>().map(|_| Careless)
            }
        }
        deserializer.deserialize_tuple(2, Fields)
    }
}

#[test]
fn who_goes_on_in_spite_of_an_error_is_refused() {
    assert_eq!(append(&Careless), None);
    assert_eq!(read::<Careless>(&[2, 7], &BEHIND), None);
    assert!(decode::<Careless>(&[2, 7]).is_err());
}

#[test]
fn a_miscounted_struct_is_refused() {
    struct Miscounted(usize, bool);
    impl Serialize for Miscounted {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("Miscounted", self.0)?;
            fields.serialize_field("a", &1)?;
            if self.1 {
                fields.skip_field("b")?;
            }
            fields.end()
        }
    }
    for (length, skips) in [(0, false), (2, false), (1, true), (2, true)] {
        assert_eq!(append(&Miscounted(length, skips)), None);
        assert!(encode(&Miscounted(length, skips)).is_err());
    }
    assert_eq!(append(&Miscounted(1, false)), Some(vec![2]));
}

/// Takes the first of two fields and leaves the other.
#[derive(Debug)]
struct Hasty;

impl<'de> Deserialize<'de> for Hasty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Hasty;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("two fields")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Hasty, A::Error> {
                fields.next_element::<u8>().map(|_| Hasty)
            }
        }
        deserializer.deserialize_tuple(2, Fields)
    }
}

#[test]
fn a_value_that_leaves_parts_is_refused() {
    for body in [&[1][..], &[1, 2]] {
        assert!(read::<Hasty>(body, &BEHIND).is_none());
        assert!(decode::<Hasty>(body).is_err());
    }
}

/// Is much larger while it is decoded than where it is stored.
#[derive(Debug)]
struct Boxed;

impl<'de> Deserialize<'de> for Boxed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <[u64; 4]>::deserialize(deserializer).map(|_| Self)
    }
}

#[test]
fn memory_beside_the_value_is_counted_by_the_guard() {
    assert!(read::<Boxed>(&[1, 2, 3, 4], &BEHIND).is_none());
    assert!(decode::<Boxed>(&[1, 2, 3, 4]).is_ok());
    assert!(read::<Box<u64>>(&[1], &BEHIND).is_some());
}

#[test]
fn no_byte_behind_the_value_reaches_an_implementation() {
    thread_local! {
        static LARGEST: Cell<u64> = const { Cell::new(0) };
    }
    struct Watched(u64);
    impl<'de> Deserialize<'de> for Watched {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let number = u64::deserialize(deserializer)?;
            LARGEST.set(LARGEST.get().max(number));
            Ok(Self(number))
        }
    }
    #[derive(Debug)]
    struct Watching {
        _place: (u64, u64),
    }
    impl<'de> Deserialize<'de> for Watching {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let place = <(Watched, Watched)>::deserialize(deserializer)?;
            Ok(Self { _place: (place.0.0, place.1.0) })
        }
    }
    for body in [&[][..], &[5], &[5, 0x85]] {
        assert!(read::<Watching>(body, &[0x7f; 10]).is_none());
    }
    assert_eq!(LARGEST.get(), 5);
    assert!(read::<Watching>(&[5, 6], &[0x7f; 10]).is_some());
}
