//! A wrong shape is noticed.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde::{Deserialize, Serialize};

use super::own_types::{Everything, everything};
use super::{Shapes, written};
use crate::codec::Codec;
use crate::schema::{Content, Field, Shape, TypeRef, Types};

/// Whether a codec's bytes of a value are taken for those of another type.
fn is_taken_for<T: Serialize + Deserialize<'static>>(codec: Codec, value: &impl Serialize) -> bool {
    Shapes::of::<T>().fits(codec, &written(codec, value)).is_ok()
}

#[derive(Serialize, Deserialize)]
struct Point {
    x: i32,
    y: u8,
}

#[derive(Serialize, Deserialize)]
struct Renamed {
    x: i32,
    z: u8,
}

#[derive(Serialize, Deserialize)]
struct Longer {
    x: i32,
    y: u8,
    z: u8,
}

#[derive(Serialize, Deserialize)]
enum Two {
    A,
    B(u8),
}

#[derive(Serialize, Deserialize)]
enum One {
    A,
}

#[test]
fn bytes_of_another_type() {
    let point = Point { x: -300, y: 7 };
    for codec in Codec::ALL.iter().copied() {
        assert!(is_taken_for::<Point>(codec, &point), "{codec}");
        assert!(!is_taken_for::<Longer>(codec, &point), "{codec}");
        assert!(!is_taken_for::<Point>(codec, &Longer { x: 1, y: 2, z: 3 }), "{codec}");
        assert!(!is_taken_for::<Vec<u8>>(codec, &[300_u16]), "{codec}");
        assert!(!is_taken_for::<u16>(codec, &65_536_u32), "{codec}");
        assert!(!is_taken_for::<bool>(codec, &2_u8), "{codec}");
        assert!(!is_taken_for::<char>(codec, &"ab"), "{codec}");
        assert!(!is_taken_for::<Option<u8>>(codec, &Some(300_u16)), "{codec}");
        assert!(!is_taken_for::<[u8; 2]>(codec, &(1_u8, 2_u8, 3_u8)), "{codec}");
        assert!(!is_taken_for::<String>(codec, &vec![200_u8, 200]), "{codec}");
        assert!(!is_taken_for::<One>(codec, &Two::B(1)), "{codec}");
        assert!(!is_taken_for::<f64>(codec, &"x"), "{codec}");
        assert!(!is_taken_for::<()>(codec, &1_u8), "{codec}");
    }
    assert!(is_taken_for::<Two>(Codec::Postcard, &Two::A));
    for codec in Codec::ALL.iter().copied().filter(|codec| codec.is_self_describing()) {
        assert!(!is_taken_for::<Renamed>(codec, &point), "{codec}");
        assert!(!is_taken_for::<u32>(codec, &-1_i32), "{codec}");
        assert!(!is_taken_for::<u8>(codec, &None::<u8>), "{codec}");
        assert!(!is_taken_for::<Two>(codec, &Some(5_u16)), "{codec}");
    }
    // Not in their shortest form, or not whole.
    let numbers = Shapes::of::<Vec<u16>>();
    for body in [&[1, 0x80, 0][..], &[1, 0xff, 0xff, 4], &[2, 1], &[1, 1, 1], &[]] {
        assert!(numbers.fits(Codec::Postcard, body).is_err(), "{body:?}");
    }
    for body in [&[0x81, 0x18, 1][..], &[0x82, 1], &[0x81, 1, 1], &[0x81, 0x20], &[0x9f, 1, 0xff], &[]] {
        assert!(numbers.fits(Codec::Compact, body).is_err(), "{body:?}");
    }
}

/// Each type of them is made another, each field gets another name, and each variant another name and index.
fn mistakes(types: &Types, root: TypeRef) -> Vec<(Types, bool)> {
    let mut mistakes = Vec::new();
    let (mut seen, mut open) = (vec![root], vec![root]);
    while let Some(which) = open.pop() {
        let shape = types.get(which).unwrap();
        let mut add = |shape: Shape, by_position: bool| {
            let mut changed = types.clone();
            changed.set(which, shape);
            mistakes.push((changed, by_position));
        };
        add(Shape::Enum { name: "Never".to_owned(), variants: Vec::new() }, true);
        match shape {
            Shape::Struct { name, fields } => {
                let struct_of = |fields| Shape::Struct { name: name.clone(), fields };
                for at in 0..fields.len() {
                    let mut other = fields.clone();
                    other[at].name.push('x');
                    add(struct_of(other), false);
                    let mut fewer = fields.clone();
                    let is_seen = !takes_no_bytes(types, fewer.remove(at).shape);
                    add(struct_of(fewer), is_seen);
                    let mut more = fields.clone();
                    more.insert(at, Field::new("new", fields[0].shape));
                    add(struct_of(more), true);
                }
            }
            Shape::Enum { name, variants } => {
                for at in 0..variants.len() {
                    let mut other = variants.clone();
                    other[at].name.push('x');
                    add(Shape::Enum { name: name.clone(), variants: other }, false);
                    let mut other = variants.clone();
                    other[at].content = Content::Tuple(vec![which; 3]);
                    add(Shape::Enum { name: name.clone(), variants: other }, true);
                }
            }
            _ => {}
        }
        for held in shape.held() {
            if !seen.contains(&held) {
                seen.push(held);
                open.push(held);
            }
        }
    }
    mistakes
}

fn takes_no_bytes(types: &Types, which: TypeRef) -> bool {
    matches!(types.get(which), Some(Shape::Unit | Shape::UnitStruct { .. }))
}

#[test]
fn no_part_of_a_shape_is_passed_over() {
    let (values, mut runner) = (everything(), TestRunner::deterministic());
    // In so many, everything is there once.
    let values: Vec<_> = (0..60).map(|_| values.new_tree(&mut runner).unwrap().current()).collect();
    let right = Shapes::of::<Everything>();
    for codec in Codec::ALL.iter().copied() {
        let bodies: Vec<_> = values.iter().map(|value| written(codec, value)).collect();
        assert!(bodies.iter().all(|body| right.fits(codec, body).is_ok()), "{codec}");
        let mut seen = right.clone();
        let (types, root) = seen.seen_by(codec);
        let mistakes = mistakes(types, root);
        assert!(mistakes.len() > 80, "{}", mistakes.len());
        for (types, by_position) in mistakes {
            if codec == Codec::Postcard && !by_position {
                continue;
            }
            let mut wrong = right.clone();
            *wrong.seen_by(codec).0 = types;
            let shown = wrong.seen_by(codec).0.describe(root);
            assert!(bodies.iter().any(|body| wrong.fits(codec, body).is_err()), "{codec} with {shown}");
        }
    }
}
