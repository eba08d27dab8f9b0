//! Every number has one form, and only that one is read.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{CodecErrorKind, decode, decode_error, encode};

fn one_form<T: Serialize + DeserializeOwned + PartialEq + Debug + Copy>(value: T) {
    let bytes = encode(&value).unwrap();
    assert_eq!(bytes, postcard::to_allocvec(&value).unwrap(), "{value:?}");
    assert_eq!(decode::<T>(&bytes).unwrap(), value);
    for end in 0..bytes.len() {
        assert_eq!(
            decode_error::<T>(&bytes[..end]).0,
            CodecErrorKind::UnexpectedEnd,
            "{value:?} cut at {end}"
        );
    }
    let mut left_over = bytes.clone();
    left_over.push(0);
    assert_eq!(decode_error::<T>(&left_over).0, CodecErrorKind::LeftOver, "{value:?}");
    for padding in 1..25 {
        let mut padded = bytes.clone();
        *padded.last_mut().unwrap() |= 0x80;
        padded.extend(std::iter::repeat_n(0x80, padding - 1));
        padded.push(0);
        assert_eq!(
            decode_error::<T>(&padded).0,
            CodecErrorKind::NonCanonical,
            "{value:?} padded by {padding}"
        );
    }
}

fn too_many_bits<T: Serialize + DeserializeOwned + Debug>(largest: T) {
    let bytes = encode(&largest).unwrap();
    let last = *bytes.last().unwrap();
    for wrong in (last + 1)..=0x7f {
        let mut wide = bytes.clone();
        *wide.last_mut().unwrap() = wrong;
        assert_eq!(
            decode_error::<T>(&wide).0,
            CodecErrorKind::NonCanonical,
            "{wrong} at the end of {largest:?}"
        );
    }
    let endless = vec![0xff; 100];
    assert_eq!(decode_error::<T>(&endless).0, CodecErrorKind::NonCanonical);
}

macro_rules! around_powers_of_two {
    ($($test:ident: $unsigned:ty, $signed:ty;)*) => {$(
        #[test]
        fn $test() {
            for shift in 0..<$unsigned>::BITS {
                let power: $unsigned = 1 << shift;
                for value in [power.wrapping_sub(2), power - 1, power, power + 1, !power, power.wrapping_neg()] {
                    one_form(value);
                    one_form(value as $signed);
                    one_form((value as $signed).wrapping_neg());
                }
            }
            one_form(<$unsigned>::MAX);
            too_many_bits(<$unsigned>::MAX);
            too_many_bits(<$signed>::MIN);
        }
    )*};
}

around_powers_of_two! {
    sixteen_bits: u16, i16;
    thirty_two_bits: u32, i32;
    sixty_four_bits: u64, i64;
    one_hundred_and_twenty_eight_bits: u128, i128;
}

#[test]
fn every_number_of_sixteen_bits() {
    for value in 0..=u16::MAX {
        let bytes = encode(&value).unwrap();
        assert_eq!(bytes, postcard::to_allocvec(&value).unwrap());
        assert_eq!(decode::<u16>(&bytes).unwrap(), value);
    }
}

#[test]
fn every_form_of_sixteen_bits_in_up_to_three_bytes_has_another_value() {
    let mut seen = vec![false; 1 << 16];
    let mut form = |bytes: &[u8]| {
        if let Ok(value) = decode::<u16>(bytes) {
            assert!(!std::mem::replace(&mut seen[usize::from(value)], true), "{value} has two forms");
        }
    };
    for first in 0..=u8::MAX {
        form(&[first]);
        for second in 0..=u8::MAX {
            form(&[first, second]);
            // The third byte has two bits of the value.
            for third in 0..8 {
                form(&[first, second, third]);
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen));
}

#[test]
fn bytes_are_not_varints() {
    for value in 0..=u8::MAX {
        assert_eq!(encode(&value).unwrap(), [value]);
        assert_eq!(decode::<u8>(&[value]).unwrap(), value);
        assert_eq!(decode::<i8>(&[value]).unwrap(), value as i8);
    }
}

#[test]
fn lengths_and_variants_have_one_form() {
    assert_eq!(decode_error::<String>(&[0x81, 0, b'a']).0, CodecErrorKind::NonCanonical);
    assert_eq!(decode_error::<Vec<u8>>(&[0x81, 0, 1]).0, CodecErrorKind::NonCanonical);
    assert_eq!(decode_error::<&[u8]>(&[0x81, 0, 1]).0, CodecErrorKind::NonCanonical);
    assert_eq!(decode_error::<char>(&[0x81, 0, b'a']).0, CodecErrorKind::NonCanonical);
    assert_eq!(decode_error::<Result<(), ()>>(&[0x81, 0]).0, CodecErrorKind::NonCanonical);
    assert_eq!(
        decode_error::<std::collections::BTreeMap<u8, u8>>(&[0x80, 0]).0,
        CodecErrorKind::NonCanonical
    );
}
