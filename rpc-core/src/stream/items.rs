use std::collections::VecDeque;

use bytes::Bytes;

/// Encoded items in a row, in the order of their stream: one buffer for many, so that a small item costs no allocation.
#[derive(Debug, Default)]
pub(crate) struct Items {
    data: Bytes,
    lengths: VecDeque<usize>,
}

impl Items {
    /// Items of these lengths, which together are `data`.
    pub(crate) fn new(data: impl Into<Bytes>, lengths: VecDeque<usize>) -> Self {
        Self { data: data.into(), lengths }
    }

    /// The first item, which is taken out.
    pub(crate) fn pop(&mut self) -> Option<Bytes> {
        let length = self.lengths.pop_front()?;
        Some(self.data.split_to(length.min(self.data.len())))
    }

    /// The first `count` items, or all, which are taken out.
    pub(crate) fn split_to(&mut self, count: usize) -> Self {
        if count >= self.len() {
            return std::mem::take(self);
        }
        let lengths: VecDeque<usize> = self.lengths.drain(..count).collect();
        let bytes = lengths.iter().sum::<usize>();
        Self { data: self.data.split_to(bytes.min(self.data.len())), lengths }
    }

    /// The lengths of all items.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = usize> {
        self.lengths.iter().copied()
    }

    /// The length of the first item.
    pub(crate) fn first(&self) -> Option<usize> {
        self.lengths.front().copied()
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// The bytes of all items.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        self.data.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Items;

    #[test]
    fn items_come_out_as_they_went_in() {
        let mut items = Items::new(vec![1, 2, 3], [1, 0, 2].into());
        assert_eq!((items.len(), items.bytes(), items.first()), (3, 3, Some(1)));
        assert_eq!(items.pop().as_deref(), Some(&[1][..]));
        assert_eq!(items.pop().as_deref(), Some(&[][..]));
        assert_eq!(items.pop().as_deref(), Some(&[2, 3][..]));
        assert!(items.pop().is_none() && items.is_empty());
    }

    #[test]
    fn a_row_is_split_between_two_items() {
        let mut items = Items::new(vec![1, 2, 3], [1, 0, 2].into());
        let mut first = items.split_to(2);
        assert_eq!((first.len(), first.bytes(), items.len(), items.bytes()), (2, 1, 1, 2));
        assert_eq!(first.pop().as_deref(), Some(&[1][..]));
        assert_eq!(items.split_to(5).lengths().collect::<Vec<_>>(), [2]);
        assert!(items.is_empty());
    }
}
