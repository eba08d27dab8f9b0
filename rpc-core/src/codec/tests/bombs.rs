//! A few bytes must not take much memory or time.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::zoo::Unit;
use super::{Codec, CodecErrorKind, CodecLimits, decode, decode_error, encode, length};

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
}

fn took(bytes: usize) {
    LIVE.set(LIVE.get() + bytes);
    PEAK.set(PEAK.get().max(LIVE.get()));
}

fn gave_back(bytes: usize) {
    LIVE.set(LIVE.get() - bytes);
}

/// The most memory that `decode` holds at a time, as far as [`Measured`] lists count it.
fn peak<R>(decode: impl FnOnce() -> R) -> (R, usize) {
    LIVE.set(0);
    PEAK.set(0);
    let result = decode();
    (result, PEAK.get())
}

/// A list that reserves what it is told to, as `Vec` does, and counts its memory.
#[derive(Debug)]
struct Measured<T>(Vec<T>, usize);

impl<T> Measured<T> {
    fn account(&mut self) {
        let now = self.0.capacity() * size_of::<T>();
        took(now);
        gave_back(std::mem::replace(&mut self.1, now));
    }
}

impl<T> Drop for Measured<T> {
    fn drop(&mut self) {
        gave_back(self.1);
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Measured<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Collect<T> {
            type Value = Measured<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Measured<T>, A::Error> {
                let hint = parts.size_hint().unwrap();
                let mut list = Measured(Vec::with_capacity(hint.min((1 << 20) / size_of::<T>())), 0);
                list.account();
                while let Some(part) = parts.next_element()? {
                    list.0.push(part);
                    list.account();
                }
                Ok(list)
            }
        }
        deserializer.deserialize_seq(Collect(PhantomData))
    }
}

#[derive(Debug, Deserialize)]
struct Nest(#[expect(dead_code, reason = "only decoded")] Measured<Nest>);

/// Large in memory; sixteen bytes on the wire.
#[derive(Debug, Deserialize)]
struct Large {
    #[expect(dead_code, reason = "only decoded")]
    pad: [Option<[u64; 8]>; 16],
    #[expect(dead_code, reason = "only decoded")]
    inner: Measured<Large>,
}

/// One byte on the wire, a box of 520 bytes in memory.
#[derive(Debug, Deserialize)]
struct Boxed(#[expect(dead_code, reason = "only decoded")] Box<Option<[[u64; 8]; 8]>>);

#[derive(Debug, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "that is what is tested")]
enum Wide {
    Small,
    #[expect(dead_code, reason = "only its size matters")]
    Big([[u64; 8]; 8]),
}

/// What the expansion limit grants, the doubling of a growing list, and one reservation by serde.
fn bound(body: &[u8]) -> usize {
    2 * (CodecLimits::FREE_MEMORY + 32 * body.len()) + (1 << 20)
}

#[test]
fn a_claimed_length_takes_no_memory() {
    for claim in [1 << 60, u64::MAX, u64::MAX - 1, 1 << 32, 100_000] {
        let body = [length(claim), vec![1; 100]].concat();
        let (error, peak) = peak(|| decode::<Measured<u64>>(&body).unwrap_err());
        assert_eq!(error.kind(), CodecErrorKind::Elements, "{error}");
        assert_eq!(peak, 0);
        assert_eq!(decode_error::<Vec<u64>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<HashMap<u64, u64>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<String>(&body).0, CodecErrorKind::UnexpectedEnd);
        assert_eq!(decode_error::<&[u8]>(&body).0, CodecErrorKind::UnexpectedEnd);
    }
    let body = [length(1_000), vec![1; 100]].concat();
    let (error, peak) = peak(|| decode::<Measured<u64>>(&body).unwrap_err());
    assert_eq!(error.kind(), CodecErrorKind::UnexpectedEnd);
    // As many as there are bytes, doubled once because the length's own bytes are not elements.
    assert!(peak <= 2 * 102 * 8, "{peak}");
}

#[test]
fn nested_claims_take_memory_in_proportion() {
    // Every level claims all that is left.
    let mut body = Vec::new();
    for _ in 0..70 {
        body.extend(length(60_000));
    }
    body.resize(70_000, 0);
    let (error, nest) = peak(|| decode::<Nest>(&body).unwrap_err());
    assert!(nest <= bound(&body), "{nest} {error}");
    let (error, lists) = peak(|| decode::<Measured<Measured<Measured<u64>>>>(&body).unwrap_err());
    assert!(lists <= bound(&body), "{lists} {error}");

    let mut body = Vec::new();
    for _ in 0..30 {
        body.extend([0; 16]);
        body.extend(length(2_000));
    }
    body.resize(64 << 10, 0);
    let (error, large) = peak(|| decode::<Large>(&body).unwrap_err());
    assert!(large <= bound(&body), "{large} {error}");
}

#[test]
fn elements_without_bytes_are_counted() {
    for claim in [u64::MAX, 1 << 40, 5_000] {
        let body = length(claim);
        assert_eq!(decode_error::<Vec<()>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<Vec<Unit>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<Vec<[u64; 0]>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<Vec<PhantomData<u8>>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<HashMap<(), ()>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<BTreeMap<Unit, Unit>>(&body).0, CodecErrorKind::Elements);
        assert_eq!(decode_error::<HashSet<()>>(&body).0, CodecErrorKind::Elements);
    }
    for count in [0, 1, 1_000, 1_026] {
        assert_eq!(decode::<Vec<()>>(&length(count)).unwrap().len() as u64, count);
    }
    // Many lists of nothing, each within bounds on its own.
    let body = [length(100), length(1_000).repeat(100)].concat();
    assert_eq!(decode_error::<Vec<Vec<()>>>(&body).0, CodecErrorKind::Elements);
}

#[test]
fn an_array_of_nothing_is_counted() {
    #[derive(Debug)]
    struct Array;
    impl<'de> Deserialize<'de> for Array {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Units;
            impl<'de> Visitor<'de> for Units {
                type Value = Array;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an array")
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Array, A::Error> {
                    while parts.next_element::<()>()?.is_some() {}
                    Ok(Array)
                }
            }
            deserializer.deserialize_tuple(usize::MAX, Units)
        }
    }
    assert_eq!(decode_error::<Array>(&[]).0, CodecErrorKind::Elements);
}

#[test]
fn elements_that_are_larger_in_memory_than_on_the_wire_are_charged() {
    // A list of as many as are allowed, and one of more: every element is one zero byte.
    fn list<T: for<'de> Deserialize<'de>>(count: u64) -> Option<CodecErrorKind> {
        let body = [length(count), vec![0; count as usize]].concat();
        decode::<Vec<T>>(&body).err().map(|error| error.kind())
    }
    assert_eq!(list::<Option<[[u64; 8]; 8]>>(100), None);
    assert_eq!(list::<Option<[[u64; 8]; 8]>>(10_000), Some(CodecErrorKind::Expansion));
    assert_eq!(list::<Boxed>(100), None);
    assert_eq!(list::<Boxed>(10_000), Some(CodecErrorKind::Expansion));
    assert_eq!(list::<Wide>(100), None);
    assert_eq!(list::<Wide>(10_000), Some(CodecErrorKind::Expansion));
    assert_eq!(list::<Box<Wide>>(10_000), Some(CodecErrorKind::Expansion));
    assert_eq!(list::<String>(1_000_000), None);
    assert_eq!(list::<Vec<String>>(1_000_000), None);
    assert_eq!(list::<Option<String>>(1_000_000), None);
    assert_eq!(list::<u64>(1_000_000), None);
    assert!(matches!(decode(&[0]), Ok(Wide::Small)));

    let body = [length(64), vec![1; 64 * 64]].concat();
    assert_eq!(decode::<Vec<[[u64; 8]; 8]>>(&body).unwrap().len(), 64);
    let strict = CodecLimits { max_expansion: 1, ..CodecLimits::default() };
    let body = [length(10_000), vec![1; 10_000]].concat();
    let error = Codec::Postcard.decode::<Vec<u64>>(&body, &strict).unwrap_err();
    assert_eq!(
        error.to_string(),
        "10000 values of 8 bytes take more memory than the limit `max_expansion` of 1 bytes per byte of input grants \
         to 10002 bytes, in `Vec<u64>`"
    );
}

#[test]
fn a_record_of_empty_fields_is_charged_once() {
    #[derive(Debug, Default, serde::Serialize, Deserialize, Clone, PartialEq)]
    struct Record {
        names: (String, String, String),
        maybe: Option<Box<Record>>,
        lists: [Vec<u8>; 4],
    }
    let records = vec![Record::default(); 50_000];
    let body = encode(&records).unwrap();
    assert_eq!(decode::<Vec<Record>>(&body).unwrap(), records);
}
