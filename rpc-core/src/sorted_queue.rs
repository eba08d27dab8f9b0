#[cfg(test)]
mod tests;

/// Entries by rising key, for keys that mostly come in that order.
///
/// It does what a `BTreeMap` would, with a tenth of the code to compile. Looking up is a binary search. An entry that goes
/// leaves a gap, so that the others need not move, and gaps go when there are more of them than entries: going costs
/// O(log n) on average, as does coming with the greatest key or one whose gap is still there. Only coming with another
/// key moves entries, those behind it.
pub(crate) struct SortedQueue<K, T> {
    slots: Vec<(K, Option<T>)>,
    /// The place of the first entry; all before it are gaps.
    first: usize,
    len: usize,
}

impl<K, T> Default for SortedQueue<K, T> {
    fn default() -> Self {
        Self { slots: Vec::new(), first: 0, len: 0 }
    }
}

impl<K: Ord + Copy, T> SortedQueue<K, T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The place of a key, or where it belongs.
    fn find(&self, key: K) -> Result<usize, usize> {
        self.slots.binary_search_by(|(known, _)| known.cmp(&key))
    }

    /// Gives what the key had before.
    pub(crate) fn insert(&mut self, key: K, value: T) -> Option<T> {
        let (index, old) = match self.find(key) {
            Ok(index) => (index, self.slots.get_mut(index).and_then(|(_, slot)| slot.replace(value))),
            Err(index) => {
                self.slots.insert(index, (key, Some(value)));
                (index, None)
            }
        };
        self.first = self.first.min(index);
        self.len += usize::from(old.is_none());
        old
    }

    pub(crate) fn get(&self, key: K) -> Option<&T> {
        self.slots.get(self.find(key).ok()?)?.1.as_ref()
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut T> {
        let index = self.find(key).ok()?;
        self.slots.get_mut(index)?.1.as_mut()
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<T> {
        let index = self.find(key).ok()?;
        let value = self.slots.get_mut(index)?.1.take()?;
        self.len -= 1;
        self.tidy();
        Some(value)
    }

    pub(crate) fn first(&self) -> Option<(K, &T)> {
        let (key, value) = self.slots.get(self.first)?;
        Some((*key, value.as_ref()?))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().filter_map(|(_, value)| value.as_ref())
    }

    /// Takes out those of which `leaves` is true, and gives them to `taken`; in order.
    pub(crate) fn extract(&mut self, mut leaves: impl FnMut(K, &T) -> bool, mut taken: impl FnMut(T)) {
        for (key, slot) in &mut self.slots {
            if let Some(value) = slot.take_if(|value| leaves(*key, value)) {
                self.len -= 1;
                taken(value);
            }
        }
        self.tidy();
    }

    fn tidy(&mut self) {
        if self.slots.len() > 2 * self.len {
            self.slots.retain(|(_, value)| value.is_some());
            self.first = 0;
            // A queue that was long once gives its memory back, though not as soon as it is empty for a moment.
            if self.slots.capacity() > SPARE && self.slots.capacity() / 4 > self.len {
                self.slots.shrink_to(2 * self.len);
            }
        }
        while self.slots.get(self.first).is_some_and(|(_, value)| value.is_none()) {
            self.first += 1;
        }
    }
}

/// Places for entries that are kept, whether or not they are used.
const SPARE: usize = 64;
