//! Unsigned LEB128 in its shortest form, the only one that is valid (`docs/wire.md` §2).

use thiserror::Error;

/// Length of the longest varint, in bytes.
pub const MAX_LEN: usize = 10;

/// Appends `value`.
#[inline]
pub fn encode(mut value: u64, out: &mut Vec<u8>) {
    loop {
        let [low, ..] = value.to_le_bytes();
        if value < 0x80 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
        value >>= 7;
    }
}

/// Bytes that [`encode`] appends for `value`: 1 to 10.
pub fn len(value: u64) -> usize {
    u64::BITS.saturating_sub(value.leading_zeros()).max(1).div_ceil(7) as usize
}

/// Why some bytes are not a varint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Invalid {
    /// A last byte of zero behind another byte.
    #[error("not the shortest form")]
    NotShortest,
    /// More than 64 bits.
    #[error("above 2^64 - 1")]
    TooLarge,
    /// No end within ten bytes.
    #[error("longer than 10 bytes")]
    TooLong,
}

/// A varint of which some bytes may still be on their way: it takes one byte at a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Partial {
    value: u64,
    count: u32,
}

impl Partial {
    /// True if no byte was taken yet.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes the next byte; the number if it was the last one. Not to be used again after that.
    #[inline]
    pub fn push(&mut self, byte: u8) -> Result<Option<u64>, Invalid> {
        const LAST: u32 = 9;
        if self.count >= LAST && byte > 1 {
            return Err(if byte < 0x80 { Invalid::TooLarge } else { Invalid::TooLong });
        }
        self.value |= u64::from(byte & 0x7f).wrapping_shl(self.count.saturating_mul(7));
        if byte >= 0x80 {
            self.count = self.count.saturating_add(1);
            return Ok(None);
        }
        if byte == 0 && self.count > 0 {
            return Err(Invalid::NotShortest);
        }
        Ok(Some(self.value))
    }
}
