//! Bytes on their way out: small ones in a buffer, long bodies beside it by reference.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::{Buf, Bytes};

use super::{FILL, Spent};
use crate::pool;
use crate::wire;

/// Whole frames, one behind the other. The body of a long one is not in the buffer: it is written from where it lies.
#[derive(Default)]
pub(crate) struct Outgoing {
    buffer: Vec<u8>,
    /// Bytes of `buffer` that are written.
    start: usize,
    /// Somewhere in `buffer` a frame begins, or would; before `start` or behind it.
    boundary: usize,
    /// In order.
    blocks: VecDeque<Block>,
    /// What is not written of them, in all.
    block_bytes: usize,
}

/// The end of a frame of which the beginning is in the buffer.
struct Block {
    /// It stands before the byte of the buffer with this index.
    at: usize,
    bytes: Bytes,
    /// The length of the body in chunks that this is the last of.
    spent: usize,
}

/// What is left of a buffer when the link takes no more is moved to one of its own size up to this, and the large
/// buffer is lent to others: a peer that does not read pins none.
const LITTLE: usize = 4 << 10;

/// A buffer above this is worth that.
const LARGE: usize = 4 * LITTLE;

impl Outgoing {
    /// Where small frames are appended, each as a whole. To be asked for only when there is one.
    #[inline]
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        if self.buffer.capacity() == 0 {
            self.buffer = pool::take();
        }
        &mut self.buffer
    }

    /// Ends the frame that was begun in the buffer. `spent`: the length of the body in chunks that ends here.
    pub(super) fn push_block(&mut self, bytes: Bytes, spent: usize) {
        self.block_bytes = self.block_bytes.saturating_add(bytes.len());
        self.blocks.push_back(Block { at: self.buffer.len(), bytes, spent });
    }

    /// What stands in the buffer is whole.
    pub(super) fn set_boundary(&mut self) {
        self.boundary = self.buffer.len();
    }

    /// Bytes that are not written.
    #[inline]
    pub(super) fn pending(&self) -> usize {
        self.in_buffer().saturating_add(self.block_bytes)
    }

    /// True if there is nothing behind the first `skip` bytes.
    #[inline]
    pub(crate) fn is_written(&self, skip: usize) -> bool {
        self.pending() <= skip
    }

    #[inline]
    fn in_buffer(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// All that is to be written behind the first `skip` bytes, if it is in one piece.
    #[inline]
    pub(crate) fn piece(&self, skip: usize) -> Option<&[u8]> {
        if !self.blocks.is_empty() {
            return None;
        }
        Some(self.buffer.get(self.start.saturating_add(skip)..).unwrap_or_default())
    }

    /// What is to be written behind the first `skip` bytes, as far as there are `slices` for it. Gives how many are used.
    pub(crate) fn slices<'a>(&'a self, skip: usize, slices: &mut [IoSlice<'a>]) -> usize {
        let (mut from, mut skip, mut used) = (self.start, skip, 0);
        let ends = self.blocks.iter().map(|block| (block.at, &*block.bytes));
        for (at, block) in ends.chain(std::iter::once((self.buffer.len(), &[][..]))) {
            for part in [self.buffer.get(from..at).unwrap_or_default(), block] {
                let rest = part.get(skip..).unwrap_or_default();
                skip = skip.saturating_sub(part.len());
                if rest.is_empty() {
                    continue;
                }
                let Some(slice) = slices.get_mut(used) else { return used };
                *slice = IoSlice::new(rest);
                used = used.saturating_add(1);
            }
            from = at;
        }
        used
    }

    /// So many bytes are written, of those that are there. Blocks go to `spent`.
    pub(super) fn advance(&mut self, mut count: usize, spent: &mut Spent) {
        while count > 0 {
            let Some(block) = self.blocks.front_mut() else {
                self.start = self.start.saturating_add(count);
                break;
            };
            let before = block.at.saturating_sub(self.start).min(count);
            self.start = self.start.saturating_add(before);
            count = count.saturating_sub(before);
            let part = block.bytes.len().min(count);
            count = count.saturating_sub(part);
            self.block_bytes = self.block_bytes.saturating_sub(part);
            block.bytes.advance(part);
            if block.bytes.is_empty() && self.start == block.at {
                // The frame is over, and the next one begins here.
                self.boundary = self.boundary.max(block.at);
                if let Some(block) = self.blocks.pop_front() {
                    spent.add(block.bytes, block.spent);
                }
            }
        }
        let left = self.in_buffer();
        if left == 0 && self.block_bytes == 0 {
            // An idle connection holds no buffer.
            self.release();
        } else if left <= LITTLE && self.buffer.capacity() > LARGE || self.start >= FILL.max(left) {
            // What is moved is no more than what has been written since the last time, so this is linear.
            self.drop_written();
        }
    }

    /// Takes what is behind this.
    pub(super) fn append(&mut self, mut behind: Self) {
        let at = self.buffer.len();
        if !behind.buffer.is_empty() {
            self.buffer().extend_from_slice(&behind.buffer);
        }
        self.block_bytes = self.block_bytes.saturating_add(behind.block_bytes);
        let blocks = std::mem::take(&mut behind.blocks);
        self.blocks
            .extend(blocks.into_iter().map(|block| Block { at: block.at.saturating_add(at), ..block }));
        behind.release();
    }

    /// Takes out the frames that only callers send, as far as nothing of them is written. Gives how many bytes stand
    /// before the first frame of which nothing is written.
    pub(super) fn drop_calls(&mut self, spent: &mut Spent) -> usize {
        self.skip_written_frames();
        let mut kept = self.boundary;
        let mut blocks = std::mem::take(&mut self.blocks).into_iter().peekable();
        while let Some(block) = blocks.next_if(|block| block.at <= kept) {
            self.blocks.push_back(block);
        }
        let begun = self.blocks.iter().map(|block| block.bytes.len());
        let before = begun.fold(kept.saturating_sub(self.start), usize::saturating_add);
        let mut at = kept;
        while let Some((kind, length)) = self.buffer.get(at..).and_then(first_frame) {
            let block = blocks.next_if(|block| block.at < at.saturating_add(length));
            let end = block.as_ref().map_or(at.saturating_add(length), |block| block.at);
            if kind >= FIRST_OF_CALLEE {
                self.buffer.copy_within(at..end, kept);
                kept = kept.saturating_add(end.saturating_sub(at));
                self.blocks.extend(block.map(|block| Block { at: kept, ..block }));
            } else if let Some(block) = block {
                spent.add(block.bytes, block.spent);
            }
            at = end;
        }
        for block in blocks {
            spent.add(block.bytes, block.spent);
        }
        self.buffer.truncate(kept);
        self.block_bytes = self.blocks.iter().map(|block| block.bytes.len()).fold(0, usize::saturating_add);
        if self.pending() == 0 {
            self.release();
        }
        before
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self, spent: &mut Spent) {
        for block in self.blocks.drain(..) {
            spent.add(block.bytes, block.spent);
        }
        self.release();
    }

    /// Gives back what it has for what it holds no more.
    fn release(&mut self) {
        (self.start, self.boundary, self.block_bytes) = (0, 0, 0);
        if self.blocks.capacity() > 0 {
            self.blocks = VecDeque::new();
        }
        pool::give_back(std::mem::take(&mut self.buffer));
    }

    /// Moves what is not written to the front, of a buffer of its own size if it is little.
    fn drop_written(&mut self) {
        self.skip_written_frames();
        self.boundary = self.boundary.saturating_sub(self.start);
        for block in &mut self.blocks {
            block.at = block.at.saturating_sub(self.start);
        }
        if self.in_buffer() <= LITTLE {
            let rest = self.buffer.get(self.start..).unwrap_or_default().to_vec();
            pool::give_back(std::mem::replace(&mut self.buffer, rest));
        } else {
            self.buffer.drain(..self.start);
        }
        self.start = 0;
    }

    /// Moves `boundary` to the first frame of which nothing is written.
    fn skip_written_frames(&mut self) {
        while self.boundary < self.start
            && let Some((_, length)) = self.buffer.get(self.boundary..).and_then(first_frame)
        {
            let end = self.boundary.saturating_add(length);
            let block = self.blocks.front().filter(|block| block.at < end);
            self.boundary = block.map_or(end, |block| block.at);
        }
        // Of a frame that ends in a block, a part of that alone may be written.
        if let Some(block) = self.blocks.front().filter(|block| block.at == self.start)
            && self.boundary < block.at
        {
            self.boundary = block.at;
        }
    }

    /// All that is to be written.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let mut slices = [IoSlice::new(&[]); 2];
            match self.slices(bytes.len(), &mut slices) {
                0 => return bytes,
                used => slices.iter().take(used).for_each(|slice| bytes.extend_from_slice(slice)),
            }
        }
    }

    /// Heap that is held, in bytes.
    #[cfg(test)]
    pub(super) fn heap(&self) -> usize {
        let blocks = self.blocks.capacity().saturating_mul(size_of::<Block>());
        self.buffer.capacity().saturating_add(blocks).saturating_add(self.block_bytes)
    }
}

/// The kind of the frame that begins here, and all its bytes. The buffer holds frames of our own.
fn first_frame(bytes: &[u8]) -> Option<(u8, usize)> {
    let mut reader = wire::Reader::new(bytes, "a queued frame");
    let length = usize::try_from(reader.varint().ok()?).ok()?;
    let head = bytes.len().saturating_sub(reader.remaining());
    Some((reader.u8().ok()?, head.saturating_add(length)))
}

/// The kinds below this are sent by callers alone.
const FIRST_OF_CALLEE: u8 = 0x11;
