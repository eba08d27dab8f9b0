use proptest::prelude::*;

use super::arena::{
    I32, I64, any_signature, echo, enumeration, newtype, permuted, redirected, renumbered, structure,
};
use crate::codec::CodecLimits;
use crate::schema::{
    Argument, Content, Field, Number, Outcome, ServiceSignature, Shape, Signature, StreamSignature, TypeRef,
    Types, Variant,
};
use crate::wire::tests::document::vectors;

#[test]
fn the_vectors_of_the_document() {
    let limits = CodecLimits::default();
    let signatures: Vec<_> = vectors("signature");
    let prints: Vec<_> = vectors("fingerprint");
    assert_eq!(signatures.len(), prints.len());
    for (signature, print) in signatures.iter().zip(&prints) {
        assert_eq!(signature.name, print.name);
        let decoded = Signature::from_bytes(&signature.bytes, &limits).unwrap();
        let meant: Signature = serde_json::from_str(&signature.meaning).unwrap();
        assert_eq!(decoded, meant, "{}", signature.name);
        assert_eq!(decoded.to_bytes().unwrap(), signature.bytes, "{}", signature.name);
        let shown =
            |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(&decoded.canonical_form()), shown(&print.bytes), "{}", print.name);
        assert_eq!(format!("{:#018x}", decoded.fingerprint()), print.meaning, "{}", print.name);
    }
    for vector in vectors("signature-invalid") {
        let error = Signature::from_bytes(&vector.bytes, &limits).unwrap_err();
        assert_eq!(error.to_string(), vector.meaning, "{}", vector.name);
    }
}

/// `struct Node { value: i64, next: Option<Box<Node>> }`, and the reference to it.
fn node() -> (Types, TypeRef) {
    let mut types = Types::default();
    let number = types.add(I64);
    let node = types.add(Shape::Unit);
    let next = types.add(Shape::Option(node));
    types.set(node, structure("Node", vec![Field::new("value", number), Field::new("next", next)]));
    (types, node)
}

#[test]
fn a_recursive_type_may_be_unrolled() {
    let (types, which) = node();
    let rolled = echo(types.clone(), which);
    let mut types = types;
    // Twice more, each around the one before.
    let mut outer = which;
    for _ in 0..2 {
        let next = types.add(Shape::Option(outer));
        let number = types.add(I64);
        outer = types.add(structure("Node", vec![Field::new("value", number), Field::new("next", next)]));
    }
    let mut unrolled = echo(types, outer);
    assert_eq!(rolled.fingerprint(), unrolled.fingerprint());
    // The argument is the inner one, the result the outer.
    unrolled.arguments[0].shape = which;
    assert_eq!(rolled.fingerprint(), unrolled.fingerprint());
}

#[test]
fn a_difference_in_the_depth_is_found() {
    // The one list that goes on for ever, and the one that ends with another type after some turns.
    let (types, which) = node();
    let endless = echo(types, which);
    let mut types = Types::default();
    let number = types.add(I64);
    let mut outer = types.add(Shape::Unit);
    for _ in 0..20 {
        let next = types.add(Shape::Option(outer));
        outer = types.add(structure("Node", vec![Field::new("value", number), Field::new("next", next)]));
    }
    assert_ne!(endless.fingerprint(), echo(types, outer).fingerprint());
}

#[test]
fn what_values_look_like_counts() {
    let mut types = Types::default();
    let (int, long) = (types.add(I32), types.add(I64));
    let field = |name: &str, shape| Field::new(name, shape);
    let variants = |names: &[&str]| {
        let names = names.iter().zip(0..);
        enumeration("E", names.map(|(name, index)| Variant::new(*name, index, Content::Unit)).collect())
    };
    let mut skippable = field("a", int);
    skippable.skippable = true;
    let mut moved = variants(&["A", "B"]);
    if let Shape::Enum { variants, .. } = &mut moved {
        variants[1].index = 2;
    }
    let shapes = [
        I32,
        I64,
        Shape::Number(Number::U32),
        Shape::Bool,
        Shape::Char,
        Shape::Text,
        Shape::Bytes,
        Shape::Unit,
        Shape::Option(int),
        Shape::List(int),
        Shape::List(long),
        Shape::Tuple(vec![int]),
        Shape::Tuple(vec![int, int]),
        Shape::Tuple(vec![int, long]),
        Shape::Tuple(vec![long, int]),
        Shape::Map { key: int, value: long },
        Shape::Map { key: long, value: int },
        Shape::UnitStruct { name: "S".into() },
        newtype("S", int),
        newtype("T", int),
        Shape::TupleStruct { name: "S".into(), elements: vec![int] },
        structure("S", vec![]),
        structure("S", vec![field("a", int)]),
        structure("S", vec![field("b", int)]),
        structure("S", vec![skippable]),
        structure("S", vec![field("a", int), field("b", int)]),
        structure("S", vec![field("b", int), field("a", int)]),
        variants(&["A", "B"]),
        variants(&["B", "A"]),
        variants(&["A"]),
        moved,
        enumeration("E", vec![Variant::new("A", 0, Content::Newtype(int))]),
        enumeration("E", vec![Variant::new("A", 0, Content::Tuple(vec![int]))]),
        enumeration("E", vec![Variant::new("A", 0, Content::Struct(vec![field("a", int)]))]),
        Shape::Any { name: "V".into() },
        Shape::Opaque { name: "V".into(), reason: String::new() },
        Shape::Opaque { name: "W".into(), reason: String::new() },
    ];
    let mut prints: Vec<_> = shapes
        .iter()
        .map(|shape| {
            let mut types = types.clone();
            let which = types.add(shape.clone());
            echo(types, which).fingerprint()
        })
        .collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), shapes.len(), "two of them have one fingerprint");
}

#[test]
fn what_only_readers_know_does_not_count() {
    let mut types = Types::default();
    let int = types.add(I32);
    let plain = types.add(structure("S", vec![Field::new("a", int)]));
    let mut field = Field::new("a", int);
    field.optional = true;
    field.aliases = vec!["b".into()];
    let other = types.add(structure("S", vec![field]));
    let (first, mut second) = (echo(types.clone(), plain), echo(types, other));
    second.method = "Other.name".into();
    second.arguments[0].aliases = vec!["c".into()];
    second.arguments[0].optional = true;
    assert_eq!(first.fingerprint(), second.fingerprint());
}

#[test]
fn variants_are_told_by_their_indexes_wherever_they_stand() {
    let mut types = Types::default();
    let a = Variant::new("A", 0, Content::Unit);
    let b = Variant::new("B", 1, Content::Unit);
    let first = types.add(enumeration("E", vec![a.clone(), b.clone()]));
    let second = types.add(enumeration("E", vec![b, a]));
    assert_eq!(echo(types.clone(), first).fingerprint(), echo(types, second).fingerprint());
}

#[test]
fn the_outline_of_a_method_counts() {
    let mut types = Types::default();
    let int = types.add(I32);
    let base = echo(types, int);
    let changed = |change: &dyn Fn(&mut Signature)| {
        let mut signature = base.clone();
        change(&mut signature);
        signature.fingerprint()
    };
    let mut prints = vec![
        base.fingerprint(),
        changed(&|signature| signature.arguments[0].name = "b".into()),
        changed(&|signature| signature.arguments.clear()),
        changed(&|signature| signature.arguments.push(Argument::new("b", int))),
        changed(&|signature| signature.streams.push(StreamSignature::new("b", int))),
        changed(&|signature| signature.streams.push(StreamSignature::new("c", int))),
        changed(&|signature| signature.error = Some(int)),
        changed(&|signature| signature.outcome = Outcome::Stream(StreamSignature::new("", int))),
        changed(&|signature| {
            let mut stream = StreamSignature::new("", int);
            stream.error = Some(int);
            signature.outcome = Outcome::Stream(stream);
        }),
    ];
    let count = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), count);
}

#[test]
fn a_service_has_one_whatever_the_order_of_its_methods() {
    let mut types = Types::default();
    let int = types.add(I32);
    let (first, mut second) = (echo(types.clone(), int), echo(types, int));
    second.method = "Calculator.other".into();
    let service = |methods: &[&Signature]| {
        ServiceSignature::new("Calculator", methods.iter().map(|method| (*method).clone()).collect())
            .fingerprint()
    };
    assert_eq!(service(&[&first, &second]), service(&[&second, &first]));
    assert_ne!(service(&[&first, &second]), service(&[&first]));
    second.arguments.clear();
    assert_ne!(service(&[&first, &second]), service(&[&first]));
    assert_ne!(service(&[]), 0);
}

#[test]
fn methods_that_positional_bodies_cannot_carry() {
    let mut types = Types::default();
    let int = types.add(I32);
    let any = types.add(Shape::Any { name: "Value".into() });
    let mut skippable = Field::new("a", int);
    skippable.skippable = true;
    let fields = types.add(structure("S", vec![skippable.clone()]));
    let variant = types.add(enumeration("E", vec![Variant::new("A", 0, Content::Struct(vec![skippable]))]));
    let list = types.add(Shape::List(fields));
    let unit = |name, index| Variant::new(name, index, Content::Unit);
    let full = types.add(enumeration("F", vec![unit("A", 1), unit("B", 0)]));
    let gap = types.add(enumeration("G", vec![unit("A", 0), unit("B", 2)]));
    let late = types.add(enumeration("H", vec![unit("A", u32::MAX)]));
    for (which, needs) in [
        (int, false),
        (any, true),
        (fields, true),
        (variant, true),
        (list, true),
        (full, false),
        (gap, true),
        (late, true),
    ] {
        assert_eq!(echo(types.clone(), which).needs_names(), needs, "{}", types.words(which));
    }
}

proptest! {
    #[test]
    fn the_order_of_the_types_does_not_matter(
        (signature, order) in any_signature().prop_flat_map(|signature| {
            let order: Vec<_> = (0..signature.types.len()).collect();
            (Just(signature), Just(order).prop_shuffle())
        })
    ) {
        let other = permuted(&signature, &order);
        prop_assert_eq!(signature.fingerprint(), other.fingerprint());
        prop_assert_eq!(signature.canonical_form(), other.canonical_form());
        prop_assert_eq!(signature.needs_names(), other.needs_names());
    }

    /// Every type twice, every reference to either of the two: the same types, unrolled at random.
    #[test]
    fn types_that_are_there_twice_do_not_matter(
        (signature, choices) in any_signature().prop_flat_map(|signature| {
            (Just(signature), proptest::collection::vec(any::<bool>(), 64))
        })
    ) {
        let count = signature.types.len() as u32;
        let turn = std::cell::Cell::new(0);
        let place = |which: TypeRef| {
            turn.set(turn.get() + 1);
            TypeRef::new(which.index() + if choices[turn.get() % 64] { count } else { 0 })
        };
        let mut types = Types::default();
        for _ in 0..2 {
            for (_, shape) in signature.types.iter() {
                types.add(renumbered(shape, &place));
            }
        }
        let other = redirected(&signature, types, &place);
        prop_assert_eq!(signature.canonical_form(), other.canonical_form());
    }

    #[test]
    fn signatures_cross_as_bytes(signature in any_signature()) {
        if let Ok(bytes) = signature.to_bytes() {
            prop_assert_eq!(Signature::from_bytes(&bytes, &CodecLimits::default()).unwrap(), signature);
        }
    }
}
