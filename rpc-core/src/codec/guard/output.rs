//! Where postcard writes to: the caller's buffer, up to the limit.

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

/// The varint of a number of up to 28 bits, and how many bytes it has: without a branch for each byte.
#[inline]
fn spread(value: u32) -> ([u8; 4], usize) {
    let groups = (value & 0x7f)
        | ((value << 1) & 0x7f00)
        | ((value << 2) & 0x007f_0000)
        | ((value << 3) & 0x7f00_0000);
    let (more, length) = match value {
        ..0x80 => (0, 1),
        0x80..0x4000 => (0x80, 2),
        0x4000..0x0020_0000 => (0x8080, 3),
        _ => (0x0080_8080, 4),
    };
    ((groups | more).to_le_bytes(), length)
}

impl<'a> Output<'a> {
    #[inline]
    pub(super) fn new(buffer: &'a mut Vec<u8>, max_size: usize) -> Self {
        let start = buffer.len();
        Self { start, end: start.saturating_add(max_size), kept: false, left_out: None, buffer }
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

    #[inline]
    fn push_long_varint(&mut self, value: u64) -> postcard::Result<()> {
        let Some(short) = u32::try_from(value).ok().filter(|short| *short < 1 << 28) else {
            return self.push_longest_varint(value);
        };
        let (bytes, length) = spread(short);
        let before = self.buffer.len();
        if length > self.end.saturating_sub(before) {
            return Err(postcard::Error::SerializeBufferFull);
        }
        // A copy of known length and a cut are much less work than a copy of unknown length.
        self.buffer.extend_from_slice(&bytes);
        self.buffer.truncate(before.wrapping_add(length));
        Ok(())
    }

    /// One of five bytes or more.
    #[inline(never)]
    fn push_longest_varint(&mut self, value: u64) -> postcard::Result<()> {
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
