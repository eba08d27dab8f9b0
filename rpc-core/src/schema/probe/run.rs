//! What the passes over one type share.

use std::any::TypeId;
use std::collections::{HashMap, HashSet};

use super::candidates;
use super::entries::Entries;
use super::error::{ErrorKind, ProbeError};
use super::graph::{At, Graph, Place};
use super::hasher::Quick;
use crate::schema::TypeRef;

/// What is known, and what the pass that is under way is for.
pub(super) struct Run {
    pub(super) graph: Graph,
    pub(super) readable: bool,
    /// Types that are being deserialised, from the outside to the inside.
    pub(super) open: Vec<TypeRef>,
    /// In making a value: options are there and lists have an element.
    pub(super) full: bool,
    /// Variants of which a value was made, by the name that it is read under.
    pub(super) made: HashSet<(TypeRef, usize), Quick>,
    /// Values of these were written, and all that they hold.
    pub(super) written: HashSet<TypeRef, Quick>,
    /// But within this type they are not.
    pub(super) bare: Option<TypeRef>,
    /// In making a value: the first candidate for a number that is good enough.
    pub(super) least_number: usize,
    /// In making a value: which variant of an enum.
    pub(super) chosen: HashMap<TypeRef, usize>,
    /// How often values for a place were refused.
    attempts: HashMap<Question, usize, Quick>,
    /// The type that is being looked at.
    pub(super) root: TypeId,
    /// Places of which every value was refused, and whether one came to them.
    exhausted: HashSet<Spot, Quick>,
    news: bool,
    /// Maps that were answered.
    entries: HashMap<Question, Entries, Quick>,
    /// What was answered last.
    answered: Option<Question>,
    steps: usize,
    /// Of all passes.
    pub(super) all_steps: usize,
}

/// Where a value stands: the same visitor may want another answer in another place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Spot {
    Root(TypeId),
    Within(TypeRef, Option<usize>, usize),
}

/// A visitor that wants a value, in a place.
type Question = (Spot, TypeId);

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
            full: false,
            made: HashSet::default(),
            written: HashSet::default(),
            bare: None,
            least_number: 0,
            chosen: HashMap::new(),
            attempts: HashMap::default(),
            root: TypeId::of::<()>(),
            exhausted: HashSet::default(),
            news: false,
            entries: HashMap::default(),
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

    /// Whether what may be there is there, where the value that is made stands.
    pub(super) fn is_full(&self) -> bool {
        self.full && self.bare.is_none_or(|bare| !self.open.contains(&bare))
    }

    /// Which candidate a question gets: the first that was not refused.
    pub(super) fn candidate(&mut self, at: At, visitor: TypeId) -> usize {
        let spot = match at {
            At::Root => Spot::Root(self.root),
            At::Child(Place { which, arm, index }) => Spot::Within(which, arm, index),
        };
        let question = (spot, visitor);
        self.answered = Some(question);
        self.attempts.get(&question).copied().unwrap_or(0)
    }

    /// Whether there is another answer to the last question.
    pub(super) fn has_another_candidate(&self) -> bool {
        let attempts = |question| self.attempts.get(&question).copied().unwrap_or(0);
        self.answered.is_some_and(|question| attempts(question).saturating_add(1) < candidates::MOST)
    }

    /// What a type that takes anything is given as a map.
    pub(super) fn entries(&self) -> Entries {
        let known = self.answered.and_then(|question| self.entries.get(&question));
        known.cloned().unwrap_or_default()
    }

    /// The last answer was refused. False if there is no other.
    pub(super) fn refuse(&mut self, why: ErrorKind) -> bool {
        let Some(question) = self.answered.take() else { return false };
        if self.attempts.get(&question) == Some(&candidates::MAP)
            && self.entries.entry(question).or_default().refuse(why)
        {
            return true;
        }
        let attempt = self.attempts.entry(question).or_default();
        *attempt = attempt.saturating_add(1);
        let others = *attempt < candidates::MOST;
        if !others {
            self.news |= self.exhausted.insert(question.0);
        }
        others
    }

    /// Whether, since this was asked last, a place was found for which there is no value. It is left out from now on where
    /// it may be.
    pub(super) fn leaves_out(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    pub(super) fn is_exhausted(&self, Place { which, arm, index }: Place) -> bool {
        self.exhausted.contains(&Spot::Within(which, arm, index))
    }
}
