//! Ways into types, for people.

use crate::schema::words;

/// Steps that are told, from the innermost one outwards.
const MAX_STEPS: usize = 12;

/// Where something stands: the step that led there, and the place from which it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place(usize);

/// One step into a type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Field(&'a str),
    Variant(&'a str),
    Index(usize),
    Element,
    Key,
    Value,
}

/// All places so far. One takes as much memory however deep it is.
#[derive(Debug, Default)]
pub(super) struct Paths<'a>(Vec<(Place, Step<'a>)>);

impl Place {
    /// The whole value.
    pub(super) const ROOT: Self = Self(0);
}

impl<'a> Paths<'a> {
    pub(super) fn add(&mut self, from: Place, step: Step<'a>) -> Place {
        self.0.push((from, step));
        Place(self.0.len())
    }

    /// `.items[].price`
    pub(super) fn show(&self, place: Place) -> String {
        let mut steps = Vec::new();
        let mut next = place;
        while let Some((from, step)) = next.0.checked_sub(1).and_then(|index| self.0.get(index)) {
            if steps.len() == MAX_STEPS {
                steps.push("…".to_owned());
                break;
            }
            steps.push(match step {
                Step::Field(name) => format!(".{}", words::name(name)),
                Step::Variant(name) => format!("::{}", words::name(name)),
                Step::Index(index) => format!(".{index}"),
                Step::Element => "[]".to_owned(),
                Step::Key => "{key}".to_owned(),
                Step::Value => "{}".to_owned(),
            });
            next = *from;
        }
        steps.into_iter().rev().collect()
    }
}
