//! Values of another version of a type: serde's rules hold.

use serde::{Deserialize, Serialize};

use super::{all, bodies, decode, decode_error, encode};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Before {
    id: u32,
    name: String,
    size: i8,
}

fn before() -> Before {
    Before { id: 7, name: "seven".to_owned(), size: -3 }
}

#[test]
fn fields_may_come_in_any_order_be_added_with_a_default_widened_and_renamed_with_an_alias() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct After {
        size: i64,
        #[serde(default = "blue")]
        color: String,
        #[serde(alias = "name")]
        title: String,
        id: u32,
        extra: Option<Vec<u8>>,
    }
    fn blue() -> String {
        "blue".to_owned()
    }
    for (codec, body) in bodies(&before()) {
        let after: After = decode(codec, &body).unwrap();
        let expected = After { size: -3, color: blue(), title: "seven".to_owned(), id: 7, extra: None };
        assert_eq!(after, expected, "{codec}");
    }
}

#[test]
fn unknown_fields_are_skipped_whatever_they_hold() {
    #[derive(Serialize)]
    struct Much {
        deep: Vec<Vec<(u8, Option<String>)>>,
        id: u32,
        none: Option<u8>,
        map: std::collections::BTreeMap<String, Before>,
        nested: Option<Option<Before>>,
        name: &'static str,
        big: u128,
        float: f64,
        variant: Result<(), u8>,
        size: i8,
        last: [(); 3],
    }
    let much = Much {
        deep: vec![vec![(1, None), (2, Some("]}\"".to_owned()))], vec![]],
        id: 7,
        none: None,
        map: [("}".to_owned(), before())].into(),
        nested: Some(Some(before())),
        name: "seven",
        big: u128::MAX,
        float: 1.5,
        variant: Ok(()),
        size: -3,
        last: [(); 3],
    };
    for (codec, body) in bodies(&much) {
        assert_eq!(decode::<Before>(codec, &body).unwrap(), before(), "{codec}");
    }
}

#[test]
fn a_type_may_deny_unknown_fields() {
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only decoded")]
    struct Strict {
        id: u32,
        name: String,
    }
    for (codec, body) in bodies(&before()) {
        let (_, text) = decode_error::<Strict>(codec, &body);
        assert!(text.starts_with("unknown field `size`"), "{codec}: {text}");
    }
}

#[test]
fn what_is_missing_is_named() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct After {
        id: u32,
        color: String,
    }
    for (codec, body) in bodies(&before()) {
        assert_eq!(decode_error::<After>(codec, &body).1, "missing field `color`, in `After`", "{codec}");
    }
}

#[test]
fn a_skipped_field_is_not_there() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Point {
        a: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        b: Option<u8>,
    }
    for codec in all() {
        for b in [None, Some(2)] {
            let point = Point { a: 1, b };
            assert_eq!(decode::<Point>(codec, &encode(codec, &point).unwrap()).unwrap(), point);
        }
    }
}

#[test]
fn variants_are_known_by_name() {
    #[derive(Serialize)]
    enum Old {
        Gone,
        One(u8),
        Two { a: u8, b: String },
        Pair(u8, u8),
        Plain,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    enum New {
        Plain,
        Added,
        #[serde(alias = "Two")]
        Second {
            b: String,
            #[serde(default)]
            c: bool,
        },
        Pair(u16, u16),
        One(u64),
    }
    let olds = vec![Old::One(1), Old::Two { a: 1, b: "b".to_owned() }, Old::Pair(1, 2), Old::Plain];
    for (codec, body) in bodies(&olds) {
        let news: Vec<New> = decode(codec, &body).unwrap();
        let second = New::Second { b: "b".to_owned(), c: false };
        assert_eq!(news, [New::One(1), second, New::Pair(1, 2), New::Plain], "{codec}");
    }
    for (codec, body) in bodies(&Old::Gone) {
        let (_, text) = decode_error::<New>(codec, &body);
        assert!(text.starts_with("unknown variant `Gone`, expected one of"), "{codec}: {text}");
    }
}
