//! What the passes over one type share.

use std::any::TypeId;
use std::collections::HashMap;

use super::candidates;
use super::error::ProbeError;
use super::graph::Graph;
use crate::schema::TypeRef;

/// What is known, and what the pass that is under way is for.
pub(super) struct Run {
    pub(super) graph: Graph,
    pub(super) readable: bool,
    /// Types that are being deserialised, from the outside to the inside.
    pub(super) open: Vec<TypeRef>,
    /// The fields of the outermost type are the arguments of a method.
    pub(super) names_are_known: bool,
    /// In making a value: options are there and lists have an element.
    pub(super) full: bool,
    /// In making a value: the first candidate for a number that is good enough.
    pub(super) least_number: usize,
    /// In making a value: which variant of an enum.
    pub(super) chosen: HashMap<TypeRef, usize>,
    /// How often values for a place were refused.
    attempts: HashMap<Question, usize>,
    /// What stands around the value that is asked for: the same question may want another answer in another place.
    pub(super) place: (TypeId, usize),
    /// What was answered last.
    answered: Option<Question>,
    steps: usize,
    /// Of all passes.
    pub(super) all_steps: usize,
}

/// A visitor that wants a value, in a place.
type Question = ((TypeId, usize), TypeId);

/// What a deserializer is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Find out something that is not yet known.
    Explore,
    /// Make a value.
    Build,
}

/// Of one pass: no type of a sound service asks more often.
const STEPS: usize = 100_000;

/// Of all passes over one type. A struct of 500 fields takes 300,000.
pub(super) const ALL_STEPS: usize = 4_000_000;

/// Types within types in one value.
const DEPTH: usize = 128;

impl Run {
    pub(super) fn new(readable: bool) -> Self {
        Self {
            graph: Graph::default(),
            readable,
            open: Vec::new(),
            names_are_known: false,
            full: false,
            least_number: 0,
            chosen: HashMap::new(),
            attempts: HashMap::new(),
            place: (TypeId::of::<()>(), 0),
            answered: None,
            steps: 0,
            all_steps: 0,
        }
    }

    /// Begins a pass.
    pub(super) fn begin(&mut self) {
        self.open.clear();
        self.steps = 0;
        self.answered = None;
        self.place = (TypeId::of::<()>(), 0);
    }

    pub(super) fn step(&mut self) -> Result<(), ProbeError> {
        self.steps = self.steps.saturating_add(1);
        self.all_steps = self.all_steps.saturating_add(1);
        if self.steps > STEPS {
            return Err(ProbeError::refused("a value of it takes too many steps to make"));
        }
        if self.open.len() > DEPTH {
            return Err(ProbeError::refused("it is nested too deeply"));
        }
        Ok(())
    }

    /// Which candidate a question gets: the first that was not refused.
    pub(super) fn candidate(&mut self, visitor: TypeId) -> usize {
        let question = (self.place, visitor);
        self.answered = Some(question);
        self.attempts.get(&question).copied().unwrap_or(0)
    }

    /// Whether there is another answer to the last question.
    pub(super) fn has_another_candidate(&self) -> bool {
        let attempts = |question| self.attempts.get(&question).copied().unwrap_or(0);
        self.answered.is_some_and(|question| attempts(question).saturating_add(1) < candidates::MOST)
    }

    /// The last answer was refused. False if there is no other.
    pub(super) fn refuse(&mut self) -> bool {
        let Some(question) = self.answered.take() else { return false };
        let attempt = self.attempts.entry(question).or_default();
        *attempt = attempt.saturating_add(1);
        *attempt < candidates::MOST
    }
}
