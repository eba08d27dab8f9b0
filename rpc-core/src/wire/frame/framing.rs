use crate::wire::varint;

/// The beginning of a short frame, put together apart: to append it at once is a fraction of the work of appending it byte
/// by byte.
pub(super) struct ShortHead {
    bytes: [u8; SHORT_HEAD],
    length: usize,
}

/// Length, kind, place, flags, method and timeout: the last three varints may have 5, 5 and 10 bytes.
const SHORT_HEAD: usize = 24;

impl ShortHead {
    pub(super) fn new(kind: u8) -> Self {
        let mut bytes = [0; SHORT_HEAD];
        bytes[1] = kind;
        Self { bytes, length: 2 }
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        if let Some(room) = self.bytes.get_mut(self.length) {
            *room = byte;
            self.length = self.length.saturating_add(1);
        }
    }

    #[inline]
    pub(super) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            let [low, ..] = value.to_le_bytes();
            self.push(low | 0x80);
            value >>= 7;
        }
        let [low, ..] = value.to_le_bytes();
        self.push(low);
    }

    /// Appends it as the beginning of a frame with a body of this length. False if that is not short, and then nothing is
    /// appended.
    #[inline]
    pub(super) fn append(mut self, body_len: usize, out: &mut Vec<u8>) -> bool {
        let length = self.length.saturating_sub(1).saturating_add(body_len);
        let (Ok(length @ ..0x80), Some(head)) = (u8::try_from(length), self.bytes.get_mut(..self.length))
        else {
            return false;
        };
        if let Some(first) = head.first_mut() {
            *first = length;
        }
        out.extend_from_slice(head);
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
