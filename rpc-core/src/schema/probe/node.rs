//! A type that holds others.

use std::any::TypeId;

use super::asked::{Asked, Visited};
use crate::schema::TypeRef;

/// What is known of a type that holds others, or of what a variant holds.
#[derive(Debug)]
pub(super) struct Node {
    /// The Rust type, as far as its visitor tells it.
    pub(super) type_name: &'static str,
    /// The same.
    pub(super) type_id: TypeId,
    /// As serde names it; empty where it does not.
    pub(super) name: &'static str,
    pub(super) body: Body,
    /// What one part of it holds depends on another.
    pub(super) is_dependent: bool,
    /// Nothing is left to be found in it, nor in what it holds.
    pub(super) complete: bool,
    /// A value of it can be made.
    pub(super) settled: bool,
}

#[derive(Debug)]
pub(super) enum Body {
    /// Asks what it is.
    Any,
    Option(Child),
    List(Child),
    Map(Child, Child),
    /// So many elements; of a long one the first stands for all.
    Tuple(Vec<Child>, usize),
    Newtype(Child),
    TupleStruct(Vec<Child>),
    Struct(Fields),
    Enum(Vec<Arm>),
}

/// A type that is held, once it is known.
pub(super) type Child = Option<TypeRef>;

/// The fields of a struct or a variant, by the names under which they are read.
#[derive(Debug)]
pub(super) struct Fields {
    pub(super) names: &'static [&'static str],
    pub(super) facts: Vec<FieldFacts>,
    /// Which names are of one field is known.
    pub(super) aliases_known: bool,
    /// Which of them have to be there is known.
    pub(super) requirements_known: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct FieldFacts {
    pub(super) child: Child,
    /// The declared name of the field that this is a name of.
    pub(super) declared: Option<&'static str>,
    pub(super) required: bool,
    /// Another name of it was met, so it is to be given first.
    pub(super) first: bool,
}

/// A variant, by a name under which it is read.
#[derive(Debug)]
pub(super) struct Arm {
    pub(super) name: &'static str,
    pub(super) content: Option<Content>,
    /// No value is read under this name.
    pub(super) absent: bool,
}

#[derive(Debug)]
pub(super) enum Content {
    Unit,
    Newtype(Child),
    Tuple(Vec<Child>),
    Struct(Fields),
}

impl Node {
    pub(super) fn new(visited: Visited, asked: &Asked) -> Self {
        let Visited { type_name, type_id, .. } = visited;
        let (name, body) = (asked.name, asked.body());
        Self { type_name, type_id, name, body, is_dependent: false, complete: false, settled: false }
    }
}

impl Fields {
    pub(super) fn new(names: &'static [&'static str]) -> Self {
        let few = names.len() < 2;
        let facts = vec![FieldFacts::default(); names.len()];
        Self { names, facts, aliases_known: few, requirements_known: names.is_empty() }
    }

    /// Whether the name at `index` is the one by which its field is declared.
    pub(super) fn is_declared(&self, index: usize) -> bool {
        let (name, facts) = (self.names.get(index), self.facts.get(index));
        facts.is_none_or(|facts| facts.declared.is_none() || facts.declared == name.copied())
    }

    /// The children that a value cannot be without.
    pub(super) fn needed(&self) -> impl Iterator<Item = Child> + '_ {
        let all = self.facts.iter().enumerate();
        all.filter(|(index, facts)| self.is_declared(*index) && (facts.required || !self.requirements_known))
            .map(|(_, facts)| facts.child)
    }
}

impl Content {
    pub(super) fn needed(&self) -> Vec<Child> {
        match self {
            Self::Unit => Vec::new(),
            Self::Newtype(child) => vec![*child],
            Self::Tuple(children) => children.clone(),
            Self::Struct(fields) => fields.needed().collect(),
        }
    }
}
