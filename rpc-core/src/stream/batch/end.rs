use super::{BATCH, Batch, LastItem, Sizes};
use crate::codec::{Codec, CodecError, CodecLimits, EncodeRun, Flat};
use crate::stream::{EncodeItems, EncodedItem};
use crate::wire::varint;

/// The end of a batch, where items are appended.
pub(super) struct End<'b> {
    run: EncodeRun<'b>,
    /// Until it was refused: the items of a stream are much alike.
    flat: Option<Flat>,
    /// Where the items begin that went the quick way, and how many those are. They are in `sizes` when it has ended.
    flat_start: usize,
    flat_count: usize,
    sizes: Sizes,
    /// Where they are kept when this is dropped.
    to: &'b mut Sizes,
}

impl Drop for End<'_> {
    #[inline]
    fn drop(&mut self) {
        self.end_flat();
        *self.to = self.sizes;
    }
}

impl<'b> End<'b> {
    #[inline]
    pub(super) fn new(batch: &'b mut Batch, codec: Codec, limits: &'b CodecLimits) -> Self {
        let flat_start = batch.data.len();
        let run = codec.encode_run(limits, &mut batch.data);
        let (flat, sizes) = (codec.flat(limits), batch.sizes);
        Self { run, flat, flat_start, flat_count: 0, sizes, to: &mut batch.sizes }
    }
}

impl End<'_> {
    /// Appends an item behind its length. Gives how many bytes there are of all items, or almost.
    #[inline(always)]
    pub(super) fn push<P: EncodeItems>(&mut self, items: P, item: P::Item) -> Result<usize, LastItem> {
        if let Some(flat) = self.flat {
            let data = self.run.buffer();
            if items.append_flat(&item, flat, data) {
                // No more than the buffer has bytes.
                self.flat_count = self.flat_count.wrapping_add(1);
                return Ok(data.len());
            }
        }
        self.push_with(|run| items.encode(item, run))
    }

    /// Nothing goes the quick way from here on.
    fn end_flat(&mut self) {
        if self.flat.take().is_some() {
            let with_lengths = self.run.buffer().len().saturating_sub(self.flat_start);
            // Each length takes a byte.
            self.took(self.flat_count, with_lengths.saturating_sub(self.flat_count));
        }
    }

    fn took(&mut self, count: usize, bytes: usize) {
        self.sizes.count = self.sizes.count.saturating_add(count);
        self.sizes.bytes = self.sizes.bytes.saturating_add(bytes);
    }

    /// As [`push`](Self::push), of what `encode` appends. Those behind it go the same way.
    #[inline(never)]
    pub(super) fn push_with(
        &mut self,
        encode: impl FnOnce(&mut EncodeRun<'_>) -> Result<EncodedItem, CodecError>,
    ) -> Result<usize, LastItem> {
        self.end_flat();
        let data = self.run.buffer();
        let before = data.len();
        match self.sizes.width {
            ..2 => data.push(0),
            width => data.resize(before.saturating_add(width), 0),
        }
        let start = data.len();
        match encode(&mut self.run) {
            Ok(EncodedItem::Item) => {
                let data = self.run.buffer();
                let length = data.len().saturating_sub(start);
                let end = data.len();
                self.took(1, length);
                match (u8::try_from(length), self.run.buffer().get_mut(before)) {
                    (Ok(length @ ..0x80), Some(prefix)) if self.sizes.width < 2 => *prefix = length,
                    _ => self.put_length(before, start, length),
                }
                Ok(end)
            }
            other => Err(self.last(before, start, other)),
        }
    }

    /// Puts a length in the place of what stands from `before` to `start`, whose size need not be right for it.
    #[inline(never)]
    fn put_length(&mut self, before: usize, start: usize, length: usize) {
        let mut prefix = Prefix::default();
        prefix.put(length as u64);
        self.sizes.width = prefix.bytes().len();
        let data = self.run.buffer();
        match data.get_mut(before..start) {
            Some(room) if room.len() == self.sizes.width => room.copy_from_slice(prefix.bytes()),
            _ => {
                // A buffer that is full of a large item would otherwise become twice as large.
                if data.len() > BATCH {
                    data.reserve_exact(self.sizes.width);
                }
                drop(data.splice(before..start, prefix.bytes().iter().copied()));
            }
        }
    }

    #[cold]
    fn last(&mut self, before: usize, start: usize, item: Result<EncodedItem, CodecError>) -> LastItem {
        let data = self.run.buffer();
        let body = data.split_off(start.min(data.len()));
        data.truncate(before);
        match item {
            Ok(EncodedItem::AppError) => LastItem::AppError(body),
            Ok(EncodedItem::Failed(error)) => LastItem::Failed(error),
            Ok(EncodedItem::Item) => LastItem::Clean,
            Err(error) => LastItem::NotEncoded(error),
        }
    }
}

/// The length before an item.
#[derive(Default)]
struct Prefix {
    bytes: [u8; varint::MAX_LEN],
    width: usize,
}

impl Prefix {
    fn put(&mut self, mut value: u64) {
        for byte in &mut self.bytes {
            self.width = self.width.saturating_add(1);
            let [low, ..] = value.to_le_bytes();
            if value < 0x80 {
                *byte = low;
                return;
            }
            *byte = low | 0x80;
            value >>= 7;
        }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.width).unwrap_or_default()
    }
}
