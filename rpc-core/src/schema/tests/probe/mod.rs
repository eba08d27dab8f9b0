//! What is found of types: golden files, and the edges.

mod edges;
mod problems;
mod zoo;

use serde::{Deserialize, Serialize};

use crate::schema::Prober;

/// A type as both kinds of codecs see it; once, where they see the same.
fn show<T: Serialize + Deserialize<'static>>() -> String {
    let (mut prober, mut readable) = (Prober::new(), Prober::readable());
    let (compact, text) = (prober.probe::<T>(), readable.probe::<T>());
    assert_eq!(prober.problems(), []);
    let (compact, text) = (prober.finish().describe(compact), readable.finish().describe(text));
    if compact == text { compact } else { format!("{compact}\nfor people: {text}") }
}
