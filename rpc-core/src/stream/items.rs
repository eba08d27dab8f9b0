use bytes::Bytes;

/// Encoded items in a row, in the order of their stream, each behind its length as on the wire: one buffer for many, so
/// that a small item costs nothing but its decoding.
#[derive(Debug, Default)]
pub(crate) struct Items {
    data: Bytes,
    /// Where the next item begins, with its length.
    at: usize,
}

/// An item as it came, and what it is a slice of.
#[derive(Clone, Copy)]
pub struct Encoded<'i> {
    pub(crate) item: &'i [u8],
    pub(crate) within: &'i Bytes,
}

/// Items whose length takes one byte, up to the first with a longer one.
#[derive(Clone, Copy)]
pub(crate) struct ShortItems<'i> {
    within: &'i Bytes,
    /// The next item and what follows, each behind its length.
    left: &'i [u8],
}

/// An item whose length takes one byte, and what came behind it.
#[derive(Clone, Copy)]
pub struct Short<'i> {
    pub(crate) within: &'i Bytes,
    pub(crate) bytes: &'i [u8],
    pub(crate) length: usize,
}

impl<'i> ShortItems<'i> {
    #[inline(always)]
    pub(crate) fn split_first(self) -> Option<(Short<'i>, Self)> {
        let (&length @ ..0x80, bytes) = self.left.split_first()? else { return None };
        let length = usize::from(length);
        let left = bytes.get(length..)?;
        Some((Short { within: self.within, bytes, length }, Self { within: self.within, left }))
    }

    /// Bytes that are left.
    #[inline]
    pub(crate) fn left(&self) -> usize {
        self.left.len()
    }
}

impl<'i> From<Short<'i>> for Encoded<'i> {
    #[inline]
    fn from(short: Short<'i>) -> Self {
        Self { item: short.bytes.get(..short.length).unwrap_or_default(), within: short.within }
    }
}

impl Items {
    /// The items in `data`, each behind its length, which may have more bytes than the shortest form.
    pub(crate) fn new(data: impl Into<Bytes>) -> Self {
        Self { data: data.into(), at: 0 }
    }

    /// The next item; `None` behind the last.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<Encoded<'_>> {
        // Most items are this small.
        let (length, start) = match self.data.get(self.at) {
            Some(&length @ ..0x80) => (usize::from(length), self.at.wrapping_add(1)),
            _ => self.long_length()?,
        };
        let end = start.saturating_add(length);
        let item = self.data.get(start..end)?;
        self.at = end;
        Some(Encoded { item, within: &self.data })
    }

    #[inline(never)]
    fn long_length(&self) -> Option<(usize, usize)> {
        let (mut length, mut at) = (0_usize, self.at);
        for shift in (0..usize::BITS).step_by(7) {
            let byte = *self.data.get(at)?;
            at = at.saturating_add(1);
            length |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some((length, at))
    }

    /// The short items that come next and end before that position.
    #[inline]
    pub(crate) fn short(&self, until: usize) -> ShortItems<'_> {
        let end = until.saturating_sub(1).min(self.data.len());
        ShortItems { within: &self.data, left: self.data.get(self.at..end).unwrap_or_default() }
    }

    /// So many bytes are used up, which is so many short items with their lengths.
    #[inline]
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.data.len());
    }

    /// Bytes that are used up.
    #[inline]
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Bytes that are left.
    pub(crate) fn left(&self) -> usize {
        self.data.len().saturating_sub(self.at)
    }
}

#[cfg(test)]
impl Items {
    /// The next item, which is taken out.
    pub(crate) fn pop(&mut self) -> Option<Bytes> {
        self.next().map(|Encoded { item, within }| within.slice_ref(item))
    }

    /// How many items there are, and their bytes.
    pub(crate) fn count(&self) -> (usize, usize) {
        let mut items = Self { data: self.data.clone(), at: self.at };
        let (mut count, mut bytes) = (0, 0);
        while let Some(Encoded { item, .. }) = items.next() {
            (count, bytes) = (count + 1, bytes + item.len());
        }
        (count, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::Items;

    #[test]
    fn items_come_out_as_they_went_in() {
        let mut items = Items::new(vec![1, 7, 0, 2, 8, 9]);
        assert_eq!(items.count(), (3, 3));
        assert_eq!(items.pop().as_deref(), Some(&[7][..]));
        assert_eq!(items.pop().as_deref(), Some(&[][..]));
        assert_eq!(items.pop().as_deref(), Some(&[8, 9][..]));
        assert!(items.pop().is_none() && items.left() == 0);
    }

    #[test]
    fn a_long_item_has_a_long_length_and_any_item_may() {
        let long = [vec![0xac, 0x02], vec![5; 300]].concat();
        let padded = [0x81, 0x80, 0x80, 0x80, 0, 6];
        let mut items = Items::new([long, padded.to_vec(), vec![0]].concat());
        assert_eq!(items.pop().as_deref(), Some(&[5; 300][..]));
        assert_eq!(items.pop().as_deref(), Some(&[6][..]));
        assert_eq!(items.pop().as_deref(), Some(&[][..]));
        assert!(items.pop().is_none());
    }
}
