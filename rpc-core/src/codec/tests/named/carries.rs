//! What a codec cannot carry is told from shapes alone.

use crate::codec::Codec;
use crate::schema::{Content, Field, Number, Outcome, Shape, Signature, TypeRef, Types, Variant};

fn text(types: &mut Types) -> TypeRef {
    types.add(Shape::Text)
}

fn structure(types: &mut Types, name: &str, field: &str, shape: TypeRef) -> TypeRef {
    types.add(Shape::Struct { name: name.to_owned(), fields: vec![Field::new(field, shape)] })
}

fn refusals(types: &Types, root: TypeRef) -> Vec<&'static str> {
    Codec::ALL.iter().filter(|codec| codec.refusal(types, root).is_some()).map(|codec| codec.name()).collect()
}

fn only(names: &[&'static str]) -> Vec<&'static str> {
    Codec::ALL.iter().map(|codec| codec.name()).filter(|name| names.contains(name)).collect()
}

#[test]
fn what_has_to_be_told_is_for_codecs_that_tell() {
    let mut types = Types::default();
    let any = types.add(Shape::Any { name: "Value".to_owned() });
    let list = types.add(Shape::List(any));
    let root = structure(&mut types, "Order", "items", list);
    assert_eq!(refusals(&types, root), only(&["postcard", "xml"]));
    assert_eq!(
        Codec::Postcard.refusal(&types, root).unwrap(),
        "postcard cannot carry `Value` (in each element, in field `items` of `Order`): it has to be told what comes next"
    );
}

#[test]
fn an_option_of_what_may_be_nothing() {
    let mut types = Types::default();
    let text = text(&mut types);
    let option = types.add(Shape::Option(text));
    let wrapped = types.add(Shape::Newtype { name: "Name".to_owned(), inner: option });
    let twice = types.add(Shape::Option(wrapped));
    let root = structure(&mut types, "Order", "name", twice);
    assert_eq!(refusals(&types, option), only(&[]));
    assert_eq!(refusals(&types, root), only(&["json", "xml"]));
    let unit = types.add(Shape::Unit);
    let maybe = types.add(Shape::Option(unit));
    assert_eq!(refusals(&types, maybe), only(&["json"]));
    #[cfg(feature = "json")]
    assert_eq!(
        Codec::Json.refusal(&types, root).unwrap(),
        "json cannot carry an option of what may itself be nothing (in field `name` of `Order`): a `Some` around nothing \
         would be read as `None`"
    );
}

#[test]
fn keys_that_are_no_texts() {
    let mut types = Types::default();
    let value = text(&mut types);
    let unit = Variant::new("Red", 0, Content::Unit);
    let mixed = Variant::new("Mixed", 1, Content::Newtype(value));
    for (key, refused) in [
        (Shape::Text, false),
        (Shape::Char, false),
        (Shape::Bool, false),
        (Shape::Number(Number::I128), false),
        (Shape::Number(Number::F64), true),
        (Shape::Bytes, true),
        (Shape::Unit, true),
        (Shape::Option(value), true),
        (Shape::Tuple(vec![value, value]), true),
        (Shape::Enum { name: "Color".to_owned(), variants: vec![unit.clone()] }, false),
        (Shape::Enum { name: "Color".to_owned(), variants: vec![unit, mixed] }, true),
        (Shape::Newtype { name: "Id".to_owned(), inner: value }, false),
    ] {
        let shown = format!("{key:?}");
        let key = types.add(key);
        let map = types.add(Shape::Map { key, value });
        assert_eq!(refusals(&types, map), only(if refused { &["json"] } else { &[] }), "{shown}");
    }
}

#[test]
fn fields_that_are_left_out_need_names() {
    let mut types = Types::default();
    let text = text(&mut types);
    let field = Field { skippable: true, ..Field::new("note", text) };
    let plain = structure(&mut types, "Plain", "text", text);
    let variant = Variant::new("Note", 0, Content::Struct(vec![field.clone()]));
    let deep = types.add(Shape::Enum { name: "Event".to_owned(), variants: vec![variant] });
    let deep = types.add(Shape::List(deep));
    let skips = types.add(Shape::Struct { name: "Skips".to_owned(), fields: vec![field] });
    let option = types.add(Shape::Option(skips));
    let needs_names = |root| Signature::new("A.b", types.clone(), Outcome::Value(root)).needs_names();
    assert_eq!([plain, deep, option].map(needs_names), [false, true, true]);
}

#[test]
fn shapes_may_be_nonsense() {
    let mut types = Types::default();
    // Itself in itself, in every way, and types that are not there.
    let this = TypeRef::new(0);
    types.add(Shape::Newtype { name: "Round".to_owned(), inner: this });
    for shape in [
        Shape::Option(this),
        Shape::Map { key: this, value: TypeRef::new(u32::MAX) },
        Shape::Option(TypeRef::new(99)),
    ] {
        let root = types.add(shape);
        refusals(&types, root);
    }
    // A long chain, and every type in every other.
    let mut chain = types.add(Shape::Text);
    for _ in 0..100_000 {
        chain = types.add(Shape::Newtype { name: "N".to_owned(), inner: chain });
    }
    assert_eq!(refusals(&types, chain), only(&[]));
    let mut types = Types::default();
    let all: Vec<_> = (0..1_000).map(TypeRef::new).collect();
    for _ in 0..1_000 {
        types.add(Shape::Tuple(all.clone()));
    }
    assert_eq!(refusals(&types, TypeRef::new(0)), only(&[]));
}
