/// Places that are free, each a bit; the lowest is given first.
#[derive(Default)]
pub(super) struct FreePlaces {
    words: Vec<u64>,
    /// No word before this has a free place.
    first: usize,
}

impl FreePlaces {
    /// Takes the lowest free place.
    pub(super) fn pop(&mut self) -> Option<u32> {
        while let Some(word) = self.words.get_mut(self.first) {
            let bit = word.trailing_zeros();
            if bit < u64::BITS {
                *word &= word.wrapping_sub(1);
                return u32::try_from(self.first).ok()?.checked_mul(u64::BITS)?.checked_add(bit);
            }
            self.first = self.first.saturating_add(1);
        }
        None
    }

    /// Frees a place.
    pub(super) fn push(&mut self, place: u32) {
        let (index, bit) = ((place / u64::BITS) as usize, place % u64::BITS);
        if index >= self.words.len() {
            self.words.resize(index.saturating_add(1), 0);
        }
        if let Some(word) = self.words.get_mut(index) {
            *word |= 1_u64.wrapping_shl(bit);
        }
        self.first = self.first.min(index);
    }

    /// Words that are held.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.words.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::FreePlaces;

    #[test]
    fn the_lowest_is_given_first_and_each_once() {
        let mut free = FreePlaces::default();
        assert_eq!(free.pop(), None);
        for place in [700, 3, 64, 63, 0, 128] {
            free.push(place);
        }
        let first: Vec<_> = std::iter::from_fn(|| free.pop()).take(4).collect();
        assert_eq!(first, [0, 3, 63, 64]);
        free.push(5);
        free.push(64);
        let rest: Vec<_> = std::iter::from_fn(|| free.pop()).collect();
        assert_eq!(rest, [5, 64, 128, 700]);
        assert_eq!(free.pop(), None);
    }
}
