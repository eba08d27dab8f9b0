//! Which types are the same, wherever they stand among their [`Types`].

use crate::ordering;
use std::collections::HashMap;

use super::partition::Partition;
use super::parts::{self, Detail, Part, UNKNOWN};
use super::{Shape, TypeRef, Types};
use crate::wire::varint;

/// A number for each type of some [`Types`]; two types have the same one exactly if nobody who follows their references,
/// however far, can tell them apart.
///
/// So a type that is there twice, or a recursive one that is unrolled, has one class. The work is O(n log n) for n
/// types and references, whatever a peer made of them: this is the minimisation of an automaton whose states are types.
#[derive(Debug)]
pub(super) struct Classes {
    classes: Vec<usize>,
    starts: Vec<usize>,
}

impl Classes {
    /// The classes of all types of `arenas` together.
    pub(super) fn new<'a>(arenas: impl IntoIterator<Item = &'a Types>, detail: Detail) -> Self {
        let mut graph = Graph::default();
        // The type to which references lead that lead nowhere.
        graph.unknown();
        let mut starts = Vec::new();
        for types in arenas {
            let start = graph.labels.len();
            starts.push(start);
            for (_, shape) in types.iter() {
                graph.add(shape, detail, start, types.len());
            }
        }
        Self { classes: graph.minimise(), starts }
    }

    /// The class of a type of the `arena`-th arena.
    pub(super) fn of(&self, arena: usize, types: &Types, which: TypeRef) -> usize {
        let start = self.starts.get(arena).copied().unwrap_or_default();
        let node = node(start, types.len(), which);
        self.classes.get(node).copied().unwrap_or_default()
    }
}

fn node(start: usize, length: usize, which: TypeRef) -> usize {
    match usize::try_from(which.index()) {
        Ok(index) if index < length => start.saturating_add(index),
        _ => 0,
    }
}

/// Types as states, the n-th references as transitions with the label n.
#[derive(Default)]
struct Graph {
    numbers: HashMap<Vec<u8>, usize>,
    /// What each state is but for its references.
    labels: Vec<usize>,
    /// Memory for the next one.
    label: Vec<u8>,
    tails: Vec<usize>,
    positions: Vec<usize>,
    heads: Vec<usize>,
}

impl Graph {
    fn unknown(&mut self) {
        let label = self.label(&[UNKNOWN]);
        self.labels.push(label);
    }

    fn add(&mut self, shape: &Shape, detail: Detail, start: usize, length: usize) {
        let tail = self.labels.len();
        let mut label = std::mem::take(&mut self.label);
        label.clear();
        let mut position = 0_usize;
        parts::each(shape, detail, &mut |part| match part {
            Part::Byte(byte) => label.push(byte),
            Part::Count(count) => varint::encode(count as u64, &mut label),
            Part::Text(text) => {
                varint::encode(text.len() as u64, &mut label);
                label.extend_from_slice(text.as_bytes());
            }
            Part::Type(which) => {
                self.tails.push(tail);
                self.positions.push(position);
                self.heads.push(node(start, length, which));
                position = position.saturating_add(1);
            }
        });
        let number = self.label(&label);
        self.labels.push(number);
        self.label = label;
    }

    fn label(&mut self, label: &[u8]) -> usize {
        if let Some(known) = self.numbers.get(label) {
            return *known;
        }
        let next = self.numbers.len();
        self.numbers.insert(label.to_owned(), next);
        next
    }

    fn minimise(self) -> Vec<usize> {
        // Transitions in the order of their heads, and where those of each head begin.
        let incoming = ordering::positions(self.heads.iter().map(|head| *head as u64));
        let head = |transition: &usize| self.heads.get(*transition).copied().unwrap_or_default();
        let into = |state: usize| {
            let first = incoming.partition_point(|transition| head(transition) < state);
            let past = incoming.partition_point(|transition| head(transition) <= state);
            incoming.get(first..past).unwrap_or_default()
        };
        let mut states = Partition::new(&self.labels);
        let mut transitions = Partition::new(&self.positions);
        // The first set of states needs no turn: its transitions are those that all others leave together.
        let (mut next_set, mut next_cord) = (1_usize, 0_usize);
        while next_cord < transitions.len() {
            for transition in transitions.elements(next_cord) {
                if let Some(tail) = self.tails.get(*transition) {
                    states.mark(*tail);
                }
            }
            states.split();
            next_cord = next_cord.saturating_add(1);
            while next_set < states.len() {
                for transition in states.elements(next_set).iter().flat_map(|state| into(*state)) {
                    transitions.mark(*transition);
                }
                transitions.split();
                next_set = next_set.saturating_add(1);
            }
        }
        states.into_sets()
    }
}
