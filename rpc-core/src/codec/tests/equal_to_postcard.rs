//! What the guard accepts has the bytes that postcard gives it, both ways.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::zoo::{self, Shown};
use super::{decode, encode};

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let bytes = encode(value).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&bytes, &postcard::to_allocvec(value).unwrap());
    prop_assert_eq!(&decode::<T>(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?, value);
    prop_assert_eq!(&postcard::from_bytes::<T>(&bytes).unwrap(), value);
    Ok(())
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
    fn types_of_the_standard_library(value in zoo::standard()) { check(&value)?; }

    #[test]
    fn maps(value in zoo::maps()) { check(&value)?; }

    #[test]
    fn units_and_tuple_structs(value in zoo::pair()) { check(&value)?; }

    #[test]
    fn text_from_display(text in ".{0,400}") { check(&Shown(text))?; }

    #[test]
    fn every_cut_of_a_valid_body_is_an_error(value in zoo::texts()) {
        let bytes = encode(&value).unwrap();
        for end in 0..bytes.len() {
            prop_assert!(decode::<zoo::Texts>(&bytes[..end]).is_err(), "cut at {}", end);
        }
    }
}

#[test]
fn floats_keep_every_bit() {
    for bits in [0, 1, 0x7ff0_0000_0000_0000, 0x7ff0_0000_0000_0001, 0xfff8_0000_0000_0002, u64::MAX] {
        let bytes = encode(&f64::from_bits(bits)).unwrap();
        assert_eq!(bytes, bits.to_le_bytes());
        assert_eq!(decode::<f64>(&bytes).unwrap().to_bits(), bits);
    }
}
