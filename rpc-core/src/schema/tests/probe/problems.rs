//! Types that cannot be carried.

use serde::{Deserialize, Serialize};

use crate::schema::Prober;

fn problems<T: Serialize + Deserialize<'static>>() -> Vec<String> {
    let mut prober = Prober::new();
    prober.probe::<T>();
    prober.problems().iter().map(ToString::to_string).collect()
}

#[derive(Serialize, Deserialize)]
#[allow(dead_code, reason = "only what serde makes of it counts")]
struct OnlyRead {
    a: u8,
    #[serde(skip_serializing)]
    b: u8,
}

#[derive(Serialize, Deserialize)]
struct OnlyWritten {
    a: u8,
    #[serde(skip_deserializing)]
    b: u8,
}

#[derive(Serialize, Deserialize)]
enum Within {
    Fine,
    Bad {
        #[serde(default, skip_serializing)]
        b: u8,
    },
}

#[test]
fn a_field_that_crosses_one_way_only_is_named() {
    assert_eq!(
        problems::<OnlyRead>(),
        ["`b` of `OnlyRead` is read and never written: use `#[serde(skip)]` with a default instead of \
          `#[serde(skip_serializing)]`, or write it"]
    );
    assert_eq!(
        problems::<Vec<Option<OnlyWritten>>>(),
        ["`b` of `OnlyWritten` is written and never read under that name: use `#[serde(skip)]` instead of \
          `#[serde(skip_deserializing)]`, or one name for both ways"]
    );
    let found = problems::<Within>();
    assert!(found[0].starts_with("`Bad.b` of `Within` is read and never written"), "{found:?}");
}

#[derive(Serialize, Deserialize)]
#[allow(dead_code, reason = "only what serde makes of it counts")]
struct Fine {
    a: u8,
    #[serde(skip)]
    b: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    c: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    d: Vec<u8>,
}

#[test]
fn what_is_skipped_now_and_then_is_no_problem_and_is_known() {
    assert!(problems::<Fine>().is_empty());
    let mut prober = Prober::new();
    let fine = prober.probe::<Fine>();
    let types = prober.finish();
    let Some(crate::schema::Shape::Struct { fields, .. }) = types.get(fine) else { panic!() };
    let found: Vec<_> =
        fields.iter().map(|field| (field.name.as_str(), field.optional, field.skippable)).collect();
    assert_eq!(found, [("a", false, false), ("c", true, true), ("d", true, true)]);
}

#[test]
fn a_second_type_is_found_as_the_first_is() {
    let mut prober = Prober::new();
    prober.probe::<bool>();
    let fine = prober.probe::<Fine>();
    let types = prober.finish();
    let Some(crate::schema::Shape::Struct { fields, .. }) = types.get(fine) else { panic!() };
    assert_eq!(fields.iter().map(|field| field.skippable).collect::<Vec<_>>(), [false, true, true]);
}
