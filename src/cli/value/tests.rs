#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rpc_core::codec::{Codec, CodecLimits};
use rpc_core::schema::{Content, Field, Number, Outcome, Shape, Signature, TypeRef, Types, Variant};
use serde::de::DeserializeSeed;

use super::{Data, Shaped};

fn read(types: &Types, which: TypeRef, json: &str) -> Result<Data, String> {
    let mut json = serde_json::Deserializer::from_str(json);
    Shaped::new(types, which).deserialize(&mut json).map_err(|error| error.to_string())
}

/// What a shape makes of the text crosses a codec and is shown as the same text.
#[track_caller]
fn comes_back(types: &Types, which: TypeRef, json: &str) {
    let data = read(types, which, json).unwrap();
    let mut body = Vec::new();
    Codec::Compact.encode(&data, &CodecLimits::default(), &mut body).unwrap();
    let back: Data = Codec::Compact.decode(&body, &CodecLimits::default()).unwrap();
    assert_eq!(back.to_json(), json);
}

#[test]
fn integers_of_every_width_keep_to_their_range() {
    for (number, least, most) in [
        (Number::I8, i8::MIN.to_string(), i8::MAX.to_string()),
        (Number::I64, i64::MIN.to_string(), i64::MAX.to_string()),
        (Number::I128, i128::MIN.to_string(), i128::MAX.to_string()),
        (Number::U8, "0".to_owned(), u8::MAX.to_string()),
        (Number::U64, "0".to_owned(), u64::MAX.to_string()),
        (Number::U128, "0".to_owned(), u128::MAX.to_string()),
    ] {
        let mut types = Types::default();
        let which = types.add(Shape::Number(number));
        comes_back(&types, which, &least);
        comes_back(&types, which, &most);
        assert!(read(&types, which, &format!("{most}0")).is_err(), "{number:?}");
        let below = if least == "0" { "-1".to_owned() } else { format!("{least}0") };
        assert!(read(&types, which, &below).is_err(), "{number:?}");
    }
}

#[test]
fn floats_are_the_nearest_there_are() {
    let mut types = Types::default();
    let narrow = types.add(Shape::Number(Number::F32));
    let wide = types.add(Shape::Number(Number::F64));
    assert_eq!(read(&types, narrow, "0.1"), Ok(Data::F32(0.1)));
    assert_eq!(read(&types, wide, "3"), Ok(Data::F64(3.0)));
    for which in [narrow, wide] {
        for json in ["\"NaN\"", "\"inf\"", "\"-inf\"", "0.1", "-2.5"] {
            comes_back(&types, which, json);
        }
    }
    assert!(read(&types, narrow, "1e39").is_err());
    assert!(read(&types, wide, "\"1\"").is_err());
}

#[test]
fn what_is_optional_twice_is_there_once() {
    let mut types = Types::default();
    let inner = types.add(Shape::Bool);
    let option = types.add(Shape::Option(inner));
    let twice = types.add(Shape::Option(option));
    comes_back(&types, twice, "null");
    comes_back(&types, twice, "true");
}

#[test]
fn keys_are_texts_whatever_they_are() {
    let mut types = Types::default();
    let value = types.add(Shape::Unit);
    let number = types.add(Shape::Number(Number::I8));
    let flag = types.add(Shape::Bool);
    let block = types.add(Shape::Bytes);
    let pair = types.add(Shape::Tuple(vec![number, flag]));
    for (key, json) in [
        (number, r#"{"-5":null}"#),
        (flag, r#"{"true":null}"#),
        (block, r#"{"AAH/":null}"#),
        (pair, r#"{"[1,false]":null}"#),
    ] {
        let map = types.add(Shape::Map { key, value });
        comes_back(&types, map, json);
    }
}

#[test]
fn types_that_refer_to_themselves_have_an_end() {
    let mut types = Types::default();
    // As a peer may send it: an option around itself.
    let option = types.add(Shape::Unit);
    types.set(option, Shape::Option(option));
    let result = Outcome::Value(option);
    assert!(Signature::new("A.b", types.clone(), result).validate().is_ok());
    assert_eq!(read(&types, option, "null"), Ok(Data::Null));
    assert!(read(&types, option, "1").unwrap_err().contains("more than 128 levels"));

    let mut types = Types::default();
    let tree = types.add(Shape::Unit);
    let children = types.add(Shape::List(tree));
    let fields = vec![Field::new("children", children)];
    types.set(tree, Shape::Struct { name: "Tree".to_owned(), fields });
    comes_back(&types, tree, r#"{"children":[{"children":[]}]}"#);
    let deep = "{\"children\":[".repeat(100);
    assert!(read(&types, tree, &deep).is_err());
}

#[test]
fn a_type_that_is_not_there_is_an_error() {
    let types = Types::default();
    assert!(read(&types, TypeRef::new(7), "1").unwrap_err().contains("not described"));
}

#[test]
fn other_names_are_understood_and_the_first_one_is_sent() {
    let mut types = Types::default();
    let number = types.add(Shape::Number(Number::U8));
    let mut field = Field::new("size", number);
    field.aliases = vec!["length".to_owned()];
    let mut variant = Variant::new("Small", 0, Content::Struct(vec![field]));
    variant.aliases = vec!["Tiny".to_owned()];
    let one = types.add(Shape::Enum { name: "Size".to_owned(), variants: vec![variant] });
    let data = read(&types, one, r#"{"Tiny": {"length": 1}}"#).unwrap();
    assert_eq!(data.to_json(), r#"{"Small":{"size":1}}"#);
}
