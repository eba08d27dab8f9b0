//! The differences that were found, worst first, and not more than people read.

use super::{Difference, Grade};

/// Differences of one grade that are kept.
const MAX_KEPT: usize = 32;

/// Differences that are put into words, beside those that break: many may turn out to be one.
const MAX_TOLD: usize = 1_024;

#[derive(Debug, Default)]
pub(super) struct Found {
    breaks: Vec<Difference>,
    unless: Vec<Difference>,
    works: Vec<Difference>,
    told: usize,
}

impl Found {
    /// Whether another one of this grade would be thrown away.
    pub(super) fn is_full(&self, grade: &Grade) -> bool {
        let list = match grade {
            Grade::Works => &self.works,
            Grade::WorksUnless(_) => &self.unless,
            Grade::Breaks(_) => &self.breaks,
        };
        list.len() >= MAX_KEPT || (self.told >= MAX_TOLD && !grade.breaks())
    }

    /// Two about the same place, in the same words, are one.
    pub(super) fn add(&mut self, mut new: Difference) {
        self.told = self.told.saturating_add(1);
        for kept in [&mut self.works, &mut self.unless, &mut self.breaks] {
            let same = |old: &Difference| {
                old.path == new.path
                    && old.direction == new.direction
                    && (&old.writer, &old.reader) == (&new.writer, &new.reader)
            };
            if let Some(place) = kept.iter().position(same) {
                let old = kept.remove(place);
                new.grade = old.grade.and(new.grade);
            }
        }
        let list = match &new.grade {
            Grade::Works => &mut self.works,
            Grade::WorksUnless(_) => &mut self.unless,
            Grade::Breaks(_) => &mut self.breaks,
        };
        if list.len() < MAX_KEPT {
            list.push(new);
        }
    }

    pub(super) fn into_vec(self) -> Vec<Difference> {
        [self.breaks, self.unless, self.works].into_iter().flatten().collect()
    }
}
