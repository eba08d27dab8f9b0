//! Variants that are skipped: serde's derive counts them where a value is written, and not where it is read.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::codec::{Codec, CodecLimits};
use crate::schema::{Outcome, Prober, Shape, Signature};

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Skipping {
    First,
    #[serde(skip)]
    Hidden,
    Second,
    Third,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum OnlyWritten {
    First,
    #[serde(skip_deserializing)]
    Written,
    Second,
    Third,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum OnlyRead {
    #[serde(alias = "one", alias = "erste")]
    First,
    #[serde(skip_serializing)]
    Read,
    Second,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum SkippingLast {
    First,
    Second(u8),
    #[serde(skip)]
    _Hidden,
}

/// The names and indexes of the variants, and whether a method with such values needs the named form.
fn found<T: Serialize + Deserialize<'static>>() -> (Vec<(String, u32)>, bool) {
    let mut prober = Prober::new();
    let root = prober.probe::<Vec<Option<T>>>();
    assert_eq!(prober.problems(), []);
    let types = prober.finish();
    let variants = types.iter().find_map(|(_, shape)| match shape {
        Shape::Enum { variants, .. } => Some(variants.clone()),
        _ => None,
    });
    let signature = Signature::new("Test.echo", types, Outcome::Value(root));
    let decoded = Signature::from_bytes(&signature.to_bytes().unwrap(), &CodecLimits::default()).unwrap();
    assert_eq!(decoded, signature);
    let names = variants.unwrap().into_iter().map(|variant| (variant.name, variant.index)).collect();
    (names, signature.needs_names())
}

fn crosses<T: Serialize + DeserializeOwned>(codec: Codec, value: T) -> Option<T> {
    let mut body = Vec::new();
    codec.encode(&value, &CodecLimits::default(), &mut body).unwrap();
    codec.decode(&body, &CodecLimits::default()).ok()
}

fn names(names: [(&str, u32); 3]) -> Vec<(String, u32)> {
    names.map(|(name, index)| (name.to_owned(), index)).to_vec()
}

#[test]
fn variants_behind_a_skipped_one_cross_by_name() {
    // This is why.
    let written = postcard::to_allocvec(&Skipping::Second).unwrap();
    assert_eq!(postcard::from_bytes(&written), Ok(Skipping::Third));
    assert_eq!(crosses(Codec::Postcard, Skipping::Second), Some(Skipping::Third));

    assert_eq!(found::<Skipping>(), (names([("First", 0), ("Second", 2), ("Third", 3)]), true));
    for codec in Codec::ALL.iter().filter(|codec| **codec != Codec::Postcard) {
        for value in [Skipping::First, Skipping::Second, Skipping::Third] {
            assert_eq!(crosses(*codec, value), Some(value), "{codec}");
        }
    }
    let mut body = Vec::new();
    assert!(Codec::Compact.encode(&Skipping::Hidden, &CodecLimits::default(), &mut body).is_err());
}

#[test]
fn variants_behind_one_that_is_only_written_cross_by_name() {
    assert_eq!(crosses(Codec::Postcard, OnlyWritten::Written), Some(OnlyWritten::Second));
    assert_eq!(found::<OnlyWritten>(), (names([("First", 0), ("Second", 2), ("Third", 3)]), true));
    assert_eq!(crosses(Codec::Compact, OnlyWritten::Second), Some(OnlyWritten::Second));
    assert_eq!(crosses(Codec::Compact, OnlyWritten::Written), None);
}

#[test]
fn what_is_counted_both_ways_crosses_by_position() {
    assert_eq!(found::<OnlyRead>(), (names([("First", 0), ("Read", 1), ("Second", 2)]), false));
    assert_eq!(crosses(Codec::Postcard, OnlyRead::Second), Some(OnlyRead::Second));

    let (_, needs_names) = found::<SkippingLast>();
    assert!(!needs_names);
    assert_eq!(crosses(Codec::Postcard, SkippingLast::Second(7)), Some(SkippingLast::Second(7)));
}
