use super::stream::StreamFields;
use crate::wire::{Reader, WireError};

/// Several items of a stream, each as a whole (`docs/wire.md` §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Items<'a> {
    place: u32,
    count: usize,
    bytes: usize,
    data: &'a [u8],
}

impl<'a> Items<'a> {
    /// Those that stand in `data`: one at least, each behind its length.
    ///
    /// # Errors
    /// `data` is empty, or does not end with an item.
    ///
    /// ```
    /// use rpc_core::wire::Items;
    /// let items = Items::new(7, &[1, 42, 0])?;
    /// assert_eq!((items.count(), items.bytes()), (2, 1));
    /// assert_eq!(items.iter().collect::<Vec<_>>(), [&[42][..], &[]]);
    /// assert!(Items::new(7, &[2, 42]).is_err());
    /// # Ok::<(), rpc_core::wire::WireError>(())
    /// ```
    pub fn new(place: u32, data: &'a [u8]) -> Result<Self, WireError> {
        Self::decode_behind(place, &mut Reader::new(data, "a frame of items"))
    }

    /// That of the call.
    pub fn place(&self) -> u32 {
        self.place
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The bytes of all of them, without their lengths.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// All of them, each behind its length.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut left = Reader::new(self.data, "a frame of items");
        // That all are whole has been checked.
        std::iter::from_fn(move || left.bytes(usize::MAX, "length of an item").ok())
    }
}

impl<'a> StreamFields<'a> for Items<'a> {
    fn place(&self) -> u32 {
        self.place
    }

    fn decode_behind(place: u32, reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let data = reader.clone().rest();
        let (mut count, mut bytes, mut short) = (0_usize, 0_usize, 0_usize);
        loop {
            // Most items are this small.
            let mut end = 0_usize;
            let behind = reader.clone().rest();
            while let Some(&length @ ..0x80) = behind.get(end) {
                short = short.wrapping_add(1);
                end = end.wrapping_add(usize::from(length)).wrapping_add(1);
            }
            bytes = bytes.wrapping_add(reader.take(end)?.len());
            if reader.remaining() == 0 && !data.is_empty() {
                let (count, bytes) = (count.saturating_add(short), bytes.saturating_sub(short));
                return Ok(Self { place, count, bytes, data });
            }
            bytes = bytes.saturating_add(reader.bytes(usize::MAX, "length of an item")?.len());
            count = count.saturating_add(1);
        }
    }

    fn encode_behind(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.data);
    }
}
