//! Sets that can be split, as Valmari and Lehtinen use them to minimise automata in O(m log n).

use crate::ordering;

/// The elements 0 to n − 1 in disjoint sets, which are numbered from 0 and only ever split.
#[derive(Debug)]
pub(super) struct Partition {
    /// All elements; those of one set stand together, its marked ones first.
    elements: Vec<usize>,
    /// Where each element stands among them.
    places: Vec<usize>,
    /// The set of each element.
    sets: Vec<usize>,
    bounds: Vec<Bounds>,
    touched: Vec<usize>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    first: usize,
    past: usize,
    marked: usize,
}

impl Partition {
    /// Elements of equal keys are in one set.
    pub(super) fn new(keys: &[usize]) -> Self {
        let elements = ordering::positions(keys.iter().map(|key| *key as u64));
        let mut this = Self {
            places: vec![0; keys.len()],
            sets: vec![0; keys.len()],
            bounds: Vec::new(),
            touched: Vec::new(),
            elements,
        };
        let mut last = None;
        for (place, element) in this.elements.iter().copied().enumerate() {
            let key = keys.get(element);
            if last != Some(key) {
                this.bounds.push(Bounds { first: place, past: place, marked: 0 });
                last = Some(key);
            }
            if let Some(bounds) = this.bounds.last_mut() {
                bounds.past = place.saturating_add(1);
            }
            put(&mut this.places, element, place);
            put(&mut this.sets, element, this.bounds.len().saturating_sub(1));
        }
        this
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// The set of each element.
    pub(super) fn into_sets(self) -> Vec<usize> {
        self.sets
    }

    /// The elements of a set.
    pub(super) fn elements(&self, set: usize) -> &[usize] {
        let bounds = self.bounds.get(set).copied().unwrap_or_default();
        self.elements.get(bounds.first..bounds.past).unwrap_or_default()
    }

    /// Marks an element: the next [`split`](Self::split) parts it from those of its set that are not marked.
    pub(super) fn mark(&mut self, element: usize) {
        let (place, set) = (at(&self.places, element), at(&self.sets, element));
        let Some(bounds) = self.bounds.get_mut(set) else { return };
        let unmarked = bounds.first.saturating_add(bounds.marked);
        if place < unmarked {
            return;
        }
        if bounds.marked == 0 {
            self.touched.push(set);
        }
        bounds.marked = bounds.marked.saturating_add(1);
        let other = at(&self.elements, unmarked);
        self.elements.swap(place, unmarked);
        put(&mut self.places, element, unmarked);
        put(&mut self.places, other, place);
    }

    /// Makes the smaller part of every set with marked elements a set of its own.
    pub(super) fn split(&mut self) {
        while let Some(set) = self.touched.pop() {
            let new = self.bounds.len();
            let Some(bounds) = self.bounds.get_mut(set) else { continue };
            let middle = bounds.first.saturating_add(bounds.marked);
            let marked = std::mem::take(&mut bounds.marked);
            if middle == bounds.past {
                continue;
            }
            let part = if marked <= bounds.past.saturating_sub(middle) {
                let part = Bounds { first: bounds.first, past: middle, marked: 0 };
                bounds.first = middle;
                part
            } else {
                let part = Bounds { first: middle, past: bounds.past, marked: 0 };
                bounds.past = middle;
                part
            };
            self.bounds.push(part);
            for place in part.first..part.past {
                let element = at(&self.elements, place);
                put(&mut self.sets, element, new);
            }
        }
    }
}

// Indexes come from these very vectors; the fallbacks are never taken.

fn at(values: &[usize], index: usize) -> usize {
    values.get(index).copied().unwrap_or_default()
}

fn put(values: &mut [usize], index: usize, value: usize) {
    if let Some(place) = values.get_mut(index) {
        *place = value;
    }
}
