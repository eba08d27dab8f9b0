//! What a type is given when it asks for its parts.

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::asked::{Asked, Kind};
use super::deserializer::Probe;
use super::error::{ErrorKind, ProbeError};
use super::graph::{At, Place};
use super::identifier::Identifier;
use super::node::Fields;
use super::run::{Mode, Run};
use crate::schema::TypeRef;

/// A type that holds others, or a variant of it, while it is given its parts.
pub(super) struct Whole<'r> {
    pub(super) run: &'r mut Run,
    pub(super) mode: Mode,
    pub(super) which: TypeRef,
    pub(super) arm: Option<usize>,
}

impl<'r> Whole<'r> {
    fn place(&self, index: usize) -> Place {
        Place { which: self.which, arm: self.arm, index }
    }

    pub(super) fn is_complete(&mut self, index: usize) -> bool {
        let child = self.run.graph.child(self.place(index));
        let open = std::mem::take(&mut self.run.open);
        let complete = self.run.graph.is_complete(child, &open);
        self.run.open = open;
        complete
    }

    fn is_settled(&self, index: usize) -> bool {
        self.run.graph.is_settled(self.run.graph.child(self.place(index)))
    }

    /// Whether a part is to be there that need not be.
    pub(super) fn is_worth_it(&mut self, index: usize) -> bool {
        match self.mode {
            Mode::Explore => !self.is_complete(index),
            // Not within itself: that would have no end.
            Mode::Build => {
                let child = self.run.graph.child(self.place(index));
                self.run.is_full()
                    && !self.run.written.contains(&self.which)
                    && !self.run.is_exhausted(self.place(index))
                    && self.is_settled(index)
                    && child.is_some_and(|child| !self.run.open.contains(&child))
            }
        }
    }

    /// The same for a while.
    pub(super) fn again(&mut self) -> Whole<'_> {
        Whole { run: &mut *self.run, mode: self.mode, which: self.which, arm: self.arm }
    }

    /// It has been given its parts.
    pub(super) fn leave(&mut self) {
        if self.run.open.last() == Some(&self.which) {
            self.run.open.pop();
        }
    }

    /// What came of it when a value of the variant `arm` was asked for.
    pub(super) fn was_chosen(&mut self, arm: Option<usize>, error: Option<&ProbeError>) {
        match error.map(|error| error.kind) {
            None if self.mode == Mode::Build => {
                self.run.made.extend(arm.map(|arm| (self.which, arm)));
            }
            // Refused before it was asked what it holds, as one of another system is.
            Some(ErrorKind::Refused | ErrorKind::Variant(_)) => Whole { arm, ..self.again() }.is_absent(),
            _ => {}
        }
    }

    /// The one part of it.
    pub(super) fn only(self) -> Probe<'r> {
        let at = At::Child(self.place(0));
        Probe { run: self.run, mode: self.mode, at }
    }

    pub(super) fn give<S: DeserializeSeed<'static>>(
        &mut self,
        index: usize,
        mode: Mode,
        seed: S,
    ) -> Result<S::Value, ProbeError> {
        let at = At::Child(self.place(index));
        let open = self.run.open.len();
        let given = seed.deserialize(Probe { run: &mut *self.run, mode, at });
        self.run.open.truncate(open);
        given
    }
}

/// Lists and tuples.
pub(super) struct Elements<'r> {
    whole: Whole<'r>,
    next: usize,
    length: usize,
}

impl<'r> Elements<'r> {
    pub(super) fn list(mut whole: Whole<'r>) -> Self {
        let length = usize::from(whole.is_worth_it(0));
        Self { whole, next: 0, length }
    }

    /// What stands behind the tag of a variant too.
    pub(super) fn of(whole: Whole<'r>, length: usize) -> Self {
        Self { whole, next: 0, length }
    }

    pub(super) fn tuple(whole: Whole<'r>, asked: &Asked) -> Result<Self, ProbeError> {
        if asked.is_too_long() && (whole.mode == Mode::Build || asked.kind != Kind::Tuple) {
            return Err(ProbeError::refused("it has too many elements to be made"));
        }
        Ok(Self::of(whole, asked.length))
    }

    /// The next element, and what it is asked for; `None` behind the last one.
    fn next(&mut self) -> Result<Option<(usize, Mode)>, ProbeError> {
        if self.next >= self.length {
            return Ok(None);
        }
        self.whole.run.step()?;
        let index = self.next;
        self.next = index.saturating_add(1);
        let explore = self.whole.mode == Mode::Explore && !self.whole.is_complete(index);
        Ok(Some((index, if explore { Mode::Explore } else { Mode::Build })))
    }
}

impl SeqAccess<'static> for Elements<'_> {
    type Error = ProbeError;

    fn next_element_seed<S: DeserializeSeed<'static>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ProbeError> {
        let Some((index, mode)) = self.next()? else { return Ok(None) };
        let element = self.whole.give(index, mode, seed)?;
        if mode == Mode::Explore { Err(ProbeError::stop()) } else { Ok(Some(element)) }
    }
}

/// Maps.
pub(super) struct Entries<'r> {
    whole: Whole<'r>,
    left: bool,
}

impl<'r> Entries<'r> {
    pub(super) fn of(mut whole: Whole<'r>) -> Self {
        let left = match whole.mode {
            Mode::Explore => true,
            Mode::Build => whole.is_worth_it(0) && whole.is_worth_it(1),
        };
        Self { whole, left }
    }
}

impl MapAccess<'static> for Entries<'_> {
    type Error = ProbeError;

    fn next_key_seed<S: DeserializeSeed<'static>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ProbeError> {
        if !std::mem::take(&mut self.left) {
            return Ok(None);
        }
        let explore = self.whole.mode == Mode::Explore && !self.whole.is_complete(0);
        let mode = if explore { Mode::Explore } else { Mode::Build };
        let key = self.whole.give(0, mode, seed)?;
        if explore { Err(ProbeError::stop()) } else { Ok(Some(key)) }
    }

    fn next_value_seed<S: DeserializeSeed<'static>>(&mut self, seed: S) -> Result<S::Value, ProbeError> {
        let value = self.whole.give(1, self.whole.mode, seed)?;
        if self.whole.mode == Mode::Explore { Err(ProbeError::stop()) } else { Ok(value) }
    }
}

/// The fields of a struct or of a variant, by their names.
pub(super) struct NamedFields<'r> {
    whole: Whole<'r>,
    plan: Plan,
    left: Left,
    /// The one that was given last.
    given: usize,
}

/// Fields to give.
enum Left {
    One(Option<usize>),
    /// From this one on, those that the plan has.
    From(usize),
    /// These, the next last.
    Listed(Vec<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// See what one field holds.
    Explore,
    /// See which names are of one field.
    Aliases,
    /// See which fields have to be there.
    Requirements,
    /// Make a value.
    Build,
}

impl<'r> NamedFields<'r> {
    pub(super) fn of(mut whole: Whole<'r>) -> Self {
        let (plan, left) = Self::plan(&mut whole);
        Self { whole, plan, left, given: 0 }
    }

    fn plan(whole: &mut Whole<'r>) -> (Plan, Left) {
        let Some(fields) = whole.run.graph.fields(whole.which, whole.arm) else {
            return (Plan::Build, Left::One(None));
        };
        let count = fields.names.len();
        let (aliases_known, requirements_known) = (fields.aliases_known, fields.requirements_known);
        if whole.mode == Mode::Explore
            && let Some(index) = (0..count).find(|index| !whole.is_complete(*index))
        {
            return (Plan::Explore, Left::One(Some(index)));
        }
        if aliases_known {
            let find_out = whole.mode == Mode::Explore && !requirements_known;
            return (if find_out { Plan::Requirements } else { Plan::Build }, Left::From(0));
        }
        let Some(fields) = whole.run.graph.fields(whole.which, whole.arm) else {
            return (Plan::Build, Left::One(None));
        };
        let declared = (0..count).filter(|index| fields.is_declared(*index));
        let is_first = |index: &usize| fields.facts.get(*index).is_some_and(|facts| facts.first);
        let (first, mut all): (Vec<_>, Vec<_>) =
            declared.rev().filter(|index| whole.is_settled(*index)).partition(is_first);
        all.extend(first);
        (if whole.mode == Mode::Build { Plan::Build } else { Plan::Aliases }, Left::Listed(all))
    }

    /// The next field to give.
    fn next(&mut self) -> Option<usize> {
        let from = match &mut self.left {
            Left::One(one) => return one.take(),
            Left::Listed(left) => return left.pop(),
            Left::From(from) => *from,
        };
        let fields = self.whole.run.graph.fields(self.whole.which, self.whole.arm)?;
        let given = |index: &usize| match self.plan {
            Plan::Requirements => fields.facts.get(*index).is_some_and(|facts| facts.required),
            _ => self.whole.is_settled(*index),
        };
        let next = (from..fields.names.len()).find(|index| fields.is_declared(*index) && given(index))?;
        self.left = Left::From(next.saturating_add(1));
        Some(next)
    }

    /// The name of the next field.
    fn next_name(&mut self) -> Result<Option<&'static str>, ProbeError> {
        self.whole.run.step()?;
        let Some(index) = self.next() else { return Ok(None) };
        self.given = index;
        let fields = self.whole.run.graph.fields(self.whole.which, self.whole.arm);
        Ok(fields.and_then(|fields| fields.names.get(index).copied()))
    }

    /// What came of it, where that tells nothing.
    pub(super) fn judge<T>(self, result: Result<T, ProbeError>) -> Result<T, ProbeError> {
        if self.learns(result.as_ref().err()) { Err(ProbeError::stop()) } else { result }
    }

    /// Whether what came of it tells something, and no more is needed of it.
    fn learns(self, error: Option<&ProbeError>) -> bool {
        let Self { whole, plan, given, .. } = self;
        let finding_out = matches!(plan, Plan::Aliases | Plan::Requirements);
        let graph = &whole.run.graph;
        let names = graph.fields(whole.which, whole.arm).map_or(&[][..], |fields| fields.names);
        let refused = |error: &ProbeError| match error.kind {
            // Of another type, that is held here.
            ErrorKind::Missing(name) | ErrorKind::Duplicate(name) => !names.contains(&name),
            kind => kind != ErrorKind::Stop,
        };
        if finding_out && error.is_some_and(refused) && whole.run.has_another_candidate() {
            // It says nothing of the fields: the same again, with another value.
            return false;
        }
        let graph = &mut whole.run.graph;
        let Some(fields) = graph.fields_mut(whole.which, whole.arm) else { return false };
        let found = match (plan, error.map(|error| error.kind)) {
            (Plan::Aliases, Some(ErrorKind::Duplicate(declared))) => fields.is_alias(given, declared),
            (Plan::Aliases, _) => {
                fields.aliases_known = true;
                true
            }
            (Plan::Requirements, Some(ErrorKind::Missing(name))) => fields.is_required(name),
            (Plan::Requirements, _) => {
                fields.requirements_known = true;
                true
            }
            (Plan::Explore | Plan::Build, _) => false,
        };
        if found {
            graph.found_something();
        }
        found || plan == Plan::Explore && error.is_none()
    }
}

impl Fields {
    /// The name at `index` is one of the field that is declared as `declared`.
    fn is_alias(&mut self, index: usize, declared: &'static str) -> bool {
        let name = self.names.get(index).copied();
        let Some(facts) = self.facts.get_mut(index) else { return false };
        if name == Some(declared) {
            // It was another one that came before it: which, is seen when this one comes first.
            let news = !std::mem::replace(&mut facts.first, true);
            self.aliases_known |= !news;
        } else {
            facts.declared = Some(declared);
        }
        true
    }

    /// A value without the field is not understood.
    fn is_required(&mut self, name: &str) -> bool {
        let at = self.names.iter().position(|known| *known == name);
        let news = at.and_then(|at| self.facts.get_mut(at)).is_some_and(|facts| {
            let known = std::mem::replace(&mut facts.required, true);
            !known
        });
        // A name that nobody knows, or one that was there, tells no more.
        self.requirements_known |= !news;
        true
    }
}

impl MapAccess<'static> for &mut NamedFields<'_> {
    type Error = ProbeError;

    fn next_key_seed<S: DeserializeSeed<'static>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ProbeError> {
        let Some(name) = self.next_name()? else { return Ok(None) };
        seed.deserialize(Identifier { name }).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'static>>(&mut self, seed: S) -> Result<S::Value, ProbeError> {
        let mode = if self.plan == Plan::Explore { Mode::Explore } else { Mode::Build };
        let value = self.whole.give(self.given, mode, seed)?;
        if self.plan == Plan::Explore { Err(ProbeError::stop()) } else { Ok(value) }
    }
}
