//! The text of lockfiles, and the numbers in them.

use std::path::Path;

use proptest::prelude::*;

use super::arena::{F64, I64, any_signature, enumeration, newtype, structure};
use crate::schema::lock::Lockfile;
use crate::schema::{
    Argument, Content, Field, Number, Outcome, ServiceSignature, Shape, Signature, StreamSignature, TypeRef,
    Types, Variant,
};

pub(super) fn parse(text: &str) -> Lockfile {
    Lockfile::parse(text, Path::new("test.lock")).unwrap_or_else(|error| panic!("{error}"))
}

/// The text without its comments.
fn shown(lock: &Lockfile) -> String {
    let text = lock.to_string();
    text.lines().skip_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

/// A method with these types as its arguments `a`, `b`…
pub(super) fn method(name: &str, make: impl FnOnce(&mut Types) -> Vec<TypeRef>) -> Signature {
    let mut types = Types::default();
    let arguments = make(&mut types);
    let unit = types.add(Shape::Unit);
    let mut signature = Signature::new(name, types, Outcome::Value(unit));
    signature.arguments =
        arguments.iter().zip('a'..).map(|(shape, name)| Argument::new(name.to_string(), *shape)).collect();
    signature
}

pub(super) fn service(methods: Vec<Signature>) -> ServiceSignature {
    ServiceSignature::new("Board", methods)
}

fn board() -> ServiceSignature {
    let draw = method("Board.draw", |types| {
        let (float, text) = (types.add(F64), types.add(Shape::Text));
        let point = types.add(structure("Point", vec![Field::new("x", float), Field::new("y", float)]));
        let mut color = Field::new("color", text);
        color.optional = true;
        color.skippable = true;
        color.aliases = vec!["colour".into(), "the color".into()];
        let pair = types.add(Shape::Tuple(vec![float, text]));
        let mut third = Variant::new("pair-of", 7, Content::Tuple(vec![point, pair]));
        third.aliases = vec!["Pair".into()];
        let drawing = types.add(enumeration(
            "Drawing",
            vec![
                Variant::new("Empty", 0, Content::Unit),
                Variant::new("Dot", 1, Content::Newtype(point)),
                third,
                Variant::new("Text", 3, Content::Struct(vec![Field::new("at", point), color])),
                Variant::new("One", 4, Content::Tuple(vec![point])),
            ],
        ));
        let id = types.add(Shape::Number(Number::U64));
        let id = types.add(newtype("Id", id));
        let map = types.add(Shape::Map { key: id, value: drawing });
        let option = types.add(Shape::Option(map));
        let array = types.add(Shape::Tuple(vec![float; 3]));
        let one = types.add(Shape::Tuple(vec![float]));
        let bytes = types.add(Shape::Bytes);
        let any = types.add(Shape::Any { name: "Value".into() });
        let opaque = types.add(Shape::Opaque { name: "Odd<T>".into(), reason: String::new() });
        let marker = types.add(Shape::UnitStruct { name: "Marker".into() });
        let taken = types.add(Shape::TupleStruct { name: "String".into(), elements: vec![float, float] });
        let empty = types.add(Shape::Tuple(vec![]));
        vec![option, array, one, bytes, any, opaque, marker, taken, empty]
    });
    let mut watch = method("Board.watch", |types| {
        let float = types.add(F64);
        // Another type of that name.
        vec![types.add(structure("Point", vec![Field::new("z", float)]))]
    });
    let text = watch.types.add(Shape::Text);
    let tree = watch.types.add(Shape::Unit);
    watch.types.set(tree, Shape::List(tree));
    let mut stream = StreamSignature::new("edits", text);
    stream.error = Some(text);
    watch.streams.push(stream.clone());
    watch.outcome = Outcome::Stream(StreamSignature::new("", tree));
    watch.error = Some(text);
    service(vec![watch, draw])
}

const BOARD: &str = r#"farcall lock 1

service Board

method Board.draw
    1 a: Option<Map<Id, Drawing>> required
    2 b: [f64; 3]
    3 c: (f64,)
    4 d: bytes
    5 e: any(Value)
    6 f: opaque("Odd<T>")
    7 g: Marker
    8 h: "String"
    9 i: (,)
    returns ()

method Board.watch
    1 a: Point
    stream edits: String fails with String
    returns stream of _
    fails with String

enum Drawing
    1 Empty
    2 Dot(Point#2)
    3 pair-of(Point#2, (f64, String)) index 7 alias Pair
    4 Text {..}
        1 at: Point#2
        2 color: String optional skippable alias colour alias "the color"
    5 One(Point#2,)

newtype Id(u64)

unit Marker

struct Point
    1 z: f64

struct Point#2
    1 x: f64
    2 y: f64

tuple "String"(f64, f64)

alias _ = Vec<_>

end
"#;

#[test]
fn a_service_as_text() {
    let lock = Lockfile::new(&board()).unwrap();
    assert_eq!(shown(&lock), BOARD);
    assert_eq!(shown(&parse(BOARD)), BOARD);
    assert_eq!(parse(BOARD), lock);
}

#[test]
fn the_example_of_the_document() {
    let document = include_str!("../../../../docs/versions.md");
    let (_, example) = document.split_once("```text\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    assert_eq!(shown(&parse(example)), example);
}

#[test]
fn comments_and_white_space_do_not_count() {
    let text =
        BOARD.replace("    1 z: f64", "\n    # the third one\n    1   z :  f64   \n").replace('\n', "\r\n");
    assert_eq!(parse(&text), parse(BOARD));
}

#[test]
fn the_order_of_methods_and_types_does_not_count() {
    let mut other = board();
    other.methods.reverse();
    let lock = Lockfile::new(&board()).unwrap();
    assert_eq!(lock.next(&other).unwrap(), lock);
}

/// One struct `S` of these fields, as the argument of one method.
fn fields(names: &[&str]) -> ServiceSignature {
    service(vec![method("Board.m", |types| {
        let int = types.add(I64);
        vec![types.add(structure("S", names.iter().map(|name| Field::new(*name, int)).collect()))]
    })])
}

#[test]
fn numbers_are_given_once_and_for_ever() {
    let numbers = |lock: &Lockfile| lock.definitions()[0].members().clone();
    let first = Lockfile::new(&fields(&["a", "b", "c"])).unwrap();
    assert_eq!(numbers(&first).numbers, [1, 2, 3]);
    // Inserted, moved and removed.
    let second = first.next(&fields(&["new", "c", "a"])).unwrap();
    assert_eq!(numbers(&second).numbers, [4, 3, 1]);
    assert_eq!(
        shown(&second).split_once("struct S").unwrap().1.trim(),
        "4 new: i64\n    3 c: i64\n    1 a: i64\n    reserved 2 b\n\nend"
    );
    // What comes back is another one: it may be of another type.
    let third = second.next(&fields(&["new", "c", "a", "b"])).unwrap();
    assert_eq!(numbers(&third).numbers, [4, 3, 1, 5]);
    assert_eq!(numbers(&third).reserved, numbers(&second).reserved);
    // Through the file as well.
    assert_eq!(parse(&third.to_string()), third);
    let fourth = parse(&third.to_string()).next(&fields(&["b"])).unwrap();
    assert_eq!(numbers(&fourth).numbers, [5]);
    assert_eq!(
        numbers(&fourth).reserved.iter().map(|reserved| reserved.number).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
}

#[test]
fn arguments_variants_and_their_fields_have_numbers() {
    let make = |arguments: &[&str], variants: &[(&str, &[&str])]| {
        let mut signature = method("Board.m", |types| {
            let int = types.add(I64);
            let fields = |names: &[&str]| names.iter().map(|name| Field::new(*name, int)).collect();
            let variants = variants.iter().zip(0..);
            let variants = variants
                .map(|((name, names), index)| Variant::new(*name, index, Content::Struct(fields(names))));
            let which = types.add(enumeration("E", variants.collect()));
            vec![which; arguments.len()]
        });
        signature
            .arguments
            .iter_mut()
            .zip(arguments)
            .for_each(|(argument, name)| argument.name = (*name).into());
        service(vec![signature])
    };
    let first = Lockfile::new(&make(&["x", "y"], &[("A", &["a", "b"]), ("B", &["c"])])).unwrap();
    let second = first.next(&make(&["z", "y"], &[("C", &[]), ("B", &["d", "c"]), ("A", &["b"])])).unwrap();
    assert_eq!(second.methods()[0].arguments().numbers, [3, 2]);
    let definition = &second.definitions()[0];
    assert_eq!(definition.members().numbers, [3, 2, 1]);
    let inner: Vec<_> = definition.variant_fields().iter().map(|numbers| numbers.numbers.clone()).collect();
    assert_eq!(inner, [vec![], vec![2, 1], vec![2]]);
    assert_eq!(parse(&second.to_string()), second);
}

#[test]
fn a_renamed_member_with_an_alias_keeps_its_number() {
    let first = Lockfile::new(&fields(&["a", "b"])).unwrap();
    let mut renamed = fields(&["c", "b"]);
    let which = renamed.methods[0].arguments[0].shape;
    let Some(Shape::Struct { name, fields }) = renamed.methods[0].types.get(which).cloned() else { panic!() };
    let mut fields = fields;
    fields[0].aliases.push("a".into());
    renamed.methods[0].types.set(which, Shape::Struct { name, fields });
    let second = first.next(&renamed).unwrap();
    assert_eq!(second.definitions()[0].members().numbers, [1, 2]);
}

/// A method for each list of fields, whose argument is a struct of that name.
fn structs(methods: &[(&str, &str, &[&str])]) -> ServiceSignature {
    let methods = methods.iter().map(|(name, of, names)| {
        method(&format!("Board.{name}"), |types| {
            let int = types.add(I64);
            vec![types.add(structure(of, names.iter().map(|name| Field::new(*name, int)).collect()))]
        })
    });
    service(methods.collect())
}

fn definitions(lock: &Lockfile) -> Vec<(String, u32, Vec<u32>)> {
    let all = lock.definitions().iter();
    all.map(|definition| {
        (definition.name().to_owned(), definition.ordinal(), definition.members().numbers.clone())
    })
    .collect()
}

#[test]
fn types_of_one_name_stay_apart_and_keep_their_numbers() {
    let first = Lockfile::new(&structs(&[("m", "S", &["a", "b"]), ("n", "S", &["b", "c"])])).unwrap();
    assert_eq!(definitions(&first), [("S".into(), 1, vec![1, 2]), ("S".into(), 2, vec![1, 2])]);
    // A method before them, with a third type of that name, takes nothing away.
    let second = first
        .next(&structs(&[("a", "S", &["z"]), ("n", "S", &["x", "b", "c"]), ("m", "S", &["a", "b"])]))
        .unwrap();
    let expected = [("S".into(), 1, vec![1, 2]), ("S".into(), 2, vec![3, 1, 2]), ("S".into(), 3, vec![1])];
    assert_eq!(definitions(&second), expected);
    // Where two become equal they still are two.
    let third = first.next(&structs(&[("m", "S", &["b", "c"]), ("n", "S", &["b", "c"])])).unwrap();
    assert_eq!(definitions(&third), [("S".into(), 1, vec![2, 3]), ("S".into(), 2, vec![1, 2])]);
    assert_eq!(
        parse(&third.to_string())
            .next(&structs(&[("m", "S", &["b", "c"]), ("n", "S", &["b", "c"])]))
            .unwrap(),
        third
    );
}

#[test]
fn a_type_that_becomes_two_has_its_numbers_in_both() {
    let first = Lockfile::new(&structs(&[("m", "S", &["a", "b"]), ("n", "S", &["a", "b"])])).unwrap();
    assert_eq!(definitions(&first).len(), 1);
    let second = first.next(&structs(&[("m", "S", &["a", "b"]), ("n", "S", &["new", "b"])])).unwrap();
    assert_eq!(definitions(&second), [("S".into(), 1, vec![1, 2]), ("S".into(), 2, vec![3, 2])]);
}

#[test]
fn a_renamed_type_keeps_its_numbers() {
    let first = Lockfile::new(&structs(&[("m", "S", &["a", "b"])])).unwrap();
    let second = first.next(&structs(&[("m", "T", &["b", "a"])])).unwrap();
    assert_eq!(definitions(&second), [("T".into(), 1, vec![2, 1])]);
    // Put in the place of one that is still there, it is another.
    let first =
        Lockfile::new(&structs(&[("m", "S", &["a", "b"]), ("n", "S", &["a", "b"]), ("o", "T", &["b"])]))
            .unwrap();
    let second =
        first.next(&structs(&[("m", "S", &["a", "b"]), ("n", "T", &["b"]), ("o", "T", &["b"])])).unwrap();
    assert_eq!(definitions(&second), [("S".into(), 1, vec![1, 2]), ("T".into(), 1, vec![1])]);
}

#[test]
fn names_of_any_kind_are_kept() {
    for name in [
        "", "a b", "\"", "\\", "\n\u{1b}", "größe", "1st", "#", "alias", "optional", "reserved", "Option",
        "_", "a:b", "{..}",
    ] {
        let current = structs(&[("m", name, &[name, "other"])]);
        let lock = Lockfile::new(&current).unwrap();
        let read = parse(&lock.to_string());
        assert_eq!(read, lock);
        assert_eq!(read.next(&current).unwrap(), lock, "{name:?}");
        assert_eq!(read.definitions()[0].name(), name);
    }
}

proptest! {
    #[test]
    fn any_service_is_read_as_it_was_written(one in any_signature(), two in any_signature()) {
        let mut two = two;
        two.method = "Service.other".into();
        let current = service(vec![one, two]);
        let Ok(lock) = Lockfile::new(&current) else { return Ok(()) };
        let read = parse(&lock.to_string());
        prop_assert_eq!(read.to_string(), lock.to_string());
        prop_assert_eq!(read.next(&current).unwrap().to_string(), lock.to_string());
        // What is in the file is the service.
        let again = Lockfile::new(&read.to_signature()).unwrap();
        for (before, after) in lock.to_signature().methods.iter().zip(&again.to_signature().methods) {
            prop_assert_eq!(before.fingerprint(), after.fingerprint());
        }
        for (before, after) in current.methods.iter().zip(&lock.to_signature().methods) {
            if before.method == after.method {
                prop_assert_eq!(before.fingerprint(), after.fingerprint());
            }
        }
    }

    #[test]
    fn no_number_is_given_twice(one in any_signature(), two in any_signature(), three in any_signature()) {
        let mut lock: Option<Lockfile> = None;
        for signature in [one, two, three] {
            let current = service(vec![signature]);
            let next = match &lock {
                None => Lockfile::new(&current),
                Some(lock) => lock.next(&current),
            };
            let Ok(next) = next else { continue };
            for definition in next.definitions() {
                for numbers in definition.variant_fields().iter().chain([definition.members()]) {
                    let reserved = numbers.reserved.iter().map(|reserved| reserved.number);
                    let mut all: Vec<_> = numbers.numbers.iter().copied().chain(reserved).collect();
                    let count = all.len();
                    all.sort_unstable();
                    all.dedup();
                    prop_assert_eq!(all.len(), count);
                }
            }
            prop_assert_eq!(&parse(&next.to_string()), &next);
            lock = Some(next);
        }
    }
}
