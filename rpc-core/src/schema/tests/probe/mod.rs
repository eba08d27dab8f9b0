//! What is found of types: golden files, and the edges.

mod checked;
mod edges;
mod golden;
mod own_types;
mod problems;
mod third_party;
mod variants;
mod zoo;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::schema::{Outcome, Prober, Shape, Signature, TypeRef, Types};

/// A type as both kinds of codecs see it; once, where they see the same.
fn show<T: Serialize + Deserialize<'static>>() -> String {
    let (mut prober, mut readable) = (Prober::new(), Prober::readable());
    let (compact, text) = (prober.probe::<T>(), readable.probe::<T>());
    assert_eq!(prober.problems(), []);
    assert_eq!(readable.problems(), []);
    let (compact_types, text_types) = (prober.finish(), readable.finish());
    let (mut shown, text) = (told(&compact_types, compact), told(&text_types, text));
    let same = shown == text;
    if Signature::new("Test.echo", compact_types, Outcome::Value(compact)).needs_names() {
        shown += "(by names only)\n";
    }
    if same { shown } else { format!("{shown}\nfor people: {text}") }
}

fn told(types: &Types, root: TypeRef) -> String {
    let mut text = types.describe(root);
    let (mut seen, mut open) = (HashSet::new(), vec![root]);
    while let Some(which) = open.pop() {
        let shape = types.get(which).unwrap();
        match shape {
            Shape::Any { name } => text += &format!("({name}: as its bytes say)\n"),
            Shape::Opaque { name, reason } => panic!("{name}: {reason}"),
            _ => {}
        }
        open.extend(shape.held().into_iter().filter(|held| seen.insert(*held)));
    }
    text
}
