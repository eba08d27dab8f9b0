//! What is not seen to be written as it is read does not travel by position, and what was found before changes nothing.

use std::fmt::Debug;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::{Codec, CodecLimits};
use crate::schema::{Outcome, Prober, Signature};

/// Serde counts the first one only where it writes.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Side {
    #[serde(skip)]
    #[allow(dead_code, reason = "it is skipped")]
    Unknown,
    Buy,
    Sell,
}

/// Takes nothing that a prober would think of.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String")]
struct Iban(String);

impl TryFrom<String> for Iban {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.starts_with("DE89") { Ok(Self(text)) } else { Err("no IBAN") }
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    iban: Iban,
    side: Side,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Account {
    #[serde(skip)]
    #[allow(dead_code, reason = "it is skipped")]
    Unknown,
    Own(Iban),
    Foreign(Iban),
}

#[derive(Serialize, Deserialize)]
struct LeftOut {
    iban: Iban,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<u8>,
}

/// Of another width where it is written.
#[derive(Debug, PartialEq)]
struct Crooked(u32);

impl Serialize for Crooked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(i32::try_from(self.0).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Crooked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(Self)
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct HoldsCrooked {
    crooked: Crooked,
    sound: u32,
}

#[derive(Serialize, Deserialize)]
struct CrookedBesideIban {
    iban: Iban,
    crooked: Crooked,
}

#[derive(Serialize, Deserialize)]
struct Seventeen(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8);

#[derive(Serialize, Deserialize)]
#[serde(rename = "Seventeen")]
struct Eighteen(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u16);

/// Wants long texts.
#[derive(Serialize, Deserialize)]
struct Long {
    #[serde(deserialize_with = "long")]
    text: String,
}

/// Wants short ones.
#[derive(Serialize, Deserialize)]
struct Short {
    #[serde(deserialize_with = "short")]
    letter: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<u32>,
}

fn long<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() >= 8 { Ok(text) } else { Err(D::Error::custom("too short")) }
}

fn short<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() == 1 { Ok(text) } else { Err(D::Error::custom("too long")) }
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Box { width: u8, label: String, parts: Vec<u8> },
    Nothing,
}

#[derive(Serialize, Deserialize)]
struct HoldsTagged {
    tagged: Tagged,
    needed: u8,
    #[serde(default)]
    missing: String,
}

#[derive(Serialize, Deserialize)]
struct Beside {
    iban: Option<Iban>,
    pairs: Vec<(Iban, u8)>,
    tagged: (Tagged, u16),
    sound: Option<Seventeen>,
}

fn signature_of<T: Serialize + DeserializeOwned>(prober: &mut Prober) -> Signature {
    let mut which = prober.probe::<T>();
    let (types, _) = prober.part(&mut [&mut which], &Default::default());
    Signature::new("T.t", types, Outcome::Value(which))
}

fn described<T: Serialize + DeserializeOwned>() -> String {
    let mut prober = Prober::new();
    let which = prober.probe::<T>();
    prober.finish().describe(which)
}

/// Positional bytes would be another value; so there must be none.
fn is_misread<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let (limits, mut bytes) = (CodecLimits::default(), Vec::new());
    Codec::Postcard.encode_as("a value", value, &limits, &mut bytes).unwrap();
    let read: Result<T, _> = Codec::Postcard.decode(&bytes, &limits);
    assert!(read.is_ok_and(|read| read != *value), "the test shows nothing");
    assert!(signature_of::<T>(&mut Prober::new()).needs_names(), "{value:?}");
}

#[test]
fn what_would_be_misread_by_position_needs_names() {
    is_misread(&Order { iban: Iban("DE89 1".to_owned()), side: Side::Buy });
    is_misread(&HoldsCrooked { crooked: Crooked(7), sound: 1 });
    is_misread(&Crooked(7));
    is_misread(&Account::Own(Iban("DE89 1".to_owned())));
}

#[test]
fn a_type_of_which_no_value_can_be_made_needs_names() {
    assert!(signature_of::<LeftOut>(&mut Prober::new()).needs_names());
    assert!(signature_of::<CrookedBesideIban>(&mut Prober::new()).needs_names());
    assert_eq!(
        described::<Order>(),
        "Order\n\nOrder: unknown, since no value of it could be made, so it is not known how it is written\n"
    );
}

#[derive(Serialize, Deserialize)]
enum Within {
    First,
    Fields {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
}

#[test]
fn what_is_left_out_is_seen_in_lists_options_maps_and_variants() {
    assert!(signature_of::<Vec<Short>>(&mut Prober::new()).needs_names());
    assert!(signature_of::<Option<Box<Short>>>(&mut Prober::new()).needs_names());
    assert!(signature_of::<std::collections::BTreeMap<u8, Option<Short>>>(&mut Prober::new()).needs_names());
    assert!(signature_of::<Within>(&mut Prober::new()).needs_names());
    assert!(signature_of::<Vec<Within>>(&mut Prober::new()).needs_names());
    assert!(signature_of::<Result<u8, Vec<Within>>>(&mut Prober::new()).needs_names());
}

#[test]
fn a_value_that_says_which_variant_it_is_can_be_made() {
    assert_eq!(
        described::<HoldsTagged>(),
        "HoldsTagged\n\nstruct HoldsTagged {\n    tagged: Tagged,\n    needed: u8,\n    missing?: String,\n}\n"
    );
}

#[test]
fn long_tuple_structs_have_all_their_fields() {
    let seventeen = described::<Seventeen>();
    assert!(seventeen.ends_with(&format!("struct Seventeen({});\n", ["u8"; 17].join(", "))), "{seventeen}");
    let prints =
        [signature_of::<Seventeen>(&mut Prober::new()), signature_of::<Eighteen>(&mut Prober::new())];
    assert_ne!(prints[0].fingerprint(), prints[1].fingerprint());
}

#[test]
fn what_cannot_be_found_out_says_nothing_of_what_is_beside_it() {
    let mut prober = Prober::new();
    let which = prober.probe::<Beside>();
    let found = prober.finish().describe(which);
    for known in ["tagged: (Tagged, u16),\n", "iban?: Option<String>,\n", "struct Seventeen(u8"] {
        assert!(found.contains(known), "{known}: {found}");
    }
}

#[test]
fn what_was_found_before_changes_nothing() {
    fn cold<T: Serialize + DeserializeOwned>() -> Signature {
        signature_of::<T>(&mut Prober::new())
    }
    macro_rules! all {
        ($($type:ty)*) => { [$((stringify!($type), cold::<$type> as fn() -> _, signature_of::<$type> as fn(&mut _) -> _)),*] };
    }
    type Case = (&'static str, fn() -> Signature, fn(&mut Prober) -> Signature);
    let all: [Case; 18] = all! {
        Order Side Iban LeftOut Crooked HoldsCrooked CrookedBesideIban Seventeen Long Short Tagged HoldsTagged Beside
        Account Vec<Order> Option<Short> Within Vec<Within>
    };
    for (first, _, before) in all {
        for (second, cold, after) in all {
            let mut prober = Prober::new();
            before(&mut prober);
            let (warm, cold) = (after(&mut prober), cold());
            let told = |signature: &Signature| (signature.needs_names(), signature.fingerprint());
            assert_eq!(
                told(&warm),
                told(&cold),
                "{second} after {first}: {:?}, {:?}",
                warm.types,
                cold.types
            );
        }
    }
}
