//! What is found when a value is written.

use std::collections::{HashMap, HashSet};

use super::graph::Graph;
use super::hasher::Quick;
use super::node::Body;
use super::problem::Problem;
use crate::schema::TypeRef;

/// A field of a type, or of one of its variants.
type FieldOf = (TypeRef, Option<usize>, &'static str);

/// A variant of a type.
type ArmOf = (TypeRef, usize);

/// How what is written differs from what is read.
#[derive(Default)]
pub(super) struct Findings {
    /// Types that were written, as far as all that they are made of is read.
    pub(super) met: HashSet<TypeRef, Quick>,
    /// What is asked about holds no other type, and is written as this, which is not what is read.
    pub(super) root_mismatch: Option<String>,
    /// A type is written in another way than it is read.
    mismatches: Vec<(TypeRef, String)>,
    /// A field, in which variant, that may be left out.
    skippable: Vec<FieldOf>,
    /// One that is never written.
    unwritten: Vec<FieldOf>,
    /// One that is never read.
    unread: Vec<FieldOf>,
    /// The variant of which a value is being written, by its name.
    pub(super) chosen: Option<ArmOf>,
    /// Its index and the name under which it was written.
    written: HashMap<ArmOf, (u32, &'static str), Quick>,
}

impl Findings {
    pub(super) fn mismatch(&mut self, which: TypeRef, written: &str) {
        if self.mismatches.iter().all(|(known, _)| *known != which) {
            self.mismatches.push((which, format!("it is written as {written}, and not read as that")));
        }
    }

    pub(super) fn skippable(&mut self, which: TypeRef, arm: Option<usize>, name: &'static str) {
        add(&mut self.skippable, (which, arm, name));
    }

    pub(super) fn unwritten(&mut self, which: TypeRef, arm: Option<usize>, name: &'static str) {
        add(&mut self.unwritten, (which, arm, name));
    }

    pub(super) fn unread(&mut self, which: TypeRef, arm: Option<usize>, name: &'static str) {
        add(&mut self.unread, (which, arm, name));
    }

    pub(super) fn written(&mut self, which: TypeRef, index: u32, name: &'static str) {
        // The outermost one comes first; within it there may be others of its type.
        if let Some(chosen) = self.chosen.take_if(|(known, _)| *known == which) {
            self.written.entry(chosen).or_insert((index, name));
        }
    }

    /// Why a type is not what it seems.
    pub(super) fn mismatched(&self, which: TypeRef) -> Option<&str> {
        self.mismatches.iter().find(|(known, _)| *known == which).map(|(_, why)| why.as_str())
    }

    /// The index and the name by which a variant is written.
    pub(super) fn written_as(&self, which: TypeRef, arm: usize) -> Option<(u32, &'static str)> {
        self.written.get(&(which, arm)).copied()
    }

    /// Whether a field is left out now and then.
    pub(super) fn is_skippable(&self, which: TypeRef, arm: Option<usize>, name: &str) -> bool {
        self.skippable.iter().any(|(known, at, field)| *known == which && *at == arm && *field == name)
    }

    /// What makes a type impossible to carry.
    pub(super) fn problems(&self, graph: &Graph, which: TypeRef) -> Vec<Problem> {
        let of = |(which, arm, field): &FieldOf, sentence: &str| {
            let node = graph.get(*which)?;
            let variant = match (&node.body, arm) {
                (Body::Enum(arms), Some(arm)) => arms.get(*arm).map(|arm| arm.name),
                _ => None,
            };
            let field = variant.map_or_else(|| (*field).to_owned(), |variant| format!("{variant}.{field}"));
            Some(Problem {
                type_name: if node.name.is_empty() { node.type_name } else { node.name }.to_owned(),
                field: Some(field),
                sentence: sentence.to_owned(),
            })
        };
        let is_of = |field: &&FieldOf| field.0 == which;
        let unwritten = self.unwritten.iter().filter(is_of).filter_map(|field| of(field, UNWRITTEN));
        let unread = self.unread.iter().filter(is_of).filter_map(|field| of(field, UNREAD));
        unwritten.chain(unread).collect()
    }
}

const UNWRITTEN: &str = "is read and never written: use `#[serde(skip)]` with a default instead of \
                         `#[serde(skip_serializing)]`, or write it";
const UNREAD: &str = "is written and never read under that name: use `#[serde(skip)]` instead of \
                      `#[serde(skip_deserializing)]`, or one name for both ways";

fn add<T: PartialEq>(list: &mut Vec<T>, entry: T) {
    if !list.contains(&entry) {
        list.push(entry);
    }
}
