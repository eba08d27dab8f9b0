//! Recursion, names, and what hides from a question.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::show;
use crate::schema::{Outcome, Prober, Shape, Signature};

#[derive(Serialize, Deserialize)]
struct Node {
    value: i32,
    next: Option<Box<Node>>,
    children: Vec<Node>,
    named: BTreeMap<String, Node>,
}

#[test]
fn a_type_may_hold_itself() {
    assert_eq!(
        show::<Node>(),
        "Node\n\nstruct Node {\n    value: i32,\n    next?: Option<Node>,\n    children: Vec<Node>,\n    \
         named: Map<String, Node>,\n}\n"
    );
}

#[derive(Serialize, Deserialize)]
enum Expression {
    Number(f64),
    Sum(Box<Expression>, Box<Expression>),
    Call { name: String, arguments: Arguments },
}

#[derive(Serialize, Deserialize)]
struct Arguments(Vec<Expression>);

#[test]
fn types_may_hold_each_other() {
    assert_eq!(
        show::<Arguments>(),
        "Arguments\n\nstruct Arguments(Vec<Expression>);\n\nenum Expression {\n    Number(f64),\n    \
         Sum(Expression, Expression),\n    Call { name: String, arguments: Arguments },\n}\n"
    );
}

mod other {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct Point {
        pub(super) x: f32,
    }
}

#[derive(Serialize, Deserialize)]
struct Point {
    x: i32,
}

#[derive(Serialize, Deserialize)]
struct Page<T> {
    items: Vec<T>,
    more: bool,
}

#[derive(Serialize, Deserialize)]
struct Both {
    here: Page<Page<Point>>,
    there: Page<other::Point>,
}

#[test]
fn types_of_equal_name_are_told_apart() {
    let shown = show::<Both>();
    assert!(shown.contains("x: f32") && shown.contains("x: i32"), "{shown}");
    assert_eq!(shown.matches("struct Page").count(), 3, "{shown}");
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Names {
    first_name: String,
    #[serde(rename = "surname", alias = "lastName", alias = "aFamilyName")]
    last_name: String,
    #[serde(default)]
    age_in_years: u8,
    #[serde(skip)]
    _hidden: u8,
    #[serde(default = "seven", alias = "z")]
    lucky: u8,
}

fn seven() -> u8 {
    7
}

#[test]
fn fields_have_the_names_that_serde_gives_them() {
    assert_eq!(
        show::<Names>(),
        "Names\n\nstruct Names {\n    firstName: String,\n    surname: String (or aFamilyName, lastName),\n    \
         ageInYears?: u8,\n    lucky?: u8 (or z),\n}\n"
    );
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    VeryLow,
    #[serde(alias = "mid", alias = "a-middle")]
    Middle(u8),
    #[serde(rename = "top")]
    High {
        #[serde(default)]
        at: u8,
    },
    #[serde(skip)]
    _Hidden,
    Last,
}

#[test]
fn variants_have_the_names_that_serde_gives_them() {
    assert_eq!(
        show::<Level>(),
        "Level\n\nenum Level {\n    very-low,\n    middle(u8) (or a-middle, mid),\n    top { at?: u8 },\n    last,\n}\n\
         (by names only)\n"
    );
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Transparent(u64);

#[derive(Serialize, Deserialize)]
#[serde(default)]
struct AllDefault {
    a: u8,
    b: String,
}

impl Default for AllDefault {
    fn default() -> Self {
        Self { a: 1, b: String::new() }
    }
}

#[derive(Serialize, Deserialize)]
struct Borrows<'a> {
    text: &'a str,
    #[serde(borrow)]
    cow: Cow<'a, str>,
    bytes: &'a [u8],
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "(u8, u8)", into = "(u8, u8)")]
struct Ordered {
    low: u8,
    high: u8,
}

impl TryFrom<(u8, u8)> for Ordered {
    type Error = &'static str;

    fn try_from((low, high): (u8, u8)) -> Result<Self, &'static str> {
        if low < high { Ok(Self { low, high }) } else { Err("the first is not below the second") }
    }
}

impl From<Ordered> for (u8, u8) {
    fn from(Ordered { low, high }: Ordered) -> Self {
        (low, high)
    }
}

#[test]
fn what_stands_for_another_type_is_that_type() {
    assert_eq!(show::<Transparent>(), "u64\n");
    assert_eq!(show::<AllDefault>(), "AllDefault\n\nstruct AllDefault {\n    a?: u8,\n    b?: String,\n}\n");
    assert_eq!(
        show::<Borrows<'static>>(),
        "Borrows\n\nstruct Borrows {\n    text: String,\n    cow: String,\n    bytes: bytes,\n}\n"
    );
    // A pair of one type is an array.
    assert_eq!(show::<Vec<Ordered>>(), "Vec<[u8; 2]>\n");
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    Text(String),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    A { a: u8 },
}

#[derive(Serialize, Deserialize)]
struct Flattened {
    a: u8,
    #[serde(flatten)]
    rest: HashMap<String, u8>,
}

#[test]
fn what_asks_for_anything_may_be_anything() {
    assert_any::<Untagged>();
    assert_any::<Tagged>();
    assert_any::<Flattened>();
    assert_any::<serde_json::Value>();
}

fn assert_any<T: Serialize + Deserialize<'static>>() {
    let mut prober = Prober::new();
    let root = prober.probe::<T>();
    let types = prober.finish();
    assert!(matches!(types.get(root), Some(Shape::Any { .. })), "{:?}", types.get(root));
}

#[derive(Serialize, Deserialize)]
enum WithOther {
    Known,
    #[serde(other)]
    Other,
}

#[derive(Serialize, Deserialize)]
struct Generic<T>(T, std::marker::PhantomData<T>);

#[test]
fn the_rest() {
    assert_eq!(show::<WithOther>(), "WithOther\n\nenum WithOther {\n    Known,\n    Other,\n}\n");
    assert_eq!(show::<Result<u8, String>>(), "Result\n\nenum Result {\n    Ok(u8),\n    Err(String),\n}\n");
    assert!(show::<Generic<Option<Option<()>>>>().contains("Option<Option<()>>"));
    assert_eq!(show::<[u16; 3]>(), "[u16; 3]\n");
    assert_eq!(show::<(u8, (), char, i128, f32, [bool; 2])>(), "(u8, (), char, i128, f32, [bool; 2])\n");
}

#[derive(Deserialize)]
struct Backwards {
    first: u8,
    last: u8,
}

impl Serialize for Backwards {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("Backwards", 2)?;
        fields.serialize_field("last", &self.last)?;
        fields.serialize_field("first", &self.first)?;
        fields.end()
    }
}

#[test]
fn fields_that_are_written_in_another_order_need_their_names() {
    let mut prober = Prober::new();
    let root = prober.probe::<Vec<Backwards>>();
    let types = prober.finish();
    let shown = types.describe(root);
    assert!(shown.contains("written as fields in another order, and not read as that"), "{shown}");
    assert!(Signature::new("Test.echo", types, Outcome::Value(root)).needs_names());

    let mut prober = Prober::readable();
    let root = prober.probe::<Backwards>();
    assert!(matches!(prober.finish().get(root), Some(Shape::Struct { .. })));
}
