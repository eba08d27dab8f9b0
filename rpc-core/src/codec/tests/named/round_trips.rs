//! Every value comes back as it was.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{CodecErrorKind, all, decode, encode};
use crate::codec::Codec;
use crate::codec::tests::zoo::{self, Shown};
use crate::{Code, Executed, RpcError};

fn check<T>(value: &T) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    check_but(value, |_| false)
}

/// `refused` says which codecs have no form for the value, beside XML for its texts.
fn check_but<T>(value: &T, refused: impl Fn(Codec) -> bool) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let xml = is_xml(value);
    for codec in all() {
        let refused = refused(codec) || (codec.name() == "xml" && !xml);
        match encode(codec, value) {
            Ok(body) => {
                let shown = String::from_utf8_lossy(&body);
                prop_assert!(!refused, "{codec} wrote {shown}");
                match decode::<T>(codec, &body) {
                    Ok(back) => prop_assert_eq!(&back, value, "{}", codec),
                    Err(error) => return Err(TestCaseError::fail(format!("{codec}: {error}: {shown}"))),
                }
            }
            Err(error) if refused => prop_assert_eq!(error.kind(), CodecErrorKind::Unsupported),
            Err(error) => return Err(TestCaseError::fail(format!("{codec}: {error}"))),
        }
    }
    Ok(())
}

/// Whether XML has all characters of the texts in a value.
fn is_xml<T: Serialize>(value: &T) -> bool {
    fn all(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => text.chars().all(in_xml),
            serde_json::Value::Array(list) => list.iter().all(all),
            serde_json::Value::Object(map) => {
                map.iter().all(|(key, value)| key.chars().all(in_xml) && all(value))
            }
            _ => true,
        }
    }
    let json = serde_json::to_string(value).unwrap();
    all(&serde_json::from_str(&json).unwrap())
}

/// `Char` of XML 1.0.
fn in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

proptest! {
    #![proptest_config(Config { cases: 256, failure_persistence: None, ..Config::default() })]

    #[test]
    fn numbers(value in zoo::numbers()) { check(&value)?; }

    #[test]
    fn texts(value in zoo::texts()) { check(&value)?; }

    #[test]
    fn enums(value in zoo::shape()) { check(&value)?; }

    #[test]
    fn trees(value in zoo::tree()) { check(&value)?; }

    #[test]
    fn types_of_the_standard_library(value in zoo::standard()) {
        check_but(&value, |codec| codec != Codec::Compact && value.has_some_of_nothing())?;
    }

    #[test]
    fn maps(value in zoo::maps()) { check(&value)?; }

    #[test]
    fn units_and_tuple_structs(value in zoo::pair()) { check(&value)?; }

    #[test]
    fn text_from_display(text in ".{0,400}") {
        check(&Shown(text))?;
    }

    #[test]
    fn every_float(double in any::<u64>(), single in any::<u32>()) {
        let (double, single) = (f64::from_bits(double), f32::from_bits(single));
        for codec in all().filter(|codec| codec.name() != "json" || (double.is_finite() && single.is_finite())) {
            let body = encode(codec, &(double, single)).unwrap();
            let back: (f64, f32) = decode(codec, &body).unwrap();
            prop_assert!(back.0.to_bits() == double.to_bits() || (double.is_nan() && back.0.is_nan()));
            prop_assert!(back.1.to_bits() == single.to_bits() || (single.is_nan() && back.1.is_nan()));
        }
    }

    #[test]
    fn every_cut_of_a_valid_body_is_an_error(value in zoo::shape()) {
        for codec in all().filter(|codec| codec.name() != "xml" || is_xml(&value)) {
            let body = encode(codec, &value).unwrap();
            for end in 0..body.len() {
                prop_assert!(decode::<zoo::Shape>(codec, &body[..end]).is_err(), "{codec} cut at {end}");
            }
        }
    }
}

#[test]
fn the_ends_of_every_number() {
    let ends = (
        (i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN),
        (i8::MAX, i16::MAX, i32::MAX, i64::MAX, i128::MAX),
        (u8::MAX, u16::MAX, u32::MAX, u64::MAX, u128::MAX),
    );
    check(&ends).unwrap();
    for shift in 0..128 {
        let power = 1_u128 << shift;
        for number in [power - 1, power, power + 1] {
            check(&number).unwrap();
            check(&number.cast_signed()).unwrap();
            check(&number.cast_signed().wrapping_neg()).unwrap();
        }
    }
    check(&(0.1_f32, -0.0_f32, f32::MIN_POSITIVE, f32::MAX)).unwrap();
    check(&(0.1_f64, 5e-324, f64::MAX, 1e22, 2.225_073_858_507_201e-308)).unwrap();
    for codec in all() {
        let back: f64 = decode(codec, &encode(codec, &-0.0_f64).unwrap()).unwrap();
        assert!(back.is_sign_negative(), "{codec}");
    }
}

#[test]
fn an_error_on_the_wire() {
    let mut error = RpcError::new(Code::NotFound, "no <account> \"7\"");
    check(&error).unwrap();
    error = error.with_detail("retry", vec![0, 1, 2, 255]).with_executed(Executed::Yes);
    check(&error).unwrap();
}
