//! Where a codec writes to: the caller's buffer, up to the limit.

use bytes::Bytes;
use postcard::ser_flavors::Flavor;

/// The end of a buffer to which a value is appended. Unless it is kept, the buffer is cut back when this is dropped:
/// after an error, and after a panic in a `Serialize` implementation.
pub(super) struct Output<'a> {
    buffer: &'a mut Vec<u8>,
    start: usize,
    end: usize,
    kept: bool,
    /// A block that is not in the buffer, and where it would stand.
    left_out: Option<(usize, Bytes)>,
}

/// Of a `u64`.
const LONGEST_VARINT: usize = 10;

impl<'a> Output<'a> {
    #[inline]
    pub(super) fn new(buffer: &'a mut Vec<u8>, max_size: usize) -> Self {
        let start = buffer.len();
        Self { start, end: start.saturating_add(max_size), kept: false, left_out: None, buffer }
    }

    /// The buffer, between two values.
    #[inline]
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        self.buffer
    }

    /// The next value stands here. The one before was kept or given up.
    #[inline]
    pub(super) fn begin(&mut self, max_size: usize) {
        self.start = self.buffer.len();
        self.end = self.start.saturating_add(max_size);
        self.kept = false;
    }

    /// Cuts the buffer back to where the value began.
    pub(super) fn give_up(&mut self) {
        self.buffer.truncate(self.start);
        self.kept = true;
    }

    /// The length of the buffer, with what was in it before.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.buffer.len()
    }

    /// Where the next byte stands, from the beginning of the value; of a block that is left out nothing stands anywhere.
    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// Bytes of the value.
    #[inline]
    pub(super) fn written(&self) -> usize {
        let left_out = self.left_out.as_ref().map_or(0, |(_, block)| block.len());
        self.offset().saturating_add(left_out)
    }

    /// Takes a block that stands here, and does not copy it unless more follows.
    pub(super) fn leave_out(&mut self, block: Bytes) -> postcard::Result<()> {
        if block.len() > self.end.saturating_sub(self.buffer.len()) {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.put_in();
        self.end = self.end.saturating_sub(block.len());
        self.left_out = Some((self.buffer.len(), block));
        Ok(())
    }

    /// Copies the block that was left out to where it stands.
    fn put_in(&mut self) {
        if let Some((at, block)) = self.left_out.take()
            && at <= self.buffer.len()
        {
            self.end = self.end.saturating_add(block.len());
            self.buffer.splice(at..at, block);
        }
    }

    /// Appends `value` as postcard does: seven bits a byte, the lowest first.
    #[inline]
    pub(super) fn push_varint(&mut self, value: u64) -> postcard::Result<()> {
        match u8::try_from(value) {
            Ok(byte @ ..0x80) => self.try_push(byte),
            _ => self.push_long_varint(value),
        }
    }

    /// One of two bytes or more. Apart, so that what is around the short ones is small enough to become part of a loop.
    #[inline(never)]
    fn push_long_varint(&mut self, value: u64) -> postcard::Result<()> {
        let [first, ..] = value.to_le_bytes();
        let [second, ..] = (value >> 7).to_le_bytes();
        let [third, ..] = (value >> 14).to_le_bytes();
        // Copies of known length are much less work than one of unknown length.
        match value {
            ..=0x3fff => self.push_array([first | 0x80, second]),
            0x4000..=0x001f_ffff => self.push_array([first | 0x80, second | 0x80, third]),
            _ => self.push_longer_varint(value),
        }
    }

    #[inline]
    fn push_array<const N: usize>(&mut self, bytes: [u8; N]) -> postcard::Result<()> {
        if N > self.end.saturating_sub(self.buffer.len()) {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.buffer.extend_from_slice(&bytes);
        Ok(())
    }

    /// One of four bytes or more.
    #[inline(never)]
    fn push_longer_varint(&mut self, value: u64) -> postcard::Result<()> {
        let (mut bytes, mut length, mut left) = ([0; LONGEST_VARINT], 0_usize, value);
        for byte in &mut bytes {
            let [low, ..] = left.to_le_bytes();
            *byte = low | 0x80;
            length = length.saturating_add(1);
            left >>= 7;
            if left == 0 {
                *byte = low;
                break;
            }
        }
        self.try_extend(bytes.get(..length).unwrap_or_default())
    }

    /// Moves the last `length` bytes in front of everything that was written since `start`.
    pub(super) fn move_to(&mut self, start: usize, length: usize) {
        if let Some(part) = self.buffer.get_mut(self.start.saturating_add(start)..)
            && length <= part.len()
        {
            part.rotate_right(length);
        }
    }

    /// The value is whole, and nothing of it was left out.
    #[inline]
    pub(super) fn keep_all(&mut self) {
        self.kept = true;
    }

    /// The value is whole. Gives the block at its end that was left out.
    #[inline]
    pub(super) fn keep(&mut self) -> Option<Bytes> {
        self.kept = true;
        if self.left_out.as_ref().is_some_and(|(at, _)| *at != self.buffer.len()) {
            self.put_in();
        }
        self.left_out.take().map(|(_, block)| block)
    }
}

impl Drop for Output<'_> {
    #[inline]
    fn drop(&mut self) {
        if !self.kept {
            self.buffer.truncate(self.start);
        }
    }
}

impl Flavor for Output<'_> {
    type Output = ();

    #[inline]
    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        // Most varints are one byte, which costs less without a copy of unknown length.
        if let [byte] = data {
            return self.try_push(*byte);
        }
        if data.len() > self.end.saturating_sub(self.buffer.len()) {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.buffer.extend_from_slice(data);
        Ok(())
    }

    #[inline]
    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        if self.buffer.len() >= self.end {
            return Err(postcard::Error::SerializeBufferFull);
        }
        self.buffer.push(data);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
