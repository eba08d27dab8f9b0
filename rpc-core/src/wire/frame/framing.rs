use crate::wire::varint;

/// The beginning of a short frame, put together in a register: to append it at once is a fraction of the work of appending it
/// byte by byte.
pub(super) struct ShortHead {
    /// The bytes behind the length, the first one lowest.
    bytes: u64,
    /// How many bits of `bytes` are used; above 64 it is not short.
    width: u32,
}

impl ShortHead {
    #[inline]
    pub(super) fn new(kind: u8) -> Self {
        Self { bytes: kind.into(), width: 8 }
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.add(byte.into(), 8);
    }

    #[inline]
    pub(super) fn varint(&mut self, value: u64) {
        let first = (value & 0x7f) | 0x80;
        match value {
            ..0x80 => self.add(value, 8),
            0x80..0x4000 => self.add(first | ((value >> 7) << 8), 16),
            0x4000..0x20_0000 => {
                self.add(first | ((value >> 7) & 0x7f | 0x80) << 8 | ((value >> 14) << 16), 24)
            }
            _ => self.add(0, u64::BITS),
        }
    }

    #[inline]
    fn add(&mut self, bytes: u64, width: u32) {
        self.bytes |= bytes.wrapping_shl(self.width);
        self.width = self.width.saturating_add(width);
    }

    /// Appends it as the beginning of a frame with a body of this length. False if that is not short, and then nothing is
    /// appended.
    #[inline]
    pub(super) fn append(self, body_len: usize, out: &mut Vec<u8>) -> bool {
        let head = (self.width >> 3) as usize;
        let (Ok(length @ ..0x80), true) =
            (u8::try_from(head.saturating_add(body_len)), self.width <= u64::BITS)
        else {
            return false;
        };
        let [a, b, c, d, e, f, g, h] = self.bytes.to_le_bytes();
        let end = out.len().saturating_add(1).saturating_add(head);
        // As many bytes as there may be, and no more than there are: a copy of a length that is known costs two stores.
        out.extend_from_slice(&[length, a, b, c, d, e, f, g, h]);
        out.truncate(end);
        true
    }
}

/// Appends a frame up to a body of `body_len` bytes, which the caller appends or sends behind it: the length, and
/// what `write` appends (kind and fields).
pub(super) fn frame(out: &mut Vec<u8>, body_len: usize, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    // Most frames are shorter than 128 bytes: one byte of length is right for them, and for the others only the
    // few bytes before the body are moved. So the length cannot differ from what was written.
    out.push(0);
    write(out);
    let length = out.len().saturating_sub(start).saturating_sub(1).saturating_add(body_len) as u64;
    match (u8::try_from(length), out.get_mut(start)) {
        (Ok(length @ ..0x80), Some(first)) => *first = length,
        _ => {
            let mut prefix = Vec::with_capacity(varint::MAX_LEN);
            varint::encode(length, &mut prefix);
            out.splice(start..=start, prefix);
        }
    }
}
