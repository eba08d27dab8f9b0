/// A set of places, one bit for each up to the highest that was ever in it.
#[derive(Default)]
pub(in crate::proto) struct Marks(Vec<u64>);

impl Marks {
    pub(in crate::proto) fn insert(&mut self, place: u32) {
        let (word, bit) = split(place);
        if word >= self.0.len() {
            self.0.reserve_exact(word.saturating_add(1).saturating_sub(self.0.len()));
            self.0.resize(word.saturating_add(1), 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    pub(in crate::proto) fn remove(&mut self, place: u32) {
        let (word, bit) = split(place);
        if let Some(word) = self.0.get_mut(word) {
            *word &= !bit;
        }
    }

    pub(in crate::proto) fn contains(&self, place: u32) -> bool {
        let (word, bit) = split(place);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Words that are held.
    #[cfg(test)]
    pub(in crate::proto) fn held(&self) -> usize {
        self.0.capacity()
    }
}

fn split(place: u32) -> (usize, u64) {
    ((place >> 6) as usize, 1 << (place & 63))
}
