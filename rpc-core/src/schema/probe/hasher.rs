//! A hash for keys of this program's own making, of which the standard one would take as long as all else.

use std::hash::{BuildHasherDefault, Hasher};

/// Hashes by [`FoldHasher`].
pub(super) type Quick = BuildHasherDefault<FoldHasher>;

/// Mixes a word at a time, by multiplication with the golden ratio.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FoldHasher(u64);

impl Hasher for FoldHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(0, |word: u64, byte| word << 8 | u64::from(*byte));
            self.write_u64(word);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_usize(&mut self, word: usize) {
        // A `usize` of more than 64 bits loses those.
        self.write_u64(u64::try_from(word).unwrap_or(u64::MAX));
    }
}
