//! Random bodies: never a panic, and what is accepted is what postcard reads.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::random::Random;
use super::{decode, encode, zoo};

/// What is accepted has one form only.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(body: &[u8]) {
    if let Ok(value) = decode::<T>(body) {
        assert_eq!(encode(&value).unwrap(), body, "two forms of {value:?}");
        same_value::<T>(body);
    }
}

/// For types with several forms of their own: an entry of a map that comes twice, a `Duration` that carries over.
fn same_value<T: DeserializeOwned + PartialEq + Debug>(body: &[u8]) {
    if let Ok(value) = decode::<T>(body) {
        let theirs: T = postcard::from_bytes(body).expect("only the guard accepted the body");
        // NaN is not equal to itself, but has one text.
        assert!(
            value == theirs || format!("{value:?}") == format!("{theirs:?}"),
            "{value:?} {theirs:?} {body:?}"
        );
    }
}

/// Decodes a body as one type after the other, from one call to the next.
fn check_next(turn: usize, body: &[u8]) {
    match turn % 9 {
        0 => check::<zoo::Numbers>(body),
        1 => check::<zoo::Texts>(body),
        2 => check::<zoo::Shape>(body),
        3 => check::<zoo::Tree>(body),
        4 => same_value::<zoo::Standard>(body),
        5 => check::<zoo::Pair<zoo::Wrapper<Option<u8>>, (zoo::Unit, Vec<zoo::Unit>)>>(body),
        6 => check::<(char, u128, i128, Result<String, Vec<Option<(u8, i64)>>>)>(body),
        7 => same_value::<zoo::Maps>(body),
        _ => same_value::<BTreeMap<u8, Vec<HashMap<u8, ()>>>>(body),
    }
}

#[test]
fn random_bytes_in_every_type_of_the_zoo() {
    let mut random = Random::new();
    for turn in 0..150_000 {
        check_next(turn, &random.body());
    }
}

fn check_changed<S: Strategy<Value: Serialize>>(random: &mut Random, turn: usize, strategy: S) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let value = strategy.new_tree(&mut runner).unwrap().current();
        let body = encode(&value).unwrap();
        for _ in 0..50 {
            let mut changed = body.clone();
            random.change(&mut changed);
            check_next(turn, &changed);
        }
    }
}

#[test]
fn valid_bodies_with_a_few_changes() {
    let mut random = Random::new();
    check_changed(&mut random, 0, zoo::numbers());
    check_changed(&mut random, 1, zoo::texts());
    check_changed(&mut random, 2, zoo::shape());
    check_changed(&mut random, 3, zoo::tree());
    check_changed(&mut random, 4, zoo::standard());
    check_changed(&mut random, 5, zoo::pair());
    check_changed(&mut random, 7, zoo::maps());
}
