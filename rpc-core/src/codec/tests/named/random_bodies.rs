//! Random bodies: never a panic, and what is accepted comes back the same.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{all, decode, encode};
use crate::codec::Codec;
use crate::codec::tests::random::Random;
use crate::codec::tests::zoo;

/// What is accepted can be written again, if it has a form at all, and reads the same.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(codec: Codec, body: &[u8]) {
    let Ok(value) = decode::<T>(codec, body) else { return };
    let Ok(again) = encode(codec, &value) else { return };
    let back = decode::<T>(codec, &again);
    // NaN is not equal to itself, but its bytes are.
    let is_same = |back: T| back == value || encode(codec, &back).is_ok_and(|bytes| bytes == again);
    assert!(back.is_ok_and(is_same), "{codec}: {body:02x?}");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    List(Vec<Untagged>),
    Map(BTreeMap<String, Untagged>),
}

fn check_next(codec: Codec, turn: usize, body: &[u8]) {
    match turn % 8 {
        0 => check::<zoo::Numbers>(codec, body),
        1 => check::<zoo::Texts>(codec, body),
        2 => check::<zoo::Shape>(codec, body),
        3 => check::<zoo::Tree>(codec, body),
        4 => check::<zoo::Standard>(codec, body),
        5 => check::<zoo::Maps>(codec, body),
        6 => check::<Untagged>(codec, body),
        _ => check::<HashMap<i8, Vec<Option<zoo::Unit>>>>(codec, body),
    }
}

#[test]
fn random_bytes() {
    let mut random = Random::new();
    for turn in 0..60_000 {
        let body = random.body();
        all().for_each(|codec| check_next(codec, turn, &body));
    }
}

fn check_changed<S: Strategy<Value: Serialize>>(random: &mut Random, strategy: S) {
    let mut runner = TestRunner::deterministic();
    for turn in 0..100 {
        let value = strategy.new_tree(&mut runner).unwrap().current();
        for codec in all() {
            let Ok(body) = encode(codec, &value) else { continue };
            for _ in 0..50 {
                let mut changed = body.clone();
                random.change(&mut changed);
                (0..8).for_each(|other| check_next(codec, turn + other, &changed));
            }
        }
    }
}

#[test]
fn valid_bodies_with_a_few_changes() {
    let mut random = Random::new();
    check_changed(&mut random, zoo::numbers());
    check_changed(&mut random, zoo::texts());
    check_changed(&mut random, zoo::shape());
    check_changed(&mut random, zoo::tree());
    check_changed(&mut random, zoo::standard());
    check_changed(&mut random, zoo::maps());
}
