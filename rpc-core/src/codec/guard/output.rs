//! Where postcard writes to: the caller's buffer, up to the limit.

use postcard::ser_flavors::Flavor;

/// The end of a buffer to which a value is appended. Unless it is kept, the buffer is cut back when this is dropped:
/// after an error, and after a panic in a `Serialize` implementation.
pub(super) struct Output<'a> {
    buffer: &'a mut Vec<u8>,
    start: usize,
    end: usize,
    kept: bool,
}

/// Of a `u64`.
const LONGEST_VARINT: usize = 10;

/// The varint of a number of up to 56 bits, and how many bytes it has: without a branch for each byte.
#[inline]
fn spread(value: u64) -> Option<([u8; 8], usize)> {
    let length = u64::BITS.wrapping_sub((value | 1).leading_zeros()).wrapping_add(6) / 7;
    if length > 8 {
        return None;
    }
    // Halves of 28 bits, quarters of 14, then groups of 7 move to where 32, 16 and 8 bits are theirs.
    let halves = (value & 0x0fff_ffff) | ((value & 0x00ff_ffff_f000_0000) << 4);
    let quarters = (halves & 0x0000_3fff_0000_3fff) | ((halves & 0x0fff_c000_0fff_c000) << 2);
    let groups = (quarters & 0x007f_007f_007f_007f) | ((quarters & 0x3f80_3f80_3f80_3f80) << 1);
    let more =
        (1_u64 << (length.wrapping_sub(1).wrapping_mul(8) & 63)).wrapping_sub(1) & 0x8080_8080_8080_8080;
    Some(((groups | more).to_le_bytes(), length as usize))
}

impl<'a> Output<'a> {
    #[inline]
    pub(super) fn new(buffer: &'a mut Vec<u8>, max_size: usize) -> Self {
        let start = buffer.len();
        Self { start, end: start.saturating_add(max_size), kept: false, buffer }
    }

    /// The length of the buffer, with what was in it before.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.buffer.len()
    }

    #[inline]
    pub(super) fn written(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
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
        let Some((bytes, length)) = spread(value) else { return self.push_longest_varint(value) };
        let before = self.buffer.len();
        if length > self.end.saturating_sub(before) {
            return Err(postcard::Error::SerializeBufferFull);
        }
        // A copy of known length and a cut are much less work than a copy of unknown length.
        self.buffer.extend_from_slice(&bytes);
        self.buffer.truncate(before.saturating_add(length));
        Ok(())
    }

    /// One of nine or ten bytes.
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

    #[inline]
    pub(super) fn keep(&mut self) {
        self.kept = true;
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
