//! Signatures that no program has, as a peer may send them.

use proptest::prelude::*;

use super::arena::{I64, any_signature, echo, enumeration, newtype, structure};
use crate::codec::CodecLimits;
use crate::schema::{
    Argument, Content, Field, Outcome, Shape, Signature, SignatureError, TypeRef, Types, Variant,
};

fn refused(types: Types, which: TypeRef) -> String {
    let signature = echo(types, which);
    let error = signature.to_bytes().unwrap_err();
    // A peer does not ask before it sends.
    let mut bytes = vec![1];
    bytes.extend(postcard::to_stdvec(&signature).unwrap());
    assert_eq!(Signature::from_bytes(&bytes, &CodecLimits::default()).unwrap_err(), error);
    error.to_string()
}

fn one(shape: impl FnOnce(TypeRef) -> Shape) -> (Types, TypeRef) {
    let mut types = Types::default();
    let which = types.add(Shape::Unit);
    let shape = shape(which);
    types.set(which, shape);
    (types, which)
}

#[test]
fn a_type_that_contains_itself_in_every_value_is_refused() {
    let shapes: [(&str, &dyn Fn(TypeRef) -> Shape); 3] = [
        ("the newtype N", &|which| newtype("N", which)),
        ("the struct S", &|which| structure("S", vec![Field::new("a", which)])),
        ("the tuple struct T", &|which| Shape::TupleStruct { name: "T".into(), elements: vec![which] }),
    ];
    for (words, shape) in shapes {
        let (types, which) = one(shape);
        assert_eq!(
            refused(types, which),
            format!(
                "the signature of `Calculator.method` has a type, {words}, that contains itself without an Option, a \
                 list, a map or an enum in between: it has no value"
            )
        );
    }
}

#[test]
fn the_type_that_is_told_is_part_of_the_cycle() {
    let mut types = Types::default();
    let (outer, first, second) = (types.add(Shape::Unit), types.add(Shape::Unit), types.add(Shape::Unit));
    types.set(outer, newtype("Outer", first));
    types.set(first, newtype("First", second));
    types.set(second, structure("Second", vec![Field::new("back", first)]));
    let error = refused(types, outer);
    assert!(!error.contains("Outer"), "{error}");
}

#[test]
fn a_type_that_contains_itself_where_it_may_end_passes() {
    let shapes: [&dyn Fn(TypeRef) -> Shape; 4] =
        [&Shape::Option, &Shape::List, &|which| Shape::Map { key: which, value: which }, &|which| {
            enumeration("E", vec![Variant::new("A", 0, Content::Newtype(which))])
        }];
    for shape in shapes {
        let (types, which) = one(shape);
        let bytes = echo(types, which).to_bytes().unwrap();
        let signature = Signature::from_bytes(&bytes, &CodecLimits::default()).unwrap();
        assert_ne!(signature.fingerprint(), 0);
        assert!(!signature.needs_names());
    }
}

#[test]
fn references_to_nothing_are_refused() {
    let (types, _) = one(|_| Shape::List(TypeRef::new(7)));
    let expected = "the signature of `Calculator.method` refers to type 7, but lists only 1";
    assert_eq!(refused(types, TypeRef::new(0)), expected);
    let (types, _) = one(|_| Shape::Bool);
    assert_eq!(refused(types, TypeRef::new(7)), expected);
}

#[test]
fn deep_types_are_refused_where_every_value_is_as_deep() {
    let chain = |length: usize, shape: &dyn Fn(TypeRef) -> Shape| {
        let mut types = Types::default();
        let mut which = types.add(I64);
        for _ in 0..length {
            which = types.add(shape(which));
        }
        (types, which)
    };
    let (types, which) = chain(128, &|inner| newtype("N", inner));
    assert!(echo(types, which).to_bytes().is_ok());
    let (types, which) = chain(129, &|inner| newtype("N", inner));
    assert_eq!(
        refused(types, which),
        "the signature of `Calculator.method` has a type, the newtype N, of which every value is nested 129 deep, but a \
         value may be 128 deep at most"
    );
    let (types, which) = chain(16_000, &Shape::Option);
    assert!(echo(types, which).to_bytes().is_ok());
    let (types, which) = chain(16_384, &Shape::Option);
    assert_eq!(
        refused(types, which),
        "the signature of `Calculator.method` has 16385 types, but may have 16384 at most"
    );
}

#[test]
fn names_of_megabytes_are_refused() {
    let (types, which) = one(|_| structure(&"x".repeat(100_000), vec![]));
    assert_eq!(
        refused(types, which),
        format!(
            "the signature of `Calculator.method` has a name of 100000 bytes that begins with `{}…`, but a name may have \
             1024 at most",
            "x".repeat(64)
        )
    );
    let signature = Signature::new("m".repeat(3_000_000), Types::default(), Outcome::Value(which));
    let mut bytes = vec![1];
    bytes.extend(postcard::to_stdvec(&signature).unwrap());
    assert_eq!(
        Signature::from_bytes(&bytes, &CodecLimits::default()).unwrap_err().to_string(),
        format!("the signature has {} bytes, but may have 262144 at most", bytes.len())
    );
    let limits = CodecLimits { max_size: 1_000, ..CodecLimits::default() };
    let error = Signature::from_bytes(&bytes[..1_001], &limits).unwrap_err();
    assert_eq!(error, SignatureError::TooLong { length: 1_001, max: 1_000 });
}

#[test]
fn two_members_of_one_name_are_refused() {
    let mut types = Types::default();
    let int = types.add(I64);
    let twice = vec![Field::new("a", int), Field::new("a", int)];
    let mut fields = types.clone();
    let which = fields.add(structure("S", twice.clone()));
    assert_eq!(
        refused(fields, which),
        "the signature of `Calculator.method` has two fields called `a`, in S"
    );
    let mut variants = types.clone();
    let which = variants.add(enumeration("E", vec![Variant::new("A", 0, Content::Struct(twice))]));
    assert_eq!(
        refused(variants, which),
        "the signature of `Calculator.method` has two fields called `a`, in E"
    );
    for (name, index, expected) in [("A", 1, "A"), ("B", 0, "0")] {
        let mut variants = types.clone();
        let unit = |name: &str, index| Variant::new(name, index, Content::Unit);
        let which = variants.add(enumeration("E", vec![unit("A", 0), unit(name, index)]));
        assert_eq!(
            refused(variants, which),
            format!("the signature of `Calculator.method` has two variants called `{expected}`, in E")
        );
    }
    let mut signature = echo(types, int);
    signature.arguments.push(Argument::new("a", int));
    assert_eq!(
        signature.to_bytes().unwrap_err().to_string(),
        "the signature of `Calculator.method` has two arguments called `a`, in its arguments"
    );
}

#[test]
fn lengths_that_are_not_there_take_no_memory() {
    // Four arguments of 2^60 bytes each, and 2^60 types.
    for bytes in [
        "01 80 80 80 80 80 80 80 80 10",
        "01 00 80 80 80 80 80 80 80 80 10",
        "01 00 00 00 00 00 00 80 80 80 80 80 80 80 80 10",
    ] {
        let bytes = crate::wire::tests::document::hex(bytes);
        let error = Signature::from_bytes(&bytes, &CodecLimits::default()).unwrap_err();
        assert!(matches!(error, SignatureError::Malformed { .. }), "{error}");
    }
}

#[test]
fn too_many_types_are_refused_before_they_are_read() {
    // A method without a name and arguments, and 200,000 types of no kind.
    let mut bytes = crate::wire::tests::document::hex("01 00 00 00 00 00 00 c0 9a 0c");
    bytes.resize(bytes.len() + 200_000, 0xff);
    let error = Signature::from_bytes(&bytes, &CodecLimits::default()).unwrap_err();
    assert_eq!(error.to_string(), "the signature of `` has 200000 types, but may have 16384 at most");
}

/// A chain, a cycle, a wide type and a dense graph of 100,000 types or references each.
pub(super) fn giants() -> Vec<(Types, TypeRef)> {
    const COUNT: u32 = 100_000;
    let mut chain = Types::default();
    let mut last = chain.add(I64);
    for _ in 0..COUNT {
        last = chain.add(newtype("N", last));
    }
    let mut cycle = Types::default();
    for index in 0..COUNT {
        let next = TypeRef::new((index + 1) % COUNT);
        cycle.add(if index % 1_000 == 17 { Shape::List(next) } else { Shape::Option(next) });
    }
    let mut wide = Types::default();
    let int = wide.add(I64);
    let field = |index| Field::new(format!("f{index}"), int);
    let fields = wide.add(structure("S", (0..COUNT).map(field).collect()));
    let mut dense = Types::default();
    for index in 0..300_u32 {
        dense.add(Shape::Tuple((0..300).map(|other| TypeRef::new((index * 7 + other) % 300)).collect()));
    }
    let start = TypeRef::new(0);
    vec![(chain, last), (cycle, start), (wide, fields), (dense, start)]
}

#[test]
fn giants_have_fingerprints() {
    let mut prints: Vec<_> =
        giants().into_iter().map(|(types, which)| echo(types, which).fingerprint()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), 4);
}

proptest! {
    #[test]
    fn random_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = bytes;
        if let Some(first) = bytes.first_mut() {
            *first = 1;
        }
        if let Ok(signature) = Signature::from_bytes(&bytes, &CodecLimits::default()) {
            prop_assert_eq!(signature.to_bytes().unwrap(), bytes);
        }
    }

    #[test]
    fn damaged_signatures_are_refused_or_read(
        signature in any_signature(),
        place in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = vec![1];
        bytes.extend(postcard::to_stdvec(&signature).unwrap());
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(signature) = Signature::from_bytes(&bytes, &CodecLimits::default()) {
            signature.fingerprint();
        }
        let _ = Signature::from_bytes(&bytes[..place], &CodecLimits::default());
    }
}
