//! What is told of a change against what serde does with values, with serde_json for the named form.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::arena::{F64, I32, I64, enumeration, newtype, structure};
use crate::schema::{Content, Field, Grade, Number, Shape, TypeRef, Types, Variant, compare};

type Make = fn(&mut Types) -> TypeRef;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    Same,
    Works,
    Unless,
    Breaks,
}
use Told::{Breaks, Same, Unless, Works};

/// Values of the old type that the new one reads, and values that it refuses.
#[track_caller]
fn change<New: DeserializeOwned>(
    what: &str,
    (old, new): (Make, Make),
    told: Told,
    read: impl IntoIterator<Item = Value>,
    refused: impl IntoIterator<Item = Value>,
) {
    let (mut writer, mut reader) = (Types::default(), Types::default());
    let (old, new) = (old(&mut writer), new(&mut reader));
    let found = compare((&writer, old), (&reader, new));
    let grade = match found.first().map(|difference| &difference.grade) {
        None => Same,
        Some(Grade::Works) => Works,
        Some(Grade::WorksUnless(_)) => Unless,
        Some(Grade::Breaks(_)) => Breaks,
    };
    assert_eq!(grade, told, "{what}: {found:?}");
    let (mut some_read, mut some_refused) = (false, false);
    for value in read {
        some_read = true;
        let result = serde_json::from_value::<New>(value.clone());
        assert!(result.is_ok(), "{what}: {value} is refused: {}", result.err().unwrap());
    }
    for value in refused {
        some_refused = true;
        assert!(serde_json::from_value::<New>(value.clone()).is_err(), "{what}: {value} is read");
    }
    // What is told has to be shown.
    assert_eq!((some_read, some_refused), (told != Breaks, matches!(told, Unless | Breaks)), "{what}");
}

fn json<T: Serialize>(value: T) -> Value {
    serde_json::to_value(value).unwrap()
}

fn none() -> [Value; 0] {
    []
}

fn int(types: &mut Types) -> TypeRef {
    types.add(I32)
}
fn long(types: &mut Types) -> TypeRef {
    types.add(I64)
}
fn text(types: &mut Types) -> TypeRef {
    types.add(Shape::Text)
}
fn unit(types: &mut Types) -> TypeRef {
    types.add(Shape::Unit)
}
fn option(types: &mut Types) -> TypeRef {
    let inner = int(types);
    types.add(Shape::Option(inner))
}
fn list(types: &mut Types) -> TypeRef {
    let inner = int(types);
    types.add(Shape::List(inner))
}
fn number<const N: u8>(types: &mut Types) -> TypeRef {
    types.add(Shape::Number([Number::U8, Number::U64, Number::F32, Number::F64, Number::I128][N as usize]))
}
fn tuple<const N: usize>(types: &mut Types) -> TypeRef {
    let inner = int(types);
    types.add(Shape::Tuple(vec![inner; N]))
}

#[derive(Serialize, Deserialize)]
struct X {
    x: i32,
}
fn x(types: &mut Types) -> TypeRef {
    let x = Field::new("x", int(types));
    types.add(structure("X", vec![x]))
}
#[derive(Serialize, Deserialize)]
struct Xy {
    x: i32,
    y: i32,
}
fn xy(types: &mut Types) -> TypeRef {
    let fields = vec![Field::new("x", int(types)), Field::new("y", int(types))];
    types.add(structure("Xy", fields))
}
#[derive(Serialize, Deserialize)]
struct Yx {
    y: i32,
    x: i32,
}
fn yx(types: &mut Types) -> TypeRef {
    let fields = vec![Field::new("y", int(types)), Field::new("x", int(types))];
    types.add(structure("Yx", fields))
}
#[derive(Serialize, Deserialize)]
struct XyDefault {
    x: i32,
    #[serde(default)]
    y: i32,
}
fn xy_default(types: &mut Types) -> TypeRef {
    let mut y = Field::new("y", int(types));
    y.optional = true;
    let fields = vec![Field::new("x", int(types)), y];
    types.add(structure("XyDefault", fields))
}
#[derive(Serialize, Deserialize)]
struct XyOption {
    x: i32,
    y: Option<i32>,
}
fn xy_option(types: &mut Types) -> TypeRef {
    let mut y = Field::new("y", option(types));
    y.optional = true;
    let fields = vec![Field::new("x", int(types)), y];
    types.add(structure("XyOption", fields))
}
#[derive(Serialize, Deserialize)]
struct Renamed {
    z: i32,
}
fn renamed(types: &mut Types) -> TypeRef {
    let z = Field::new("z", int(types));
    types.add(structure("Renamed", vec![z]))
}
#[derive(Serialize, Deserialize)]
struct Aliased {
    #[serde(alias = "x")]
    z: i32,
}
fn aliased(types: &mut Types) -> TypeRef {
    let mut z = Field::new("z", int(types));
    z.aliases.push("x".into());
    types.add(structure("Aliased", vec![z]))
}
#[derive(Serialize, Deserialize)]
struct Swallowing {
    #[serde(alias = "y")]
    x: i32,
}
fn swallowing(types: &mut Types) -> TypeRef {
    let mut x = Field::new("x", int(types));
    x.aliases.push("y".into());
    types.add(structure("Swallowing", vec![x]))
}
#[derive(Serialize, Deserialize)]
struct Skipping {
    #[serde(skip_serializing_if = "is_zero")]
    x: i32,
}
fn is_zero(x: &i32) -> bool {
    *x == 0
}
fn skipping(types: &mut Types) -> TypeRef {
    let mut x = Field::new("x", int(types));
    x.skippable = true;
    types.add(structure("Skipping", vec![x]))
}

#[test]
fn fields() {
    change::<X>("same", (x, x), Same, [json(X { x: 1 })], none());
    change::<Yx>("fields in another order", (xy, yx), Same, [json(Xy { x: 1, y: 2 })], none());
    change::<Xy>("field added", (x, xy), Breaks, none(), [json(X { x: 1 })]);
    change::<XyDefault>("field added with a default", (x, xy_default), Works, [json(X { x: 1 })], none());
    change::<XyOption>("option added", (x, xy_option), Works, [json(X { x: 1 })], none());
    change::<X>("field removed", (xy, x), Works, [json(Xy { x: 1, y: 2 })], none());
    change::<Renamed>("field renamed", (x, renamed), Breaks, none(), [json(X { x: 1 })]);
    change::<Aliased>("field renamed with an alias", (x, aliased), Same, [json(X { x: 1 })], none());
    change::<Swallowing>("two fields made one", (xy, swallowing), Breaks, none(), [json(Xy { x: 1, y: 2 })]);
    let values = (json(Skipping { x: 1 }), json(Skipping { x: 0 }));
    change::<X>("field that may be left out", (skipping, x), Unless, [values.0], [values.1]);
    let values = [json(XyOption { x: 1, y: Some(2) })];
    change::<Xy>("option made plain", (xy_option, xy), Unless, values, [json(XyOption { x: 1, y: None })]);
    change::<XyOption>("field made an option", (xy, xy_option), Works, [json(Xy { x: 1, y: 2 })], none());
}

#[test]
fn numbers() {
    change::<i64>("i32 to i64", (int, long), Works, [json(-1_i32)], none());
    change::<i32>("i64 to i32", (long, int), Unless, [json(-1_i64)], [json(i64::MAX)]);
    change::<u64>("i32 to u64", (int, number::<1>), Unless, [json(1_i32)], [json(-1_i32)]);
    change::<u8>("u64 to u8", (number::<1>, number::<0>), Unless, [json(255_u64)], [json(256_u64)]);
    change::<i64>("u8 to i64", (number::<0>, long), Works, [json(255_u8)], none());
    change::<i64>("u64 to i64", (number::<1>, long), Unless, [json(1_u64)], [json(u64::MAX)]);
    change::<i128>("i64 to i128", (long, number::<4>), Works, [json(i64::MIN)], none());
    change::<f64>("i32 to f64", (int, number::<3>), Works, [json(1_i32)], none());
    change::<i32>("f64 to i32", (number::<3>, int), Breaks, none(), [json(1.0_f64), json(1.5_f64)]);
    change::<f64>("f32 to f64", (number::<2>, number::<3>), Works, [json(1.5_f32)], none());
    change::<String>("i32 to String", (int, text), Breaks, none(), [json(1_i32)]);
    change::<i32>("String to i32", (text, int), Breaks, none(), [json("1")]);
    // serde_json rounds where the codecs refuse, so these two are told only.
    for (writer, reader) in [(long as Make, number::<3> as Make), (number::<3>, number::<2>)] {
        let mut types = Types::default();
        let (writer, reader) = (writer(&mut types), reader(&mut types));
        let found = compare((&types, writer), (&types, reader));
        assert!(matches!(found[0].grade, Grade::WorksUnless(_)), "{found:?}");
    }
}

#[test]
fn options_units_and_text() {
    change::<Option<i32>>("T to Option<T>", (int, option), Works, [json(1)], none());
    change::<i32>("Option<T> to T", (option, int), Unless, [json(Some(1))], [json(None::<i32>)]);
    change::<Option<i32>>("() to Option<T>", (unit, option), Works, [json(())], none());
    change::<i32>("() to i32", (unit, int), Breaks, none(), [json(())]);
    change::<()>("i32 to ()", (int, unit), Breaks, none(), [json(1)]);
    let unit_struct: Make = |types| types.add(Shape::UnitStruct { name: "U".into() });
    change::<()>("unit struct to ()", (unit_struct, unit), Same, [json(())], none());
    let character: Make = |types| types.add(Shape::Char);
    change::<String>("char to String", (character, text), Works, [json('a')], none());
    change::<char>("String to char", (text, character), Unless, [json("a")], [json("ab"), json("")]);
}

#[test]
fn newtypes_and_names() {
    #[derive(Serialize, Deserialize)]
    struct Id(i32);
    let id: Make = |types| {
        let inner = int(types);
        types.add(newtype("Id", inner))
    };
    change::<Id>("newtype made", (int, id), Same, [json(1)], none());
    change::<i32>("newtype unmade", (id, int), Same, [json(Id(1))], none());
    change::<i64>("newtype of a number that is widened", (id, long), Works, [json(Id(1))], none());
    let other: Make = |types| {
        let x = Field::new("x", int(types));
        types.add(structure("Other", vec![x]))
    };
    change::<X>("struct renamed", (other, x), Same, [json(X { x: 1 })], none());
}

#[test]
fn collections() {
    change::<Vec<i32>>("array to list", (tuple::<2>, list), Works, [json([1, 2])], none());
    change::<[i32; 2]>(
        "list to array",
        (list, tuple::<2>),
        Unless,
        [json([1, 2])],
        [json([1]), json([1, 2, 3])],
    );
    change::<[i32; 3]>("longer tuple", (tuple::<2>, tuple::<3>), Breaks, none(), [json([1, 2])]);
    change::<[i32; 2]>("shorter tuple", (tuple::<3>, tuple::<2>), Breaks, none(), [json([1, 2, 3])]);
    let tuple_struct: Make = |types| {
        let inner = int(types);
        types.add(Shape::TupleStruct { name: "T".into(), elements: vec![inner; 2] })
    };
    change::<(i32, i32)>("tuple struct to tuple", (tuple_struct, tuple::<2>), Same, [json((1, 2))], none());
    change::<i32>("list to i32", (list, int), Breaks, none(), [json([1])]);
    let texts: Make = |types| {
        let inner = text(types);
        types.add(Shape::List(inner))
    };
    change::<Vec<String>>("elements of another type", (list, texts), Breaks, none(), [json([1])]);
    let map: Make = |types| {
        let (key, value) = (text(types), int(types));
        types.add(Shape::Map { key, value })
    };
    let entries = |names: &[&str]| json(names.iter().map(|name| (*name, 1)).collect::<BTreeMap<_, _>>());
    change::<Xy>("map to struct", (map, xy), Unless, [entries(&["x", "y"])], [entries(&["x"])]);
    change::<BTreeMap<String, i32>>("struct to map", (xy, map), Works, [json(Xy { x: 1, y: 2 })], none());
    let longs: Make = |types| {
        let (key, value) = (text(types), text(types));
        types.add(Shape::Map { key, value })
    };
    change::<BTreeMap<String, String>>(
        "struct to map of text",
        (xy, longs),
        Breaks,
        none(),
        [json(Xy { x: 1, y: 2 })],
    );
    let any: Make = |types| types.add(Shape::Any { name: "Value".into() });
    change::<Value>("anything to Value", (xy, any), Same, [json(Xy { x: 1, y: 2 })], none());
    change::<Xy>("Value to struct", (any, xy), Unless, [json(Xy { x: 1, y: 2 })], [json(1)]);
}

#[test]
fn bytes() {
    let bytes: Make = |types| types.add(Shape::Bytes);
    let octets: Make = |types| {
        let inner = types.add(Shape::Number(Number::U8));
        types.add(Shape::List(inner))
    };
    for (writer, reader, told) in [
        (octets, bytes, Works),
        (list, bytes, Unless),
        (bytes, octets, Breaks),
        (bytes, text, Breaks),
        (text, bytes, Breaks),
    ] {
        let mut types = Types::default();
        let (writer, reader) = (writer(&mut types), reader(&mut types));
        let found = compare((&types, writer), (&types, reader));
        let matches = match &found[0].grade {
            Grade::Works => told == Works,
            Grade::WorksUnless(_) => told == Unless,
            Grade::Breaks(_) => told == Breaks,
        };
        assert!(matches, "{told:?}: {found:?}");
    }
}

#[derive(Serialize, Deserialize)]
enum Old {
    Empty,
    One(i32),
    Two(i32, i32),
    Named { x: i32 },
}
fn old(types: &mut Types) -> TypeRef {
    let int = int(types);
    types.add(enumeration(
        "Old",
        vec![
            Variant::new("Empty", 0, Content::Unit),
            Variant::new("One", 1, Content::Newtype(int)),
            Variant::new("Two", 2, Content::Tuple(vec![int, int])),
            Variant::new("Named", 3, Content::Struct(vec![Field::new("x", int)])),
        ],
    ))
}
fn edited(types: &mut Types, edit: fn(&mut Vec<Variant>, &mut Types)) -> TypeRef {
    let which = old(types);
    let Some(Shape::Enum { variants, .. }) = types.get(which) else { panic!("not an enum") };
    let mut variants = variants.clone();
    edit(&mut variants, types);
    types.add(enumeration("Old", variants))
}
fn values() -> [Value; 4] {
    [json(Old::Empty), json(Old::One(1)), json(Old::Two(1, 2)), json(Old::Named { x: 1 })]
}

#[test]
fn variants() {
    change::<Old>("same enum", (old, old), Same, values(), none());
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only read")]
    enum More {
        New,
        Named { x: i32 },
        Two(i32, i32),
        One(i32),
        Empty,
    }
    let more: Make = |types| {
        edited(types, |variants, _| {
            variants.push(Variant::new("New", 4, Content::Unit));
            variants.reverse();
        })
    };
    change::<More>("variant added, and others moved", (old, more), Same, values(), none());
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only read")]
    enum Fewer {
        One(i32),
        Two(i32, i32),
        Named { x: i32 },
    }
    let fewer: Make = |types| edited(types, |variants, _| drop(variants.remove(0)));
    let [empty, one, two, named] = values();
    change::<Fewer>("variant removed", (old, fewer), Unless, [one, two, named.clone()], [empty]);
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only read")]
    enum Otherwise {
        Empty,
        #[serde(alias = "One")]
        First(i32),
        Two((i32, i32)),
        Named(X),
    }
    let otherwise: Make = |types| {
        edited(types, |variants, types| {
            let int = TypeRef::new(0);
            variants[1].name = "First".into();
            variants[1].aliases = vec!["One".into()];
            variants[2].content = Content::Newtype(types.add(Shape::Tuple(vec![int, int])));
            variants[3].content = Content::Newtype(types.add(structure("X", vec![Field::new("x", int)])));
        })
    };
    change::<Otherwise>("the same content, written otherwise", (old, otherwise), Same, values(), none());
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only read")]
    enum Retyped {
        Empty,
        One(String),
        Two(i32, i32),
        Named { x: i32 },
    }
    let retyped: Make = |types| {
        edited(types, |variants, types| variants[1].content = Content::Newtype(types.add(Shape::Text)))
    };
    let [empty, one, two, _] = values();
    change::<Retyped>("content of one variant retyped", (old, retyped), Unless, [empty, two], [one]);
    #[derive(Deserialize)]
    enum Strange {
        Other,
    }
    let strange: Make = |types| types.add(enumeration("S", vec![Variant::new("Other", 0, Content::Unit)]));
    change::<Strange>("no variant in common", (old, strange), Breaks, none(), values());
    let [empty, one, ..] = values();
    change::<String>("enum to String", (old, text), Unless, [empty], [one]);
    change::<Old>("String to enum", (text, old), Unless, [json("Empty")], [json("Other")]);
}

#[test]
fn the_way_to_a_difference_is_told() {
    let item = |types: &mut Types, price: Shape| {
        let price = types.add(price);
        let item = types.add(structure("Item", vec![Field::new("price", price)]));
        let items = types.add(Shape::List(item));
        let key = types.add(Shape::Text);
        let by_name = types.add(Shape::Map { key, value: items });
        types.add(structure("Order", vec![Field::new("items", by_name)]))
    };
    let (mut writer, mut reader) = (Types::default(), Types::default());
    let (old, new) = (item(&mut writer, F64), item(&mut reader, Shape::Text));
    let found = compare((&writer, old), (&reader, new));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, "value.items{}[].price");
    assert_eq!((found[0].writer.as_deref(), found[0].reader.as_deref()), (Some("f64"), Some("String")));
}
